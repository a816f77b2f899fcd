"""What the pages of /port-out show beside their questions."""

from bot.slack.modals.filled_form import FormState
from bot.slack.modals.question import Field
from bot.wording.templates import Templates


def hint(words: Templates, state: FormState, field: Field) -> str | None:
    """Return that the case has a secret already."""
    return words.table("pages")["on_file"] if field.name in state.of_case else None
