"""What a form holds, and what follows from it for the questions that are still to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from bot.desk.carriers.statistics import CarrierRecord
from bot.desk.core.form_fields import FOUND, RECORD, listed_numbers
from bot.desk.drafts.draft_facts import DraftFacts
from bot.desk.validation.validator import as_intake
from bot.domain.countries.address_requirements import needs_postal_code, needs_state
from bot.domain.intake.intake import BtnOption
from bot.domain.intake.platforms import is_connect
from bot.domain.numbers.number_list import NumberList, read_numbers
from bot.domain.numbers.phone_number import TelephoneNumber, known_country
from bot.domain.rulebook.case_split import with_btn
from bot.domain.rulebook.checks.btn import btn_is_ported
from bot.domain.rulebook.context import CheckContext, PortInFacts

HOME: Final = "US"
# Reading numbers needs no day.
_SOME_DAY: Final = CheckContext(today=date.min)


@dataclass(frozen=True)
class FormState:
    """A draft as its form shows it: fields without secrets, and the names of secrets on file.

    `experience` is what the desk knows of the carrier, once one is chosen; `inputs` are the action
    ids of file inputs that the open page must not show again as they are. A change names the case
    that it `amends`, and the secrets `of_case` that the case has.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    on_file: frozenset[str] = frozenset()
    draft_id: int | None = None
    amends: str = ""
    experience: CarrierRecord | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    of_case: frozenset[str] = frozenset()

    def text(self, name: str) -> str:
        """Return a field as text, "" where nothing was given."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    @property
    def country(self) -> str:
        """The country of the numbers, two letters."""
        return self.text("country") or HOME

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries of the numbers where they are several, else the one that was chosen."""
        found = frozenset(number.country for number in self._numbers)
        return found if len(found) > 1 else frozenset({self.country})

    @property
    def many_countries(self) -> bool:
        """Whether the person must say if each country becomes a case of its own (S1)."""
        return len(self.countries) > 1

    @property
    def abroad(self) -> bool:
        """Whether some of the numbers are from outside the US."""
        return self.countries != {HOME}

    @property
    def domestic(self) -> bool:
        """Whether some of the numbers are from the US."""
        return HOME in self.countries

    @property
    def connect(self) -> bool:
        """Whether the numbers go to Amazon Connect."""
        return is_connect(self.text("platform"))

    @property
    def dated(self) -> bool:
        """Whether the first request must have a date: not for Connect or abroad (S1, S3)."""
        return self.domestic and not self.connect

    @property
    def has_states(self) -> bool:
        """Whether an address of the country needs a state."""
        return needs_state(self.country)

    @property
    def has_postal_codes(self) -> bool:
        """Whether an address of the country needs a postal code."""
        return needs_postal_code(self.country)

    @cached_property
    def _numbers(self) -> tuple[TelephoneNumber, ...]:
        """The numbers; those of a file are read apart, so that typing beside them stays quick."""
        home = known_country(self.country) or HOME
        lists = [self.text("numbers"), *listed_numbers(self.fields).values()]
        found = (number for texts in lists for number in read_numbers(texts, home).numbers)
        return tuple({number.e164: number for number in found}.values())

    @cached_property
    def _facts(self) -> PortInFacts:
        rest = {name: self.fields.get(name) for name in ("country", "number_type", "btn")}
        home = known_country(self.country) or HOME
        whole = PortInFacts(as_intake(rest), _SOME_DAY, NumberList(self._numbers), home, ())
        return with_btn(whole)

    @property
    def count(self) -> int:
        """How many numbers could be read."""
        return len(self._numbers)

    @property
    def found_account(self) -> bool:
        """Whether a bill showed an account number that nobody has taken yet."""
        return FOUND in self.on_file

    @property
    def has_record(self) -> bool:
        """Whether there is a record or bill to compare the request with."""
        papers = any(self.fields.get(name) for name in ("bill", "csr_copy"))
        return papers or any(name.startswith(RECORD) for name in self._answered)

    @property
    def _answered(self) -> list[str]:
        return [name for name, value in self.fields.items() if value] + list(self.on_file)

    @property
    def read_from(self) -> Mapping[str, Any]:
        """What was read of a bill: its `name`, and the `fields` that it suggested."""
        return self.fields.get("bill_read") or {}

    @property
    def has_btn(self) -> bool:
        """Whether the numbers hang on a BTN: toll-free ones do not (B 7385)."""
        return not self._facts.only_toll_free

    @property
    def ports_btn(self) -> bool:
        """Whether the BTN is among the numbers, so that an option must be chosen (S2)."""
        facts = self._facts
        return self.has_btn and btn_is_ported(facts.intake.btn, facts.country, facts.e164s)

    @property
    def replaces_btn(self) -> bool:
        """Whether another number becomes the BTN."""
        return self.ports_btn and self.text("btn_option") == BtnOption.REPLACE

    @property
    def needs_instance(self) -> bool:
        """Whether the support plan's form cannot do without the instance (S1)."""
        return self.text("support_plan") != "basic"


def form_state_of(draft: DraftFacts) -> FormState:
    """Return the sheet of a draft."""
    return FormState(draft.shown, draft.on_file, draft.id, draft.amends, of_case=draft.of_case)
