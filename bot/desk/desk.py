"""The desk: all use cases, one public method for one transaction."""

from datetime import timedelta

from bot.desk.carriers.directory import Carriers
from bot.desk.carriers.statistics import CarrierStatistics
from bot.desk.cases.amendments import Amendment, CaseAmendments, PortInAmendments
from bot.desk.cases.checklists import Checklists
from bot.desk.cases.corrections import Corrections
from bot.desk.cases.filing import Filing
from bot.desk.cases.queries import CaseQueries
from bot.desk.cases.transition_requirements import TransitionRequirements
from bot.desk.cases.transitions import Transitions
from bot.desk.cases.upload_links import UploadLinks
from bot.desk.core.context import DeskContext
from bot.desk.drafts.drafts import Drafts
from bot.desk.key_rotation import KeyRotation
from bot.desk.letters.letters import Letters
from bot.desk.notifications.claims import LEASE, SLOW_RETRY, Claims
from bot.desk.notifications.monitoring import Monitoring
from bot.desk.notifications.reminders import Reminders
from bot.desk.notifications.update_pace import UPDATES_PER_MINUTE
from bot.desk.numbers.inventory import Inventory
from bot.desk.port_out import PortOutDesk
from bot.desk.validation.revalidation import Revalidator
from bot.desk.validation.validator import Validator
from bot.store.models.cases import Kind


class Desk:
    """What the doors (Slack, the clock, the command line) may ask for."""

    def __init__(
        self,
        room: DeskContext,
        owner: str,
        slow_retry: float = SLOW_RETRY,
        lease: timedelta = LEASE,
        updates_per_minute: float | None = UPDATES_PER_MINUTE,
    ) -> None:
        self.room = room
        self.words = room.words
        self.scrutiny = Validator(room)
        self.drafts = Drafts(room)
        self.filing = Filing(room, self.drafts, self.scrutiny)
        self.port_out = PortOutDesk(room, self.drafts, self.scrutiny)
        port_in = PortInAmendments(room, self.scrutiny)
        kinds: dict[Kind, Amendment] = {
            Kind.PORT_IN: port_in,
            Kind.PORT_OUT: self.port_out.changes,
        }
        self.changes = CaseAmendments(room, self.drafts, kinds)
        self.carriers = Carriers(room)
        self.experience = CarrierStatistics(room)
        second_look = Revalidator(room, self.scrutiny)
        self.progress = Transitions(room, TransitionRequirements(room, second_look), second_look)
        self.corrections = Corrections(room, port_in)
        self.links = UploadLinks(room)
        self.inventory = Inventory(room)
        self.papers = Letters(room, second_look)
        self.day = Checklists(room)
        self.lookups = CaseQueries(room)
        self.standings = Monitoring(room)
        self.clockwork = Reminders(room)
        self.keys = KeyRotation(room)
        self.ledger = Claims(room, owner, slow_retry, lease, updates_per_minute)
