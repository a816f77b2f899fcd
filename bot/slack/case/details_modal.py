"""Everything of a case in one modal: fields, numbers, files, history, secrets for one person."""

from collections.abc import Sequence

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import ActionsBlock, Block, DividerBlock, MarkdownTextObject

from bot.desk.core.references import reference
from bot.desk.desk import Desk
from bot.domain.cases.case import CaseFacts, DocumentFacts, Event
from bot.domain.cases.workflow import Role
from bot.domain.intake.fields import names
from bot.slack.blocks.case_card import card_button
from bot.slack.blocks.dates import for_reader
from bot.slack.blocks.fitting import ButtonElement, SectionBlock, View
from bot.slack.blocks.messages import note
from bot.slack.blocks.notice import notice_view
from bot.slack.bolt.payload import Payload, Target, button_target, row, user_id, view_target
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Window
from bot.wording.templates import Mrkdwn, Templates

HISTORY_SHOWN = 15
DOCUMENTS_SHOWN = 15
NUMBERS_SHOWN = 100
REVEALED = ("account_number", "service_pin")
_SHOWN = names(lambda field: field.detail)


def details_view(
    words: Templates,
    case: CaseFacts,
    role: Role,
    history: Sequence[Event],
    linked: Sequence[str] = (),
) -> View:
    """Return the modal that tells all of a case and names the cases that were filed with it.

    Secrets only say that they are on file.
    """
    shown = "\n".join(case.numbers[:NUMBERS_SHOWN])
    numbers = words.mrkdwn_sentence(
        "forms", "details_numbers", count=len(case.numbers), numbers=shown
    )
    blocks: list[Block] = [_text(numbers), _text(_fields(words, case))]
    if linked:
        blocks.append(_text(words.sentence("forms", "details_linked", cases=", ".join(linked))))
    blocks.extend(_secret(words, case, name, role) for name in sorted(_given(case)))
    if case.unreadable:
        blocks.append(_text(words.mrkdwn_sentence("forms", "details_unreadable")))
    if case.is_open and not case.is_port_out and (role is Role.AGENT or case.link_expires_on):
        blocks += _link(words, case, role)
    if case.documents:
        blocks += [DividerBlock(), _text(words.sentence("forms", "details_documents"))]
        blocks += [_document(words, case, d, role) for d in case.documents[-DOCUMENTS_SHOWN:]]
    blocks += [DividerBlock(), _text(words.sentence("forms", "details_history"))]
    blocks += [_event(words, case, event) for event in reversed(history[-HISTORY_SHOWN:])]
    return View(
        type="modal",
        callback_id=Window.DETAILS,
        private_metadata=Target(case.id, case.version).packed(),
        title=words.sentence("forms", "details_title", reference=case.reference),
        close=words.sentence("forms", "close"),
        blocks=blocks,
    )


def _text(text: str) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=text))


def _fields(words: Templates, case: CaseFacts) -> str:
    chosen = words.table("intake/choices")
    called = words.table("intake/labels") | words.table("intake/short_labels")
    given = {name: case.fields.get(name) for name in _SHOWN}
    return "\n".join(
        words.mrkdwn_sentence(
            "forms", "details_field", label=called[name], value=chosen.get(f"{name}.{value}", value)
        )
        for name, value in given.items()
        if value
    )


def _given(case: CaseFacts) -> frozenset[str]:
    return case.secrets_given & frozenset(REVEALED)


def _secret(words: Templates, case: CaseFacts, name: str, role: Role) -> SectionBlock:
    label = words.sentence("forms", name)
    block = _text(words.mrkdwn_sentence("forms", "details_secret", label=label))
    if role is Role.AGENT:
        block.accessory = ButtonElement(
            text=words.sentence("forms", "reveal"),
            action_id=Action.REVEAL,
            value=Target(case.id, case.version, name).packed(),
        )
    return block


def _link(words: Templates, case: CaseFacts, role: Role) -> list[Block]:
    """Count down the days of the upload link (S3), with the ways to see or record one."""
    names = [Action.SHOW_LINK] if case.link_expires_on else []
    names += [Action.LINK] if role is Role.AGENT else []
    buttons = ActionsBlock(elements=[card_button(words, case, name) for name in names])
    days = case.link_days_left
    if days is None:
        return [buttons]
    key = "link_days" if days >= 0 else "link_none"
    return [_text(words.mrkdwn_sentence("forms", key, days=days)), buttons]


def _document(
    words: Templates, case: CaseFacts, document: DocumentFacts, role: Role
) -> SectionBlock:
    block = _text(
        words.mrkdwn_sentence(
            "forms",
            "details_document",
            kind=words.sentence("documents", document.kind),
            name=document.name,
            fetched=document.fetched,
        )
    )
    if role is Role.AGENT and document.fetched:
        block.accessory = ButtonElement(
            text=words.sentence("forms", "handover"),
            action_id=Action.HANDOVER,
            value=Target(case.id, case.version, str(document.id)).packed(),
        )
    return block


def _event(words: Templates, case: CaseFacts, event: Event) -> SectionBlock:
    said = Mrkdwn(note(words, case, event)[0])
    when = for_reader(event.at)
    return _text(words.mrkdwn_sentence("forms", "details_event", when=when, text=said))


def show_details(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show a case to its requester or to an agent."""
    case, role = desk.queries.case_for(user_id(body), button_target(body).case_id)
    history, linked = desk.queries.history(case.id), desk.queries.linked(case.id)
    view = details_view(desk.words, case, role, history, linked)
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def reveal(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show one secret to one agent, on top of the details."""
    target = button_target(body)
    value = desk.queries.reveal(user_id(body), target.case_id, target.extra)
    client.views_push(trigger_id=body["trigger_id"], view=secret_view(desk.words, target, value))
    ack()


def secret_view(words: Templates, target: Target, value: str) -> View:
    """Return the window that shows one secret to one agent."""
    intro = words.mrkdwn_sentence(
        "forms",
        "secret_intro",
        label=words.sentence("forms", target.extra),
        reference=reference(target.case_id),
        value=value,
    )
    return View(
        type="modal",
        callback_id=Window.SECRET,
        title=words.sentence("forms", "secret_title"),
        close=words.sentence("forms", "close"),
        blocks=[_text(intro)],
    )


def handover(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Send an agent a copy of a file; the modal says that it is on its way."""
    target = button_target(body)
    case_id = view_target(body["view"]).case_id
    desk.documents.hand_over(user_id(body), case_id, row(target.extra))
    client.views_push(
        trigger_id=body["trigger_id"],
        view=notice_view(desk.words, desk.words.sentence("forms", "handed_over")),
    )
    ack()


ROUTES = [
    Route("action", Action.DETAILS, show_details),
    Route("action", Action.REVEAL, reveal),
    Route("action", Action.HANDOVER, handover),
]
