"""An error as the sentence that a person reads: the one place where a `Refusal` gets its words."""

from typing import Final

from bot.domain.findings.finding import Finding
from bot.errors import PortingError, Refusal
from bot.wording.field_names import field_name
from bot.wording.templates import Templates

# Facts that are codes themselves, and the tables that have their words.
_CODES: Final = {
    "status": "statuses",
    "target": "statuses",
    "form": "settings",
}
# Facts that are names of fields.
_FIELDS: Final = frozenset({"label", "blank", "printed"})


def word_error(words: Templates, error: PortingError) -> str:
    """Return the sentence of an error, unescaped; what speaks to the operator is one already."""
    if not isinstance(error, Refusal):
        return str(error)
    facts = {name: _word_fact(words, name, fact) for name, fact in error.facts.items()}
    return words.sentence(error.table, error.code, **facts)


def word_finding(words: Templates, finding: Finding) -> str:
    """Return what the rule book says of a field, unescaped."""
    facts = {name: _word_fact(words, name, fact) for name, fact in finding.params.items()}
    return words.sentence("findings", finding.code, **facts)


def _word_fact(words: Templates, name: str, fact: object) -> object:
    """Return a fact as its sentence names it; of several, each."""
    if isinstance(fact, list | tuple):
        return [_word_fact(words, name, part) for part in fact]
    if isinstance(fact, Finding):
        return word_finding(words, fact)
    if name in _FIELDS:
        return field_name(words, str(fact))
    return words.sentence(_CODES[name], str(fact)) if name in _CODES else fact
