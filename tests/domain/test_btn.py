from typing import Any

import pytest

from tests.domain.intakes import BRITISH, GOOD, RECORD, TOLL_FREE, remarks

MOVED: dict[str, Any] = {"btn": "206-555-0100"}
REQUIRED = {("error", "btn_option", "btn_option_required")}
NOT_ALLOWED = {("error", "btn_option", "btn_option_not_allowed")}


def test_a_btn_that_stays_needs_no_option() -> None:
    assert remarks(GOOD) == set()


@pytest.mark.parametrize("option", ["replace", "close_account", "each_own_btn"])
def test_a_btn_that_stays_takes_no_option(option: str) -> None:
    assert remarks(GOOD, btn_option=option) == NOT_ALLOWED


def test_a_btn_that_moves_needs_exactly_one_option() -> None:
    assert remarks(GOOD, **MOVED) == REQUIRED
    assert remarks(GOOD, **MOVED, btn_option="all") == {
        ("error", "btn_option", "btn_option_invalid")
    }


def test_a_btn_inside_a_range_moves_too() -> None:
    assert remarks(GOOD, btn="+1 206 555 0103") == REQUIRED


def test_a_replaced_btn_needs_a_new_one_that_stays() -> None:
    replaced: dict[str, Any] = {**MOVED, "btn_option": "replace"}
    assert remarks(GOOD, **replaced) == {("error", "new_btn", "new_btn_required")}
    assert remarks(GOOD, **replaced, new_btn="206-555-0150") == set()
    assert remarks(GOOD, **replaced, new_btn="2065550100") == {
        ("error", "new_btn", "new_btn_is_old")
    }
    assert remarks(GOOD, **replaced, new_btn="2065550104") == {
        ("error", "new_btn", "new_btn_ported")
    }


def test_closing_the_account_leaves_nothing_behind() -> None:
    closed: dict[str, Any] = {**MOVED, "btn_option": "close_account"}
    same = {**RECORD, "btn": "206-555-0100"}
    assert remarks(GOOD, **closed) == set()
    assert remarks(GOOD, **closed, csr=same) == set()
    assert remarks(GOOD, **closed, csr={**same, "numbers": "206-555-0100 to 0105"}) == {
        ("error", "btn_option", "btn_close_leaves_numbers")
    }


def test_each_number_as_its_own_btn_is_to_be_confirmed() -> None:
    assert remarks(GOOD, **MOVED, btn_option="each_own_btn") == {
        ("warning", "btn_option", "btn_each_own")
    }


def test_toll_free_numbers_have_no_btn() -> None:
    assert remarks(GOOD, **TOLL_FREE) == set()
    assert remarks({**GOOD, **TOLL_FREE, "btn": "206-555-0190"}) == {
        ("error", "btn", "btn_toll_free")
    }
    assert remarks(GOOD, **TOLL_FREE, btn_option="replace") == NOT_ALLOWED


def test_local_numbers_beside_toll_free_ones_still_need_the_btn() -> None:
    mixed: dict[str, Any] = {"number_type": "", "numbers": "206-555-0100, 800-555-0100", "btn": ""}
    assert ("error", "btn", "btn_required") in remarks(GOOD, **mixed)


def test_the_btn_is_not_asked_abroad() -> None:
    assert not any(field == "btn" for _, field, _ in remarks(GOOD, **BRITISH))
