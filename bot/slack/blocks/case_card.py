"""The cards of a case: the headline in the desk's channel, the requester's own."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, MarkdownTextObject

from bot.domain.cases.case import CaseFacts, mask_number
from bot.domain.cases.rejections import explain
from bot.domain.cases.workflow import Role, Status, WaitsFor, waits_for
from bot.domain.port_out.requests import OwnerSays
from bot.slack.blocks.dates import both, for_reader, mention, on_day
from bot.slack.blocks.fitting import ButtonElement, ContextBlock, HeaderBlock, SectionBlock
from bot.slack.blocks.port_out_card_parts import agent_buttons, port_out_rows, port_out_waits_for
from bot.slack.blocks.port_out_card_parts import requester_buttons as own_buttons
from bot.slack.bolt.payload import Target
from bot.slack.ids import MOVE_TO, OUT_OWNER, Action
from bot.wording.sentences import render, render_mrkdwn
from bot.wording.templates import Templates

NUMBERS_SHOWN = 3
_PRIMARY = frozenset({Status.SUBMITTED, Status.FOC, Status.COMPLETED})
_DANGER = frozenset({Status.CANCEL_REQUESTED, Status.CANCELLED})
_MOVE_STYLES = dict.fromkeys(_PRIMARY, "primary") | dict.fromkeys(_DANGER, "danger")
_AGENTS_STYLES: dict[str, str] = {Action.OUT_ANSWER: "primary"}
_OWN_STYLES: dict[str, str] = {
    Action.OUT_GIVE: "primary",
    f"{OUT_OWNER}{OwnerSays.NOT_ORDERED}": "danger",
}


def status_label(words: Templates, status: Status | None) -> str:
    """Return what a status is called."""
    return words.sentence("statuses", status or "NONE")


def expectation_key(case: CaseFacts) -> str:
    """Say which sentence tells the requester what is expected now."""
    if case.status is None and case.is_port_out:
        return _before_order(case)
    if case.status is None:
        if case.letter is None or (case.letter.stale and not case.letter.signed_on):
            return "missing"
        return "signed" if case.signed_letter else "unsigned"
    if case.status is Status.FOC and case.foc_confirmed:
        return "FOC_CONFIRMED"
    if case.status is Status.CHANGE_REQUESTED and case.letter and not case.letter.signed_on:
        return "CHANGE_UNSIGNED"
    return case.status


def _before_order(case: CaseFacts) -> str:
    """A carrier that asked has the order already; the owner says whether it was meant."""
    if case.is_unasked:
        render = f"asked_{case.owner_says}" if case.owner_says else "asked"
        return render if case.owes_answer else Status.SUBMITTED
    if case.owes_answer:
        return "request_waits"
    return "request_approved" if case.is_let_go else "prepared"


def expectation(words: Templates, case: CaseFacts) -> str:
    """Return the sentence that tells the requester what is expected of them now."""
    return render_mrkdwn(words, case, "expectations", expectation_key(case))


def waiting(words: Templates, case: CaseFacts) -> str:
    """Say who has to act next."""
    who = port_out_waits_for(case) if case.is_port_out else waits_for(case.status)
    if case.status is None and case.signed_letter is None and not case.is_port_out:
        who = WaitsFor.CUSTOMER
    if case.status is Status.FOC and not case.foc_confirmed:
        who = WaitsFor.CUSTOMER
    return words.sentence("waiting", who)


def masked_numbers(case: CaseFacts) -> str:
    """Write the numbers as a channel may show them: how many, and the ends of the first few."""
    shown = ", ".join(mask_number(e164) for e164 in case.numbers[:NUMBERS_SHOWN])
    more = len(case.numbers) - NUMBERS_SHOWN
    return f"{len(case.numbers)} ({shown}{f' and {more} more' if more > 0 else ''})"


def _facts_block(words: Templates, case: CaseFacts) -> SectionBlock:
    zone = case.zone
    rows = {
        "status": status_label(words, case.status),
        "waiting": waiting(words, case),
        "numbers": masked_numbers(case),
        **(port_out_rows if case.is_port_out else _port_in_rows)(words, case),
        "requested": _requested(case),
        "confirmed": both(case.foc_at, zone) if case.foc_at else "–",
    } | _link_row(words, case)
    return SectionBlock(
        fields=[
            MarkdownTextObject(
                text=words.mrkdwn_sentence("labels", "field", label=label, value=value)
            )
            for label, value in (
                (render(words, case, "labels", name), value) for name, value in rows.items()
            )
        ]
    )


def _requested(case: CaseFacts) -> str:
    """Write the day that was asked for, with its hour where one was named."""
    if case.requested_at is None:
        return "–"
    if case.fields.get("requested_time"):
        return both(case.requested_at, case.zone)
    return on_day(case.requested_at.astimezone(case.zone).date())


def _port_in_rows(words: Templates, case: CaseFacts) -> dict[str, str]:
    return {
        "platform": words.sentence("platforms", case.platform),
        "carrier": case.losing_carrier or "–",
        "customer": case.fields.get("customer_name") or "–",
    }


def _link_row(words: Templates, case: CaseFacts) -> dict[str, str]:
    """Say until when the upload link works (S3); the link itself is never on a card."""
    if case.link_days_left is None or case.is_port_out or not case.is_open:
        return {}
    key = "link_left" if case.link_days_left >= 0 else "link_gone"
    return {"link": words.sentence("labels", key, when=case.link_expires_on)}


def letter_line(words: Templates, case: CaseFacts) -> str:
    """Say how the letter stands, and whether the secrets of the case can be read at all."""
    unreadable = f" {words.sentence('labels', 'unreadable')}" if case.unreadable else ""
    return _letter_stands(words, case) + unreadable


def _letter_stands(words: Templates, case: CaseFacts) -> str:
    """Say which version of the letter counts, and whether it is signed."""
    if case.letter is None:
        return render(words, case, "labels", "letter_none")
    stale, signed = case.letter.stale, case.letter.signed_on
    key = "letter_stale" if stale else "letter_signed" if signed else "letter_unsigned"
    signed_on = on_day(signed) if signed else ""
    return words.sentence("labels", key, version=case.letter.version, signed_on=signed_on)


def headline(words: Templates, case: CaseFacts) -> tuple[str, list[Block]]:
    """Return text and blocks of the message that stands for a case in the desk's channel."""
    label = status_label(words, case.status)
    text = words.sentence("labels", "headline", reference=case.reference, status=label)
    blocks: list[Block] = [HeaderBlock(text=text), _facts_block(words, case)]
    blocks.append(
        ContextBlock(
            elements=[
                MarkdownTextObject(
                    text=words.mrkdwn_sentence(
                        "labels",
                        "opened_for" if case.is_unasked else "filed_by",
                        who=mention(case.requester),
                        when=for_reader(case.created_at),
                    )
                ),
                MarkdownTextObject(text=letter_line(words, case)),
            ]
        )
    )
    blocks.append(ActionsBlock(elements=_agent_buttons(words, case)))
    return text, blocks


def _agent_buttons(words: Templates, case: CaseFacts) -> Sequence[ButtonElement]:
    """Only what the table of moves allows now; a carrier that waits for an answer comes first."""
    moves = [_move_button(words, case, target) for target in case.moves(Role.AGENT)]
    names = [*agent_buttons(case), *(["support"] if case.may_be_filed else []), "details"]
    others = [card_button(words, case, name, _AGENTS_STYLES.get(name)) for name in names]
    first = 1 if case.owes_answer else 0
    return [*others[:first], *moves, *others[first:]]


def move_label(words: Templates, case: CaseFacts, target: Status) -> str:
    by_carrier = case.status is Status.CANCEL_REQUESTED and target is Status.CANCELLED
    return render(words, case, "moves", "CANCELLED_BY_CARRIER" if by_carrier else target)


def card_button(
    words: Templates, case: CaseFacts, name: str, style: str | None = None, extra: str = ""
) -> ButtonElement:
    return ButtonElement(
        text=words.sentence("buttons", name),
        action_id=name,
        value=Target(case.id, case.version, extra).packed(),
        style=style,
    )


def requester_card(words: Templates, case: CaseFacts) -> tuple[str, list[Block]]:
    """Return text and blocks of the requester's private message about their case."""
    label = status_label(words, case.status)
    text = words.sentence("labels", "headline", reference=case.reference, status=label)
    blocks: list[Block] = [
        HeaderBlock(text=text),
        SectionBlock(text=MarkdownTextObject(text=expectation(words, case))),
        _facts_block(words, case),
        ContextBlock(elements=[MarkdownTextObject(text=letter_line(words, case))]),
    ]
    buttons = requester_buttons(words, case)
    return text, [*blocks, ActionsBlock(elements=buttons)] if buttons else blocks


def requester_buttons(words: Templates, case: CaseFacts) -> list[ButtonElement]:
    """Return what the requester may do now."""
    buttons: list[ButtonElement] = []
    if case.status is Status.FOC and not case.foc_confirmed:
        buttons.append(card_button(words, case, Action.DATE_SUITS, "primary"))
    if case.is_open and case.letter and not case.letter.stale and not case.letter.signed_on:
        buttons.append(card_button(words, case, Action.SEND_LETTER, "primary"))
    if case.is_port_out:
        own = own_buttons(case)
        buttons += [card_button(words, case, name, _OWN_STYLES.get(name)) for name in own]
    if case.status is Status.EXCEPTION and explain(case.reason_code, case.kind).fields:
        buttons.append(card_button(words, case, Action.CORRECT, "primary"))
    if case.is_open and case.link_expires_on:
        buttons.append(card_button(words, case, Action.SHOW_LINK))
    moves = case.moves(Role.REQUESTER)
    changeable = case.status is None or Status.CHANGE_REQUESTED in moves
    if changeable and not case.owes_answer:
        buttons.append(card_button(words, case, Action.CHANGE))
    buttons.extend(_move_button(words, case, target) for target in moves if target in _DANGER)
    return _one_green([*buttons, card_button(words, case, Action.DETAILS)])


def _one_green(buttons: list[ButtonElement]) -> list[ButtonElement]:
    """Leave the first green button green: it is the next step, and there is one next step."""
    for later in [button for button in buttons if button.style == "primary"][1:]:
        later.style = None
    return buttons


def _move_button(words: Templates, case: CaseFacts, target: Status) -> ButtonElement:
    return ButtonElement(
        text=move_label(words, case, target),
        action_id=f"{MOVE_TO}{target}",
        value=Target(case.id, case.version, target).packed(),
        style=None if target in _PRIMARY and case.owes_answer else _MOVE_STYLES.get(target),
    )
