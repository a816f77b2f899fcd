"""What the desk remembers, says and looks about: not only cases."""

from collections.abc import Sequence
from functools import partial

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.desk.core.context import DeskContext
from bot.desk.core.history import history_of, record_event
from bot.desk.core.references import subject_name
from bot.desk.notifications.claims import Claims
from bot.desk.notifications.deliveries import Receipt, add_delivery
from bot.domain.cases.kinds import DeliveryKind, EventKind
from bot.domain.cases.subjects import (
    WORKSPACE,
    Subject,
    SubjectKind,
    of_case,
    of_number,
    of_request,
)
from bot.store.models.cases import History
from bot.store.models.deliveries import Delivery
from bot.store.models.next_look import Agenda
from tests.office import ANNA, MONDAY
from tests.store.conftest import Replicas
from tests.store.test_together import at_once

pytestmark = pytest.mark.both_databases
NUMBER = of_number("+12065550142")


def _tell(context: DeskContext, subject: Subject, channel: str = ANNA) -> None:
    with context.transaction() as work:
        event = record_event(work, subject, MONDAY, ANNA, EventKind.PIN_SET, numbers="…0142")
        add_delivery(work, subject, DeliveryKind.ALERT, event, channel)


def test_a_number_has_a_history_of_its_own(replicas: Replicas) -> None:
    case = replicas.submitted("206 555 0100")
    before = replicas.first.queries.history(case.id)
    _tell(replicas.first.context, NUMBER)
    with replicas.first.context.transaction() as work:
        assert [event.kind for event in history_of(work, NUMBER)] == [EventKind.PIN_SET]
        assert history_of(work, of_number("+12065550143")) == ()
        assert history_of(work, WORKSPACE) == ()
    assert replicas.first.queries.history(case.id) == before


def test_messages_about_a_number_come_in_their_order(replicas: Replicas) -> None:
    at_once([partial(_tell, desk.context, NUMBER) for desk in replicas.desks])
    with replicas.first.context.transaction() as work:
        keys = work.scalars(select(Delivery.key).order_by(Delivery.id)).all()
    assert len(keys) == 3
    assert _delivered_in_turn(Claims(replicas.first.context, "one"), keys) == keys


def _delivered_in_turn(claims: Claims, keys: Sequence[str]) -> list[str]:
    """Try all of them again and again, and return the order in which they could be had."""
    told = []
    for _ in keys:
        [claimed] = [found for key in keys if (found := claims.claim(key))]
        claims.done(claimed, Receipt(ANNA, "1.0"))
        told.append(claimed.key)
    return told


def test_the_clock_looks_at_a_number_once_and_finds_nothing_to_say(replicas: Replicas) -> None:
    _tell(replicas.first.context, NUMBER)
    assert replicas.first.reminders.queue_due() == 0
    with replicas.first.context.transaction() as work:
        line = work.scalars(select(Agenda).where(Agenda.e164 == NUMBER.e164)).one()
        assert (line.about, line.look_at) == (NUMBER, None)


@pytest.mark.parametrize(
    "columns",
    [
        {"subject": "case"},
        {"subject": "number"},
        {"subject": "workspace", "e164": "+12065550142"},
        {"subject": "planet", "e164": "+12065550142"},
    ],
    ids=str,
)
def test_the_database_refuses_a_row_about_nothing_or_about_two_things(
    columns: dict[str, str], replicas: Replicas
) -> None:
    row = {"at": MONDAY, "who": ANNA, "kind": "filed", "facts": {}} | columns
    with pytest.raises(IntegrityError), replicas.services[0].engine.begin() as connection:
        connection.execute(insert(History).values(row))


@pytest.mark.parametrize(
    ("subject", "name", "called"),
    [
        (of_case(1), "1", "PRT-1001"),
        (NUMBER, "+12065550142", "…0142"),
        (of_request(7), "request7", "request7"),
        (WORKSPACE, "workspace", "workspace"),
    ],
)
def test_each_subject_has_a_name_and_is_called_without_a_whole_number(
    subject: Subject, name: str, called: str
) -> None:
    assert (str(subject), subject_name(subject)) == (name, called)
    assert set(SubjectKind) == {"case", "number", "request", "workspace"}
