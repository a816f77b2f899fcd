"""The parts of the documentation that are printed from the desk's own tables."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.cases.case import CaseFacts, LetterFacts
from bot.domain.cases.kinds import Kind
from bot.domain.cases.rejections import rejections
from bot.domain.cases.workflow import Status, status_table
from bot.domain.checklists.port_in import ITEMS
from bot.domain.findings.rules import rules_as_markdown
from bot.domain.intake.intake import Platform
from bot.domain.reminders.schedule import REMINDERS, Audience, ReminderRow
from bot.domain.settings.table import SETTINGS, Setting
from bot.slack.blocks.rejection_blocks import told_code
from bot.wording.templates import Templates

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "statuses.md"
RULES_PAGE = DOCS / "rules.md"
SETTINGS_PAGE = DOCS / "settings.md"
_RULES_HEAD = """# The rules of the intake check

What the desk looks at before a request is filed. An *error* would be refused by a carrier or by the
platform; a *warning* often goes wrong. `sources.md` explains the source keys, and
`templates/findings.toml` holds the sentence of each rule. Printed by `python3 app.py tables` from
the tables in `bot/domain/`; a test compares them."""
_SETTINGS_HEAD = """# Settings of the desk

What the desk is set to, in its database. `python3 app.py settings` lists all of them with their
values, `settings set NAME VALUE` changes one, `settings unset NAME` forgets it again. What nobody
has set is as the variable of the environment says, or its default; “–” is not known. A secret
setting is stored encrypted and masked in the list; `settings get NAME` shows it. The audit keeps
who changed or looked at what (`python3 app.py export --audit`).
Printed by `python3 app.py tables` from `bot/domain/settings/table.py`; a test compares them."""
_HEAD = """# Statuses, checklist, reminders, refusals

Printed by `python3 app.py tables` from the tables in `bot/domain/`; a test compares them.
`sources.md` explains the source keys."""
_ZONE = ZoneInfo("America/New_York")
# Moments far apart, so that the one that a reminder counts from can be told by its distance.
_CHANGED = datetime(2027, 1, 4, 15, tzinfo=UTC)
_SIGNED_ON = date(2027, 3, 1)
_LINK_ENDS = date(2027, 9, 1)
_FOC = datetime(2027, 6, 9, 10, tzinfo=_ZONE).astimezone(UTC)
_SAMPLE = CaseFacts(
    id=1, reference="PRT-1", version=1, kind="port_in", platform=Platform.CONNECT,
    status=Status.FOC, requester="", created_at=_CHANGED, changed_at=_CHANGED,
    losing_carrier="", fields={}, secrets_given=frozenset(), numbers=(), requested_at=None,
    foc_at=_FOC, foc_confirmed=False, time_zone=_ZONE.key,
    letter=LetterFacts(1, "", stale=False, signed_on=_SIGNED_ON),
    link_expires_on=_LINK_ENDS,
)  # fmt: skip
_AUDIENCES = {Audience.DESK: "the desk's channel", Audience.REQUESTER: "the requester"}


def pages() -> dict[Path, str]:
    """Return every page that is printed from tables."""
    words = Templates()
    return {
        PAGE: statuses_page(words),
        RULES_PAGE: rules_page(),
        SETTINGS_PAGE: settings_page(words),
    }


def rules_page() -> str:
    """Return `docs/rules.md`."""
    return f"{_RULES_HEAD}\n\n{rules_as_markdown()}"


def settings_page(words: Templates) -> str:
    """Return `docs/settings.md`."""
    head = ("setting", "what it is", "to set it", "without it", "source")
    rows = [
        (
            f"`{setting.name}`{', secret' if setting.secret else ''}",
            _what(words, setting),
            words.sentence("settings", f"form_{setting.kind.name}"),
            f"`{setting.variable or setting.default}`" if _has_default(setting) else "–",
            setting.source,
        )
        for setting in SETTINGS.values()
    ]
    return f"{_SETTINGS_HEAD}\n\n{_table(head, rows)}\n"


def _has_default(setting: Setting[object]) -> bool:
    return bool(setting.variable or setting.default)


def _what(words: Templates, setting: Setting[object]) -> str:
    platform = words.sentence("platforms", setting.platform) if setting.platform else ""
    return words.sentence("settings", setting.sentence, platform=platform)


def statuses_page(words: Templates) -> str:
    """Return `docs/statuses.md`."""
    parts: tuple[tuple[str, str], ...] = (
        ("What the statuses are called", _names(words)),
        ("Moves", f"{_MOVES}\n\n{status_table()}"),
        ("The checklist of the porting day", _checklist(words)),
        ("Reminders", f"{_REMINDERS}\n\n{_reminders()}"),
        ("Why carriers refuse", _refusals()),
        ("Why a port-out does not go on", _port_out_refusals(words)),
    )
    return "\n\n".join([_HEAD, *(f"## {title}\n\n{text}" for title, text in parts)]) + "\n"


_MOVES = """People are held to this table: a button is shown only where it allows the move."""
_REMINDERS = """Reminders are worked out from the dates of a case, so they move with the FOC.
Each is said once; times are in the zone of the case. The change meant is the last change of the
case's status, details or letter."""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _names(words: Templates) -> str:
    rows = [(f"`{name}`", words.sentence("statuses", name)) for name in Status]
    none = ("none, not submitted yet", words.sentence("statuses", "NONE"))
    return _table(("status", "people read"), [none, *rows])


def _checklist(words: Templates) -> str:
    return _table(
        ("item", "who", "platforms", "ticked", "source"),
        (
            (
                words.sentence("checklist", item.key),
                item.team,
                _platforms(words, item.platforms),
                "for each number" if item.per_number else "once",
                item.source,
            )
            for item in ITEMS
        ),
    )


def _platforms(words: Templates, platforms: frozenset[Platform]) -> str:
    if platforms == frozenset(Platform):
        return "all"
    return ", ".join(words.sentence("platforms", p) for p in Platform if p in platforms)


def _reminders() -> str:
    return _table(
        ("reminder", "due", "to", "source"),
        ((f"`{row.kind}`", _due(row), _AUDIENCES[row.audience], row.source) for row in REMINDERS),
    )


def _due(row: ReminderRow) -> str:
    """Say when a reminder is due, by asking it about cases that differ in one moment."""
    for other, say in _ANCHORS:
        if row.moment(other) != row.moment(_SAMPLE):
            return say(row)
    raise LookupError(f"_ANCHORS does not say what {row.kind} counts from")


def _by_foc(row: ReminderRow) -> str:
    at = _asked(row)
    days = (_FOC.astimezone(_ZONE).date() - at.date()).days
    if at > _FOC:
        return f"{_hours(at - _FOC)} after the confirmed time"
    return f"{_days(days)} before the porting day, {at:%H:%M}" if days else _the_day(row, at)


def _the_day(row: ReminderRow, at: datetime) -> str:
    early = row.moment(replace(_SAMPLE, foc_at=_FOC - timedelta(hours=3)))
    earlier = "" if early == at else ", or an hour before an earlier port"
    return f"on the porting day, {at:%H:%M}{earlier}"


def _by_change(row: ReminderRow) -> str:
    return f"{_days((_asked(row) - _CHANGED).days)} after the change"


def _by_signature(row: ReminderRow) -> str:
    at = _asked(row)
    return f"{_days((at.date() - _SIGNED_ON).days)} after the letter was signed, {at:%H:%M}"


def _by_link(row: ReminderRow) -> str:
    at = _asked(row)
    days = (_LINK_ENDS - at.date()).days
    place = "before" if days > 0 else "after"
    return f"{_days(abs(days))} {place} the upload link expires, {at:%H:%M}"


_ANCHORS: tuple[tuple[CaseFacts, Callable[[ReminderRow], str]], ...] = (
    (replace(_SAMPLE, foc_at=_FOC + timedelta(days=30)), _by_foc),
    (replace(_SAMPLE, changed_at=_CHANGED + timedelta(days=30)), _by_change),
    (replace(_SAMPLE, letter=None), _by_signature),
    (replace(_SAMPLE, link_expires_on=None), _by_link),
)


def _asked(row: ReminderRow) -> datetime:
    at = row.moment(_SAMPLE)
    assert at is not None
    return at.astimezone(_ZONE)


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _hours(length: timedelta) -> str:
    return f"{length.total_seconds() / 3600:.0f} hours"


def _refusals() -> str:
    return _table(
        ("code", "meaning", "who acts", "what helps", "seen as"),
        (
            (f"`{row.code}`", row.meaning, row.who_acts, row.next_step or "–", row.seen_as)
            for row in rejections().values()
        ),
    )


def _port_out_refusals(words: Templates) -> str:
    rows = [told_code(words, code, Kind.PORT_OUT) for code in rejections(Kind.PORT_OUT)]
    return _table(
        ("code", "meaning", "who acts", "what helps"),
        ((f"`{row.code}`", row.meaning, row.who_acts, row.next_step or "–") for row in rows),
    )
