"""What a check knows besides the intake: the day, the desk's other work, its settings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Generic, Literal, TypeVar

from bot.domain.findings.finding import Finding
from bot.domain.intake.intake import Intake, PortIn
from bot.domain.numbers.number_list import NumberList, TelephoneNumber, read_numbers
from bot.domain.numbers.phone_number import examine
from bot.domain.text.csv_tables import rows
from bot.domain.text.matching import plain_name


@dataclass(frozen=True)
class CarrierPolicy:
    """What one losing carrier accepts: by default a signature in ink (S1)."""

    signature: Literal["ink", "electronic"] = "ink"
    closed_days: Mapping[date, str] = field(default_factory=dict, hash=False)


def listed_policy(listed: Iterable[Mapping[str, str]], name: str) -> CarrierPolicy:
    """Return the policy of the row for a carrier, by its plain name; ink where there is none."""
    for row in listed:
        if plain_name(row["carrier"]) == name and row["signature"].strip() == "electronic":
            return CarrierPolicy("electronic")
    return CarrierPolicy()


def _all_printable(_text: str) -> str:
    return ""


@dataclass(frozen=True)
class CheckContext:
    """The day of the check and what the desk knows; the defaults know nothing of other cases.

    `taken` and `inventory` map E.164 numbers to a case reference ("" where there is none), `drafts`
    to whose draft it is; `inventory` is None where the desk does not know it;
    `platforms` are those that its numbers came in for. `carrier_policies`
    are by the carrier's name in lower case, `closed_days` hold for every carrier. Notice is in
    calendar days (B, W). `unprintable` returns the characters that the letter cannot print.
    """

    today: date
    now: datetime | None = None
    taken: Mapping[str, str] = field(default_factory=dict, hash=False)
    drafts: Mapping[str, str] = field(default_factory=dict, hash=False)
    inventory: Mapping[str, str] | None = field(default=None, hash=False)
    inventory_room: int | None = None
    platforms: Mapping[str, str] = field(default_factory=dict, hash=False)
    carrier_policies: Mapping[str, CarrierPolicy] = field(default_factory=dict, hash=False)
    closed_days: Mapping[date, str] = field(default_factory=dict, hash=False)
    least_notice_days: int = 2
    max_days_ahead: int = 30
    loa_days: int = 15
    unprintable: Callable[[str], str] = _all_printable

    def policy_of(self, carrier: str) -> CarrierPolicy:
        """Return the policy of a carrier: what was passed in, else data/carrier_policies.csv.

        A carrier that neither names wants ink.
        """
        name = plain_name(carrier)
        return self.carrier_policies.get(name) or listed_policy(rows("carrier_policies"), name)


@dataclass(frozen=True)
class CaseGroup:
    """Numbers that travel in one case: one losing carrier, one country, one type (S1)."""

    losing_carrier: str
    country: str
    number_type: str
    numbers: tuple[TelephoneNumber, ...]


AnIntake = TypeVar("AnIntake", bound=Intake)


@dataclass(frozen=True)
class Facts(Generic[AnIntake]):
    """An intake with its numbers read, ready for the rules.

    `elsewhere` are numbers (E.164) that the same request moves in linked cases of other countries.
    """

    intake: AnIntake
    around: CheckContext
    listed: NumberList
    country: str
    groups: tuple[CaseGroup, ...]
    elsewhere: frozenset[str] = frozenset()

    @property
    def numbers(self) -> tuple[TelephoneNumber, ...]:
        """The numbers that could be read, each once."""
        return self.listed.numbers

    @cached_property
    def e164s(self) -> frozenset[str]:
        """The same as E.164 texts."""
        return frozenset(number.e164 for number in self.listed.numbers)

    @cached_property
    def recorded(self) -> NumberList:
        """The numbers that the carrier's record shows, none where there is no record."""
        record = getattr(self.intake, "csr", None)
        return read_numbers((record and record.numbers) or "", self.country)

    @cached_property
    def btn(self) -> TelephoneNumber | Finding:
        """The Billing Telephone Number, or the rule that refuses it."""
        return examine(getattr(self.intake, "btn", ""), self.country)

    @property
    def only_toll_free(self) -> bool:
        """Whether every number is toll-free; what was chosen counts where none could be read."""
        if not self.numbers:
            return getattr(self.intake, "number_type", "") == "toll_free"
        return all(number.number_type == "toll_free" for number in self.numbers)


PortInFacts = Facts[PortIn]
