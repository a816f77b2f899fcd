"""Each reminder: to whom it is said, from when, and until when it still makes sense.

Times are those of the case, in Los Angeles; "…" is for as long as the case stays as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.checklists.port_in import Tick, progress
from bot.domain.checklists.port_out import PORT_OUT_ITEMS
from bot.domain.intake.intake import Platform
from bot.domain.port_out.requests import Answer
from bot.domain.reminders.schedule import due_reminders, next_moment
from bot.wording.templates import Templates
from tests.domain.some_case import CHANGED, SIGNED, ZONE, a_case, a_request

HOURS = 24 * 32
FOC_AT = datetime(2027, 3, 18, 17, 0, tzinfo=UTC)  # ten in the morning
EARLY = datetime(2027, 3, 18, 12, 0, tzinfo=UTC)  # five in the morning
LEAVES: Mapping[str, Any] = {"kind": "port_out", "fields": {"winning_carrier": "New Telecom"}}
GONE = progress(PORT_OUT_ITEMS, ["+12065550100"], [Tick("ported_away", "", "U0ANNA0001")])
CLEARED = progress(
    PORT_OUT_ITEMS,
    ["+12065550100"],
    [
        Tick("ported_away", "", "A"),
        *(Tick(key, "+12065550100", "A") for key in ("unassigned", "deleted")),
    ],
)
STAYING = progress(PORT_OUT_ITEMS, ["+12065550100"], [])
SILENT = {
    "no_answer_7": "requester, 03-08 07:00 to 03-15 08:00",
    "no_answer_14": "requester, 03-15 08:00 to 03-22 08:00",
    "no_answer_21": "requester, 03-22 08:00 to 03-26 08:00",
    "escalate_25": "desk, 03-26 08:00 to 03-31 08:00",
    "no_answer_30": "desk, 03-31 08:00 to …",
}
ON_THE_DAY = {
    "go_no_go": "desk, 03-17 09:30 to 03-18 08:00",
    "checklist": "desk, 03-18 08:00 to …",
    "foc_missed": "desk, 03-18 12:00 to …",
}
ASKED = {"confirm_foc": "requester, 03-02 07:00 to 03-18 08:00"}
ON_CONNECT = {
    "quotas": "desk, 03-13 09:00 to 03-18 08:00",
    "assign_flows": "desk, 03-14 09:00 to 03-18 08:00",
}
CASES: Mapping[str, tuple[CaseFacts, Mapping[str, str]]] = {
    "Connect before its day": (
        a_case(Status.FOC, platform=Platform.CONNECT, foc_at=FOC_AT),
        {**ON_THE_DAY, **ON_CONNECT, **ASKED},
    ),
    "a date that the requester confirmed": (
        a_case(Status.FOC, platform=Platform.CONNECT, foc_at=FOC_AT, foc_confirmed=True),
        {**ON_THE_DAY, **ON_CONNECT},
    ),
    "Chime before its day": (
        a_case(Status.FOC, foc_at=FOC_AT, foc_confirmed=True),
        {**ON_THE_DAY, "assign_numbers": "desk, 03-17 09:00 to 03-18 08:00"},
    ),
    "a port early in the morning": (
        a_case(Status.FOC, foc_at=EARLY, foc_confirmed=True),
        {
            "assign_numbers": "desk, 03-17 09:00 to 03-18 04:00",
            "go_no_go": "desk, 03-17 09:30 to 03-18 04:00",
            "checklist": "desk, 03-18 04:00 to …",
            "foc_missed": "desk, 03-18 07:00 to …",
        },
    ),
    "nothing signed yet": (
        a_case(None),
        {
            "sign_letter": "requester, 03-03 07:00 to 03-08 07:00",
            "sign_letter_again": "requester, 03-08 07:00 to …",
        },
    ),
    "a letter that is stale": (
        a_case(None, letter=replace(SIGNED, stale=True)),
        {
            "sign_letter": "requester, 03-03 07:00 to 03-08 07:00",
            "sign_letter_again": "requester, 03-08 07:00 to …",
        },
    ),
    "signed and not submitted": (
        a_case(None, letter=SIGNED),
        {
            "submit": "desk, 03-02 07:00 to …",
            "letter_expires": "requester, 03-13 09:00 to …",
        },
    ),
    "a link for uploads": (
        a_case(link_expires_on=date(2027, 3, 11)),
        {
            "link_3_days": "requester, 03-08 09:00 to 03-10 09:00",
            "link_1_day": "requester, 03-10 09:00 to 03-12 09:00",
            "link_expired": "desk, 03-12 09:00 to …",
        },
    ),
    "documents that the customer owes": (a_case(Status.PENDING_DOCUMENTS), SILENT),
    "a refusal that the customer has to answer": (a_case(Status.EXCEPTION), SILENT),
    "the carrier has it": (a_case(Status.SUBMITTED, letter=SIGNED), {}),
    "the carrier has a change": (a_case(Status.CHANGE_REQUESTED, foc_at=FOC_AT), {}),
    "completed": (
        a_case(Status.COMPLETED, foc_at=FOC_AT, link_expires_on=date(2027, 3, 11)), {}
    ),
    "cancelled": (a_case(Status.CANCELLED, link_expires_on=date(2027, 3, 11)), {}),
    "a port-out that nobody has asked for": (a_case(None, **LEAVES), {}),
    "a carrier that waits": (
        a_case(None, **LEAVES, request=a_request()),
        {
            "answer_half": "desk, 03-01 19:00 to 03-02 06:00",
            "answer_last": "desk, 03-02 06:00 to 03-02 07:00",
            "answer_silent": "desk, 03-02 07:00 to …",
        },
    ),
    "a carrier that waits for the second agent": (
        a_case(None, **LEAVES, request=a_request(Answer.HALF_APPROVED)),
        {
            "answer_half": "desk, 03-01 19:00 to 03-02 06:00",
            "answer_last": "desk, 03-02 06:00 to 03-02 07:00",
            "answer_silent": "desk, 03-02 07:00 to …",
        },
    ),
    "a carrier that was answered": (
        a_case(None, **LEAVES, request=a_request(Answer.REJECTED)), {}
    ),
    "numbers before they leave": (
        a_case(Status.FOC, **LEAVES, foc_at=FOC_AT, progress=STAYING),
        {
            **ASKED,
            "go_no_go": "desk, 03-17 09:30 to 03-18 08:00",
            "out_day": "desk, 03-18 08:00 to 03-18 12:00",
            "out_missed": "desk, 03-18 12:00 to …",
            "still_here": "desk, 03-20 10:00 to …",
        },
    ),
    "numbers that left": (
        a_case(Status.FOC, **LEAVES, foc_at=FOC_AT, foc_confirmed=True, progress=GONE),
        {
            "go_no_go": "desk, 03-17 09:30 to 03-18 08:00",
            "out_day": "desk, 03-18 08:00 to 03-18 12:00",
            "still_here": "desk, 03-20 10:00 to …",
        },
    ),
    "numbers that left and are cleared away": (
        a_case(Status.FOC, **LEAVES, foc_at=FOC_AT, foc_confirmed=True, progress=CLEARED),
        {
            "go_no_go": "desk, 03-17 09:30 to 03-18 08:00",
            "out_day": "desk, 03-18 08:00 to 03-18 12:00",
        },
    ),
    "a port-out of which the requester has a question open": (
        a_case(Status.EXCEPTION, **LEAVES), SILENT
    ),
}  # fmt: skip


def said(case: CaseFacts) -> dict[str, str]:
    """Return to whom each reminder is said, from when to when, by asking every hour."""
    asked = sorted(_moments())
    found: dict[str, list[datetime]] = {}
    to: dict[str, str] = {}
    for at in asked:
        for reminder in due_reminders(case, at):
            found.setdefault(reminder.kind, []).append(at)
            to[reminder.kind] = reminder.audience.value
    return {kind: f"{to[kind]}, {_span(moments, asked)}" for kind, moments in found.items()}


def _moments() -> Iterator[datetime]:
    """Return each full hour, half past nine, and the minutes before."""
    for hour in range(HOURS):
        at = CHANGED + timedelta(hours=hour)
        half = [timedelta(minutes=30)] if _local(at).endswith("09:00") else []
        for later in (timedelta(), *half):
            yield from (at + later - timedelta(minutes=1), at + later)


def _span(moments: list[datetime], asked: list[datetime]) -> str:
    first, last = moments[0], moments[-1] + timedelta(minutes=1)
    end = "…" if moments[-1] == asked[-1] else _local(last)
    return f"{_local(first)} to {end}"


def _local(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(ZONE)):%m-%d %H:%M}"


@pytest.mark.parametrize("name", CASES)
def test_each_reminder_is_said_to_the_right_person_at_the_right_time(name: str) -> None:
    case, expected = CASES[name]
    assert said(case) == dict(expected)


def test_every_reminder_is_said_in_some_case() -> None:
    words = Templates()
    written = words.table("reminders").keys() | words.table("port_out/reminders").keys()
    assert {kind for _, expected in CASES.values() for kind in expected} == written - {"late"}


def test_the_desk_looks_again_at_the_next_moment_and_at_none_before() -> None:
    case, _ = CASES["Chime before its day"]
    moments = [CHANGED]
    while (following := next_moment(case, moments[-1])) is not None:
        moments.append(following)
    assert [_local(at) for at in moments[1:]] == [
        "03-17 09:00",
        "03-17 09:30",
        "03-18 08:00",
        "03-18 12:00",
    ]


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (60, False), (61, True)])
def test_what_is_said_more_than_an_hour_after_its_moment_is_late(minutes: int, late: bool) -> None:
    case, _ = CASES["nothing signed yet"]
    due = due_reminders(case, CHANGED + timedelta(days=2, minutes=minutes))
    assert [(reminder.kind, reminder.late) for reminder in due] == [("sign_letter", late)]


def test_what_is_due_together_is_said_oldest_first() -> None:
    case, _ = CASES["Connect before its day"]
    due = due_reminders(case, FOC_AT - timedelta(hours=10))
    assert [reminder.kind for reminder in due] == [
        "confirm_foc",
        "quotas",
        "assign_flows",
        "go_no_go",
    ]


def test_a_reminder_is_named_by_its_case_kind_and_moment() -> None:
    (reminder,) = due_reminders(CASES["nothing signed yet"][0], CHANGED + timedelta(days=3))
    assert reminder.key == "PRT-1001:sign_letter:20270303T1500"
    assert reminder.due_at == CHANGED + timedelta(days=2)
