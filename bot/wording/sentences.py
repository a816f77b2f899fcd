"""Which table a sentence stands in: a port-out says some things in its own words."""

from typing import Any

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import Kind
from bot.wording.templates import Templates


def table_for(words: Templates, case: CaseFacts, table: str, key: str) -> str:
    """Return the table of this case's kind, or the common one where it has no such sentence."""
    own = f"{Kind.PORT_OUT}/{table}"
    return own if case.is_port_out and key in words.table(own) else table


def render(words: Templates, case: CaseFacts, table: str, key: str, **facts: Any) -> str:
    """Render a sentence about a case, unescaped."""
    return words.sentence(table_for(words, case, table, key), key, **facts)


def render_mrkdwn(words: Templates, case: CaseFacts, table: str, key: str, **facts: Any) -> str:
    """Render a sentence about a case for Slack's mrkdwn, every value escaped."""
    return words.mrkdwn_sentence(table_for(words, case, table, key), key, **facts)
