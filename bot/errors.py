"""The one family of errors: what the machinery says to its operator, what the desk says to people.

A `Refusal` travels as a code with facts, and becomes a sentence where a person reads it
(`bot/wording/refusals.py`); so the desk knows no language, and a log holds nothing of a person's.
"""

from typing import ClassVar


class PortingError(Exception):
    """What cannot be done; of settings, databases and keys the text is a sentence for the operator.

    Whoever shows one to a person words it by `word_error`, since it may be a `Refusal`.
    """


class Refusal(PortingError):
    """A request that the desk refuses: `code` is the row of `templates/<table>.toml` that says why.

    `facts` are what the sentence needs: names, numbers, codes, findings; a secret is none of them.
    `field` is the intake field (and Slack block_id) under which the sentence belongs, if any. The
    text of the error is its code.
    """

    table: ClassVar[str] = "answers"

    def __init__(self, code: str, field: str | None = None, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class PortOutRefusal(Refusal):
    """A refusal of a port-out, in sentences of its own."""

    table = "port_out/answers"
