"""Whoever is refused is told what to do next, under the field that is wrong."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.desk.core.faulty_request import Refused
from bot.desk.drafts.draft_facts import Typing
from bot.desk.port_out.repeated_answers import Decision
from bot.domain.cases.workflow import Status
from bot.errors import Refusal
from tests.journeys.refusals import LINK, TODAY, TOLD, filed, foc, link, move, sign, some
from tests.port_out.desks import ANNA, MATEO, PORT_IN, PORT_OUT, ROSA, TOM, Office, open_desk
from tests.refusals import sentence_of, told_no


@pytest.fixture(scope="module")
def room(shared_database_url: str) -> Iterator[Office]:
    """A desk for all tests, each of which has numbers of its own."""
    with open_desk(shared_database_url) as opened:
        yield opened


@pytest.mark.parametrize("name", TOLD)
def test_a_refusal_says_what_to_do_under_its_field(room: Office, name: str) -> None:
    act, says, field = TOLD[name]
    with pytest.raises(Refusal) as told:
        act(room)
    assert says in sentence_of(told.value)
    assert told.value.field == field


@pytest.mark.parametrize(
    "text", [LINK.ljust(2000, "x"), f"  {LINK} "], ids=["as long as may be", "with spaces"]
)
def test_a_good_link_is_kept_and_shown_as_it_is(room: Office, text: str) -> None:
    case = link(room, text, sent_on=TODAY - timedelta(days=10))
    assert (case.link_expires_on, case.link_days_left) == (TODAY, 0)
    assert room.desk.upload_links.show(ROSA, case.id) == text.strip()
    assert [e.facts for e in room.desk.queries.history(case.id) if e.kind == "revealed"] == [
        {"secret": "upload link"}
    ]
    with told_no(Refusal, match="somebody else"):
        room.desk.upload_links.show(MATEO, case.id)


def test_a_closed_case_takes_no_link_and_no_letter(room: Office) -> None:
    case = move(room, filed(room), Status.CANCELLED, why="No")
    with told_no(Refusal, match="This case is closed"):
        room.desk.upload_links.record(ANNA, case.id, LINK, TODAY)
    with told_no(Refusal, match="This case is closed"):
        sign(room, case)


def test_a_confirmed_date_may_be_a_year_away_and_no_more(room: Office) -> None:
    assert foc(room, room.clock.now + timedelta(days=365)).status is Status.FOC


def test_the_name_of_a_file_is_cut_where_the_database_ends(room: Office) -> None:
    case = sign(room, filed(room), name="n" * 300)
    assert [document.name for document in case.documents] == ["n" * 255]


def test_a_request_with_faults_is_refused_with_its_findings(room: Office) -> None:
    with told_no(Refused, match="faults that a carrier would refuse") as told:
        filed(room, city="")
    assert [finding.code for finding in told.value.report.findings] == ["city_required"]
    with pytest.raises(Refused):
        room.leave(numbers=some(), winning_carrier="x\x07")


def test_two_people_approve_and_the_second_is_another_one(room: Office) -> None:
    number = some()
    room.arrive(number)
    case = room.leave(numbers=number)
    first = room.approve(case, room.ask(case, numbers=number))
    decision = Decision(first.id, first.version, approve=True)
    with told_no(Refusal, match="Ask another agent") as told:
        room.desk.port_out.carrier_requests.decide(ANNA, case.id, decision)
    assert told.value.field == "decision"
    assert room.approve(case, first, who=TOM).answer == "approved"


def test_a_draft_of_somebody_else_does_not_exist(room: Office) -> None:
    draft = room.draft(ROSA, {**PORT_OUT, "numbers": some()})
    for act in (
        lambda: room.desk.drafts.load(MATEO, draft),
        lambda: room.desk.port_out.filing.file(MATEO, draft),
        lambda: room.desk.drafts.save(MATEO, Typing("V", "review", {}, 1.0), draft),
    ):
        with told_no(Refusal, match="This draft is gone"):
            act()
    room.desk.drafts.discard(MATEO, draft)
    assert room.desk.drafts.load(ROSA, draft).fields["numbers"]


def test_a_draft_is_filed_by_the_form_that_it_was_typed_into_only(room: Office) -> None:
    port_in, port_out = room.desk.filing, room.desk.port_out.filing
    before = room.desk.queries.every_case()
    for typed, others in (
        ({**PORT_IN, "numbers": some()}, [port_out.file, port_out.review]),
        ({**PORT_OUT, "numbers": some()}, [port_in.file, port_in.review]),
    ):
        draft = room.draft(ROSA, typed)
        for way in others:
            with told_no(Refusal, match="This draft is gone"):
                way(ROSA, draft)
    assert room.desk.queries.every_case() == before


def test_the_change_of_a_case_is_never_filed_as_a_new_one(room: Office) -> None:
    arriving = room.desk.filing.file(ROSA, room.draft(ROSA, {**PORT_IN, "numbers": some()})).cases[
        0
    ]
    leaving = room.leave(numbers=some())
    before = room.desk.queries.every_case()
    for case, file in (
        (arriving, room.desk.filing.file),
        (leaving, room.desk.port_out.filing.file),
    ):
        change = room.amend(case, contact_email="mara@example.com")
        with told_no(Refusal, match="This draft is gone"):
            file(ROSA, change)
    assert len(room.desk.queries.every_case()) == len(before)
