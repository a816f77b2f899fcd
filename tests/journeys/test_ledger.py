"""The ledger among several workers: one takes a delivery, and only its own word counts."""

from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest

from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import Typing
from bot.desk.notifications.claims import Claims
from bot.desk.notifications.deliveries import ClaimedDelivery, Receipt, TemporaryError
from bot.domain.cases.case import CaseFacts
from tests.journeys.cases import FIELDS
from tests.office import ROSA


def _filed(desk: Desk) -> CaseFacts:
    typing = Typing("V1", "review", FIELDS, 0.0, settled=True)
    return desk.filing.file(ROSA, desk.drafts.save(ROSA, typing).id).cases[0]


def _ledger(desk: Desk, owner: str, hours: int = 0) -> Claims:
    """Return the ledger as a worker sees it whose clock is so many hours on."""

    def wall() -> datetime:
        return desk.context.wall() + timedelta(hours=hours)

    return Claims(replace(desk.context, wall=wall), owner)


def _claim(ledger: Claims, key: str) -> ClaimedDelivery:
    claimed = ledger.claim(key)
    assert claimed is not None
    return claimed


def test_of_many_workers_one_takes_a_delivery(desk: Desk) -> None:
    _filed(desk)
    barrier, taken = Barrier(6), list[str]()

    def claim(owner: str) -> None:
        ledger = _ledger(desk, owner)
        barrier.wait()
        if ledger.claim("headline:1:1"):
            taken.append(owner)

    threads = [Thread(target=claim, args=(f"replica {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


def test_a_line_waits_for_the_one_before_it(desk: Desk) -> None:
    _filed(desk)
    ledger = _ledger(desk, "replica")
    assert ledger.claim("note:1:1") is None
    ledger.done(_claim(ledger, "headline:1:1"), Receipt("C0", "1.000001", "headline"))
    assert ledger.claim("note:1:1") is not None


def test_a_worker_that_died_leaves_its_delivery_in_doubt(desk: Desk) -> None:
    _filed(desk)
    first = _claim(_ledger(desk, "dead"), "headline:1:1")
    assert not first.in_doubt
    assert _ledger(desk, "other").claim("headline:1:1") is None, "the lease still holds"
    assert _claim(_ledger(desk, "other", hours=1), "headline:1:1").in_doubt


def test_a_refused_call_leaves_no_doubt_and_an_unanswered_one_does(desk: Desk) -> None:
    _filed(desk)
    now, later = _ledger(desk, "replica"), _ledger(desk, "replica", hours=1)
    now.defer(
        _claim(now, "headline:1:1"), TemporaryError("ratelimited", retry_after=1, unsent=True)
    )
    again = _claim(later, "headline:1:1")
    assert not again.in_doubt
    later.defer(again, TemporaryError("no answer"))
    assert _claim(_ledger(desk, "replica", hours=2), "headline:1:1").in_doubt


def test_whoever_outlived_its_lease_disturbs_nobody(desk: Desk) -> None:
    _filed(desk)
    slow, quick = _ledger(desk, "slow"), _ledger(desk, "quick", hours=1)
    first, second = _claim(slow, "headline:1:1"), _claim(quick, "headline:1:1")
    slow.defer(first, TemporaryError("no answer"))
    assert _ledger(desk, "third", hours=1).claim("headline:1:1") is None
    quick.done(second, Receipt("C0", "1.000001", "headline"))
    slow.done(first, Receipt("C0", "2.000002", "headline"))
    assert desk.queries.places(1)["headline"].ts == "1.000001"


def test_whoever_uploaded_past_its_lease_shows_nothing(desk: Desk) -> None:
    _filed(desk)
    slow, quick = _ledger(desk, "slow"), _ledger(desk, "quick", hours=1)
    slow.done(_claim(slow, "card:1:1"), Receipt())
    first, second = _claim(slow, "letter:1:v1"), _claim(quick, "letter:1:v1")
    with pytest.raises(TemporaryError, match="outlived"):
        slow.uploaded(first, {"letter.pdf": "F0SLOW"})
    quick.uploaded(second, {"letter.pdf": "F0QUICK"})
    assert _claim(_ledger(desk, "third", hours=2), "letter:1:v1").uploads == {
        "letter.pdf": "F0QUICK"
    }


def test_slacks_pause_holds_back_the_whole_channel(desk: Desk) -> None:
    _filed(desk)
    ledger = _ledger(desk, "replica")
    card = _claim(ledger, "card:1:1")
    ledger.defer(card, TemporaryError("ratelimited", retry_after=30, unsent=True))
    assert ledger.claim("card:1:1") is None
    assert ledger.claim("letter:1:v1") is None
    assert ledger.claim("headline:1:1") is not None, "another channel goes on"


def test_a_sweep_finds_what_has_no_job_and_only_what_is_first_in_line(desk: Desk) -> None:
    _filed(desk)
    assert _ledger(desk, "replica").sweep() == 0, "their own jobs are on the way"
    assert _ledger(desk, "replica", hours=1).sweep() == 2
