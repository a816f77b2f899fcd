"""Finding a case by what somebody has at hand: its reference, a number, the number's end."""

import pytest

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from tests.port_out.desks import ANNA, MATEO, PORT_IN, ROSA, Office


def found(room: Office, who: str, asked: str) -> list[str]:
    return [case.reference for case in room.desk.queries.find(who, asked)]


def filed(room: Office, numbers: str, who: str = ROSA, **changes: str) -> CaseFacts:
    draft = room.draft(who, {**PORT_IN, "numbers": numbers, **changes})
    return room.desk.filing.file(who, draft).cases[0]


@pytest.mark.parametrize(
    "asked",
    ["PRT-1001", "prt 1001", "1001", "206 555 0100", "+12065550101", "555-0100", "5550101"],
)
def test_a_case_is_found_however_it_is_named(room: Office, asked: str) -> None:
    filed(room, "206 555 0100 to 0101")
    filed(room, "212 555 0150", btn="212 555 0199")
    assert found(room, ANNA, asked) == ["PRT-1001"]


def test_the_last_digits_find_every_case_whose_number_ends_so(room: Office) -> None:
    filed(room, "206 555 0100")
    filed(room, "212 555 0100", btn="212 555 0199")
    assert found(room, ANNA, "5550100") == ["PRT-1002", "PRT-1001"]


@pytest.mark.parametrize("asked", ["0100", "555010", "", "nothing", "555 0199", "%5550100", "_"])
def test_too_few_digits_or_none_find_nothing(room: Office, asked: str) -> None:
    filed(room, "206 555 0101")
    assert found(room, ANNA, asked) == []


def test_nobody_finds_the_case_of_somebody_else(room: Office) -> None:
    filed(room, "206 555 0100", who=ROSA)
    assert found(room, MATEO, "5550100") == []
    assert found(room, MATEO, "PRT-1001") == []
    assert found(room, ROSA, "5550100") == ["PRT-1001"]


def test_ones_own_case_is_found_behind_many_of_others(room: Office) -> None:
    mine = filed(room, "206 555 0100", who=MATEO)
    room.move(mine, Status.CANCELLED)
    for _ in range(21):
        room.move(filed(room, "206 555 0100"), Status.CANCELLED)
    assert found(room, MATEO, "206 555 0100") == ["PRT-1001"]
