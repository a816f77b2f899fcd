"""What the desk refuses, as the person reads it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest

from bot.errors import PortingError
from bot.wording.refusals import word_error
from bot.wording.templates import Templates

WORDS = Templates()
E = TypeVar("E", bound=PortingError)


def sentence_of(error: PortingError) -> str:
    """Return the sentence that the doors make of an error."""
    return word_error(WORDS, error)


@contextmanager
def told_no(kind: type[E], match: str) -> Iterator[pytest.ExceptionInfo[E]]:
    """Expect an error of this kind, in a sentence that matches."""
    with pytest.raises(kind) as told:
        yield told
    sentence = sentence_of(told.value)
    assert re.search(match, sentence), sentence
