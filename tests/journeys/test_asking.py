"""What `/port` answers, to the asker only."""

from bot.domain.statuses import Status
from tests.journeys.cases import submitted
from tests.office import Office


def _answer(office: Office, text: str) -> str:
    office.rosa.command(text)
    return str(office.rosa.messages()[-1]["text"])


def test_a_case_alone_asks_for_its_status(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0100")
    assert "Submitted to the carrier" in _answer(desk_office, f"/port {case.reference}")


def test_numbers_of_completed_ports_are_listed(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0101", Status.FOC, Status.COMPLETED)
    assert f"+12065550101 – came with {case.reference}" in _answer(desk_office, "/port numbers")
    desk_office.mateo.command("/port numbers")
    assert "No numbers yet" in desk_office.mateo.messages()[-1]["text"]
