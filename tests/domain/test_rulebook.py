import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intake.intake import NotAnIntake, PortIn, read_intake
from bot.domain.rulebook.rulebook import (
    RULES,
    CheckContext,
    btn_among_numbers,
    check,
    report_as_json,
    rules_as_markdown,
)
from bot.wording.refusals import word_finding
from bot.wording.templates import Templates
from tests.domain.intakes import (
    BRITISH,
    CONNECT,
    GOOD,
    PORT_OUT,
    RECORD,
    TODAY,
    TOLL_FREE,
    codes,
    report_on,
)
from tests.domain.test_every_rule import AROUND, BARE, EXAMPLES
from tests.refusals import sentence_of, told_no

SAY = partial(word_finding, Templates())
ROOT = Path(__file__).resolve().parents[2]


def test_every_rule_has_its_sentence_and_every_sentence_its_rule() -> None:
    assert {rule.code for rule in RULES} == Templates().table("findings").keys()


def test_no_two_rules_share_a_code() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_every_source_key_is_explained() -> None:
    explained = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert all(f"| {rule.source} |" in explained for rule in RULES)


def test_the_documented_rules_are_the_rules() -> None:
    assert rules_as_markdown() in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", EXAMPLES)
def test_every_finding_can_be_said_in_a_sentence(code: str) -> None:
    report = report_on(GOOD, AROUND.get(code, BARE), **EXAMPLES[code])
    answer = report_as_json(report, SAY)
    for finding in answer["findings"]:
        assert re.fullmatch(r"\S.*[.]", finding["message"], re.DOTALL), finding
        assert not re.search(r"[{}]|None(?! of)|set\(|  ", finding["message"]), finding


@pytest.mark.parametrize(
    "intake",
    [
        {},
        TOLL_FREE,
        CONNECT,
        {"csr": RECORD},
        {"country": "us", "number_type": ""},
        {"loa_signed_on": None, "signature": "", "unit": None, "csr": None, "service_pin": None},
    ],
)
def test_a_good_request_has_nothing_to_remark(intake: dict[str, Any]) -> None:
    assert report_on(GOOD, **intake).findings == ()


def test_a_request_from_abroad_passes_with_its_papers_named() -> None:
    report = report_on(GOOD, **BRITISH)
    assert (report.ok, codes(report)) == (
        True,
        {"country_documents", "loa_old_on_the_day"},
    )


def test_a_request_to_leave_passes() -> None:
    assert report_on(PORT_OUT).findings == ()


@pytest.mark.parametrize("name", ["losing_carrier", "account_number", "service_pin"])
def test_what_is_asked_if_known_may_be_left_out(name: str) -> None:
    rest = {key: value for key, value in GOOD.items() if key != name}
    assert report_on(rest).ok


@pytest.mark.parametrize("name", ["severity", "contact_language", "requested_date", "region"])
def test_details_that_connect_does_not_need_yet_may_follow(name: str) -> None:
    assert report_on({**GOOD, **CONNECT, name: ""}).ok


def test_what_belongs_to_another_platform_is_ignored() -> None:
    assert report_on(GOOD, instance_arn="nonsense", region="?", support_plan="?").ok


def test_the_answer_has_the_documented_form() -> None:
    answer = report_as_json(report_on(GOOD, btn="206-555-0100"), SAY)
    assert answer["ok"] is False
    assert answer["findings"] == [
        {
            "field": "btn_option",
            "code": "btn_option_required",
            "severity": "error",
            "message": "The BTN itself is to be moved. "
            "Choose one of: replace, close_account, each_own_btn.",
            "source": "S2",
        }
    ]
    assert answer["numbers"] == [f"+1206555010{last}" for last in range(5)]
    assert answer["split"] == [
        {
            "losing_carrier": "Example Telecom",
            "country": "US",
            "number_type": "local",
            "numbers": answer["numbers"],
        }
    ]
    assert json.loads(json.dumps(answer)) == answer


def test_numbers_are_split_by_type_and_by_the_carrier_that_a_file_names() -> None:
    report = report_on(
        GOOD,
        number_type="",
        numbers=["206-555-0100", "206-555-0101", "800-555-0100", "206-555-0102"],
        carriers={"206-555-0101": "Other  Telecom", "206-555-0102": "other telecom"},
    )
    lots = [(lot.losing_carrier, lot.number_type, len(lot.numbers)) for lot in report.split]
    assert lots == [
        ("Example Telecom", "local", 1),
        ("Other Telecom", "local", 2),
        ("Example Telecom", "toll_free", 1),
    ]
    assert report.ok


def test_numbers_of_two_countries_are_refused_but_the_split_is_shown() -> None:
    report = report_on(GOOD, platform="connect", numbers="206-555-0100, 416-555-0100")
    assert not report.ok
    assert [lot.country for lot in report.split] == ["US", "CA"]


def test_a_given_day_stands_for_today() -> None:
    late = report_on(GOOD, CheckContext(today=TODAY), today="2026-12-10")
    assert "requested_date_past" in codes(late)


def test_the_btn_is_found_among_the_numbers_however_it_is_written() -> None:
    intake = read_intake({**GOOD, "btn": "+1 (206) 555.0103"})
    assert btn_among_numbers(intake)
    assert not btn_among_numbers(read_intake(GOOD))
    assert not btn_among_numbers(read_intake({**GOOD, "btn": "nonsense"}))


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "port_in",
        7,
        {},
        {"kind": "port_over"},
        {"kind": ["port_in"]},
        {"kind": "port_in", "numbers": {"a": 1}},
        {"kind": "port_in", "numbers": [["206-555-0100"]]},
        {"kind": "port_in", "city": ["Seattle"]},
        {"kind": "port_in", "city": True},
        {"kind": "port_in", "postal_code": 10**30},
        {"kind": "port_in", "csr": "none"},
        {"kind": "port_in", "today": "soon"},
        {"kind": "port_in", "today": "9999-12-31"},
        {"kind": "port_in", "city": "\ud800"},
    ],
)
def test_what_has_not_the_form_of_an_intake_is_none(data: object) -> None:
    with told_no(NotAnIntake, match="This is not an intake"):
        read_intake(data)


def test_a_pin_as_a_number_is_refused_and_not_repeated() -> None:
    with pytest.raises(NotAnIntake) as caught:
        read_intake({"kind": "port_in", "service_pin": 98765})
    assert caught.value.field == "service_pin"
    assert "98765" not in f"{caught.value.facts} {sentence_of(caught.value)}"


def test_secrets_appear_in_no_finding_and_no_printed_intake() -> None:
    secret = {"service_pin": "SECRET-PIN", "account_number": "SECRET\x07ACCOUNT"}
    intake = read_intake({**GOOD, **secret, "csr": {**RECORD, "account_number": "SECRET2"}})
    answer = report_as_json(check(intake, BARE), SAY)
    assert len(answer["findings"]) == 3
    assert "SECRET" not in json.dumps(answer) + repr(intake) + str(check(intake, BARE))


def test_numbers_are_welcome_where_text_is_meant() -> None:
    intake = read_intake({**GOOD, "postal_code": 98101, "numbers": [12065550100]})
    assert isinstance(intake, PortIn)
    assert check(intake, BARE).ok


ANYTHING = st.one_of(st.none(), st.text(max_size=30), st.integers(0, 10**12))
SAMPLES = {
    name: st.one_of(ANYTHING, st.just(value), st.sampled_from([str(value)[::-1], str(value) + " "]))
    for name, value in {**GOOD, **CONNECT, **BRITISH}.items()
    if name not in {"kind", "service_pin"}
}


@given(st.fixed_dictionaries({}, optional=SAMPLES), st.fixed_dictionaries({}, optional=SAMPLES))
def test_no_intake_of_texts_crashes_the_check(fields: dict[str, Any], csr: dict[str, Any]) -> None:
    intake = read_intake({**fields, "kind": "port_in", "csr": csr})
    answer = report_as_json(check(intake, BARE), SAY)
    assert answer["ok"] == all(entry["severity"] == "warning" for entry in answer["findings"])
