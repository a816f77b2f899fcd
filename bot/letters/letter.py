"""The facts of one Letter of Authorization, frozen, without any layout."""

import hashlib
import json
import re
from dataclasses import dataclass, fields
from datetime import date
from unicodedata import category

from bot.domain.countries.address_requirements import needs_postal_code, needs_state
from bot.domain.intake.fields import Needed, names
from bot.domain.intake.intake import BtnOption
from bot.errors import Refusal

MOST_ON_PAGE = 10
"""More numbers than this go on an attachment (S1)."""

_ALWAYS = {
    *names(lambda field: field.printed and field.needed is Needed.ALWAYS),
    "country",
    "numbers",
} - {"contact_email"}
_HINT_SHOWS = 4


class LetterRefusal(Refusal):
    """A letter that must not be printed as it is."""

    table = "loa/refusals"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Everything that is printed on one letter, and nothing else (S1, S2, S3).

    Numbers are E.164. `address_country` is given where the address is not in `country`.
    `account_hint` shows at most the last four characters of the account number; a longer one
    raises `ValueError`, because the whole number must never reach paper.
    """

    reference: str
    version: int
    number_type: str
    country: str
    losing_carrier: str
    losing_carrier_contact: str = ""
    customer_name: str
    street_address: str
    unit: str = ""
    city: str
    state: str = ""
    postal_code: str
    authorized_person: str
    authorized_title: str
    contact_email: str = ""
    contact_phone: str = ""
    btn: str = ""
    btn_option: str = ""
    new_btn: str = ""
    account_hint: str = ""
    address_country: str = ""
    numbers: tuple[str, ...]
    requested_on: date | None = None
    platform: str

    def __post_init__(self) -> None:
        shown = re.sub(r"^ending\b|[\W_]", "", self.account_hint.strip())
        if len(shown) > _HINT_SHOWS:
            raise ValueError("account_hint may show four characters of the account number at most")

    @property
    def see_attached(self) -> bool:
        """Tell whether the numbers go on an attachment (S1)."""
        return len(self.numbers) > MOST_ON_PAGE

    @property
    def toll_free(self) -> bool:
        return self.number_type == "toll_free"

    @property
    def lies_in(self) -> str:
        """Return the country of the service address."""
        return self.address_country or self.country

    @property
    def btn_moves(self) -> bool:
        """Tell whether the BTN is itself among the numbers; toll-free ports have none (S2, B)."""
        return bool(self.btn) and self.btn in self.numbers and not self.toll_free

    def missing(self) -> tuple[str, ...]:
        """Name the blank mandatory fields, in the order of the form (S1, S3)."""
        needed = _ALWAYS | self._needed_here()
        return tuple(f.name for f in fields(self) if f.name in needed and self._is_open(f.name))

    def fingerprint(self) -> str:
        """Return the SHA-256, in hex, of every printed fact (S1)."""
        facts = json.dumps(vars(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()

    def _needed_here(self) -> set[str]:
        conditions = {
            "state": needs_state(self.lies_in),
            "postal_code": needs_postal_code(self.lies_in),
            # One way to reach the signer is enough (I).
            "contact_email": is_blank(self.contact_phone),
            "btn": self.country == "US" and not self.toll_free,
            "btn_option": self.btn_moves,
            "new_btn": self.btn_moves and self.btn_option == BtnOption.REPLACE,
        }
        return {name for name, needed in conditions.items() if needed}

    def _is_open(self, name: str) -> bool:
        if name == "btn_option":
            return self.btn_option not in set(BtnOption)
        return is_blank("".join(getattr(self, name)))


def is_blank(text: str) -> bool:
    """Tell whether a text has nothing that would show on paper."""
    return all(category(letter)[0] in "CZ" for letter in text)


def account_hint(account_number: str) -> str:
    """Return what a letter may show of an account number; too short a number shows nothing."""
    if len(account_number) < 2 * _HINT_SHOWS:
        return ""
    return f"ending {account_number[-_HINT_SHOWS:]}"
