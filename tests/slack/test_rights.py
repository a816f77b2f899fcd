"""Rights are judged anew whenever a form is read, is sent, or a button is pressed."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import cycle
from typing import Any

import pytest

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox_workspace import EXAMPLE
from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.drafts.draft_facts import DraftFacts
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import ReceivedRequest
from bot.errors import Refusal
from bot.slack.app import ROUTES
from bot.slack.bolt.payload import Target
from bot.slack.modals.filled_form import form_state_of
from bot.slack.modals.wizard.page_views import page_view
from bot.slack.port_in import FORM
from bot.slack.port_in.questions import Step
from bot.slack.port_out import FORM as OUT
from bot.slack.port_out.questions import Step as OutStep
from bot.wording.templates import Templates
from slack_sandbox import Sandbox
from tests.port_out.departures import ACCOUNT_ID, PIN
from tests.port_out.desks import AGENTS, ANNA, MATEO, PORT_IN, ROSA, Office, open_desk
from tests.refusals import told_no
from tests.slack import scenes
from tests.slack.rights import RIGHTS, House, May, values_of
from tests.slack.scenes import FORMS, OURS, Scene, numbers_nobody_has
from tests.slack.sending import replica, submission

WORDS = Templates()
REFUSED = [
    *(WORDS.sentence("answers", key) for key in ("not_your_case", "agents_only")),
    "you are not the one to ask for it",
    "came in for somebody else",
]
# What a person files anew, on whatever they typed themselves, needs no role.
_OWN = (
    scenes.first_page,
    scenes.last_page,
    scenes.page_of_a_filed_request,
    scenes.filing,
    scenes.first_page_out,
    scenes.page_of_a_filed_port_out,
    scenes.filing_out,
)
CONCERNING_OTHERS = [s for group in FORMS.values() for s in group if s not in _OWN]
BUTTONS = [name for (kind, name), may in RIGHTS.items() if kind == "action" and may is not May.OWN]
OF_FORMS = [name for name in BUTTONS if name == "city" or name.startswith(("intake_", "out:"))]
OF_FORMS.append("out_back")
OF_CASES = [name for name in BUTTONS if name not in OF_FORMS]


@pytest.fixture(scope="module")
def house(shared_database_url: str) -> Iterator[House]:
    """A desk for all tests."""
    agents = set(AGENTS)
    with Sandbox(MANIFEST, EXAMPLE) as slack, open_desk(shared_database_url, agents=agents) as room:
        house = House(room, replica(room, slack), agents)
        slack.watch(house.note)
        room.arrive(OURS)
        yield house


@pytest.fixture(scope="module")
def cases(house: House) -> list[CaseFacts]:
    """Cases in which every button does something for the right person."""
    room = house.room
    refused = room.move(
        _submitted(room), Status.EXCEPTION, TransitionInput("No", reason_code="ADDRESS")
    )
    confirmed = room.move(_submitted(room), Status.FOC)
    room.desk.upload_links.record(
        ANNA, confirmed.id, "https://upload.example.com/a", date(2027, 3, 1)
    )
    room.desk.documents.keep_content(confirmed.documents[0].id, b"%PDF")
    leaving = room.leave(numbers=numbers_nobody_has())
    ours = scenes.guarded(room)
    asked = ReceivedRequest("New Telecom", ours, ACCOUNT_ID, PIN)
    opened = room.desk.port_out.requests_without_case.enter(ANNA, f"rights:{ours}", asked).case
    assert opened is not None
    found = (refused, confirmed, leaving, opened, _submitted(room), _filed(room))
    return [room.desk.queries.case(case.id) for case in found]


def _filed(room: Office) -> CaseFacts:
    draft = room.draft(ROSA, {**PORT_IN, "numbers": numbers_nobody_has()})
    return room.desk.filing.file(ROSA, draft).cases[0]


def _submitted(room: Office) -> CaseFacts:
    return room.move(room.sign(_filed(room)), Status.SUBMITTED)


def _details(case: CaseFacts) -> Mapping[str, Any]:
    """Return as much of the window of details as its buttons need."""
    return {"private_metadata": Target(case.id, case.version).packed()}


def _is_refused(said: object) -> bool:
    return any(sentence in json.dumps(said, ensure_ascii=False) for sentence in REFUSED)


def _must_do_nothing(house: House, who: str, action: str, value: str, view: Any) -> None:
    before, shown = house.written(), len(house.windows)
    house.press(who, action, value, view)
    assert house.written() == before
    assert all(_is_refused(window) for window in house.windows[shown:]), house.windows[shown:]


@pytest.mark.parametrize("action", OF_CASES)
def test_a_button_on_an_old_message_does_nothing_for_those_who_may_not(
    house: House, cases: list[CaseFacts], action: str
) -> None:
    before, shown = house.written(), len(house.windows)
    with house.without_roles():
        for case, who in zip(cases, cycle((ROSA, ANNA, MATEO)), strict=False):
            house.press(who, action, values_of(case, action), _details(case))
    assert house.written() == before
    assert {window["callback_id"] for window in house.windows[shown:]} == {"notice"}


@pytest.mark.slow
@pytest.mark.parametrize("action", OF_CASES)
def test_it_does_something_for_those_who_may(
    house: House, cases: list[CaseFacts], action: str
) -> None:
    assert any(_does_something(house, who, action, case) for case in cases for who in (ANNA, ROSA))


def _does_something(house: House, who: str, action: str, case: CaseFacts) -> bool:
    now = house.room.desk.queries.case(case.id)
    before, shown = house.written(), len(house.windows)
    house.press(who, action, values_of(now, action), _details(now))
    opened = any(window["callback_id"] != "notice" for window in house.windows[shown:])
    return opened or house.written() != before


def _change_of(house: House, kind: str) -> DraftFacts:
    room = house.room
    case = _filed(room) if kind == "in" else room.leave(numbers=numbers_nobody_has())
    draft = room.amend(case, unit="Unit 9") if kind == "in" else room.amend(case)
    return room.desk.drafts.load(ROSA, draft)


def _page(draft: DraftFacts, kind: str) -> dict[str, Any]:
    form, step = (FORM, Step.CUSTOMER) if kind == "in" else (OUT, OutStep.ACCOUNT)
    return submission(ROSA, page_view(WORDS, form, form_state_of(draft), step))


@pytest.mark.parametrize("action", OF_FORMS)
def test_the_pages_of_a_change_are_read_to_those_only_who_may_change(
    house: House, action: str
) -> None:
    kind = "out" if action.startswith("out") else "in"
    draft = _change_of(house, kind)
    view = _page(draft, kind)["view"]
    value = "bill" if action == "intake_drop" else "city"
    with house.without_roles():
        _must_do_nothing(house, ROSA, action, value, view)
        assert house.windows[-1]["callback_id"] == "notice"
    house.press(ROSA, action, value, view)


@pytest.mark.parametrize("kind", ["in", "out"])
def test_a_page_of_a_change_is_not_taken_from_those_who_may_not(house: House, kind: str) -> None:
    page = _page(_change_of(house, kind), kind)
    with house.without_roles():
        before = house.written()
        assert _is_refused(house.door.send(page))
        assert house.written() == before
    assert not _is_refused(house.door.send(page))


@pytest.mark.parametrize("scene", CONCERNING_OTHERS)
def test_a_form_changes_nothing_when_it_is_sent_by_those_who_may_no_longer(
    house: House, scene: Scene
) -> None:
    act = scene(house.room, numbers_nobody_has())
    with house.without_roles():
        before = house.written()
        answer = act(house.door)
        assert house.written() == before
    assert _is_refused(answer), answer
    assert not _is_refused(act(house.door))


def test_a_change_that_was_begun_is_not_read_again_by_those_who_may_not(house: House) -> None:
    case = _filed(house.room)
    begun = house.room.desk.drafts.amend(ANNA, case.id, "one click")
    house.agents.discard(ANNA)
    try:
        for again in (
            lambda: house.room.desk.drafts.amend(ANNA, case.id, "one click"),
            lambda: house.room.desk.drafts.load(ANNA, begun.id),
            lambda: house.room.desk.amendments.apply(ANNA, begun.id),
        ):
            with told_no(Refusal, match="belongs to somebody else"):
                again()
    finally:
        house.agents.add(ANNA)


def test_every_way_into_the_app_has_a_row() -> None:
    for route in ROUTES:
        pattern = route.id if isinstance(route.id, re.Pattern) else re.compile(re.escape(route.id))
        names = [name for kind, name in RIGHTS if kind == route.kind]
        assert any(map(pattern.fullmatch, names)), (route.kind, route.id)
