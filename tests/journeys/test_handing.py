"""A letter reaches its requester once, whatever becomes of the calls that hand it over."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.domain.cases.case import CaseFacts
from bot.slack.delivery.letter_delivery import MOST_LOST, PATIENCE
from tests.journeys.by_hand import ByHand, delivered_by_hand, files_of
from tests.journeys.cases import filed, timeline
from tests.office import Message, shown

TICKET, BYTES = "files.getUploadURLExternal", "upload"
COMPLETE, INFO = "files.completeUploadExternal", "files.info"
CALLS = (TICKET, BYTES, COMPLETE, INFO)
FAULTS = ("drop_answer", "rate_limit", "server_error")
MISHAPS = tuple(product(CALLS, FAULTS))
_numbers = (f"{area} 555 01{n:02}" for area in (206, 253, 425) for n in range(100))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, shared_database_url: str) -> Iterator[ByHand]:
    """One office for all tests, whose letters have names of their own."""
    folder = tmp_path_factory.mktemp("office")
    with delivered_by_hand(folder, shared_database_url) as by_hand:
        yield by_hand


@pytest.fixture
def by_hand(opened: ByHand) -> Iterator[ByHand]:
    """The office with nothing going wrong."""
    yield opened
    _mend(opened)


def _mend(by_hand: ByHand) -> None:
    healthy: dict[str, Any] = dict.fromkeys((*FAULTS, "lost_share", "late_share"), 0)
    by_hand.office.slack.faults.change({**healthy, "methods": None})


def _filed(by_hand: ByHand, numbers: str = "") -> CaseFacts:
    """File a case and deliver what comes before its letter."""
    case = filed(by_hand.office, numbers or next(_numbers))
    by_hand.deliver(by_hand.waiting("card"))
    return case


def _key(case: CaseFacts) -> str:
    return f"letter:{case.id}:v1"


def _until_done(by_hand: ByHand, case: CaseFacts, name: str = "two") -> None:
    """Deliver what a case still owes its requester; each attempt has its own time."""
    for _ in range(12):
        if by_hand.row(_key(case)).done_at is not None:
            return
        by_hand.wait()
        by_hand.deliver([_key(case)], name)
    raise AssertionError("the letter never came")


def _letters(by_hand: ByHand, case: CaseFacts) -> list[Message]:
    return files_of(by_hand.office.rosa.dm(), f"{case.reference}-LOA-v1.pdf")


def _shown_once(by_hand: ByHand, case: CaseFacts) -> None:
    [letter] = _letters(by_hand, case)
    assert by_hand.office.rosa.download(letter).startswith(b"%PDF")
    said = f"*{case.reference}*: here is letter version 1"
    assert len([m for m in by_hand.office.rosa.dm() if said in shown(m)]) == 1


@pytest.mark.one_quick
@pytest.mark.parametrize("dies", [False, True], ids=["alone", "taken over"])
@pytest.mark.parametrize("mishap", MISHAPS, ids="-".join)
def test_one_call_goes_wrong(by_hand: ByHand, mishap: tuple[str, str], dies: bool) -> None:
    case = _filed(by_hand)
    _meet(by_hand, case, mishap, dies)
    _mend(by_hand)
    _until_done(by_hand, case)
    _shown_once(by_hand, case)


def _meet(by_hand: ByHand, case: CaseFacts, mishap: tuple[str, str], dies: bool) -> None:
    method, fault = mishap
    _mend(by_hand)
    by_hand.office.slack.faults.change({fault: 1, "methods": [method]})
    if dies:
        by_hand.fail(_key(case), "one")
    else:
        by_hand.deliver([_key(case)], "one")


@pytest.mark.long
@pytest.mark.parametrize("first", CALLS)
def test_two_calls_go_wrong_one_after_the_other(by_hand: ByHand, first: str) -> None:
    for place, second in enumerate(CALLS):
        case = _filed(by_hand)
        dies = place % 2 == 0
        _meet(by_hand, case, (first, FAULTS[place % 3]), dies)
        by_hand.wait()
        _meet(by_hand, case, (second, FAULTS[(place + 1) % 3]), not dies)
        _mend(by_hand)
        _until_done(by_hand, case)
        _shown_once(by_hand, case)


@pytest.mark.parametrize("fault", ["rate_limit", "server_error"])
def test_an_upload_that_slack_discarded_is_made_anew(by_hand: ByHand, fault: str) -> None:
    case = _filed(by_hand)
    _meet(by_hand, case, (COMPLETE, fault), False)
    old = by_hand.row(_key(case)).uploads
    by_hand.office.clock.advance(3601)
    _mend(by_hand)
    _until_done(by_hand, case)
    _shown_once(by_hand, case)
    assert old.keys() == by_hand.row(_key(case)).uploads.keys()
    assert old != by_hand.row(_key(case)).uploads


def test_an_upload_that_slack_still_has_is_not_made_anew(by_hand: ByHand) -> None:
    case = _filed(by_hand)
    _meet(by_hand, case, (COMPLETE, "server_error"), False)
    old = by_hand.row(_key(case)).uploads
    _mend(by_hand)
    _until_done(by_hand, case)
    assert old == by_hand.row(_key(case)).uploads


def test_a_letter_is_not_delivered_before_it_is_shown(by_hand: ByHand) -> None:
    case = _filed(by_hand)
    by_hand.office.slack.faults.lost_share = 1
    by_hand.deliver([_key(case)])
    row = by_hand.row(_key(case))
    assert (row.done_at, row.failed) == (None, "not shown yet")
    by_hand.wait(PATIENCE - timedelta(seconds=5))
    by_hand.deliver([_key(case)])
    assert by_hand.row(_key(case)).uploads == row.uploads, "it may still come"
    _until_done(by_hand, case)
    _shown_once(by_hand, case)


@pytest.mark.long
def test_a_letter_that_is_shown_late_is_not_repeated(by_hand: ByHand) -> None:
    case = _filed(by_hand)
    by_hand.office.slack.faults.late_share = 1
    by_hand.deliver([_key(case)])
    by_hand.office.rosa.wait_for(lambda _: _letters(by_hand, case))
    _until_done(by_hand, case)
    _shown_once(by_hand, case)


@pytest.mark.long
def test_a_letter_that_is_shown_after_it_was_repeated_stands_alone(by_hand: ByHand) -> None:
    case, other = _filed(by_hand), _filed(by_hand)
    by_hand.office.slack.faults.late_share = 1
    by_hand.deliver([_key(case)])
    _until_done(by_hand, case)
    _shown_once(by_hand, case)
    # The next late one comes after the first would have come.
    by_hand.office.slack.faults.late_share = 1
    by_hand.deliver([_key(other)])
    by_hand.office.rosa.wait_for(lambda _: _letters(by_hand, other))
    _shown_once(by_hand, case)


def test_a_letter_that_somebody_deleted_before_it_was_shown_is_made_anew(by_hand: ByHand) -> None:
    case = _filed(by_hand)
    by_hand.office.slack.faults.lost_share = 1
    by_hand.deliver([_key(case)])
    slack = WebClient(token=by_hand.office.slack.bot_token, base_url=by_hand.office.slack.api_url)
    slack.files_delete(file=next(iter(by_hand.row(_key(case)).uploads.values())))
    by_hand.wait(timedelta(seconds=2))
    by_hand.deliver([_key(case)])
    _shown_once(by_hand, case)


def test_a_spreadsheet_comes_with_its_letter_once(by_hand: ByHand) -> None:
    case = _filed(by_hand, "360 555 0100 to 0119")
    _meet(by_hand, case, (COMPLETE, "drop_answer"), True)
    by_hand.wait()
    _meet(by_hand, case, (INFO, "server_error"), False)
    _mend(by_hand)
    _until_done(by_hand, case)
    _shown_once(by_hand, case)
    assert len(files_of(by_hand.office.rosa.dm(), f"{case.reference}-LOA-v1.xlsx")) == 1


@pytest.mark.long
def test_a_letter_that_is_never_shown_is_given_up_and_everybody_is_told(by_hand: ByHand) -> None:
    case = _filed(by_hand)
    by_hand.office.slack.faults.lost_share = MOST_LOST + 1
    _until_done(by_hand, case)
    assert by_hand.row(_key(case)).failed == "never shown"
    assert _letters(by_hand, case) == []
    for _ in range(4):
        by_hand.deliver([key for key in by_hand.waiting() if f":{case.id}:" in key])
    office = by_hand.office
    [told] = [m for m in office.anna.messages() if "not be tried again" in shown(m)]
    assert f"app.py loa {case.reference}" in shown(told)
    assert told["thread_ts"] is None
    assert [m for m in office.rosa.dm() if f"{case.reference}*: Slack does not" in shown(m)]
    assert "letter_refused" in timeline(office, case)
    assert [m for m in office.anna.messages() if "does not have it" in shown(m)]
