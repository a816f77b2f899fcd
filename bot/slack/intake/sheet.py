"""What a form holds, and what follows from it for the questions that are still to be asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from bot.desk.drafts import DraftFacts
from bot.desk.scrutiny import as_intake
from bot.domain.checks.address import STATES_REQUIRED
from bot.domain.checks.btn import btn_is_ported
from bot.domain.facts import PortInFacts, Surroundings
from bot.domain.intake import BtnOption, Platform
from bot.domain.rulebook import facts_of
from bot.domain.tables import by

HOME: Final = "US"
# Reading numbers needs no day.
_SOME_DAY: Final = Surroundings(today=date.min)


@dataclass(frozen=True)
class Sheet:
    """A draft as its form shows it: fields without secrets, and the names of secrets on file."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    on_file: frozenset[str] = frozenset()
    draft_id: int | None = None
    amends: str = ""

    def text(self, name: str) -> str:
        """Return a field as text, "" where nothing was given."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    @property
    def country(self) -> str:
        """The country of the numbers, two letters."""
        return self.text("country") or HOME

    @property
    def abroad(self) -> bool:
        """Whether the numbers are from outside the US."""
        return self.country != HOME

    @property
    def connect(self) -> bool:
        """Whether the numbers go to Amazon Connect."""
        return self.text("platform") == Platform.CONNECT

    @property
    def dated(self) -> bool:
        """Whether the first request must have a date: not for Connect or abroad (S1, S3)."""
        return not self.abroad and not self.connect

    @property
    def has_states(self) -> bool:
        """Whether an address of the country needs a state."""
        return self.country in STATES_REQUIRED

    @property
    def has_postal_codes(self) -> bool:
        """Whether an address of the country needs a postal code."""
        row = by("postal_codes", "iso2").get(self.country)
        return row is not None and row["required"] == "yes"

    @cached_property
    def _facts(self) -> PortInFacts:
        return facts_of(as_intake(self.fields), _SOME_DAY)

    @property
    def count(self) -> int:
        """How many numbers could be read."""
        return len(self._facts.numbers)

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


def sheet_of(draft: DraftFacts, held: Collection[str] = ()) -> Sheet:
    """Return the sheet of a draft; files in the fields `held` are shown by the open view itself."""
    shown = {name: value for name, value in draft.shown.items() if name not in held}
    return Sheet(shown, draft.on_file, draft.id, draft.amends)
