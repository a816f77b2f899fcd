"""Names and lists that are longer than Slack shows stay whole, whatever window they pass."""

import pytest

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from slack_sandbox import Person
from tests.journeys.cases import (
    desk_card,
    filed,
    now,
    own_card,
    settled,
    submitted,
    window,
)
from tests.journeys.requests import ACCOUNT, CUSTOMER, NUMBERS, PAPERS
from tests.office import Message, Office

LONG = "The Old Telephone and Telegraph Company of the Pacific Northwest and Alaska, Incorporated"


def page(person: Person) -> Message:
    view = person.view()
    assert view is not None
    return view


def carrier_of(view: Message) -> Message:
    blocks = {block["block_id"]: block for block in view["blocks"]}
    found: Message = blocks["losing_carrier"]["element"]["initial_option"]
    return found


def save_change(office: Office, case: CaseFacts, **numbers_page: str) -> None:
    """Go through the pages of a change with what is new on the first one, and save it."""
    rosa = office.rosa
    rosa.click("Change details", in_message=own_card(office, case))
    assert carrier_of(page(rosa))["text"]["text"] == LONG[:74] + "…"
    for name, value in numbers_page.items():
        rosa.suggest(name, value)
        rosa.fill({name: value})
    for _ in range(5):
        assert rosa.submit() == {}
    assert "is changed" in window(rosa.view())
    settled(office)


@pytest.mark.long
def test_a_carrier_from_a_list_keeps_its_long_name_through_a_change(desk_office: Office) -> None:
    rosa = desk_office.rosa
    rosa.command("/port-in")
    listed = rosa.upload("list.csv", f'Phone,Carrier\n206-555-0140,"{LONG}"\n'.encode())
    rosa.fill({**NUMBERS, "numbers": "", "losing_carrier": None, "numbers_file": [listed]})
    assert rosa.submit() == {}
    for filled in (ACCOUNT, CUSTOMER, PAPERS):
        assert rosa.fill(filled).submit() == {}
    assert rosa.submit() == {}
    case = desk_office.service.desk.queries.every_case()[-1]
    assert case.losing_carrier == LONG
    save_change(desk_office, case)
    assert now(desk_office, case).losing_carrier == LONG
    history = desk_office.service.desk.queries.history(case.id)
    assert "losing_carrier" not in [event.facts.get("fields") for event in history]


@pytest.mark.long
def test_another_carrier_can_be_chosen_in_place_of_a_long_one(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0141", losing_carrier=LONG)
    save_change(desk_office, case, losing_carrier="Pacific Wire")
    assert now(desk_office, case).losing_carrier == "Pacific Wire"


@pytest.mark.long
@pytest.mark.parametrize(
    ("code", "name", "whole"),
    [
        ("NOT_ON_ACCOUNT", "numbers", ", ".join(f"206 555 {n:04}" for n in range(2000, 2600, 2))),
        ("ALL_DATA", "losing_carrier", LONG),
    ],
)
def test_a_correction_leaves_what_is_too_long_to_be_shown(
    desk_office: Office, code: str, name: str, whole: str
) -> None:
    given = {"numbers": "206 555 0142", name: whole}
    case = submitted(desk_office, **given)
    _refuse(desk_office, case, code)
    before = now(desk_office, case)
    desk_office.rosa.click("Correct it", in_message=own_card(desk_office, before))
    assert desk_office.rosa.submit() == {}
    after = now(desk_office, case)
    assert (after.losing_carrier, after.numbers) == (before.losing_carrier, before.numbers)


def _refuse(office: Office, case: CaseFacts, code: str) -> None:
    office.anna.click(f"move:{Status.EXCEPTION}", in_message=desk_card(office, case))
    assert office.anna.fill(reason_code=code).submit() == {}
    settled(office)
