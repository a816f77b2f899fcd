"""A winning carrier's request, compared field by field: nobody gets a number by leaving one out."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.port_out.requests import (
    GUESSES,
    Answer,
    NumberOnFile,
    Reason,
    ReceivedRequest,
    in_order,
    judge,
    same_secret,
)
from tests.domain.some_case import a_request

NUMBER = "+12065550100"
KEPT = NumberOnFile("ACCT-55440011", "K7M4", "98101")
RIGHT: Mapping[str, Any] = {"account_id": "ACCT-55440011", "pin": "K7M4", "zip_code": "98101"}


def found(held: NumberOnFile | None = KEPT, **changes: Any) -> set[str]:
    """Return what is found in a request that is right but for the changes."""
    asked = ReceivedRequest("New Telecom", NUMBER, **{**RIGHT, **changes})
    return set(judge(asked, {NUMBER: held})[NUMBER])


def test_a_request_that_names_everything_exactly_is_clean() -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("field", "reason"), [("account_id", "account"), ("pin", "pin"), ("zip_code", "zip")]
)
def test_each_field_alone_stops_a_request(field: str, reason: str) -> None:
    assert found(KEPT, **{field: ""}) == {f"{reason}_missing"}
    for wrong in (RIGHT[field].lower() + "x", f"{RIGHT[field]} ", "０"):
        assert found(KEPT, **{field: wrong}) == {f"{reason}_invalid"}


def test_all_that_is_wrong_is_found_at_once() -> None:
    assert found(account_id="", pin="x", zip_code="") == {
        "account_missing",
        "pin_invalid",
        "zip_missing",
    }


def test_a_number_of_another_account_is_only_that() -> None:
    assert found(None) == found(None, pin="") == {"not_on_account"}


@pytest.mark.parametrize(
    "held", [NumberOnFile("", "K7M4"), NumberOnFile("ACCT-55440011", ""), NumberOnFile("", "")]
)
def test_without_an_account_id_and_a_pin_on_file_nothing_matches(held: NumberOnFile) -> None:
    assert "invalid_request" in found(held)
    assert "invalid_request" in found(held, account_id="", pin="")


def test_a_zip_code_that_is_not_on_file_is_not_compared() -> None:
    bare = NumberOnFile("ACCT-55440011", "K7M4")
    assert found(bare) == found(bare, zip_code="") == found(bare, zip_code="1") == set()


def test_each_number_is_judged_by_its_own_file() -> None:
    asked = ReceivedRequest("New Telecom", "", **RIGHT)
    verdicts = judge(asked, {"+1": KEPT, "+2": NumberOnFile("ACCT-55440011", "OTHER"), "+3": None})
    assert verdicts == {
        "+1": frozenset(),
        "+2": {Reason.PIN_INVALID},
        "+3": {Reason.NOT_ON_ACCOUNT},
    }


def test_only_what_a_guesser_would_send_is_a_guess() -> None:
    assert {"account_invalid", "pin_invalid", "zip_invalid"} == GUESSES


def test_reasons_are_given_in_the_order_of_their_table() -> None:
    mixed = [Reason.ZIP_INVALID, Reason.ACCOUNT_MISSING, Reason.ZIP_INVALID]
    assert in_order(mixed) == (Reason.ACCOUNT_MISSING, Reason.ZIP_INVALID)
    assert len(Reason) == 10


def test_secrets_are_the_same_only_letter_by_letter() -> None:
    assert same_secret("K7M4", "K7M4")
    assert not same_secret("K7M4", "k7m4")
    assert not same_secret("", "K7M4")


def test_nothing_of_what_is_compared_is_printed() -> None:
    assert "K7M4" not in repr(KEPT) + repr(ReceivedRequest("New Telecom", NUMBER, **RIGHT))


@pytest.mark.parametrize(
    ("answer", "waits"),
    [("open", True), ("half_approved", True), ("approved", False), ("rejected", False)],
)
def test_a_carrier_waits_until_its_request_is_answered(answer: str, waits: bool) -> None:
    request = a_request(Answer(answer))
    assert (request.is_open, request.may_be_approved) == (waits, waits)


def test_what_speaks_against_a_request_keeps_it_from_being_approved() -> None:
    assert not a_request(found=(Reason.PIN_INVALID,)).may_be_approved
    assert not a_request(locked=True).may_be_approved
