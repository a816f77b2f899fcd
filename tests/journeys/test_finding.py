"""Finding a case by what somebody has at hand: its reference, a number, the number's end."""

import pytest

from bot.domain.statuses import Status
from tests.journeys.cases import filed, moved
from tests.office import ANNA, MATEO, ROSA, Office

pytestmark = pytest.mark.both_databases


def found(office: Office, who: str, asked: str) -> list[str]:
    return [case.reference for case in office.service.desk.lookups.find(who, asked)]


@pytest.mark.parametrize(
    "asked",
    ["PRT-1001", "prt 1001", "1001", "206 555 0100", "+12065550101", "555-0100", "5550101"],
)
def test_a_case_is_found_however_it_is_named(office: Office, asked: str) -> None:
    filed(office, "206 555 0100 to 0101")
    filed(office, "212 555 0150", btn="212 555 0199")
    assert found(office, ANNA, asked) == ["PRT-1001"]


def test_the_last_digits_find_every_case_whose_number_ends_so(office: Office) -> None:
    filed(office, "206 555 0100")
    filed(office, "212 555 0100", btn="212 555 0199")
    assert found(office, ANNA, "5550100") == ["PRT-1002", "PRT-1001"]


@pytest.mark.parametrize("asked", ["0100", "555010", "", "nothing", "555 0199", "%5550100", "_"])
def test_too_few_digits_or_none_find_nothing(office: Office, asked: str) -> None:
    filed(office, "206 555 0101")
    assert found(office, ANNA, asked) == []


def test_nobody_finds_the_case_of_somebody_else(office: Office) -> None:
    filed(office, "206 555 0100", who=ROSA)
    assert found(office, MATEO, "5550100") == []
    assert found(office, MATEO, "PRT-1001") == []
    assert found(office, ROSA, "5550100") == ["PRT-1001"]


def test_ones_own_case_is_found_behind_many_of_others(office: Office) -> None:
    mine = filed(office, "206 555 0100", who=MATEO)
    moved(office, mine, Status.CANCELLED)
    for _ in range(21):
        moved(office, filed(office, "206 555 0100"), Status.CANCELLED)
    assert found(office, MATEO, "206 555 0100") == ["PRT-1001"]
