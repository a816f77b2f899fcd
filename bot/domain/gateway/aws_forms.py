"""The table of support requests: which fields each has, by purpose, platform and support plan.

Routes say how the form is filled, details what its description tells. The sentences of both stand
in `templates/support.toml`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from bot.domain.cases.case import UNASKED
from bot.domain.intake.intake import Platform
from bot.domain.intake.platforms import Service, of_service
from bot.domain.numbers.phone_number import TelephoneNumber, examine
from bot.domain.rulebook.case_split import ranges

# More numbers than these go into a list of their own (I); the text then shows the first few.
MOST_WRITTEN: Final = 100
MOST_SHOWN: Final = 10
_NORTH_AMERICA: Final = "+1"


class Purpose(StrEnum):
    """What the support is asked to do."""

    PORT_IN = "port_in"
    PORT_OUT = "port_out"
    PIN_SET = "pin_set"
    PIN_REMOVAL = "pin_removal"


@dataclass(frozen=True)
class Ask:
    """One request: `numbers` in E.164, and by name what is known, each in one line.

    Secrets are never among it: of those that are on file it says only that they are.
    """

    purpose: Purpose
    platform: Platform
    numbers: tuple[str, ...]
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def near(self) -> bool:
        """Whether Connect files it under North America (C)."""
        return all(number.startswith(_NORTH_AMERICA) for number in self.numbers)

    @property
    def attached(self) -> bool:
        """Whether the numbers are too many for the text."""
        return len(self.numbers) > MOST_WRITTEN

    @property
    def written(self) -> tuple[str, ...]:
        """The numbers that stand in the text, neighbours as one range."""
        return ranges(sorted(self.numbers)[:MOST_SHOWN] if self.attached else self.numbers)

    @property
    def listed(self) -> tuple[str, ...]:
        """All numbers, as they stand in a list of their own."""
        return ranges(self.numbers)

    @cached_property
    def number_type(self) -> str:
        """The kind of the numbers: "local", "toll_free" or "mixed"."""
        read = (examine(number) for number in self.numbers)
        kinds = {number.number_type for number in read if isinstance(number, TelephoneNumber)}
        return kinds.pop() if len(kinds) == 1 else "mixed"


_CONNECT: Final = of_service(Service.CONNECT)
_CHIME: Final = of_service(Service.CHIME)
_IN: Final = frozenset({Purpose.PORT_IN})
_OUT: Final = frozenset({Purpose.PORT_OUT})
_CASES: Final = _IN | _OUT
_PIN: Final = frozenset({Purpose.PIN_SET})
_EVERY: Final = frozenset(Purpose)


@dataclass(frozen=True)
class Route:
    """One way to file a request: the fields of its form in their order.

    `optional` fields are left out where nothing is known; `plan` is the support plan it is for.
    """

    name: str
    source: str
    platforms: frozenset[Platform]
    purposes: frozenset[Purpose]
    fields: tuple[str, ...]
    optional: frozenset[str] = frozenset({"call_back"})
    plan: str = ""


_TEXT: Final = ("subject", "description")
_CONTACT: Final = ("contact_method", "call_back", "contact_language")
# Where a platform has several, the one of today comes first.
ROUTES: Final = (
    Route(
        "connect_today", "C", _CONNECT, _EVERY,
        ("account_and_billing", "service_connect", "category_connect", *_TEXT, *_CONTACT),
    ),
    Route(
        "connect_premium", "S1", _CONNECT, _IN,
        ("technical_support", "service_contact_center", "category_porting", "severity",
         "instance_arn", *_TEXT, *_CONTACT),
        plan="premium",
    ),
    Route(
        "connect_basic", "S1", _CONNECT, _IN,
        ("limit_increase", "limit_type", "instance_arn", "region", "limit", "new_limit",
         "description", *_CONTACT),
        optional=frozenset({"instance_arn", "call_back"}),
        plan="basic",
    ),
    Route(
        "chime_center", "S3", _CHIME, _EVERY,
        ("account_and_billing", "service_chime", "category_chime", *_TEXT, "number_type",
         "first_number", "requested_date", "requested_time", *_CONTACT),
    ),
    Route(
        "chime_console", "S2, S4", _CHIME, _CASES,
        ("category_other", "subject", "issue", "contact_email"),
    ),
)  # fmt: skip


def _always(_ask: Ask) -> bool:
    return True


def _on_connect(ask: Ask) -> bool:
    return ask.platform in _CONNECT


def _in_us(ask: Ask) -> bool:
    return ask.given.get("country") == "US"


def _abroad(ask: Ask) -> bool:
    return not _in_us(ask)


def _asked_here(ask: Ask) -> bool:
    return not _on_connect(ask) and not ask.given.get(UNASKED)


def _chime_abroad(ask: Ask) -> bool:
    return _abroad(ask) and not _on_connect(ask)


def _with_btn(ask: Ask) -> bool:
    return _in_us(ask) and ask.number_type != "toll_free"


@dataclass(frozen=True)
class Detail:
    """One line of the description; what is not `needed` is left out where it is not known."""

    name: str
    source: str
    purposes: frozenset[Purpose]
    when: Callable[[Ask], bool] = _always
    needed: bool = True


DETAILS: Final = (
    Detail("account_and_pin", "S2, S3, S4", _OUT, _asked_here),
    Detail("reference", "I", _CASES),
    Detail("numbers", "S1, S2, S3, C", _EVERY),
    Detail("number_type", "S1, S3", _CASES),
    Detail("country", "S3", _CASES, _abroad),
    Detail("usage_volume", "S3", _IN, _chime_abroad),
    Detail("instance_arn", "S1, C", _CASES, _on_connect),
    Detail("region", "S1, C", _CASES, _on_connect),
    Detail("instance_name", "C", _OUT, _on_connect, needed=False),
    Detail("flow_name", "C", _IN, _on_connect),
    Detail("winning_carrier", "C", _OUT),
    Detail("losing_carrier", "S1, S2, S3, S4", _IN),
    Detail("customer_name", "S2, S3, S4", _IN),
    Detail("street_address", "S2, S3, S4", _IN),
    Detail("unit", "S2, S3, S4", _IN, needed=False),
    Detail("city", "S2, S3, S4", _IN),
    Detail("state", "S2, S3, S4", _IN, _in_us),
    Detail("state", "I", _IN, _abroad, needed=False),
    Detail("postal_code", "S2, S3, S4", _IN, _in_us),
    Detail("postal_code", "I", _IN, _abroad, needed=False),
    Detail("address_country", "I", _IN, needed=False),
    Detail("btn", "S2, S3, S4", _IN, _with_btn),
    Detail("btn", "I", _IN, _abroad, needed=False),
    Detail("btn_option", "S2, S3", _IN, needed=False),
    Detail("new_btn", "S2, S3", _IN, needed=False),
    Detail("account_number", "S2, S3, S4", _IN, needed=False),
    Detail("service_pin", "S2, S3, S4", _IN, needed=False),
    Detail("authorized_person", "S1, S2, S3, S4", _IN),
    Detail("authorized_title", "S1", _IN),
    Detail("contact_phone", "S1", _IN, needed=False),
    Detail("contact_email", "S2, S3, S4", _CASES),
    Detail("requested_date", "S2, S3, C", _CASES),
    Detail("requested_time", "S2, S3, C", _CASES),
    Detail("letter", "S1, S2, S3", _IN),
    Detail("pin", "S3", _PIN),
)
