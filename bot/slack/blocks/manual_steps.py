"""The text of a support request: the form of each route, and a description to be copied."""

from collections.abc import Iterable
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.gateway.support_request import Line, description_of, form_of, routes_for
from bot.domain.gateway.support_rows import Ask
from bot.slack.blocks.code_blocks import section, to_copy
from bot.slack.blocks.fitting import shortened
from bot.wording.templates import Templates

WORDS = "support"
# More than any answer that the rule book lets pass.
LONGEST = 500


def request_blocks(words: Templates, ask: Ask) -> list[Block]:
    """Return the text of a request: the form of each route, and the description of all."""
    first, *others = (_route_blocks(words, ask, place) for place in range(len(routes_for(ask))))
    please = words.mrkdwn_sentence(WORDS, f"please_{ask.purpose}", **_facts(words, ask))
    description = "\n".join([please, *_lines(words, ask, description_of(ask))])
    blocks = [*first, section(words.sentence(WORDS, "description_title")), *to_copy(description)]
    for other in others:
        blocks += other
    return [*blocks, *_list_blocks(words, ask)]


def _route_blocks(words: Templates, ask: Ask, place: int) -> list[Block]:
    route = routes_for(ask)[place]
    name = words.sentence(WORDS, f"route_{route.name}")
    title = words.sentence(WORDS, "other" if place else "first", route=name)
    return [section(title), *to_copy("\n".join(_lines(words, ask, form_of(ask, route))))]


def _list_blocks(words: Templates, ask: Ask) -> list[Block]:
    if not ask.attached:
        return []
    title = section(words.sentence(WORDS, "list_title"))
    return [title, *to_copy("\n".join(ask.listed))]


def _lines(words: Templates, ask: Ask, lines: Iterable[Line]) -> list[str]:
    called = words.table("intake/choices") | words.table(WORDS)
    later = words.sentence(WORDS, "later")
    return [
        words.mrkdwn_sentence(
            WORDS,
            line.name,
            value=called.get(f"{line.name}.{line.value}", _whole(line)) or later,
            given=bool(line.value),
            **_facts(words, ask),
        )
        for line in lines
    ]


def _whole(line: Line) -> str:
    """Return what a line tells: all numbers, and of other answers as much as one can be long."""
    whole = line.name == "numbers" or len(line.value) <= LONGEST
    return line.value if whole else shortened(line.value, LONGEST)


def _facts(words: Templates, ask: Ask) -> dict[str, Any]:
    return {
        "purpose": ask.purpose.value,
        "subject": words.sentence(WORDS, f"subject_{ask.purpose}"),
        "platform": words.sentence("platforms", ask.platform),
        "count": len(ask.numbers),
        "first": ask.numbers[0],
        "near": ask.near,
        "attached": ask.attached,
    }
