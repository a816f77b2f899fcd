"""What `/port` answers, to the asker only."""

from bot.domain.cases.workflow import Status
from tests.journeys.cases import submitted
from tests.office import Office, answered


def test_a_case_alone_asks_for_its_status(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0100")
    assert "Submitted to the carrier" in answered(desk_office.rosa, f"/port {case.reference}")


def test_numbers_of_completed_ports_are_listed(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0101", Status.FOC, Status.COMPLETED)
    hers = answered(desk_office.rosa, "/port numbers")
    assert f"+12065550101 – came with {case.reference}" in hers
    assert "No numbers yet" in answered(desk_office.mateo, "/port numbers")
