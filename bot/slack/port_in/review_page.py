"""The last look: what will be filed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block

from bot.domain.cases.case import SECRET_FIELDS
from bot.domain.countries.portability import documents_missing, documents_needed, papers_of
from bot.domain.findings.finding import Finding
from bot.domain.intake.fields import Part, of_part
from bot.domain.rulebook.case_split import national_ranges
from bot.domain.rulebook.context import CaseGroup
from bot.domain.rulebook.rulebook import Report
from bot.domain.text.csv_tables import by
from bot.domain.text.dates import read_day
from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.findings import warnings_of
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.wizard.page_views import context, worth_a_look
from bot.slack.port_in.page_notes import SENTENCES, experience
from bot.slack.port_in.questions import FIELDS, FILE_FIELDS
from bot.slack.port_in.record_differences import differences
from bot.wording.templates import Templates

MOST_SHOWN: Final = 4
MOST_LOTS: Final = 8
LONGEST: Final = 200


def summary(
    words: Templates, state: FormState, report: Report, linked: Sequence[str]
) -> list[Block]:
    """Return what will be filed, what the desk knows of the carrier, and what is worth a look."""
    facts = _facts(words, state, report)
    blocks: list[Block] = [section(words.mrkdwn("intake/review.j2", **facts, linked=linked))]
    blocks += [context(line) for line in experience(words, state)]
    if warnings := _warnings(state, report):
        blocks += [*worth_a_look(words, warnings), *differences(words, state, warnings)]
    return blocks


def _warnings(state: FormState, report: Report) -> list[Finding]:
    """Return the warnings; a change is not told that it lacks a secret which the case has."""
    hidden = SECRET_FIELDS if state.amends else frozenset()
    return [warning for warning in warnings_of(report) if warning.field not in hidden]


def _facts(words: Templates, state: FormState, report: Report) -> Mapping[str, Any]:
    names = words.table("platforms")
    return {
        "count": len(report.numbers),
        "platform": names.get(state.text("platform"), state.text("platform")),
        "groups": [_lot(words, group) for group in report.split[:MOST_LOTS]],
        "cases": len(report.split),
        "btn": _short(state, "btn"),
        "btn_option": _worded(words, state, "btn_option"),
        "new_btn": _short(state, "new_btn"),
        "account_number": _secret(words, state, "account_number"),
        "service_pin": _secret(words, state, "service_pin"),
        "customer": _joined(state, of_part(Part.CUSTOMER)),
        "signs": _joined(state, of_part(Part.SIGNER)),
        "contact": _joined(state, of_part(Part.CONTACT)),
        "date": _date(state),
        "papers": _papers(words, state),
        "wanted": _wanted(state, report.split),
        "signed_on": _day(state.text("loa_signed_on")),
    }


def _lot(words: Templates, group: CaseGroup) -> Mapping[str, Any]:
    return {
        "count": len(group.numbers),
        "kind": words.table("intake/choices")[f"number_type.{group.number_type}"].lower(),
        "country": _country(group.country),
        "carrier": group.losing_carrier,
        "shown": national_ranges(group.numbers, MOST_SHOWN),
    }


def _country(code: str) -> str:
    row = by("portability", "iso2").get(code)
    return row["country"] if row else code


def _short(state: FormState, name: str) -> str:
    return state.text(name)[:LONGEST]


def _joined(state: FormState, names: Sequence[str]) -> str:
    return ", ".join(_short(state, name) for name in names if state.text(name))


def _secret(words: Templates, state: FormState, name: str) -> str:
    """Return whether a secret was given, never the secret; a change may leave it as it was."""
    missing = "secret_unchanged" if state.amends else "secret_missing"
    return words.table(SENTENCES)["secret_given" if name in state.on_file else missing]


def _worded(words: Templates, state: FormState, name: str) -> str:
    value = state.text(name)
    return words.table("intake/choices").get(f"{name}.{value}", value)


def _date(state: FormState) -> str:
    """Return the requested moment in words, in the zone it is meant in."""
    day, clock = _day(state.text("requested_date")), state.text("requested_time")
    if not day or not clock:
        return day
    return f"{day} at {clock} {state.text('time_zone').replace('_', ' ')}".strip()


def _day(text: str) -> str:
    day = read_day(text)
    return f"{day:%A}, {day.day} {day:%B %Y}" if day else ""


def _papers(words: Templates, state: FormState) -> str:
    labels = words.table("intake/labels")
    given = [field.name for field in FIELDS if field.name in FILE_FIELDS]
    return ", ".join(
        f"{labels[name]} ({len(state.fields[name])})" for name in given if state.fields.get(name)
    )


def _wanted(state: FormState, groups: Sequence[CaseGroup]) -> list[Mapping[str, Any]]:
    """Return the papers that each country asks for, and which of them are still missing."""
    given = papers_of(name for name in FILE_FIELDS if state.fields.get(name))
    kinds = dict.fromkeys((group.country, group.number_type) for group in groups)
    return [
        {
            "country": _country(country),
            "needed": documents_needed(country, kind),
            "missing": documents_missing(country, kind, given),
        }
        for country, kind in kinds
    ]
