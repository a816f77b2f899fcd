"""What Slack will never take: the desk hears of it once, with what to do next."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.notifications.deliveries import ClaimedDelivery, PermanentError, Receipt
from bot.domain.cases.case import CaseFacts
from tests.journeys.by_hand import ByHand, delivered_by_hand
from tests.journeys.cases import filed, signed
from tests.office import ANNA, Message, shown

_numbers = (f"206 555 01{n:02}" for n in range(100))


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory, shared_database_url: str) -> Iterator[ByHand]:
    """One office for all tests."""
    folder: Path = tmp_path_factory.mktemp("office")
    with delivered_by_hand(folder, shared_database_url) as opened:
        yield opened


def _refuse(_: ClaimedDelivery) -> Receipt:
    raise PermanentError("invalid_blocks")


def _mine(by_hand: ByHand, case: CaseFacts, *kinds: str) -> list[str]:
    return [key for key in by_hand.waiting(*kinds) if key.split(":")[1] == str(case.id)]


def _told(by_hand: ByHand, case: CaseFacts) -> list[Message]:
    """Deliver what the desk is told of a case's refused messages, and return it."""
    by_hand.deliver(_mine(by_hand, case, "refused"))
    return [m for m in by_hand.office.anna.messages() if f"*{case.reference}*" in shown(m)]


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("headline", "/port status"),
        ("card", "/port status"),
        ("letter", "app.py loa"),
        ("fetch", "send the file again"),
        ("handover", "send the file to you directly"),
    ],
)
def test_the_desk_is_told_once_and_what_to_do(by_hand: ByHand, kind: str, advice: str) -> None:
    case = signed(by_hand.office, filed(by_hand.office, next(_numbers)))
    desk = by_hand.office.service.desk
    desk.documents.hand_over(ANNA, case.id, case.documents[0].id)
    [key, *_] = _mine(by_hand, case, kind)
    while by_hand.row(key).done_at is None:
        # What is before it in its line goes through; it does not.
        by_hand.deliver(_mine(by_hand, case)[: _mine(by_hand, case).index(key)])
        by_hand.deliver([key], post=_refuse)
    [told] = [m for m in _told(by_hand, case) if "invalid_blocks" in shown(m)]
    assert advice in shown(told)
    by_hand.deliver(_mine(by_hand, case))
    assert len([m for m in _told(by_hand, case) if "invalid_blocks" in shown(m)]) == 1


def test_of_a_refused_alarm_no_alarm_tells(by_hand: ByHand) -> None:
    case = filed(by_hand.office, next(_numbers))
    by_hand.deliver(_mine(by_hand, case, "headline"), post=_refuse)
    by_hand.deliver(_mine(by_hand, case, "refused"), post=_refuse)
    assert _mine(by_hand, case, "refused") == []
