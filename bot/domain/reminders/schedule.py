"""Reminders are derived, never stored: a pure function of a case's facts and the time.

A FOC that moves takes all its reminders along, since their moments follow from it.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status, WaitsFor, waits_for
from bot.domain.intake.platforms import Service, of_service
from bot.domain.reminders.port_out import PORT_OUT_REMINDERS, SHARED
from bot.domain.reminders.rows import Audience as Audience
from bot.domain.reminders.rows import Reminder as Reminder
from bot.domain.reminders.rows import ReminderRow as ReminderRow

LATE_AFTER = timedelta(hours=1)
PORT_WINDOW = timedelta(hours=2)


def _local(case: CaseFacts, day: date, at: time) -> datetime:
    return datetime.combine(day, at, case.zone).astimezone(UTC)


def _foc_day(case: CaseFacts) -> date | None:
    return case.foc_at.astimezone(case.zone).date() if case.foc_at else None


def _days_before(days: int, at: time = time(9)) -> Callable[[CaseFacts], datetime | None]:
    def moment(case: CaseFacts) -> datetime | None:
        day = _foc_day(case)
        return _local(case, day - timedelta(days=days), at) if day else None

    return moment


def _morning(case: CaseFacts) -> datetime | None:
    """The checklist comes at 08:00, or an hour before an earlier port."""
    day = _foc_day(case)
    if day is None or case.foc_at is None:
        return None
    return min(_local(case, day, time(8)), case.foc_at - timedelta(hours=1))


def _window_end(case: CaseFacts) -> datetime | None:
    return case.foc_at + PORT_WINDOW if case.foc_at else None


def _since_change(days: int) -> Callable[[CaseFacts], datetime | None]:
    return lambda case: case.changed_at + timedelta(days=days)


def _since_signature(days: int) -> Callable[[CaseFacts], datetime | None]:
    def moment(case: CaseFacts) -> datetime | None:
        signed = case.signed_letter
        if signed is None or signed.signed_on is None:
            return None
        return _local(case, signed.signed_on + timedelta(days=days), time(9))

    return moment


def _before_link_expires(days: int) -> Callable[[CaseFacts], datetime | None]:
    def moment(case: CaseFacts) -> datetime | None:
        end = case.link_expires_on
        return _local(case, end - timedelta(days=days), time(9)) if end else None

    return moment


def _has_link(case: CaseFacts) -> bool:
    return case.is_open and case.link_expires_on is not None


def _never(_case: CaseFacts) -> None:
    return None


def _in_foc(case: CaseFacts) -> bool:
    return case.status is Status.FOC


def _connect_foc(case: CaseFacts) -> bool:
    return _in_foc(case) and case.platform in of_service(Service.CONNECT)


def _chime_foc(case: CaseFacts) -> bool:
    return _in_foc(case) and case.platform in of_service(Service.CHIME)


def _unconfirmed_foc(case: CaseFacts) -> bool:
    return _in_foc(case) and not case.foc_confirmed


def _customer_silent(case: CaseFacts) -> bool:
    return waits_for(case.status) is WaitsFor.CUSTOMER


def _unsigned(case: CaseFacts) -> bool:
    return case.status is None and case.signed_letter is None


def _signed_not_submitted(case: CaseFacts) -> bool:
    return case.status is None and case.signed_letter is not None


_DESK, _ASKER = Audience.DESK, Audience.REQUESTER

REMINDERS: tuple[ReminderRow, ...] = (
    ReminderRow("quotas", _DESK, _connect_foc, _days_before(5), _morning, "S1"),
    ReminderRow("assign_flows", _DESK, _connect_foc, _days_before(4), _morning, "S1"),
    ReminderRow("assign_numbers", _DESK, _chime_foc, _days_before(1), _morning, "S2"),
    ReminderRow("go_no_go", _DESK, _in_foc, _days_before(1, time(9, 30)), _morning, "S1"),
    ReminderRow("checklist", _DESK, _in_foc, _morning, _never, "S1, S2"),
    ReminderRow("foc_missed", _DESK, _in_foc, _window_end, _never, "B"),
    ReminderRow("confirm_foc", _ASKER, _unconfirmed_foc, _since_change(1), _morning, "S3"),
    ReminderRow("sign_letter", _ASKER, _unsigned, _since_change(2), _never, "S1", "sign"),
    ReminderRow("sign_letter_again", _ASKER, _unsigned, _since_change(7), _never, "S1", "sign"),
    ReminderRow("submit", _DESK, _signed_not_submitted, _since_change(1), _never, "I"),
    ReminderRow(
        "letter_expires", _ASKER, _signed_not_submitted, _since_signature(12), _never, "S1"
    ),
    ReminderRow("link_3_days", _ASKER, _has_link, _before_link_expires(3), _never, "S3", "link"),
    ReminderRow("link_1_day", _ASKER, _has_link, _before_link_expires(1), _never, "S3", "link"),
    ReminderRow("link_expired", _DESK, _has_link, _before_link_expires(-1), _never, "S3", "link"),
    ReminderRow("no_answer_7", _ASKER, _customer_silent, _since_change(7), _never, "S1", "silent"),
    ReminderRow(
        "no_answer_14", _ASKER, _customer_silent, _since_change(14), _never, "S1", "silent"
    ),
    ReminderRow(
        "no_answer_21", _ASKER, _customer_silent, _since_change(21), _never, "S1", "silent"
    ),
    ReminderRow("escalate_25", _DESK, _customer_silent, _since_change(25), _never, "S1", "silent"),
    ReminderRow("no_answer_30", _DESK, _customer_silent, _since_change(30), _never, "S1", "silent"),
)


def rows_for(case: CaseFacts) -> tuple[ReminderRow, ...]:
    """Return the rows that may speak of a case of this kind."""
    if not case.is_port_out:
        return REMINDERS
    return (*PORT_OUT_REMINDERS, *(row for row in REMINDERS if row.kind in SHARED))


def due_reminders(case: CaseFacts, now: datetime) -> tuple[Reminder, ...]:
    """Return what is due for a case at `now`, oldest first.

    Of a series only the newest counts, so that a desk that was down does not speak in a burst;
    what has lapsed is left unsaid.
    """
    found = [(row, _reminder(row, case, now)) for row in rows_for(case) if row.applies(case)]
    due = [(row, reminder) for row, reminder in found if reminder is not None]
    newest = {row.series: reminder for row, reminder in due if row.series}
    return tuple(
        sorted(
            (reminder for row, reminder in due if newest.get(row.series, reminder) is reminder),
            key=lambda reminder: reminder.due_at,
        )
    )


def still_due(name: str, case: CaseFacts, now: datetime) -> Reminder | None:
    """Return the reminder that was queued under a name which ends with its key, if it is due.

    Between the queue and the post hours may pass: the case is judged again, as it is by then.
    """
    due = due_reminders(case, now)
    return next((reminder for reminder in due if name.endswith(f":{reminder.key}")), None)


def next_moment(case: CaseFacts, now: datetime) -> datetime | None:
    """Return when something falls due next, if the case stays as it is."""
    moments = [row.moment(case) for row in rows_for(case) if row.applies(case)]
    return min((at for at in moments if at is not None and at > now), default=None)


def _reminder(row: ReminderRow, case: CaseFacts, now: datetime) -> Reminder | None:
    at = row.moment(case)
    end = row.lapses(case)
    if at is None or at > now or (end is not None and end <= now):
        return None
    key = f"{case.reference}:{row.kind}:{at:%Y%m%dT%H%M}"
    return Reminder(row.kind, key, at, row.audience, late=now - at > LATE_AFTER)


def unsaid(reminders: Iterable[Reminder], said: frozenset[str]) -> tuple[Reminder, ...]:
    """Leave out what was said already."""
    return tuple(reminder for reminder in reminders if reminder.key not in said)
