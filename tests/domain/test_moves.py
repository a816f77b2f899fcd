"""The tables of statuses, checklists and refusals, held against what the sources say in words."""

from collections.abc import Iterable

import pytest

from bot.domain.cases.rejections import explain, is_known, rejections
from bot.domain.cases.workflow import (
    CLOSED,
    MOVES,
    STATUSES,
    Role,
    Status,
    may_move,
    moves_for,
    waits_for,
)
from bot.domain.checklists.port_in import Item, Team, items_for
from bot.domain.checklists.port_out import PORT_OUT_ITEMS
from bot.domain.intake.intake import Platform
from tests.domain.some_case import SIGNED, a_case, a_request

# From where to where (S3, C); the order is that of the buttons.
TABLE = """
not yet: SUBMITTED CANCELLED
SUBMITTED: FOC PENDING_DOCUMENTS EXCEPTION CHANGE_REQUESTED CANCEL_REQUESTED
PENDING_DOCUMENTS: SUBMITTED EXCEPTION CHANGE_REQUESTED CANCEL_REQUESTED
EXCEPTION: SUBMITTED PENDING_DOCUMENTS CHANGE_REQUESTED FOC CANCEL_REQUESTED
CHANGE_REQUESTED: SUBMITTED PENDING_DOCUMENTS EXCEPTION FOC CANCEL_REQUESTED
FOC: COMPLETED CHANGE_REQUESTED EXCEPTION CANCEL_REQUESTED
CANCEL_REQUESTED: CANCELLED FOC COMPLETED
COMPLETED:
CANCELLED:
"""
# Whom a case waits for, and what it takes to get there.
WAITS = """
SUBMITTED: carrier, signed_letter
PENDING_DOCUMENTS: customer, note
EXCEPTION: customer, reason_code
CHANGE_REQUESTED: carrier, note
FOC: date, foc_date
COMPLETED: nobody, outcome
CANCEL_REQUESTED: carrier, reason
CANCELLED: nobody, reason
"""
OF_THE_REQUESTER = {"CHANGE_REQUESTED", "CANCEL_REQUESTED", "CANCELLED"}
TEAM_ON_CONNECT = (
    "flows_assigned each",
    "quotas_in_place",
    "old_traffic_stopped",
    "test_calls_reach_flows",
    "agents_logged_in",
    "expected_traffic",
)
TEAM_ON_CHIME = (
    "numbers_visible",
    "numbers_assigned each",
    "test_calls_both_ways",
    "expected_traffic",
)
DESK = ("port_confirmed", "final_test", "customer_told", "customer_verified")
DESK_ACTS = (
    "PORT_TYPE NOT_PORTABLE DATE_UNAVAILABLE DATE_TOO_SOON FOC_EXPIRED SPLIT_REQUIRED UNRESPONSIVE "
    "SV_CONFLICT CANCEL_REFUSED SUPP_REFUSED INTERNAL TF_RESPORG TF_SPARE OTHER"
)
CUSTOMER_ACTS = (
    "ACCOUNT_NUMBER ADDRESS ZIP NAME AUTH_NAME ALL_DATA BTN MAIN_BTN_PORTING PIN PENDING_ORDER "
    "FREEZE INACTIVE NOT_ON_ACCOUNT SPECIAL_SERVICE LOA_REQUIRED LOA_ILLEGIBLE LOA_EXPIRED "
    "LOA_SUPERSEDED NOT_READY UNPAID"
)
ADDRESS = "street_address unit city state postal_code"
ASKED_AGAIN = {
    "ACCOUNT_NUMBER": "account_number",
    "ADDRESS": ADDRESS,
    "ZIP": "postal_code",
    "NAME": "customer_name",
    "AUTH_NAME": "authorized_person authorized_title",
    "ALL_DATA": f"losing_carrier account_number customer_name {ADDRESS}",
    "BTN": "btn",
    "MAIN_BTN_PORTING": "btn btn_option new_btn",
    "PORT_TYPE": "numbers btn_option",
    "PIN": "service_pin",
    **dict.fromkeys(["INACTIVE", "NOT_ON_ACCOUNT", "NOT_PORTABLE", "SPLIT_REQUIRED"], "numbers"),
    **dict.fromkeys(["INTERNAL", "TF_RESPORG", "TF_SPARE"], "numbers"),
    **dict.fromkeys(
        ["DATE_UNAVAILABLE", "DATE_TOO_SOON", "FOC_EXPIRED", "NOT_READY"],
        "requested_date requested_time",
    ),
}


def lines(text: str) -> dict[str, str]:
    """Return a table in words: what stands before the colon of each line, and what behind."""
    parted = (line.partition(":") for line in text.strip().splitlines())
    return {name: rest.strip() for name, _, rest in parted}


def test_a_case_moves_as_the_table_says() -> None:
    found = {origin or "not yet": " ".join(targets) for origin, targets in MOVES.items()}
    assert found == lines(TABLE)
    assert {status for status in Status if not lines(TABLE)[status]} == CLOSED
    for origin in MOVES:
        for target in Status:
            assert may_move(origin, target) == (target in lines(TABLE)[origin or "not yet"].split())


def test_each_status_knows_who_is_waited_for_and_what_it_takes() -> None:
    found = {row.status: f"{row.waits_for}, {row.need}" for row in STATUSES.values()}
    assert found == lines(WAITS)
    assert list(STATUSES) == list(Status)
    assert waits_for(None) == "desk"
    assert all(waits_for(status) == row.waits_for for status, row in STATUSES.items())


@pytest.mark.parametrize("origin", MOVES, ids=str)
def test_a_requester_asks_for_changes_and_the_end_and_a_stranger_for_nothing(
    origin: Status | None,
) -> None:
    targets = MOVES[origin]
    assert moves_for(origin, Role.AGENT) == targets
    assert moves_for(origin, Role.OTHER) == ()
    mine = [target for target in targets if target in OF_THE_REQUESTER]
    waits = origin is Status.CANCEL_REQUESTED
    assert list(moves_for(origin, Role.REQUESTER)) == ([] if waits else mine)


def test_nothing_is_submitted_without_a_letter_that_is_signed() -> None:
    assert a_case(None).moves(Role.AGENT) == (Status.CANCELLED,)
    assert a_case(None, letter=SIGNED).moves(Role.AGENT) == (Status.SUBMITTED, Status.CANCELLED)
    assert a_case(None, kind="port_out").moves(Role.AGENT) == (Status.SUBMITTED, Status.CANCELLED)
    assert Status.SUBMITTED not in a_case(Status.EXCEPTION).moves(Role.AGENT)


def test_a_case_of_which_a_carrier_waits_for_an_answer_is_not_closed() -> None:
    waits = {"kind": "port_out", "request": a_request()}
    assert a_case(None, **waits).moves(Role.AGENT) == (Status.SUBMITTED,)
    assert a_case(Status.FOC, **waits).moves(Role.AGENT) == MOVES[Status.FOC][1:]
    asked = {**waits, "fields": {"unasked": "yes"}}
    assert a_case(None, **asked).moves(Role.AGENT) == ()
    assert not a_case(None, **asked).may_be_filed
    assert a_case(None, **waits).may_be_filed


def told(items: Iterable[Item], team: Team) -> tuple[str, ...]:
    """Return the items that a team ticks; "each" where every number is ticked."""
    mine = (item for item in items if item.team is team)
    return tuple(f"{item.key} each" if item.per_number else item.key for item in mine)


@pytest.mark.parametrize("platform", Platform)
def test_the_team_and_the_desk_have_their_own_items_on_the_porting_day(platform: Platform) -> None:
    items = items_for(platform)
    of_the_team = TEAM_ON_CONNECT if platform is Platform.CONNECT else TEAM_ON_CHIME
    assert told(items, Team.TEAM) == of_the_team
    assert told(items, Team.DESK) == DESK


def test_what_is_done_when_numbers_leave_is_parted_too() -> None:
    assert told(PORT_OUT_ITEMS, Team.TEAM) == ("winner_told", "nothing_routed", "billing_stopped")
    assert told(PORT_OUT_ITEMS, Team.DESK) == (
        "request_seen",
        "request_approved",
        "ported_away",
        "unassigned each",
        "deleted each",
    )
    assert all(item.platforms == frozenset(Platform) for item in PORT_OUT_ITEMS)


def test_each_refusal_has_somebody_who_acts() -> None:
    rows = rejections().values()
    assert {row.code for row in rows if row.who_acts == "desk"} == set(DESK_ACTS.split())
    assert {row.code for row in rows if row.who_acts == "customer"} == set(CUSTOMER_ACTS.split())
    assert len(rows) == len(DESK_ACTS.split()) + len(CUSTOMER_ACTS.split())


def test_a_refusal_asks_again_for_what_the_carrier_objects_to() -> None:
    found = {row.code: " ".join(row.fields) for row in rejections().values() if row.fields}
    assert found == ASKED_AGAIN


def test_every_refusal_is_explained_in_its_own_words() -> None:
    rows = list(rejections().values())
    assert len({row.meaning for row in rows}) == len(rows)
    assert [row.code for row in rows if not row.next_step] == ["OTHER"]
    assert len({row.next_step for row in rows}) == len(rows)


def test_when_a_port_out_is_refused_the_carrier_acts_only_where_its_request_is_wrong() -> None:
    rows = rejections("port_out").values()
    assert [row.code for row in rows if row.who_acts == "carrier"] == ["invalid_request"]
    assert [row.code for row in rows if row.who_acts == "desk"] == ["not_active", "OTHER"]
    assert all(row.who_acts in {"carrier", "desk", "customer"} for row in rows)
    assert len(rows) == 11


@pytest.mark.parametrize("kind", ["port_in", "port_out"])
def test_an_unknown_code_is_kept_under_its_own_name(kind: str) -> None:
    assert not is_known("MOON_PHASE", kind)
    row = explain("MOON_PHASE", kind)
    assert (row.code, row.meaning, row.who_acts) == ("MOON_PHASE", "MOON_PHASE", "desk")
