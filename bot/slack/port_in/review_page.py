"""The last look: what will be filed, and the page after it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block

from bot.domain.cases.case import SECRET_FIELDS, CaseFacts
from bot.domain.countries.portability import documents_missing, documents_needed, papers_of
from bot.domain.findings.finding import Finding
from bot.domain.intake.fields import Part, of_part
from bot.domain.rulebook.case_split import national_ranges
from bot.domain.rulebook.context import CaseGroup
from bot.domain.rulebook.rulebook import Report
from bot.domain.text.csv_tables import by
from bot.domain.text.dates import read_day
from bot.slack.blocks.alerts import alert
from bot.slack.blocks.findings import listed, warnings_of
from bot.slack.blocks.fitting import ContextBlock, SectionBlock, View
from bot.slack.modals.form_state import FormState
from bot.slack.port_in.open_form import CALLBACK
from bot.slack.port_in.pages import SENTENCES, back_button, experience, markdown, modal
from bot.slack.port_in.questions import FIELDS, FILE_FIELDS, Step
from bot.slack.port_in.record_diff import differences
from bot.wording.templates import Templates

MOST_SHOWN: Final = 4
MOST_LOTS: Final = 8
LONGEST: Final = 200


def review_view(
    words: Templates, sheet: FormState, report: Report, linked: Sequence[str] = ()
) -> View:
    """Return the page that shows what will be filed, and what is worth a look before."""
    say = words.table(SENTENCES)
    facts = _facts(words, sheet, report)
    summary = words.mrkdwn("intake/review.j2", **facts, linked=linked)
    blocks: list[Block] = [
        ContextBlock(elements=[markdown(say["last_look"])]),
        SectionBlock(text=markdown(summary)),
    ]
    if sheet.experience:
        blocks.append(ContextBlock(elements=[markdown(experience(words, sheet))]))
    if warnings := _worth_a_look(sheet, report):
        told = listed(words, "intake/warnings.j2", warnings)
        blocks += alert(told, "warning")
        blocks += differences(words, sheet, warnings)
    blocks.append(back_button(words, *([] if sheet.has_record else ["record"])))
    return modal(words, sheet, Step.REVIEW, blocks, say["save" if sheet.amends else "file"])


def _worth_a_look(sheet: FormState, report: Report) -> list[Finding]:
    """Return the warnings; a change is not told that it lacks a secret which the case has."""
    hidden = SECRET_FIELDS if sheet.amends else frozenset()
    return [warning for warning in warnings_of(report) if warning.field not in hidden]


def _facts(words: Templates, sheet: FormState, report: Report) -> Mapping[str, Any]:
    names = words.table("platforms")
    return {
        "count": len(report.numbers),
        "platform": names.get(sheet.text("platform"), sheet.text("platform")),
        "lots": [_lot(words, lot) for lot in report.split[:MOST_LOTS]],
        "cases": len(report.split),
        "btn": _short(sheet, "btn"),
        "btn_option": _worded(words, sheet, "btn_option"),
        "new_btn": _short(sheet, "new_btn"),
        "account_number": _secret(words, sheet, "account_number"),
        "service_pin": _secret(words, sheet, "service_pin"),
        "customer": _joined(sheet, of_part(Part.CUSTOMER)),
        "signs": _joined(sheet, of_part(Part.SIGNER)),
        "contact": _joined(sheet, of_part(Part.CONTACT)),
        "date": _date(sheet),
        "papers": _papers(words, sheet),
        "wanted": _wanted(sheet, report.split),
        "signed_on": _day(sheet.text("loa_signed_on")),
    }


def _lot(words: Templates, lot: CaseGroup) -> Mapping[str, Any]:
    return {
        "count": len(lot.numbers),
        "kind": words.table("intake/choices")[f"number_type.{lot.number_type}"].lower(),
        "country": _country(lot.country),
        "carrier": lot.losing_carrier,
        "shown": national_ranges(lot.numbers, MOST_SHOWN),
    }


def _country(code: str) -> str:
    row = by("portability", "iso2").get(code)
    return row["country"] if row else code


def _short(sheet: FormState, name: str) -> str:
    return sheet.text(name)[:LONGEST]


def _joined(sheet: FormState, names: Sequence[str]) -> str:
    return ", ".join(_short(sheet, name) for name in names if sheet.text(name))


def _secret(words: Templates, sheet: FormState, name: str) -> str:
    """Return whether a secret was given, never the secret; a change may leave it as it was."""
    missing = "secret_unchanged" if sheet.amends else "secret_missing"
    return words.table(SENTENCES)["secret_given" if name in sheet.on_file else missing]


def _worded(words: Templates, sheet: FormState, name: str) -> str:
    value = sheet.text(name)
    return words.table("intake/choices").get(f"{name}.{value}", value)


def _date(sheet: FormState) -> str:
    """Return the requested moment in words, in the zone it is meant in."""
    day, clock = _day(sheet.text("requested_date")), sheet.text("requested_time")
    if not day or not clock:
        return day
    return f"{day} at {clock} {sheet.text('time_zone').replace('_', ' ')}".strip()


def _day(text: str) -> str:
    day = read_day(text)
    return f"{day:%A}, {day.day} {day:%B %Y}" if day else ""


def _papers(words: Templates, sheet: FormState) -> str:
    labels = words.table("intake/labels")
    given = [field.name for field in FIELDS if field.name in FILE_FIELDS]
    return ", ".join(
        f"{labels[name]} ({len(sheet.fields[name])})" for name in given if sheet.fields.get(name)
    )


def _wanted(sheet: FormState, lots: Sequence[CaseGroup]) -> list[Mapping[str, Any]]:
    """Return the papers that each country asks for, and which of them are still missing."""
    given = papers_of(name for name in FILE_FIELDS if sheet.fields.get(name))
    kinds = dict.fromkeys((lot.country, lot.number_type) for lot in lots)
    return [
        {
            "country": _country(country),
            "needed": documents_needed(country, kind),
            "missing": documents_missing(country, kind, given),
        }
        for country, kind in kinds
    ]


def filed_view(words: Templates, cases: Sequence[CaseFacts]) -> View:
    """Return the page that says what became of a request."""
    letters = any(case.letter for case in cases)
    return _told(words, words.mrkdwn("intake/filed.j2", cases=cases, letters=letters), "title")


def changed_view(words: Templates, case: CaseFacts) -> View:
    """Return the page that says that a case was changed."""
    told = words.mrkdwn("intake/changed.j2", reference=case.reference)
    return _told(words, told, "title_change", case.reference)


def _told(words: Templates, told: str, title: str, reference: str = "") -> View:
    return View(
        type="modal",
        callback_id=f"{CALLBACK}told",
        title=words.sentence(SENTENCES, title, reference=reference),
        close=words.table(SENTENCES)["done"],
        blocks=[SectionBlock(text=markdown(told))],
    )
