"""Moving cases: who may, where to, with what, and what two people at once come to."""

from datetime import UTC, datetime

import pytest

from bot.desk.cases.transition_requirements import TransitionInput
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import MOVES, Role, Status, moves_for
from bot.errors import Refusal
from tests.journeys.cases import (
    FOC_AT,
    desk_card,
    filed,
    moved,
    now,
    own_card,
    settled,
    signed,
    submitted,
    timeline,
    window,
)
from tests.office import ANNA, ROSA, TOM, Message, Office, buttons, private, shown
from tests.refusals import told_no


def test_a_requester_who_clicks_an_agents_button_is_told_and_nothing_changes(
    desk_office: Office,
) -> None:
    case = signed(desk_office, filed(desk_office, "206 555 0100"))
    desk_office.rosa.click("move:SUBMITTED", in_message=desk_card(desk_office, case))
    assert "you are not the one to ask for it" in window(desk_office.rosa.view())
    assert now(desk_office, case).version == case.version


def test_a_stranger_may_not_look_into_somebodys_case(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0101")
    desk_office.mateo.click("Details", in_message=desk_card(desk_office, case))
    assert "belongs to somebody else" in window(desk_office.mateo.view())


PATHS: dict[Status | None, tuple[Status, ...]] = {
    None: (),
    Status.SUBMITTED: (Status.SUBMITTED,),
    Status.PENDING_DOCUMENTS: (Status.SUBMITTED, Status.PENDING_DOCUMENTS),
    Status.EXCEPTION: (Status.SUBMITTED, Status.EXCEPTION),
    Status.CHANGE_REQUESTED: (Status.SUBMITTED, Status.CHANGE_REQUESTED),
    Status.FOC: (Status.SUBMITTED, Status.FOC),
    Status.CANCEL_REQUESTED: (Status.SUBMITTED, Status.CANCEL_REQUESTED),
    Status.COMPLETED: (Status.SUBMITTED, Status.FOC, Status.COMPLETED),
    Status.CANCELLED: (Status.CANCELLED,),
}


@pytest.mark.long
@pytest.mark.parametrize("status", PATHS, ids=str)
def test_a_card_has_buttons_for_the_allowed_moves_only(
    desk_office: Office, status: Status | None
) -> None:
    number = f"206 555 01{10 + list(PATHS).index(status)}"
    case = moved(desk_office, signed(desk_office, filed(desk_office, number)), *PATHS[status])
    assert case.status is status
    names = desk_office.service.desk.words.table("moves")
    by_carrier = status is Status.CANCEL_REQUESTED
    expected = [
        names["CANCELLED_BY_CARRIER" if by_carrier and target is Status.CANCELLED else target]
        for target in MOVES[status]
    ]
    found = [text for text in buttons(desk_card(desk_office, case)) if text in names.values()]
    assert found == expected


def test_every_step_of_the_table_can_be_made_and_no_other(desk_office: Office) -> None:
    case = signed(desk_office, filed(desk_office, "206 555 0120"))
    for target in (
        Status.SUBMITTED,
        Status.PENDING_DOCUMENTS,
        Status.EXCEPTION,
        Status.CHANGE_REQUESTED,
        Status.FOC,
        Status.CANCEL_REQUESTED,
        Status.FOC,
    ):
        for other in set(Status) - set(moves_for(case.status, Role.AGENT)):
            with told_no(Refusal, match="Nothing was changed"):
                moved(desk_office, case, other)
        case = moved(desk_office, case, target)
        assert case.status is target


@pytest.mark.one_quick
@pytest.mark.parametrize(
    ("status", "target", "field"),
    [
        (Status.SUBMITTED, Status.PENDING_DOCUMENTS, "why"),
        (Status.SUBMITTED, Status.CANCEL_REQUESTED, "why"),
        (Status.SUBMITTED, Status.EXCEPTION, "why"),
        (Status.FOC, Status.COMPLETED, "open_items_known"),
    ],
)
def test_what_a_move_needs_is_asked_for_under_its_field(
    desk_office: Office, status: Status, target: Status, field: str
) -> None:
    number = 150 + list(Status).index(target)
    case = submitted(desk_office, f"206 555 0{number}", *PATHS[status][1:])
    anna = desk_office.anna
    anna.click(f"move:{target}", in_message=desk_card(desk_office, case))
    if target is Status.EXCEPTION:
        anna.fill(reason_code="OTHER")
    else:
        anna.fill({"why": "   "} if field == "why" else {})
    assert anna.submit().keys() == {field}
    assert now(desk_office, case).status is status


@pytest.mark.long
def test_an_exception_tells_the_carriers_reason_and_who_acts(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0125")
    anna = desk_office.anna
    anna.click("move:EXCEPTION", in_message=desk_card(desk_office, case))
    code = next(o["value"] for o in _options(anna.view(), "reason_code") if o["value"] != "OTHER")
    anna.fill(reason_code=code)
    assert anna.submit() == {}
    assert now(desk_office, case).reason_code == code
    assert case.reference in shown(private(desk_office.rosa, f"({code})"))


def _options(view: Message | None, block_id: str) -> list[Message]:
    assert view is not None
    [block] = [b for b in view["blocks"] if b["block_id"] == block_id]
    options: list[Message] = block["element"]["options"]
    return options


def test_of_two_agents_the_slower_one_sees_the_case_as_it_is_now(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0126")
    card = desk_card(desk_office, case)
    desk_office.anna.click("move:PENDING_DOCUMENTS", in_message=card)
    desk_office.tom.click("move:CANCEL_REQUESTED", in_message=card)
    assert desk_office.anna.fill(why="The bill, please").submit() == {}
    assert desk_office.tom.fill(why="No longer wanted").submit() == {}
    assert "is “Documents needed” by now" in window(desk_office.tom.view())
    assert now(desk_office, case).status is Status.PENDING_DOCUMENTS


def test_a_card_that_was_overtaken_opens_no_form(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0127")
    card = desk_card(desk_office, case)
    desk_office.slack.faults.change({"server_error": 2, "methods": ["chat.update"]})
    moved(desk_office, case, Status.PENDING_DOCUMENTS)
    desk_office.tom.click("move:CANCEL_REQUESTED", in_message=card)
    assert "Nothing was changed" in window(desk_office.tom.view())


@pytest.mark.parametrize("fault", ["duplicate_delivery", "double_click"])
def test_a_move_sent_twice_is_one_move(desk_office: Office, fault: str) -> None:
    number = {"duplicate_delivery": "206 555 0128", "double_click": "206 555 0129"}[fault]
    case = submitted(desk_office, number)
    card, anna = desk_card(desk_office, case), desk_office.anna
    anna.click("move:PENDING_DOCUMENTS", in_message=card)
    desk_office.slack.faults.change({fault: True})
    assert anna.fill(why="The bill, please").submit() == {}
    settled(desk_office)
    assert timeline(desk_office, case).count("status") == 2
    assert "Something went wrong" not in window(anna.view())
    assert "Nothing was changed" not in window(anna.view())


def _change_name(office: Office, case: CaseFacts, name: str) -> None:
    rosa = office.rosa
    rosa.click("Change details", in_message=own_card(office, case))
    for page in range(5):
        if page == 2:
            rosa.fill(customer_name=name)
        assert rosa.submit() == {}


@pytest.mark.long
def test_a_change_before_submission_makes_a_new_letter_and_says_that_the_old_one_is_stale(
    desk_office: Office,
) -> None:
    case = signed(desk_office, filed(desk_office, "206 555 0132"))
    _change_name(desk_office, case, "Harbour Bakery Two")
    changed = now(desk_office, case)
    assert changed.status is None
    assert changed.letter is not None
    assert (changed.letter.version, changed.letter.stale) == (2, False)
    told = shown(private(desk_office.rosa, f"{case.reference}*: here is letter version 2"))
    assert "Earlier versions no longer count" in told
    assert "Letter version 2 waits for its signature" in shown(desk_card(desk_office, case))
    submit = desk_office.service.desk.words.sentence("moves", Status.SUBMITTED)
    assert submit not in buttons(desk_card(desk_office, case))
    with pytest.raises(Refusal):
        moved(desk_office, changed, Status.SUBMITTED)


def test_a_change_after_submission_goes_to_the_carrier_first(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0133")
    _change_name(desk_office, case, "Harbour Bakery Three")
    assert now(desk_office, case).status is Status.CHANGE_REQUESTED
    private(desk_office.rosa, "The change is with the carrier")


@pytest.mark.long
@pytest.mark.parametrize(
    ("day", "at", "zone", "field"),
    [
        ("2027-02-26", "10:00", "America/New_York", "foc_date"),
        ("2027-03-14", "02:30", "America/New_York", "foc_time"),
    ],
)
def test_a_confirmed_date_that_cannot_be_is_refused(
    desk_office: Office, day: str, at: str, zone: str, field: str
) -> None:
    number = {"foc_date": "206 555 0134", "foc_time": "206 555 0135"}[field]
    case = submitted(desk_office, number)
    anna = desk_office.anna
    anna.click("move:FOC", in_message=desk_card(desk_office, case))
    assert anna.fill(foc_date=day, foc_time=at, foc_zone=zone).submit().keys() == {field}


def test_the_history_says_who_when_and_why(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0140")
    why = TransitionInput(why="The carrier lost the letter")
    desk_office.service.desk.transitions.move(
        TOM, case.id, case.version, Status.PENDING_DOCUMENTS, why
    )
    last = desk_office.service.desk.queries.history(case.id)[-1]
    assert (last.who, last.origin, last.target) == (
        TOM,
        Status.SUBMITTED,
        Status.PENDING_DOCUMENTS,
    )
    assert last.why == "The carrier lost the letter"
    assert abs((last.at - datetime(2027, 3, 1, 15, 0, tzinfo=UTC)).total_seconds()) < 3600
    desk_office.anna.click("Details", in_message=desk_card(desk_office, case))
    assert f"<@{TOM}> moved the case" in window(desk_office.anna.view())


def test_two_dates_that_suit_are_one_answer(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0141", Status.FOC)
    assert case.foc_at == FOC_AT
    for _ in range(2):
        desk_office.service.desk.transitions.confirm_date(ROSA, case.id)
    assert timeline(desk_office, case).count("date_confirmed") == 1


def test_an_agent_may_move_and_nobody_else(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0142")
    with told_no(Refusal, match="not the one to ask"):
        moved(desk_office, case, Status.FOC, who=ROSA)
    assert moved(desk_office, case, Status.FOC, who=ANNA).status is Status.FOC
