"""What an address must have in each country; the form, the rule book and the letter agree on it."""

from typing import Final

from bot.domain.text.csv_tables import by

WITH_STATES: Final = frozenset({"US", "CA"})


def needs_state(country: str) -> bool:
    """Tell whether an address of the country needs a state or province (S2)."""
    return country in WITH_STATES


def needs_postal_code(country: str) -> bool:
    """Tell whether an address of the country needs a postal code; `postal_codes.csv` says it."""
    row = by("postal_codes", "iso2").get(country)
    return row is not None and row["required"] == "yes"
