"""The lists that a person chooses from."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.desk.core.form_fields import USE
from bot.domain.intake.intake import BtnOption, Platform
from bot.domain.rulebook.checks.letter import Signature
from bot.domain.rulebook.checks.numbers import SPLIT
from bot.domain.text.csv_tables import rows
from bot.slack.blocks.fitting import LONGEST_OPTION, Option
from bot.slack.modals.cached_options import listed
from bot.slack.modals.filled_form import HOME
from bot.slack.modals.question import TICKED
from bot.slack.modals.time_zones import zone_options
from bot.wording.templates import Templates

USUAL_ZONE: Final = "America/New_York"
_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "number_type": ("local", "toll_free"),
    "split": (SPLIT, "no"),
    "btn_option": tuple(BtnOption),
    "signature": tuple(Signature),
    "account_found": (USE, "leave"),
    "declared": (TICKED,),
    "support_plan": ("premium", "basic"),
    "severity": ("low", "normal", "high", "urgent", "critical"),
    "contact_method": ("web", "phone"),
}


def choices(words: Templates, name: str, current: str) -> list[Option]:
    """Return the options of a question; what was chosen before is always among them."""
    if name == "time_zone":
        return zone_options(current or USUAL_ZONE)
    found = _TABLES[name](words) if name in _TABLES else _worded(words, name)
    if current and current not in {option.value for option in found}:
        found.append(listed(current, current))
    return found


def _worded(words: Templates, name: str) -> list[Option]:
    texts, explained = words.table("intake/choices"), words.table("intake/explanations")
    keys = {value: f"{name}.{value}" for value in map(str, _VALUES[name])}
    return [
        Option(value=value, text=texts[key], description=explained.get(key))
        for value, key in keys.items()
    ]


def _countries(_: Templates) -> list[Option]:
    named = sorted(
        (row["iso2"] != HOME, row["country"], row["iso2"]) for row in rows("portability")
    )
    return [listed(code, name) for _, name, code in named]


def _platforms(words: Templates) -> list[Option]:
    texts, explained = words.table("platforms"), words.table("intake/explanations")
    return [
        Option(value=name, text=texts[name], description=explained.get(f"platform.{name}"))
        for name in map(str, Platform)
    ]


_TABLES: Final = {"country": _countries, "platform": _platforms}


def carrier_options(words: Templates, typed: str, known: Iterable[str]) -> list[Option]:
    """Return the carriers that fit, and what is typed itself, so that a new name works too."""
    names = [name for name in known if len(name) <= LONGEST_OPTION]
    whole = " ".join(typed.split())
    own = whole[:LONGEST_OPTION]
    found = [Option(value=name, text=name) for name in names]
    if own and own.casefold() not in {name.casefold() for name in names}:
        told = words.table("intake/sentences")["use_typed" if own == whole else "use_beginning"]
        found.append(Option(value=own, text=own, description=told))
    return found
