"""Taking a request in, whatever goes wrong between the person and the desk."""

from threading import Barrier, Thread
from typing import Any

import pytest

from bot.desk.core.faulty_request import Refused
from bot.domain.cases.case import CaseFacts
from tests.journeys.cases import drafted, filed, now, owed, settled, timeline, window
from tests.journeys.requests import (
    ACCOUNT,
    CUSTOMER,
    NUMBERS,
    PAPERS,
    file_request,
    fill_pages,
)
from tests.office import MATEO, ROSA, Office, private, shown
from tests.patience import patiently


def _cases(office: Office) -> tuple[CaseFacts, ...]:
    return office.service.desk.queries.every_case()


def _open_clean(office: Office, who: str = ROSA) -> None:
    """Throw away what an earlier test left behind, and open the form."""
    while left := office.service.desk.drafts.latest(who):
        office.service.desk.drafts.discard(who, left.id)
    office.person(who).command("/port-in")


def test_a_closed_form_goes_on_where_it_was_left_with_everything_typed(desk_office: Office) -> None:
    rosa = desk_office.rosa
    _open_clean(desk_office)
    rosa.suggest("losing_carrier", "Old Telephone Co")
    rosa.fill(**NUMBERS).submit()
    rosa.fill(**ACCOUNT)
    rosa.close()

    rosa.command("/port-in")
    assert "Old Telephone Co" in window(rosa.view())
    rosa.click("Continue")
    page = rosa.view()
    assert page is not None
    inputs = {block["block_id"]: block for block in page["blocks"] if block["type"] == "input"}
    assert inputs["btn"]["element"]["initial_value"] == ACCOUNT["btn"]
    for secret in ("account_number", "service_pin"):
        assert inputs[secret]["hint"]["text"].startswith("On file")
        assert "initial_value" not in inputs[secret]["element"]
    for later in ({}, CUSTOMER, PAPERS, {}):
        assert rosa.fill(**later).submit() == {}
    case = _cases(desk_office)[-1]
    assert case.fields["customer_name"] == CUSTOMER["customer_name"]
    assert case.secrets_given == {"account_number", "service_pin"}


@pytest.mark.parametrize("fault", ["duplicate_delivery", "double_click"])
def test_a_form_that_arrives_twice_makes_one_case(desk_office: Office, fault: str) -> None:
    rosa, before = desk_office.rosa, len(_cases(desk_office))
    numbers = {"duplicate_delivery": "206 555 0110", "double_click": "206 555 0111"}[fault]
    _open_clean(desk_office)
    desk_office.slack.faults.change({fault: True})
    fill_pages(rosa, numbers=numbers)
    assert rosa.submit() == {}
    assert "is filed" in window(rosa.view())
    settled(desk_office)
    cases = _cases(desk_office)
    assert len(cases) == before + 1
    assert timeline(desk_office, cases[-1]) == ["filed", "letter"]
    assert desk_office.service.desk.drafts.latest(ROSA) is None


def test_a_submit_that_slack_repeats_after_a_crash_finds_the_first_case(
    desk_office: Office,
) -> None:
    draft = drafted(desk_office, numbers="206 555 0112")
    first = desk_office.service.desk.filing.file(ROSA, draft)
    again = desk_office.service.desk.filing.file(ROSA, draft)
    assert again.again
    assert [case.id for case in again.cases] == [case.id for case in first.cases]


def test_a_number_in_an_open_case_is_refused_with_that_cases_name(desk_office: Office) -> None:
    held = filed(desk_office, "206 555 0113")
    _open_clean(desk_office, MATEO)
    mateo = desk_office.mateo
    mateo.suggest("losing_carrier", "Old Telephone Co")
    errors = mateo.fill({**NUMBERS, "numbers": "206 555 0113"}).submit()
    assert errors.keys() == {"numbers"}
    assert held.reference in errors["numbers"]


def test_of_two_people_who_file_a_number_at_once_one_wins_and_the_other_is_told(
    desk_office: Office,
) -> None:
    drafts = {who: drafted(desk_office, who, numbers="206 555 0114") for who in (ROSA, MATEO)}
    filing, outcomes = desk_office.service.desk.filing, dict[str, Any]()
    barrier = Barrier(2)

    def file(who: str) -> None:
        barrier.wait()
        try:
            outcomes[who] = patiently(lambda: filing.file(who, drafts[who])).cases[0]
        except Refused as refused:
            outcomes[who] = refused

    threads = [Thread(target=file, args=(who,)) for who in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [found for found in outcomes.values() if isinstance(found, CaseFacts)]
    lost = [found for found in outcomes.values() if isinstance(found, Refused)]
    assert (len(won), len(lost)) == (1, 1)
    [finding] = [f for f in lost[0].report.findings if f.code == "numbers_in_case"]
    assert won[0].reference in str(finding.params)


def test_many_clicks_at_once_on_one_draft_make_one_case(desk_office: Office) -> None:
    draft = drafted(desk_office, numbers="206 555 0115", losing_carrier="Brand New Carrier")
    filing, found = desk_office.service.desk.filing, list[int]()
    barrier = Barrier(4)

    def file() -> None:
        barrier.wait()
        found.extend(c.id for c in patiently(lambda: filing.file(ROSA, draft)).cases)

    threads = [Thread(target=file) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


@pytest.mark.long
def test_a_number_in_somebodys_draft_is_filed_with_a_warning(desk_office: Office) -> None:
    drafted(desk_office, MATEO, numbers="206 555 0116")
    _open_clean(desk_office)
    fill_pages(desk_office.rosa, numbers="206 555 0116")
    assert "draft" in str(desk_office.rosa.view())
    assert desk_office.rosa.submit() == {}
    assert _cases(desk_office)[-1].numbers == ("+12065550116",)


def test_errors_stand_under_their_fields_and_nothing_typed_is_lost(desk_office: Office) -> None:
    rosa = desk_office.rosa
    _open_clean(desk_office)
    rosa.suggest("losing_carrier", "Old Telephone Co")
    rosa.fill({**NUMBERS, "numbers": "206 555 0117"}).submit()
    errors = rosa.fill({**ACCOUNT, "service_pin": "12 34"}).submit()
    assert errors.keys() == {"service_pin"}
    assert "12 34" not in errors["service_pin"]
    assert rosa.fill(service_pin="1234").submit() == {}


@pytest.mark.long
def test_toll_free_and_local_numbers_become_two_linked_cases_with_a_letter_each(
    desk_office: Office,
) -> None:
    before = len(_cases(desk_office))
    _open_clean(desk_office)
    file_numbers = "206 555 0118, 800 555 0118"
    fill_pages(desk_office.rosa, numbers=file_numbers)
    assert "2 cases" in window(desk_office.rosa.view())
    assert desk_office.rosa.submit() == {}
    made = _cases(desk_office)[before:]
    assert sorted(case.numbers for case in made) == [("+12065550118",), ("+18005550118",)]
    settled(desk_office)
    for case in made:
        letter = private(desk_office.rosa, f"*{case.reference}*: here is letter version 1")
        assert [file["name"] for file in letter["files"]] == [f"{case.reference}-LOA-v1.pdf"]


def test_the_btn_options_appear_only_when_the_btn_moves_too(desk_office: Office) -> None:
    rosa = desk_office.rosa
    _open_clean(desk_office)
    rosa.suggest("losing_carrier", "Old Telephone Co")
    rosa.fill({**NUMBERS, "numbers": "206 555 0119"}).submit()

    def asked() -> set[str]:
        view = rosa.view()
        assert view is not None
        return {block["block_id"] for block in view["blocks"]}

    assert "btn_option" not in asked()
    rosa.fill(btn="206 555 0119")
    assert "btn_option" in asked()
    rosa.fill(btn="206 555 0150")
    assert "btn_option" not in asked()


@pytest.mark.one_quick
@pytest.mark.parametrize(
    ("name", "number"),
    [("مخبز الميناء", "0120"), ("海港面包店", "0121"), ("Αρτοποιείο Λιμάνι", "0122")],
)
def test_names_in_any_script_are_filed_and_printed(
    desk_office: Office, name: str, number: str
) -> None:
    _open_clean(desk_office)
    file_request(desk_office.rosa, numbers=f"206 555 {number}", customer_name=name)
    case = _cases(desk_office)[-1]
    assert case.fields["customer_name"] == name
    letter = private(desk_office.rosa, f"*{case.reference}*: here is letter version 1")
    assert desk_office.rosa.download(letter["files"][0]).startswith(b"%PDF")


@pytest.mark.one_quick
@pytest.mark.parametrize("letter", ["🥐", "ก"])
def test_a_character_that_no_letter_can_print_is_refused_under_its_field(
    desk_office: Office, letter: str
) -> None:
    rosa = desk_office.rosa
    _open_clean(desk_office)
    rosa.suggest("losing_carrier", "Old Telephone Co")
    rosa.fill({**NUMBERS, "numbers": "206 555 0123"}).submit()
    rosa.fill(**ACCOUNT).submit()
    errors = rosa.fill({**CUSTOMER, "customer_name": f"Harbour {letter}"}).submit()
    assert errors.keys() == {"customer_name"}
    assert letter in errors["customer_name"]
    assert rosa.fill(customer_name="Harbour Bakery").submit() == {}


def test_control_characters_are_refused_under_their_field(desk_office: Office) -> None:
    rosa = desk_office.rosa
    _open_clean(desk_office)
    rosa.suggest("losing_carrier", "Old Telephone Co")
    rosa.fill({**NUMBERS, "numbers": "206 555 0124"}).submit()
    rosa.fill(**ACCOUNT).submit()
    errors = rosa.fill({**CUSTOMER, "city": "Sea\x07ttle", "unit": "4\u202e2"}).submit()
    assert errors.keys() == {"city", "unit"}


def test_the_headline_and_the_private_card_arrive_once(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0125")
    settled(desk_office)
    assert owed(desk_office) == 0
    told = [m for m in desk_office.rosa.dm() if m["text"].startswith(f"{case.reference} –")]
    assert len(told) == 1
    assert "Being prepared" in shown(told[0])
    assert now(desk_office, case).letter is not None
