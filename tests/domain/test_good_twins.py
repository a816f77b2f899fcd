"""A rule that refuses too much stops people whose request is right."""

import pytest

from bot.domain.rulebook.rulebook import RULES
from tests.domain.good_twins import TWINS, Twin
from tests.domain.intakes import GOOD, codes, report_on


def test_every_rule_has_a_good_twin() -> None:
    assert {twin.rule for twin in TWINS} == {rule.code for rule in RULES}


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.rule)
def test_of_the_good_twin_of_an_example_nothing_is_said(twin: Twin) -> None:
    assert codes(report_on(GOOD, twin.around, **twin.changes)) == set(twin.said)
    assert twin.rule not in twin.said
