"""`due`, `export`, `migrate`: reading the database, and preparing it."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.desk.key_rotation import Looked
from bot.domain.cases.case import CaseFacts, Event
from bot.domain.reminders.schedule import Audience
from bot.errors import PortingError
from bot.service.offline import open_desk, wall_clock
from bot.service.settings import CaseSettings, DatabaseSettings
from bot.slack.blocks.messages import plain_reminder
from bot.store.database import prepared_engine
from bot.store.faults import shown

_COLUMNS = (
    "reference", "kind", "platform", "status", "requester", "losing_carrier", "numbers",
    "created_at", "requested_at", "foc_at", "time_zone", "letter_version", "signed_on",
    "account_number", "service_pin", "winning_carrier", "account_id", "pin",
)  # fmt: skip
# Of what cannot be read; the rest is counted.
MOST_NAMED = 10
_AUDIT = ("at", "who", "what", "case", "number")
_OF_PORT_OUT = frozenset({"account_id", "pin"})
MASK, UNREADABLE = "on file", "unreadable"


def due_rows(settings: CaseSettings, at: datetime | None) -> list[dict[str, Any]]:
    """Return what is due at a moment (default now) and was not said yet."""
    desk = open_desk(settings)
    return [
        {
            "case": due.case.reference,
            "kind": due.reminder.kind,
            "due_at": due.reminder.due_at.isoformat(),
            "to": "channel" if due.reminder.audience is Audience.DESK else due.case.requester,
            "text": plain_reminder(desk.words, due.case, due.reminder.kind),
        }
        for due in desk.reminders.due(at or wall_clock())
    ]


def rotate_keys(settings: CaseSettings) -> str:
    """Seal everything again under the newest key, and say what to do with the older ones."""
    found = open_desk(settings).key_rotation.rotate()
    database = shown(settings.database_url)
    if found.unreadable:
        raise PortingError(_unreadable(found, database))
    if not found.opened:
        return (
            f"The database {database} holds no secrets; nothing was sealed again. "
            "Keep the older keys, and check that DATABASE_URL is the desk's."
        )
    return (
        f"{found.opened} secrets and files in {database} are sealed under the newest key. "
        "Take the older keys out of PORTDESK_SECRET_KEY now, and restart every replica."
    )


def _unreadable(found: Looked, database: str) -> str:
    more = len(found.unreadable) - MOST_NAMED
    return (
        f"{found.opened} secrets and files in {database} are sealed under the newest key. No key "
        f"opens those of {', '.join(found.unreadable[:MOST_NAMED])}"
        f"{f' and {more} more' if more > 0 else ''}. Keep all keys, add the older key behind the "
        "newest one in PORTDESK_SECRET_KEY, and run this again."
    )


def export_cases(settings: CaseSettings, form: str) -> str:
    """Return every case as CSV or JSON; of secrets only that they are on file."""
    desk = open_desk(settings)
    cases = [(case, desk.queries.history(case.id)) for case in desk.queries.every_case()]
    rows = [
        _row(case)
        | {"history": [_event(event) for event in told]}
        | {"audit": [_line(event) for event in desk.port_out.audit(case.id)]}
        for case, told in cases
    ]
    return _written(rows, form, (*_COLUMNS, "history", "audit"))


def export_audit(settings: CaseSettings, form: str) -> str:
    """Return every line of the audit, also of numbers without a case; no secret is in it."""
    lines = [_line(event) for event in open_desk(settings).port_out.whole_audit()]
    more = sorted({name for line in lines for name in line} - set(_AUDIT))
    return _written(lines, form, (*_AUDIT, *more))


def _written(rows: Sequence[Mapping[str, Any]], form: str, columns: Sequence[str]) -> str:
    if form == "json":
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _row(case: CaseFacts) -> dict[str, Any]:
    letter = case.letter
    return {
        "reference": case.reference,
        "kind": case.kind,
        "platform": case.platform.value,
        "status": case.status,
        "requester": case.requester,
        "losing_carrier": case.losing_carrier,
        "numbers": list(case.numbers),
        "created_at": _iso(case.created_at),
        "requested_at": _iso(case.requested_at),
        "foc_at": _iso(case.foc_at),
        "time_zone": case.time_zone,
        "letter_version": letter.version if letter else None,
        "signed_on": letter.signed_on.isoformat() if letter and letter.signed_on else None,
        "account_number": _masked(case, "account_number"),
        "service_pin": _masked(case, "service_pin"),
        "winning_carrier": case.fields.get("winning_carrier", ""),
        "account_id": _masked(case, "account_id"),
        "pin": _masked(case, "pin"),
    }


def _masked(case: CaseFacts, secret: str) -> str:
    if case.unreadable and (secret in _OF_PORT_OUT) == case.is_port_out:
        return UNREADABLE
    return MASK if secret in case.secrets_given else ""


def _line(event: Event) -> dict[str, Any]:
    """Return a line of the audit."""
    return {"at": _iso(event.at), "who": event.who, "what": event.kind, **event.facts}


def _event(event: Event) -> dict[str, Any]:
    return {
        "at": _iso(event.at),
        "who": event.who,
        "kind": event.kind,
        "from": event.origin,
        "to": event.target,
        "why": event.why,
        **event.facts,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _cell(value: Any) -> str:
    """Write a cell; a leading sign that a spreadsheet would take for a formula is defused."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = " ".join(value) if isinstance(value, list) else str(value or "")
    return f"'{text}" if text[:1] in "=@+-\t\r" and text else text


def migrate_database(settings: DatabaseSettings) -> str:
    """Bring the schema to the newest revision, and say so."""
    prepared_engine(settings.database_url).dispose()
    return f"The database {shown(settings.database_url)} is up to date."
