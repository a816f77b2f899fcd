"""What a field is called where people read about it."""

from bot.wording.templates import Templates


def field_name(words: Templates, name: str) -> str:
    """Return what a field is called in the middle of a sentence.

    Most are called by their names, spelt out; so is one of which only an old history speaks.
    """
    return words.table("fields").get(name) or name.replace("_", " ")
