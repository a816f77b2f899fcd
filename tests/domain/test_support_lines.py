"""Which lines a request to AWS has, by what is asked, where and for what numbers (S1–S4, C)."""

from datetime import date
from typing import Any

import pytest

from bot.domain.cases.case import CaseFacts, LetterFacts
from bot.domain.cases.workflow import Status
from bot.domain.gateway.aws_forms import Ask, Purpose
from bot.domain.gateway.support_request import (
    Line,
    ask_of,
    asks_about_pins,
    description_of,
    form_of,
    routes_for,
)
from bot.domain.intake.intake import Platform
from tests.domain.some_case import a_case

# What no request of its kind does without, known or not.
CUSTOMER = "customer_name street_address city"
SIGNER = "authorized_person authorized_title contact_email requested_date requested_time letter"
ALWAYS = {
    "a port-in within the US": f"reference numbers number_type losing_carrier {CUSTOMER} state "
    f"postal_code btn {SIGNER}",
    "toll-free numbers": f"reference numbers number_type losing_carrier {CUSTOMER} state "
    f"postal_code {SIGNER}",
    "a port-in abroad": "reference numbers number_type country usage_volume losing_carrier "
    f"{CUSTOMER} {SIGNER}",
    "a port-in to Connect": "reference numbers number_type instance_arn region flow_name "
    f"losing_carrier {CUSTOMER} state postal_code btn {SIGNER}",
    "a port-in to Connect abroad": "reference numbers number_type country instance_arn region "
    f"flow_name losing_carrier {CUSTOMER} {SIGNER}",
    "a port-out": "account_and_pin reference numbers number_type winning_carrier contact_email "
    "requested_date requested_time",
    "a port-out that a carrier asked for": "reference numbers number_type winning_carrier "
    "contact_email requested_date requested_time",
    "a port-out of Connect": "reference numbers number_type instance_arn region winning_carrier "
    "contact_email requested_date requested_time",
}
# What is told as well where it is known.
IF_KNOWN = {
    "a port-in within the US": "unit address_country btn_option new_btn account_number "
    "service_pin contact_phone",
    "a port-in abroad": "unit state postal_code address_country btn btn_option new_btn "
    "account_number service_pin contact_phone",
    "a port-out of Connect": "instance_name",
}
LEAVES: dict[str, Any] = {"kind": "port_out"}
BRITISH = ("+442079460100",)
CASES: dict[str, CaseFacts] = {
    "a port-in within the US": a_case(fields={"country": "US"}),
    "toll-free numbers": a_case(fields={"country": "US"}, numbers=("+18005550100",)),
    "a port-in abroad": a_case(fields={"country": "GB"}, numbers=BRITISH),
    "a port-in to Connect": a_case(fields={"country": "US"}, platform=Platform.CONNECT),
    "a port-in to Connect abroad": a_case(
        fields={"country": "GB"}, numbers=BRITISH, platform=Platform.CONNECT
    ),
    "a port-out": a_case(fields={"country": "US"}, **LEAVES),
    "a port-out that a carrier asked for": a_case(
        fields={"country": "US", "unasked": "yes"}, **LEAVES
    ),
    "a port-out of Connect": a_case(fields={"country": "US"}, platform=Platform.CONNECT, **LEAVES),
}
TODAY = "account_and_billing service_connect category_connect subject description contact_method"
PREMIUM = (
    "technical_support service_contact_center category_porting severity instance_arn subject "
    "description contact_method contact_language"
)
BASIC = (
    "limit_increase limit_type region limit new_limit description contact_method contact_language"
)
CENTER = (
    "account_and_billing service_chime category_chime subject description number_type "
    "first_number requested_date requested_time contact_method contact_language"
)
CONSOLE = "category_other subject issue contact_email"
FORMS = {
    ("connect", "port_in", ""): {
        "connect_today": f"{TODAY} contact_language",
        "connect_premium": PREMIUM,
        "connect_basic": BASIC,
    },
    ("connect", "port_in", "premium"): {
        "connect_today": f"{TODAY} contact_language",
        "connect_premium": PREMIUM,
    },
    ("connect", "port_in", "basic"): {
        "connect_today": f"{TODAY} contact_language",
        "connect_basic": BASIC,
    },
    ("connect", "port_out", ""): {"connect_today": f"{TODAY} contact_language"},
    ("connect", "pin_set", ""): {"connect_today": f"{TODAY} contact_language"},
    ("voice_connector", "port_in", ""): {"chime_center": CENTER, "chime_console": CONSOLE},
    ("business_calling", "port_out", ""): {"chime_center": CENTER, "chime_console": CONSOLE},
    ("sip_media_application", "pin_removal", ""): {"chime_center": CENTER},
}


def names(lines: tuple[Line, ...]) -> list[str]:
    """Return the names of lines."""
    return [line.name for line in lines]


def value(case: CaseFacts, name: str) -> str:
    """Return what a line of the description says."""
    return next(line.value for line in description_of(ask_of(case)) if line.name == name)


@pytest.mark.parametrize("kind", CASES)
def test_a_description_has_every_line_that_its_kind_needs_and_no_other(kind: str) -> None:
    assert names(description_of(ask_of(CASES[kind]))) == ALWAYS[kind].split()


@pytest.mark.parametrize("kind", IF_KNOWN)
def test_what_is_known_besides_is_told_too(kind: str) -> None:
    case = CASES[kind]
    more = IF_KNOWN[kind].split()
    secrets = frozenset(more) & {"account_number", "service_pin"}
    fields = {**case.fields, **dict.fromkeys(set(more) - secrets, "known")}
    whole = a_case(fields=fields, numbers=case.numbers, platform=case.platform, kind=case.kind,
                   secrets_given=secrets)  # fmt: skip
    told = {line.name: line.value for line in description_of(ask_of(whole))}
    assert set(told) == {*ALWAYS[kind].split(), *more}
    assert {told[name] for name in more} <= {"known", "on file"}
    assert {name for name, said in told.items() if said == "on file"} == secrets


@pytest.mark.parametrize(("platform", "purpose", "plan"), FORMS)
def test_each_route_has_the_fields_of_its_form(platform: str, purpose: str, plan: str) -> None:
    ask = Ask(Purpose(purpose), Platform(platform), ("+12065550100",), {"support_plan": plan})
    found = {route.name: " ".join(names(form_of(ask, route))) for route in routes_for(ask)}
    assert found == FORMS[platform, purpose, plan]


def test_a_form_leaves_out_what_it_can_do_without_and_has_it_where_it_is_known() -> None:
    known = {"support_plan": "basic", "instance_arn": "arn", "call_back": "1"}
    ask = Ask(Purpose.PORT_IN, Platform.CONNECT, ("+12065550100",), known)
    _, basic = routes_for(ask)
    told = names(form_of(ask, basic))
    assert [name for name in told if name not in BASIC.split()] == ["instance_arn", "call_back"]


def test_what_a_case_works_out_is_told_as_it_stands() -> None:
    case = a_case(
        fields={"country": "US", "requested_date": "2027-03-17", "requested_time": "10:30"},
        letter=LetterFacts(1, "f", stale=False, signed_on=date(2027, 3, 2)),
        numbers=("+12065550101", "+12065550100"),
    )
    for name, said in (
        ("reference", "PRT-1001"),
        ("losing_carrier", "Old Telephone Co"),
        ("requested_time", "10:30 America/Los_Angeles"),
        ("letter", "2027-03-02"),
        ("numbers", "+12065550100 to +12065550101"),
        ("number_type", "local"),
    ):
        assert value(case, name) == said
    assert value(a_case(fields={"country": "US"}), "letter") == ""
    stale = LetterFacts(1, "f", stale=True, signed_on=date(2027, 3, 2))
    assert value(a_case(fields={"country": "US"}, letter=stale), "letter") == ""
    assert value(a_case(fields={"country": "US"}), "requested_time") == ""


@pytest.mark.parametrize(("method", "called"), [("phone", "206 555 0199"), ("web", ""), ("", "")])
def test_somebody_is_called_back_only_who_asks_for_it(method: str, called: str) -> None:
    fields = {"contact_method": method, "contact_phone": "206 555 0199"}
    assert ask_of(a_case(fields=fields)).given["call_back"] == called


def test_numbers_of_both_kinds_are_mixed() -> None:
    ask = Ask(Purpose.PORT_IN, Platform.CONNECT, ("+12065550100", "+18005550100"))
    assert ask.number_type == "mixed"


def test_a_request_about_pins_is_made_for_each_platform_and_part_of_the_world() -> None:
    numbers = {
        "+12065550100": Platform.CONNECT,
        "+442079460100": Platform.CONNECT,
        "+12065550101": Platform.VOICE_CONNECTOR,
        "+12065550102": Platform.CONNECT,
    }
    asks = asks_about_pins(Purpose.PIN_SET, numbers)
    assert [(ask.platform, ask.near, ask.numbers) for ask in asks] == [
        ("connect", True, ("+12065550100", "+12065550102")),
        ("connect", False, ("+442079460100",)),
        ("voice_connector", True, ("+12065550101",)),
    ]
    assert names(description_of(asks[0])) == ["numbers", "pin"]
    removal = asks_about_pins(Purpose.PIN_REMOVAL, numbers)[0]
    assert names(description_of(removal)) == ["numbers"]


def test_a_port_out_of_a_case_says_so() -> None:
    assert ask_of(a_case(None, **LEAVES)).purpose is Purpose.PORT_OUT
    assert ask_of(a_case(Status.FOC)).purpose is Purpose.PORT_IN
