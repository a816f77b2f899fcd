"""`/port`: help, the status of a case or number, the list of open cases. Only the asker sees it."""

from collections.abc import Callable

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block, MarkdownTextObject

from bot.desk.desk import Desk
from bot.domain.cases.case import CaseFacts
from bot.slack.blocks.case_card import expectation, masked_numbers, status_label, waiting
from bot.slack.blocks.dates import both
from bot.slack.blocks.fitting import LONGEST_SAID, SectionBlock, shortened_mrkdwn
from bot.slack.bolt.payload import Payload, command_text
from bot.slack.bolt.route import Route
from bot.slack.ids import Command
from bot.slack.port_out.pin_protection_modal import open_protection
from bot.slack.port_out.request_listeners import open_request

Answer = Callable[[Desk, str, str], list[str]]


def _help(desk: Desk, _who: str, _asked: str) -> list[str]:
    return [desk.words.mrkdwn("slack/help.j2")]


def _status(desk: Desk, who: str, asked: str) -> list[str]:
    found = desk.queries.find(who, asked)
    if not found:
        return [desk.words.mrkdwn_sentence("slack/answers", "nothing_found", asked=asked[:200])]
    return [f"{_line(desk, case)}\n{expectation(desk.words, case)}" for case in found]


def _list(desk: Desk, who: str, _asked: str) -> list[str]:
    cases = desk.queries.open_cases(who)
    if not cases:
        return [desk.words.sentence("slack/answers", "no_open_cases")]
    return [_line(desk, case) for case in cases]


def _numbers(desk: Desk, who: str, _asked: str) -> list[str]:
    """List the inventory, as much of it as fits."""
    listed = desk.inventory.held_for(who)
    if not listed.shown:
        return [desk.words.sentence("slack/answers", "no_numbers")]
    say = desk.words.mrkdwn_sentence
    rows = [
        say("labels", "held", e164=row.e164, reference=row.reference, protected=row.protected)
        for row in listed.shown
    ]
    return ["\n".join([*rows, *([say("labels", "held_more")] if listed.more else [])])]


def _line(desk: Desk, case: CaseFacts) -> str:
    return desk.words.mrkdwn_sentence(
        "labels",
        "line",
        reference=case.reference,
        status=status_label(desk.words, case.status),
        waiting=waiting(desk.words, case),
        numbers=masked_numbers(case),
        when=both(case.foc_at, case.zone) if case.foc_at else "",
    )


_ANSWERS: dict[str, Answer] = {
    "help": _help,
    "status": _status,
    "list": _list,
    "numbers": _numbers,
}


def _protect(desk: Desk, client: WebClient, command: Payload, numbers: str) -> None:
    open_protection(desk, client, command["trigger_id"], numbers)


def _request(desk: Desk, client: WebClient, command: Payload, _rest: str) -> None:
    open_request(desk, client, command)


_WINDOWS: dict[str, Callable[[Desk, WebClient, Payload, str], None]] = {
    "protect": _protect,
    "request": _request,
}


def answer_port(desk: Desk, ack: Ack, command: Payload, client: WebClient) -> None:
    """Answer `/port …`; what is not understood gets the help."""
    text = command_text(command)
    word, _, rest = text.partition(" ")
    if opens := _WINDOWS.get(word.casefold()):
        opens(desk, client, command, rest.strip())
        ack()
        return
    answer = _ANSWERS.get(word.casefold() or "help")
    who = command["user_id"]
    lines = answer(desk, who, rest.strip()) if answer else _perhaps_a_case(desk, who, text)
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=line)) for line in lines]
    ack(
        text=shortened_mrkdwn("\n".join(lines), LONGEST_SAID),
        blocks=blocks,
        response_type="ephemeral",
    )


def _perhaps_a_case(desk: Desk, who: str, asked: str) -> list[str]:
    """A case or a number alone asks for its status; anything else is not understood."""
    return _status(desk, who, asked) if desk.queries.find(who, asked) else _unknown(desk, asked)


def _unknown(desk: Desk, asked: str) -> list[str]:
    said = desk.words.mrkdwn_sentence("slack/answers", "unknown_command", asked=asked[:200])
    return [said, *_help(desk, "", "")]


ROUTES = [Route("command", Command.PORT, answer_port)]
