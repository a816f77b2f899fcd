"""Ids, days and zones that no button or form of ours has: a sentence, whatever they say."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox_workspace import EXAMPLE
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.slack.app import ROUTES
from bot.slack.case.status_modals import move_view
from bot.wording.templates import Templates
from slack_sandbox import Sandbox
from tests.port_out.desks import AGENTS, ANNA, PORT_IN, ROSA, Office, open_desk
from tests.slack import scenes
from tests.slack.rights import RIGHTS, House, values_of
from tests.slack.scenes import FORMS, Scene, numbers_nobody_has
from tests.slack.sending import Act, Answer, Replica, replica, submission

WORDS = Templates()
WENT_WRONG = WORDS.sentence("slack/answers", "went_wrong")
HUGE = "9" * 20
ODD = [
    "",
    "x",
    "[]",
    "{}",
    "null",
    "-1",
    HUGE,
    str(2**31),
    "9" * 5000,
    "[1e999, 1, 1]",
    f"[{HUGE}, {HUGE}, {HUGE}]",
    '[-1, -1, "-1"]',
    '[true, null, "x"]',
    f'{{"draft": {HUGE}, "amends": {HUGE}, "kept": 1}}',
    '{"draft": "x", "amends": []}',
    "[" * 2000,
]
FEW = [f"[{HUGE}, {HUGE}, {HUGE}]", "x"]
MANY = pytest.param(ODD, marks=pytest.mark.slow, id="many")
ACTIONS = [name for kind, name in RIGHTS if kind == "action"]
ODD_DAYS = ["9999-12-31", "0001-01-01", "2027-02-30", "soon", ""]


class Listening(Replica):
    """Keeps what is sent, and answers nothing."""

    def send(self, payload: Any) -> Answer:
        self.__dict__["payload"] = copy.deepcopy(payload)
        return {}


@pytest.fixture(scope="module")
def house(shared_database_url: str) -> Iterator[House]:
    """A desk for all tests."""
    with Sandbox(MANIFEST, EXAMPLE) as slack, open_desk(shared_database_url) as room:
        house = House(room, replica(room, slack), set(AGENTS))
        slack.watch(house.note)
        room.arrive(scenes.OURS)
        yield house


@pytest.fixture(scope="module")
def case(house: House) -> CaseFacts:
    """A case with a confirmed date, in which every item and file is."""
    draft = house.room.draft(ROSA, {**PORT_IN, "numbers": numbers_nobody_has()})
    signed = house.room.sign(house.room.desk.filing.file(ROSA, draft).cases[0])
    return house.room.move(house.room.move(signed, Status.SUBMITTED), Status.FOC)


def sent_by(house: House, act: Act) -> dict[str, Any]:
    """Return the payload of a form."""
    listening = Listening(house.door.desk, house.door.engine, house.door.app)
    act(listening)
    found: dict[str, Any] = listening.__dict__["payload"]
    return found


@pytest.mark.parametrize("odds", [pytest.param(FEW, id="few"), MANY])
@pytest.mark.parametrize("action", ACTIONS)
def test_a_button_with_an_odd_value_is_answered_by_a_sentence(
    house: House, case: CaseFacts, action: str, odds: list[str]
) -> None:
    ours = json.loads(values_of(case, "tick" if ":" in action else action))
    page = sent_by(house, scenes.last_page(house.room, numbers_nobody_has()))["view"]
    with capture_logs() as logs:
        for value in [*odds, *(json.dumps([*ours[:2], odd]) for odd in odds)]:
            house.press(ANNA, action, value, page)
    # The trigger of these clicks opens no window, and that is said as a fault.
    failed = [log for log in logs if log["event"] == "listener_failed"]
    assert [log for log in failed if log["error"] != "SlackApiError"] == []


@pytest.mark.parametrize("odds", [pytest.param(FEW, id="few"), MANY])
@pytest.mark.parametrize("scene", [scene for group in FORMS.values() for scene in group])
def test_a_form_with_odd_ids_is_answered_by_a_sentence(
    house: House, scene: Scene, odds: list[str]
) -> None:
    payload = sent_by(house, scene(house.room, numbers_nobody_has()))
    ids = payload["view"].get("private_metadata") or "[1, 1, 1]"
    ours = json.loads(ids) if ids.startswith("[") else []
    for odd in [*odds, *(json.dumps([*ours[:2], odd]) for odd in odds)]:
        payload["view"]["private_metadata"] = odd
        assert WENT_WRONG not in str(house.door.send(payload)), odd


@pytest.mark.long
@pytest.mark.parametrize("scene", [scene for group in FORMS.values() for scene in group])
def test_a_form_with_answers_missing_is_answered_by_a_sentence(house: House, scene: Scene) -> None:
    payload = sent_by(house, scene(house.room, numbers_nobody_has()))
    given = payload["view"]["state"]["values"]
    for left in ({}, *({name: {}} for name in given), *({**given, name: {}} for name in given)):
        payload["view"]["state"]["values"] = left
        assert WENT_WRONG not in str(house.door.send(payload)), left


def confirming(room: Office, numbers: str) -> Act:
    """The form of the confirmed date."""
    case = scenes._on_its_way(room, numbers, Status.SUBMITTED)
    asked = room.desk.transitions.ask(ANNA, case.id, case.version, Status.FOC)
    payload = submission(ANNA, move_view(WORDS, asked, Status.FOC))
    return lambda replica: replica.send(payload)


def _exchanged(payload: Any, kind: str, odd: str) -> Any:
    """Return a copy in which all answers of a kind are odd."""
    if isinstance(payload, list):
        return [_exchanged(inner, kind, odd) for inner in payload]
    if not isinstance(payload, dict):
        return payload
    return {
        key: odd if key == kind else _exchanged(inner, kind, odd) for key, inner in payload.items()
    }


DATED = [confirming, scenes.letter, scenes.link, scenes.request, scenes.last_page]


@pytest.mark.parametrize("scene", DATED)
def test_an_odd_day_time_or_zone_is_answered_under_its_question(house: House, scene: Scene) -> None:
    payload = sent_by(house, scene(house.room, numbers_nobody_has()))
    for kind, odds in (
        ("selected_date", ODD_DAYS),
        ("selected_time", ["25:61", "soon", "", "10:30:99"]),
    ):
        for odd in odds:
            answer = house.door.send(_exchanged(payload, kind, odd))
            assert WENT_WRONG not in str(answer), (kind, odd)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("9999-12-31", "more than a year away"),
        ("0001-01-01", "This moment has passed"),
        ("2027-02-30", "no day that a calendar"),
    ],
)
def test_a_day_at_the_end_of_the_calendar_is_too_far_away(
    house: House, day: str, says: str
) -> None:
    payload = sent_by(house, confirming(house.room, numbers_nobody_has()))
    answer = house.door.send(_exchanged(payload, "selected_date", day))
    assert says in answer["errors"]["foc_date"]


@pytest.mark.parametrize("zone", ["Nowhere/Town", "", "../UTC", "x" * 300])
def test_an_unknown_zone_is_answered_under_its_question(house: House, zone: str) -> None:
    payload = sent_by(house, confirming(house.room, numbers_nobody_has()))
    values = payload["view"]["state"]["values"]
    values["foc_zone"] = {"foc_zone": {"selected_option": {"value": zone}}}
    answer = house.door.send(payload)
    assert answer["errors"].keys() == {"foc_zone"}


@pytest.mark.parametrize("asked", ["status", "status -1", f"status {HUGE}", f"PRT-{HUGE}", "\x00"])
def test_an_odd_case_in_a_command_is_not_found(house: House, asked: str) -> None:
    listed = house.room.desk.queries.find(ANNA, asked.removeprefix("status").strip())
    assert listed == ()


def test_every_button_is_pressed_here() -> None:
    pressed = {str(route.id) for route in ROUTES if route.kind == "action"}
    assert {name for name in pressed if name.isidentifier()} <= set(ACTIONS)
