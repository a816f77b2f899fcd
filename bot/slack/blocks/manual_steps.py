"""What a person does for the platform by hand: a text to be sent, or steps in a console."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.domain.gateway.aws_forms import Ask
from bot.domain.gateway.console_steps import ConsoleSteps
from bot.domain.gateway.outcomes import Steps
from bot.domain.gateway.requests import CarrierAnswer, NumberChange, NumberOrder
from bot.domain.gateway.support_request import Line, description_of, form_of, routes_for
from bot.domain.rulebook.case_split import ranges
from bot.slack.blocks.code_blocks import section, to_copy
from bot.slack.blocks.dates import in_zone
from bot.slack.blocks.fitting import shortened
from bot.wording.templates import Mrkdwn, Templates

WORDS = "support"
CONSOLE = "console"
# More than any answer that the rule book lets pass.
LONGEST = 500


def steps_blocks(words: Templates, steps: Steps) -> list[Block]:
    """Return what a person needs to do it; of secrets it says only where to copy them from."""
    match steps:
        case Ask():
            return request_blocks(words, steps)
        case CarrierAnswer():
            return [*to_copy(_reply(words, steps))]
        case ConsoleSteps():
            return _console_blocks(words, steps)


def _reply(words: Templates, answer: CarrierAnswer) -> str:
    at = answer.received_at
    return words.mrkdwn(
        "port_out/to_carrier.j2",
        approved=answer.approved,
        received=in_zone(at, ZoneInfo(answer.time_zone)) if at else "",
        reference=answer.reference,
        numbers=", ".join(answer.numbers),
        reason=words.sentence("port_out/reasons", answer.reason) if answer.reason else "",
    )


def _console_blocks(words: Templates, steps: ConsoleSteps) -> list[Block]:
    facts = _console_facts(words, steps)
    lines = [
        words.mrkdwn_sentence(
            CONSOLE,
            "step",
            place=place,
            told=Mrkdwn(words.mrkdwn_sentence(CONSOLE, name, **facts)),
        )
        for place, name in enumerate(steps.names, 1)
    ]
    listed = to_copy("\n".join(ranges(steps.numbers))) if steps.numbers else []
    return [section("\n".join(lines)), *listed]


def _console_facts(words: Templates, steps: ConsoleSteps) -> dict[str, Any]:
    match steps.request:
        case NumberChange(target=target) as change:
            return {
                "count": len(steps.numbers),
                "target": target.name if target else "",
                "assignee": words.sentence(CONSOLE, f"assignee_{target.kind}") if target else "",
                "product": words.table("platforms").get(change.product or "", ""),
                "calling_name": change.calling_name,
            }
        case NumberOrder() as order:
            return {
                "count": order.count,
                "product": words.sentence("platforms", order.platform),
                "kind": words.sentence("intake/choices", f"number_type.{order.number_type}"),
                "country": order.country,
                "area": order.area,
            }


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
