"""The desk: all use cases, one public method for one transaction."""

from datetime import timedelta

from bot.desk.carriers.directory import Carriers
from bot.desk.carriers.statistics import Experiences
from bot.desk.cases.amendments import Changes, Changing, PortInChanges
from bot.desk.cases.checklists import PortingDay
from bot.desk.cases.corrections import Corrections
from bot.desk.cases.filing import Filing
from bot.desk.cases.queries import Lookups
from bot.desk.cases.transition_requirements import Requirements
from bot.desk.cases.transitions import Progress
from bot.desk.cases.upload_links import Links
from bot.desk.core.context import Room
from bot.desk.drafts.drafts import Drafts
from bot.desk.key_rotation import Keys
from bot.desk.letters.letters import Papers
from bot.desk.notifications.claims import LEASE, SLOW_RETRY, Ledger
from bot.desk.notifications.monitoring import Standings
from bot.desk.notifications.reminders import Clockwork
from bot.desk.notifications.update_pace import UPDATES_PER_MINUTE
from bot.desk.numbers.inventory import Inventory
from bot.desk.port_out import PortOutDesk
from bot.desk.validation.revalidation import SecondLook
from bot.desk.validation.validator import Scrutiny
from bot.store.models.cases import Kind


class Desk:
    """What the doors (Slack, the clock, the command line) may ask for."""

    def __init__(
        self,
        room: Room,
        owner: str,
        slow_retry: float = SLOW_RETRY,
        lease: timedelta = LEASE,
        updates_per_minute: float | None = UPDATES_PER_MINUTE,
    ) -> None:
        self.room = room
        self.words = room.words
        self.scrutiny = Scrutiny(room)
        self.drafts = Drafts(room)
        self.filing = Filing(room, self.drafts, self.scrutiny)
        self.port_out = PortOutDesk(room, self.drafts, self.scrutiny)
        port_in = PortInChanges(room, self.scrutiny)
        kinds: dict[Kind, Changing] = {
            Kind.PORT_IN: port_in,
            Kind.PORT_OUT: self.port_out.changes,
        }
        self.changes = Changes(room, self.drafts, kinds)
        self.carriers = Carriers(room)
        self.experience = Experiences(room)
        second_look = SecondLook(room, self.scrutiny)
        self.progress = Progress(room, Requirements(room, second_look), second_look)
        self.corrections = Corrections(room, port_in)
        self.links = Links(room)
        self.inventory = Inventory(room)
        self.papers = Papers(room, second_look)
        self.day = PortingDay(room)
        self.lookups = Lookups(room)
        self.standings = Standings(room)
        self.clockwork = Clockwork(room)
        self.keys = Keys(room)
        self.ledger = Ledger(room, owner, slow_retry, lease, updates_per_minute)
