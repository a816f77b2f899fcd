"""Which signature a carrier takes is a list that the desk keeps."""

from bot.domain.rulebook.context import CarrierPolicy, listed_policy

LISTED = [{"carrier": "Modern Telecom", "signature": "electronic"}]


def test_a_listed_carrier_takes_an_electronic_signature() -> None:
    assert listed_policy(LISTED, "modern telecom") == CarrierPolicy("electronic")


def test_a_carrier_that_is_not_listed_wants_ink() -> None:
    assert listed_policy(LISTED, "old telephone co") == CarrierPolicy("ink")
