"""Every window and every message fits Slack, however long or odd the answers of people are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

import bot.slack
from bot.desk.carriers.statistics import CarrierRecord
from bot.desk.cases.corrections import RejectionRound
from bot.desk.cases.transitions import TransitionForm
from bot.desk.numbers.pin_protection import Protected
from bot.desk.port_out.credentials import Handout
from bot.domain.cases.case import CaseFacts, DocumentFacts, Event, LetterFacts
from bot.domain.cases.rejections import rejections
from bot.domain.cases.workflow import Role, Status
from bot.domain.checklists.port_in import Tick, items_for, progress
from bot.domain.findings.finding import Finding, Severity
from bot.domain.gateway.requests import CarrierAnswer, answer_of
from bot.domain.gateway.support_request import PIN_PURPOSES, ask_of, asks_about_pins
from bot.domain.intake.intake import Platform
from bot.domain.port_out.requests import (
    Answer,
    Reason,
    ReceivedRequest,
    RequestFacts,
)
from bot.domain.reminders.schedule import Audience, Reminder
from bot.slack.blocks import case_card, fitting, messages
from bot.slack.blocks.checklist_card import checklist_card
from bot.slack.blocks.findings import red_texts
from bot.slack.blocks.fitting import Option, shortened, shortened_mrkdwn
from bot.slack.blocks.notice import notice_view
from bot.slack.blocks.rejection_blocks import refusal_blocks
from bot.slack.bolt.payload import KEPT, Target
from bot.slack.case.checklist_modal import numbers_view
from bot.slack.case.correction_modal import correction_view
from bot.slack.case.details_modal import details_view, secret_view
from bot.slack.case.signed_letter_modal import letter_view
from bot.slack.case.status_modals import move_view
from bot.slack.case.support_modal import support_view
from bot.slack.case.upload_link_modal import link_view, shown_link_view
from bot.slack.modals.filled_form import FormState, form_state_of
from bot.slack.modals.question_options import carrier_options
from bot.slack.modals.wizard import page_views as pages
from bot.slack.port_in import FORM
from bot.slack.port_in.questions import FIELDS, FILE_FIELDS
from bot.slack.port_out import FORM as OUT
from bot.slack.port_out.credentials_modal import give_view
from bot.slack.port_out.pin_protection_modal import pin_view, protect_view, standing_view
from bot.slack.port_out.questions import FIELDS as OUT_FIELDS
from bot.slack.port_out.request_modals import answered_view, decide_view, enter_view, not_ours_view
from slack_sandbox.block_kit.blocks import faults_in, length_of
from slack_sandbox.spec.limits import LIMITS
from slack_sandbox.state.view_checks import faults_in_view
from tests.slack.intake_sheets import SCOPES, WORDS, a_draft, a_report, a_sheet

WORST = ("", "&" * 5000, "😀" * 5000)
REST = (
    " \n ",
    "x" * 5000,
    "<!channel>" * 500,
    "a b\n" * 1250,
    "`*_~" * 1250,
    "Old Telephone Co",
    "x" * 76,
)
ODD = WORST + REST


def long(value: str) -> Any:
    """Keep a value for the long tests."""
    return pytest.param(value, marks=pytest.mark.long)


NUMBERS = tuple(f"+1206555{n:04}" for n in range(120))
MOMENT = datetime(2027, 3, 8, 9, 0, tzinfo=UTC)
LATER = MOMENT + timedelta(days=9)
FILE = {"id": "F1", "size": 9}
BIG = 2**31 - 1
TEXTS = {field.name for field in FIELDS} | {question.name for question in OUT_FIELDS}
SET = {name for name in TEXTS if name.startswith("requested_")} | {"time_zone", "declared"}
_SECRETS = frozenset({"account_number", "service_pin", "account_id", "pin"})
Windows = Iterator[View]


def request_of(value: str, **more: Any) -> RequestFacts:
    facts: dict[str, Any] = {"found": tuple(Reason), "second": NUMBERS, "first_agent": "U0ANNA0001"}
    facts |= {"bare": 3, "reason": Reason.PIN_INVALID, **more}
    return RequestFacts(BIG, BIG, value, NUMBERS, MOMENT, LATER, facts.pop("answer"), **facts)


def fields_of(value: str) -> dict[str, Any]:
    return dict.fromkeys(TEXTS - FILE_FIELDS - SET, value) | {"winning_carrier": value}


def case_of(value: str, platform: Platform = Platform.CONNECT, **facts: Any) -> CaseFacts:
    """Return a case in which everything that people may write is `value`."""
    given: dict[str, Any] = {
        "kind": "port_in",
        "status": None,
        "reason_code": "OTHER",
        "letter": LetterFacts(99, "", stale=False),
        **facts,
    }
    ticks = [Tick(item.key, "", "U0ANNA0001") for item in items_for(platform)]
    return CaseFacts(
        id=BIG,
        reference=f"PRT-{BIG}",
        version=BIG,
        platform=platform,
        requester="U0ROSA0001",
        created_at=MOMENT,
        changed_at=MOMENT,
        losing_carrier=value,
        fields={**fields_of(value), **given.pop("more", {})},
        secrets_given=_SECRETS,
        numbers=NUMBERS,
        requested_at=MOMENT,
        foc_at=LATER,
        foc_confirmed=False,
        time_zone="America/Argentina/Buenos_Aires",
        documents=tuple(DocumentFacts(n, "bill", value, 9, fetched=True) for n in range(40)),
        progress=progress(items_for(platform), NUMBERS, ticks),
        link_expires_on=date(2027, 4, 1),
        link_days_left=5,
        **given,
    )


def cases_of(value: str) -> list[CaseFacts]:
    """Return a case of each kind in each status."""
    statuses = (None, Status.FOC, Status.EXCEPTION, Status.COMPLETED)
    coming = [case_of(value, status=status) for status in statuses]
    unasked = {"unasked": "yes", "owner_says": "ordered", "by_hand": ", ".join(NUMBERS)}
    going = [
        case_of(value, kind="port_out", status=status, request=asked, more=more)
        for status in statuses
        for asked, more in (
            (None, {}),
            (request_of(value, answer=Answer.OPEN), unasked),
            (request_of(value, answer=Answer.REJECTED), {}),
        )
    ]
    return [*coming, *going]


def event_of(value: str, kind: str, **facts: str) -> Event:
    given = dict.fromkeys(
        ("carrier", "number", "numbers", "document", "expires_on", "count", "secret", "result",
         "fields", "missing", "not_moved", "version"), value,
    )  # fmt: skip
    return Event(
        BIG,
        MOMENT,
        "U0ANNA0001",
        kind,
        None,
        None,
        value,
        given | {"version": "1", "signed_on": "2027-03-01"} | facts,
    )


def refused(value: str) -> Event:
    event = event_of(value, "status", reason_code="OTHER")
    return replace(event, origin=Status.SUBMITTED, target=Status.EXCEPTION)


def findings_of(value: str) -> list[Finding]:
    return [
        Finding(name, "record_differs", Severity.ERROR, "S1",
                {"field": name, "label": value, "ours": value, "theirs": value})
        for name in ("customer_name", "street_address", "city", "numbers")
    ]  # fmt: skip


def sheets_of(value: str) -> list[Any]:
    files = {name: [{**FILE, "name": value}] * 3 for name in FILE_FIELDS}
    read = {"bill_read": {"file": "F1", "name": value, "ok": True, "fields": list(TEXTS)}}
    every = fields_of(value) | files | read
    known = CarrierRecord(value, 3, 3, 2, 6, ((value[:9], 1),), 1, value)
    kinds = ({"platform": "connect"}, {"platform": "voice_connector", "numbers": "206-555-0100"})
    sheets = [a_sheet(**{**every, **kind}) for kind in kinds]
    return [replace(sheet, experience=known, amends=f"PRT-{BIG}") for sheet in sheets]


def windows_of_the_form(value: str) -> Windows:
    for sheet in sheets_of(value):
        report = a_report(sheet)
        lots = [replace(lot, losing_carrier=value) for lot in report.split]
        for step in FORM.asking:
            yield pages.page_view(WORDS, FORM, sheet, step, value)
            yield pages.page_with(WORDS, FORM, sheet, step, findings_of(value))
        full = replace(report, split=tuple(lots * 12))
        yield pages.review_view(WORDS, FORM, sheet, full, [f"PRT-{BIG}"] * 40)
    draft = a_draft(**{**fields_of(value), "numbers": value})
    yield pages.left_view(WORDS, FORM, draft)
    yield pages.opening_view(WORDS, FORM, draft, sheets_of(value)[0])
    yield pages.resumed_view(WORDS, FORM, draft, sheets_of(value)[0])
    yield pages.amendment_view(WORDS, FORM, replace(draft, amends=f"PRT-{BIG}"))
    yield pages.filed_view(WORDS, FORM, cases_of(value))
    yield pages.changed_view(WORDS, FORM, case_of(value))
    out = replace(draft, kind="port_out", fields={**draft.fields, "platform": "connect"})
    yield pages.left_view(WORDS, OUT, out)
    yield pages.opening_view(WORDS, OUT, None, FormState({"numbers": value}))
    yield pages.amendment_view(WORDS, OUT, out)
    for step in OUT.asking:
        yield pages.page_with(WORDS, OUT, form_state_of(out), step, findings_of(value))
    report = a_report(sheets_of(value)[1])
    yield pages.review_view(WORDS, OUT, form_state_of(out), report)
    yield pages.filed_view(WORDS, OUT, [case_of(value, kind="port_out")])
    yield pages.changed_view(WORDS, OUT, case_of(value, kind="port_out"))


def windows_of_a_case(value: str) -> Windows:
    history = [event_of(value, "signed"), event_of(value, "handed_over"), refused(value)] * 9
    case, out = case_of(value), case_of(value, kind="port_out")
    for one in (case, out):
        for role in (Role.AGENT, Role.REQUESTER):
            yield details_view(WORDS, one, role, history, [f"PRT-{BIG}"] * 40)
            yield support_view(WORDS, one, role, ask_of(one))
        for target in Status:
            yield move_view(WORDS, TransitionForm(one, short_notice=True), target)
    for code, row in rejections("port_in").items():
        earlier = (refused(value),) * 9
        yield correction_view(
            WORDS, RejectionRound(case, code, row.fields, dict.fromkeys(row.fields, value), earlier)
        )
    yield letter_view(WORDS, case)
    yield link_view(WORDS, case)
    yield shown_link_view(WORDS, case, value)
    yield numbers_view(WORDS, case, "flows_assigned")
    yield notice_view(WORDS, value)
    yield secret_view(WORDS, Target(BIG, BIG, "account_number"), value)


def windows_of_carriers(value: str) -> Windows:
    for answer in Answer:
        request = request_of(value, answer=answer)
        case = case_of(value, kind="port_out", request=request)
        yield enter_view(WORDS, value, case)
        yield decide_view(WORDS, case, request)
        yield decide_view(WORDS, case, replace(request, found=(), locked=False))
        yield answered_view(WORDS, case, request, answer_of(case, request))
    yield enter_view(WORDS, value)
    not_ours = CarrierAnswer("", value, NUMBERS, False, Reason.NOT_ON_ACCOUNT)
    yield not_ours_view(WORDS, ReceivedRequest(value, value), not_ours)
    out = case_of(value, kind="port_out")
    yield give_view(WORDS, Handout(out, value, value, dict.fromkeys(NUMBERS, value)))
    yield protect_view(WORDS, value)
    yield pin_view(WORDS, NUMBERS[0], value)
    told = (event_of(value, "pin_set"),) * 9
    held = [Protected(n, Platform.CONNECT, "U1", MOMENT, "U2", True, told) for n in NUMBERS]
    yield standing_view(WORDS, held)
    for purpose in PIN_PURPOSES.values():
        asks = asks_about_pins(purpose, dict.fromkeys(NUMBERS, Platform.CONNECT))
        yield standing_view(WORDS, held, asks)


def messages_of(value: str) -> Iterator[tuple[str, Sequence[Block]]]:
    for case in cases_of(value):
        yield case_card.headline(WORDS, case)
        yield case_card.requester_card(WORDS, case)
        yield checklist_card(WORDS, case)
        for due in ("checklist", "sign_letter"):
            if not case.is_port_out:
                facts = Reminder(due, "k", MOMENT, Audience.REQUESTER, late=True)
                yield messages.reminder(WORDS, case, facts)
        alarm = {"since": MOMENT.isoformat(), "why": value}
        yield messages.alarm(WORDS, case.reference, case.zone, alarm)
        for event in (event_of(value, "signed"), refused(value)):
            if case.is_port_out and event.kind == "signed":
                continue
            text, blocks = messages.note(WORDS, case, event)
            yield text, [*blocks, *refusal_blocks(WORDS, case, event, (event,) * 9, button=True)]
            yield messages.word(WORDS, case, event)
            yield messages.alert(WORDS, case, event)


def check_windows(windows: Windows) -> None:
    for view in windows:
        found = faults_in_view(view.to_dict(), "modal", SCOPES)
        assert found == [], (view.callback_id, found)


SEVERE = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.mark.parametrize("value", [*WORST, *map(long, REST)])
@pytest.mark.parametrize("windows", [windows_of_the_form, windows_of_a_case, windows_of_carriers])
def test_every_window_fits_slack(windows: Any, value: str) -> None:
    check_windows(windows(value))


@pytest.mark.long
@SEVERE
@given(st.text(max_size=200))
def test_every_page_of_the_form_fits_slack_whatever_was_typed(value: str) -> None:
    check_windows(windows_of_the_form(value))


@pytest.mark.parametrize("value", ODD)
def test_every_message_fits_slack(value: str) -> None:
    for text, blocks in messages_of(value):
        given = [block.to_dict() for block in blocks]
        assert faults_in(given, "message") == [], text
        assert 0 < len(text.strip()) <= LIMITS["message_text"]
        assert length_of(given) <= LIMITS["message_characters"]
        assert "<!channel>" not in str(given)


def test_a_choice_that_is_too_long_stands_for_the_answer_as_it_is() -> None:
    long, most = "A" + "x" * 75, "x" * 75
    assert Option(value=most, text=most).to_dict()["value"] == most
    kept = Option(value=long, text=long).to_dict()
    assert (kept["value"], kept["text"]["text"]) == (KEPT, long[:74] + "…")


def test_a_carrier_that_is_cut_says_so() -> None:
    (cut,) = carrier_options(WORDS, "x" * 76, [])
    (whole,) = carrier_options(WORDS, "x" * 75, [])
    assert "75 letters" in str(cut.to_dict()["description"])
    assert "as you typed it" in str(whole.to_dict()["description"])


def test_texts_are_cut_between_letters_and_say_that_there_was_more() -> None:
    assert shortened("x" * 75, 75) == "x" * 75
    assert shortened("x" * 76, 75) == "x" * 74 + "…"
    assert shortened(" \n", 75) == "–"
    assert shortened_mrkdwn("ab &amp; cd", 7) == "ab …"
    assert shortened_mrkdwn("ab <@U0ROSA0001> cd", 9) == "ab …"
    assert shortened_mrkdwn("ab <@U0ROSA0001>", 16) == "ab <@U0ROSA0001>"


def test_an_error_under_a_field_is_short_enough_to_be_read() -> None:
    (text,) = red_texts(WORDS, findings_of("x" * 5000)[:1]).values()
    assert len(text) == 2000


FRAMES = {"modal", "window"}  # the others are built with them


def builders() -> set[str]:
    """Return the names of all public functions of the product that make a window."""
    found = walk_packages(bot.slack.__path__, "bot.slack.")
    modules = [import_module(module.name) for module in found]
    functions = [f for module in modules for f in vars(module).values() if isfunction(f)]
    return {f.__name__ for f in functions if f.__annotations__.get("return") is fitting.View}


def test_every_window_of_the_product_is_built_here() -> None:
    built = set(re.findall(r"\b(\w+)\(", Path(__file__).read_text("utf-8")))
    public = {name for name in builders() if not name.startswith("_")}
    assert len(public) > 20
    assert public - FRAMES <= built
