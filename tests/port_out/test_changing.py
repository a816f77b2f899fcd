"""Changing a filed port-out: what it keeps, what it refuses, and what it tells."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.core.context import Stale
from bot.desk.core.faulty_request import Refused
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import Kind
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import Reason
from bot.errors import Refusal
from tests.patience import patiently
from tests.port_out.departures import ACCOUNT_ID, PIN, ZIP
from tests.port_out.desks import ANNA, MATEO, PORT_IN, ROSA, TOM, Office, open_desk
from tests.refusals import sentence_of, told_no

WAITS = "has no answer yet"


def change(room: Office, case: CaseFacts, who: str = ROSA, **changes: Any) -> CaseFacts:
    """Change a case in its form."""
    return room.desk.amendments.apply(who, room.amend(case, who, **changes))


def submitted(room: Office, case: CaseFacts) -> CaseFacts:
    """Order the move at the carrier."""
    return room.desk.transitions.move(
        ANNA, case.id, case.version, Status.SUBMITTED, TransitionInput()
    )


def given(room: Office, case: CaseFacts) -> tuple[str, str]:
    """Return account ID and PIN as Anna is shown them."""
    shown = room.desk.port_out.credentials.show(ANNA, case.id)
    return shown.account_id, shown.pin


def said(room: Office, case: CaseFacts) -> list[str]:
    """Return which fields the changes of a case named, oldest first."""
    history = room.desk.queries.history(case.id)
    return [event.facts["fields"] for event in history if event.kind == "changed"]


def test_a_case_that_nobody_ordered_yet_changes_and_stays_as_it_is(room: Office) -> None:
    case = change(room, room.leave(), winning_carrier="Other Telecom", postal_code=ZIP)
    assert case.status is None
    assert (case.carrier, case.fields["postal_code"]) == ("Other Telecom", ZIP)
    assert said(room, case) == ["postal_code, winning_carrier"]
    assert "Other Telecom" in room.desk.carriers.like("other")


def test_a_case_that_was_ordered_goes_to_change_requested(room: Office) -> None:
    case = change(room, submitted(room, room.leave()), contact_email="mara@example.com")
    assert case.status is Status.CHANGE_REQUESTED
    last = room.desk.queries.history(case.id)[-1]
    assert (last.origin, last.target) == (Status.SUBMITTED, Status.CHANGE_REQUESTED)


def test_the_form_begins_with_what_the_case_says_but_for_its_secrets(room: Office) -> None:
    case = room.leave(postal_code=ZIP)
    draft = room.desk.drafts.amend(ROSA, case.id, "V-amend")
    assert (draft.amends, draft.kind) == (case.reference, "port_out")
    assert draft.fields["numbers"] == "+12065550100, +12065550101, +12065550102"
    assert draft.fields["declared"] == ["yes"]
    assert draft.fields["postal_code"] == ZIP
    assert not {ACCOUNT_ID, PIN} & set(map(str, draft.fields.values()))


def test_a_secret_left_empty_or_taken_back_is_the_one_on_file(room: Office) -> None:
    case = room.leave()
    case = change(room, case, account_id="", pin="", winning_carrier="Other Telecom")
    assert given(room, case) == (ACCOUNT_ID, PIN)
    assert said(room, case) == ["winning_carrier"]
    assert "secrets_changed" not in room.audit(case)


def test_replaced_secrets_are_named_in_the_audit_and_never_told(room: Office) -> None:
    case = change(room, room.leave(), pin="NEWP1N", account_id="ACCT-77")
    assert given(room, case) == ("ACCT-77", "NEWP1N")
    lines = room.desk.port_out.audit(case.id)
    (line,) = [event for event in lines if event.kind == "secrets_changed"]
    assert (line.who, line.facts["secret"]) == (ROSA, "account_id, pin")
    assert said(room, case) == ["account_id, pin"]
    told = str([lines, room.desk.queries.history(case.id), case])
    assert not [secret for secret in ("NEWP1N", "ACCT-77", PIN, ACCOUNT_ID) if secret in told]


def test_a_request_is_compared_with_the_new_secrets(room: Office) -> None:
    case = change(room, room.leave(), pin="NEWP1N")
    assert room.ask(case, key="V-old").found == (Reason.PIN_INVALID,)
    room.reject(case, room.desk.port_out.carrier_requests.waiting(ANNA, case.id))
    assert room.ask(case, pin="NEWP1N").found == ()


def test_new_secrets_have_to_be_told_again(room: Office) -> None:
    case = room.leave()
    room.desk.checklists.tick(ROSA, case.id, "winner_told", done=True)
    done = {p.item.key for p in change(room, case, postal_code=ZIP).progress if p.complete}
    assert done == {"winner_told"}
    case = room.desk.queries.case(case.id)
    done = {p.item.key for p in change(room, case, pin="NEWP1N").progress if p.complete}
    assert done == set()


def test_numbers_are_added_and_taken_out(room: Office) -> None:
    case = room.leave()
    room.desk.checklists.tick_numbers(ANNA, case.id, "unassigned", ["+12065550100", "+12065550101"])
    case = change(room, case, numbers="206-555-0101, 206-555-0103")
    assert case.numbers == ("+12065550101", "+12065550103")
    assert case.fields["by_hand"] == "+12065550101, +12065550103"
    (unassigned,) = [p for p in case.progress if p.item.key == "unassigned"]
    assert (unassigned.done, unassigned.total) == (1, 2)
    assert said(room, case) == ["numbers"]
    assert room.leave(numbers="206-555-0100").is_open, "what was taken out is free again"


def test_a_number_of_another_case_is_refused_and_ones_own_are_not(room: Office) -> None:
    room.leave(numbers="206-555-0150")
    case = room.leave()
    with pytest.raises(Refused) as refused:
        change(room, case, numbers="206-555-0100, 206-555-0150")
    found = {f.code: f.params for f in refused.value.report.findings}
    assert "+12065550150" in str(found["numbers_in_case"])
    assert "+12065550100" not in str(found["numbers_in_case"])


def test_a_number_that_is_not_declared_any_more_is_refused(room: Office) -> None:
    with pytest.raises(Refused) as refused:
        change(room, room.leave(), declared=[])
    assert "numbers_not_in_inventory" in {f.code for f in refused.value.report.findings}


def test_a_refused_change_keeps_what_was_typed(room: Office) -> None:
    case = room.leave()
    draft = room.amend(case, pin="12 34", winning_carrier="Other Telecom")
    with pytest.raises(Refused):
        room.desk.amendments.apply(ROSA, draft)
    assert given(room, case) == (ACCOUNT_ID, PIN)
    room.retype(draft, pin="NEWP1N")
    case = room.desk.amendments.apply(ROSA, draft)
    assert (case.carrier, given(room, case)[1]) == ("Other Telecom", "NEWP1N")


def test_the_same_change_sent_twice_is_one(room: Office) -> None:
    case = room.leave()
    draft = room.amend(case, pin="NEWP1N")
    first = room.desk.amendments.apply(ROSA, draft)
    assert room.desk.amendments.apply(ROSA, draft) == first
    assert said(room, case) == ["pin"]
    assert room.audit(case).count("secrets_changed") == 1


def test_a_change_of_nothing_changes_nothing(room: Office) -> None:
    case = submitted(room, room.leave())
    same = change(room, case, pin=PIN, numbers="206-555-0102, 206-555-0100 to 0101")
    assert same.version == case.version
    assert said(room, case) == []


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(room: Office) -> None:
    case = room.leave()
    draft = room.amend(case, pin="NEWP1N")
    change(room, case, who=ANNA, contact_email="mara@example.com")
    with pytest.raises(Stale):
        room.desk.amendments.apply(ROSA, draft)
    assert given(room, case) == (ACCOUNT_ID, PIN)


def test_nothing_changes_while_a_carrier_waits_for_an_answer(room: Office) -> None:
    room.arrive()
    case = room.leave()
    draft = room.amend(case, pin="NEWP1N")
    request = room.ask(case)
    with told_no(Refusal, match=WAITS):
        room.desk.amendments.apply(ROSA, draft)
    half = room.approve(case, request)
    with told_no(Refusal, match=WAITS):
        room.desk.amendments.apply(ROSA, draft)
    with told_no(Refusal, match="New Telecom has no answer"):
        room.amend(case)
    room.approve(case, half, who=TOM)
    assert given(room, room.desk.amendments.apply(ROSA, draft))[1] == "NEWP1N"


def test_the_same_change_sent_twice_at_once_is_one(room: Office, database_url: str) -> None:
    case = room.leave()
    draft = room.amend(case, pin="NEWP1N")
    with open_desk(database_url) as other, ThreadPoolExecutor(2) as pool:
        saved = pool.map(
            lambda desk: patiently(lambda: desk.desk.amendments.apply(ROSA, draft)), (room, other)
        )
        assert [one.reference for one in saved] == [case.reference] * 2
    assert said(room, case) == ["pin"]


def test_a_request_and_a_change_at_once_agree_on_the_secrets(
    room: Office, database_url: str
) -> None:
    case = room.leave()
    draft = room.amend(case, pin="NEWP1N")

    def save() -> str:
        try:
            return patiently(lambda: room.desk.amendments.apply(ROSA, draft).reference)
        except Refusal as error:
            return sentence_of(error)

    with open_desk(database_url) as other, ThreadPoolExecutor(2) as pool:
        saved, request = pool.submit(save), pool.submit(patiently, lambda: other.ask(case))
    if saved.result() == case.reference:
        assert request.result().found == (Reason.PIN_INVALID,)
    else:
        assert WAITS in saved.result()
        assert request.result().found == ()


def test_strangers_change_nothing_and_agents_may(room: Office) -> None:
    case = room.leave()
    with told_no(Refusal, match="somebody else"):
        room.amend(case, who=MATEO)
    draft = room.amend(case, pin="NEWP1N")
    with told_no(Refusal, match="This draft is gone"):
        room.desk.amendments.apply(MATEO, draft)
    assert change(room, case, who=ANNA, contact_email="a@example.com").requester == ROSA


def test_a_closed_case_is_not_changed(room: Office) -> None:
    case = room.leave()
    draft = room.amend(case, pin="NEWP1N")
    gone = TransitionInput(why="We stay")
    room.desk.transitions.move(ROSA, case.id, case.version, Status.CANCELLED, gone)
    with told_no(Refusal, match="/port-out"):
        room.amend(case)
    with pytest.raises(Stale):
        room.desk.amendments.apply(ROSA, draft)


def test_a_change_is_not_filed_as_a_new_case(room: Office) -> None:
    case = room.leave()
    draft = room.amend(case, numbers="206-555-0160")
    with told_no(Refusal, match="This draft is gone"):
        room.desk.port_out.filing.file(ROSA, draft)
    assert room.desk.drafts.latest(ROSA, Kind.PORT_OUT) is None
    new = room.draft(ROSA, {**PORT_IN, "numbers": "206-555-0170"})
    with pytest.raises(Refusal):
        room.desk.amendments.apply(ROSA, new)
    assert len(room.desk.queries.every_case()) == 1


def test_a_number_that_a_carrier_was_promised_stays_in_the_case(room: Office) -> None:
    case = room.leave()
    room.approve(case, room.ask(case))
    with told_no(Refusal, match="approved for New Telecom already") as refused:
        change(room, case, numbers="206-555-0100 to 0101")
    assert refused.value.field == "numbers"


def test_a_number_that_is_added_opens_the_approval_again(room: Office) -> None:
    case = room.leave()
    room.approve(case, room.ask(case))
    after = change(room, case, numbers="206-555-0100 to 0103")
    assert "request_approved" not in {item.item.key for item in after.progress if item.complete}
