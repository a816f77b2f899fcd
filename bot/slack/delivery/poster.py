"""Posts what the ledger holds. Called by the worker only; listeners never post."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot.desk.core.references import subject_name
from bot.desk.desk import Desk
from bot.desk.letters.letters import File, render_files
from bot.desk.notifications.deliveries import (
    ClaimedDelivery,
    PermanentError,
    Receipt,
)
from bot.domain.cases.case import CaseFacts, Event
from bot.domain.cases.kinds import DeliveryKind
from bot.domain.cases.workflow import Status
from bot.domain.reminders.port_out import IN_THE_CHANNEL
from bot.domain.reminders.schedule import Reminder, still_due
from bot.slack.blocks import case_card, messages
from bot.slack.blocks.checklist_card import checklist_card
from bot.slack.blocks.rejection_blocks import refusal_blocks
from bot.slack.delivery import files
from bot.slack.delivery.letter_delivery import PATIENCE, LetterDelivery
from bot.slack.delivery.message_delivery import MessageDelivery


class Poster:
    """Turns a claimed delivery into calls of Slack's Web API."""

    def __init__(self, desk: Desk, client: WebClient, patience: timedelta = PATIENCE) -> None:
        self._desk = desk
        self._messages = MessageDelivery(desk, client)
        self._handing = LetterDelivery(desk, client, patience)
        self._words = desk.words
        self._client = client
        self._kinds: dict[DeliveryKind, Callable[[ClaimedDelivery, CaseFacts], Receipt]] = {
            DeliveryKind.HEADLINE: self._headline,
            DeliveryKind.CARD: self._card,
            DeliveryKind.NOTE: self._note,
            DeliveryKind.WORD: self._word,
            DeliveryKind.REMINDER: self._reminder,
            DeliveryKind.REFUSED: self._refused,
            DeliveryKind.UNSEEN: self._unseen,
            DeliveryKind.ALERT: self._alert,
            DeliveryKind.CHECKLIST: self._checklist,
            DeliveryKind.CHECKLIST_UPDATE: self._checklist_update,
            DeliveryKind.LETTER: self._letter,
            DeliveryKind.FETCH: self._fetch,
            DeliveryKind.HANDOVER: self._handover,
        }

        self._of_the_desk: dict[DeliveryKind, Callable[[ClaimedDelivery], Receipt]] = {
            DeliveryKind.ALARM: self._alarm,
            DeliveryKind.SHUT: self._shut,
        }

    @property
    def kinds(self) -> frozenset[DeliveryKind]:
        """The kinds of deliveries that there are."""
        return frozenset(self._kinds) | frozenset(self._of_the_desk)

    def post(self, claimed: ClaimedDelivery) -> Receipt:
        """Do what a delivery asks for. Raises `TemporaryError` or `PermanentError`."""
        if claimed.kind in self._of_the_desk:
            return self._of_the_desk[claimed.kind](claimed)
        return self._kinds[claimed.kind](claimed, self._desk.queries.case(claimed.case_id))

    def _headline(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        return self._messages.upsert(
            claimed, DeliveryKind.HEADLINE, case_card.headline(self._words, case)
        )

    def _card(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        return self._messages.upsert(
            claimed, DeliveryKind.CARD, case_card.requester_card(self._words, case)
        )

    def _checklist(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        # A port-out's list comes with its filing; that of a port-in belongs to its day.
        if "reminder" in claimed.facts and self._still_due(claimed, case) is None:
            return self._messages.leave(claimed, DeliveryKind.CHECKLIST)
        message = checklist_card(self._words, case)
        return self._messages.post(claimed, message, place=DeliveryKind.CHECKLIST)

    def _checklist_update(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        places = self._desk.queries.places(case.id)
        if DeliveryKind.CHECKLIST not in places and not claimed.facts.get("wanted"):
            return Receipt()
        return self._messages.upsert(
            claimed, DeliveryKind.CHECKLIST, checklist_card(self._words, case)
        )

    def _note(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        event = self._desk.queries.event(int(claimed.facts["event"]))
        text, blocks = messages.note(self._words, case, event)
        blocks += self._refusal(case, event, button=True)
        return self._messages.post(claimed, (text, blocks), self._thread(claimed, case))

    def _refusal(self, case: CaseFacts, event: Event, button: bool) -> list[Block]:
        if event.target is not Status.EXCEPTION:
            return []
        history = self._desk.queries.history(case.id)
        return refusal_blocks(self._words, case, event, history, button)

    def _word(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        event = self._desk.queries.event(int(claimed.facts["event"]))
        (text, [said, *rest]) = messages.word(self._words, case, event)
        blocks = [said, *self._refusal(case, event, button=False), *rest]
        return self._messages.post(claimed, (text, blocks))

    def _reminder(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        due = self._still_due(claimed, case)
        if due is None:
            return Receipt()
        message = messages.reminder(self._words, case, due)
        urgent = due.kind in IN_THE_CHANNEL
        thread = "" if urgent else self._thread(claimed, case)
        return self._messages.post(claimed, message, thread)

    def _still_due(self, claimed: ClaimedDelivery, case: CaseFacts) -> Reminder | None:
        """Judge a reminder again: while Slack was away, the port or its date may have moved on."""
        return still_due(claimed.key, case, self._desk.context.clock())

    def _alarm(self, claimed: ClaimedDelivery) -> Receipt:
        zone = ZoneInfo(self._desk.context.time_zone)
        message = messages.alarm(self._words, _reference(claimed), zone, claimed.facts)
        return self._messages.post(claimed, message)

    def _refused(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        document = claimed.facts.get("document")
        name = self._desk.documents.find(int(document)).name if document else ""
        return self._messages.post(
            claimed, messages.refused(self._words, case, claimed.facts, name)
        )

    def _shut(self, claimed: ClaimedDelivery) -> Receipt:
        facts = claimed.facts
        # What an older release left here does not name the channel: there was one.
        channel = facts.get("shut") or self._desk.context.channel
        told = messages.shut(self._words, _reference(claimed), channel, facts["why"])
        return self._messages.post(claimed, told)

    def _unseen(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        if DeliveryKind.HEADLINE in self._desk.queries.places(case.id):
            return Receipt()
        channel = self._desk.context.channel
        return self._messages.post(claimed, messages.unseen(self._words, case, channel))

    def _alert(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        """A line of the timeline that must not be overlooked: in the channel, not in a thread."""
        event = self._desk.queries.event(int(claimed.facts["event"]))
        return self._messages.post(claimed, messages.alert(self._words, case, event))

    def _thread(self, claimed: ClaimedDelivery, case: CaseFacts) -> str:
        """Return the thread of a case where it is in this channel: the desk may have moved."""
        place = self._desk.queries.places(case.id).get(DeliveryKind.HEADLINE)
        return place.ts if place and place.channel == claimed.channel else ""

    def _letter(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        letter = self._desk.letters.letter(case.id, int(claimed.facts["version"]))
        comment = self._words.mrkdwn_sentence(
            "words",
            "letter",
            reference=case.reference,
            version=letter.version,
            attached=letter.see_attached,
        )
        return self._give(claimed, comment, lambda: render_files(letter, self._words))

    def _give(
        self, claimed: ClaimedDelivery, comment: str, render: Callable[[], Sequence[File]]
    ) -> Receipt:
        """Upload files and show them to one person; a second try shows them only if need be."""
        channel = self._desk.queries.address(claimed.channel)
        if channel.startswith(("U", "W")):
            # Only a message opens the private channel that files can be shown in.
            greeting = self._words.sentence("words", "greeting")
            channel = self._messages.post(claimed, (greeting, [])).channel
            self._desk.claims.met(claimed.channel, channel)
        return self._handing.give(claimed, channel, comment, render)

    def _fetch(self, claimed: ClaimedDelivery, _case: CaseFacts) -> Receipt:
        wanted = self._desk.documents.find(int(claimed.facts["document"]))
        if wanted.content is None:
            content = files.download(self._client, wanted.slack_file)
            self._desk.documents.keep_content(wanted.id, content)
        return Receipt()

    def _handover(self, claimed: ClaimedDelivery, case: CaseFacts) -> Receipt:
        wanted = self._desk.documents.find(int(claimed.facts["document"]))
        if wanted.unreadable:
            raise PermanentError("no key in PORTDESK_SECRET_KEY opens this file")
        if wanted.content is None:
            raise PermanentError("the desk has no copy of this file")
        content = wanted.content
        comment = self._words.mrkdwn_sentence(
            "words", "handover", reference=case.reference, document=wanted.name
        )
        return self._give(claimed, comment, lambda: [File(wanted.name, content)])


def _reference(claimed: ClaimedDelivery) -> str:
    """Return what a message of the desk's own speaks of; an older release named its case itself."""
    return str(claimed.facts.get("reference") or subject_name(claimed.subject))
