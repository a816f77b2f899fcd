"""How an error becomes a sentence: codes among its facts get words, findings their sentences."""

from bot.desk.core.context import Busy, Stale
from bot.desk.core.faulty_request import Refused
from bot.domain.cases.kinds import Kind
from bot.domain.cases.workflow import Status
from bot.domain.findings.rules import found
from bot.domain.rulebook.rulebook import Report
from bot.errors import PortingError, PortOutRefusal, Refusal
from tests.refusals import sentence_of


def test_a_refusal_is_its_code_and_its_facts_stay_out_of_the_log() -> None:
    refused = PortOutRefusal("not_protected", "numbers", number="+12065550100")
    assert (str(refused), refused.field) == ("not_protected", "numbers")
    assert "0100" not in repr(refused)
    assert sentence_of(refused).startswith("+12065550100 has no PIN")


def test_a_status_is_called_as_on_the_card() -> None:
    refused = Refusal("move_not_allowed", status="NONE", target=Status.FOC)
    assert "“Being prepared” cannot become “Date confirmed”" in sentence_of(refused)
    moved_on = Stale("case_moved_on", reference="PRT-1042", status=Status.EXCEPTION)
    assert sentence_of(moved_on).startswith("PRT-1042 is “Carrier has a question” by now")


def test_what_speaks_against_a_submission_is_listed_without_mere_warnings() -> None:
    findings = (found("city_required"), found("account_number_missing"), found("state_required"))
    told = sentence_of(Refused("not_fit_any_more", Report(findings, (), ())))
    assert told.splitlines() == [
        "The request cannot be submitted as it stands today. Correct it with Change details first:",
        "• Enter the city of the service address.",
        "• Enter the state or province of the service address as two letters.",
    ]


def test_more_than_five_faults_are_five() -> None:
    findings = tuple(
        found("too_long", f"field{place}", label="x", length=2, most=1) for place in range(7)
    )
    told = sentence_of(Refused("not_fit_any_more", Report(findings, (), ())))
    assert told.count("•") == 5


def test_a_finding_stands_within_a_sentence() -> None:
    told = sentence_of(Refusal("foc_against_rules", finding=found("city_required")))
    assert told.startswith("Enter the city of the service address. If the carrier confirmed")


def test_the_kind_of_a_case_names_its_command() -> None:
    told = [sentence_of(Refusal("cannot_change_now", kind=kind)) for kind in Kind]
    assert [line.rpartition(" ")[2] for line in told] == ["/port-in.", "/port-out."]


def test_what_speaks_to_the_operator_is_a_sentence_already() -> None:
    assert sentence_of(PortingError("The copy failed: disk full.")) == "The copy failed: disk full."
    assert sentence_of(Busy("try_again")).startswith("The desk's records are busy or full")
