"""The last look: what will be filed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block

from bot.domain.rulebook.case_split import national_ranges
from bot.domain.rulebook.rulebook import Report
from bot.domain.text.dates import read_day
from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.findings import warnings_of
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.wizard.page_views import worth_a_look
from bot.wording.templates import Templates

MOST_SHOWN: Final = 6


def summary(
    words: Templates, state: FormState, report: Report, _linked: Sequence[str]
) -> list[Block]:
    """Return what will be filed, and what is worth a look before; no case is linked to it."""
    told = words.mrkdwn("port_out/review.j2", **_facts(words, state, report))
    return [section(told), *worth_a_look(words, warnings_of(report))]


def _facts(words: Templates, state: FormState, report: Report) -> Mapping[str, Any]:
    connect = [state.text(name) for name in ("instance_name", "region", "instance_arn")]
    return {
        "count": len(report.numbers),
        "platform": words.table("platforms")[state.text("platform")],
        "shown": national_ranges(report.numbers, MOST_SHOWN),
        "declared": bool(state.fields.get("declared")),
        "carrier": state.text("winning_carrier"),
        "email": state.text("contact_email"),
        "account_id": "account_id" in state.on_file,
        "pin": "pin" in state.on_file,
        "of_case": state.of_case,
        "postal_code": state.text("postal_code"),
        "instance": ", ".join(part for part in connect if part),
        "date": _date(state),
    }


def _date(state: FormState) -> str:
    """Return the day that is wished for, and the zone that it is meant in."""
    day, zone = read_day(state.text("requested_date")), state.text("time_zone")
    return f"{day:%A}, {day.day} {day:%B %Y}, {zone.replace('_', ' ')}" if day else ""
