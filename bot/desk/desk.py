"""The desk: all use cases, one public method for one transaction."""

from datetime import timedelta

from bot.desk.carriers import Carriers
from bot.desk.changes import Changes, Changing, PortInChanges
from bot.desk.clockwork import Clockwork
from bot.desk.corrections import Corrections
from bot.desk.drafts import Drafts
from bot.desk.experience import Experiences
from bot.desk.filing import Filing
from bot.desk.inventory import Inventory
from bot.desk.keys import Keys
from bot.desk.ledger import LEASE, SLOW_RETRY, Ledger
from bot.desk.links import Links
from bot.desk.lookups import Lookups
from bot.desk.pacing import UPDATES_PER_MINUTE
from bot.desk.papers import Papers
from bot.desk.port_out import PortOutDesk
from bot.desk.porting_day import PortingDay
from bot.desk.progress import Progress
from bot.desk.requirements import Requirements
from bot.desk.room import Room
from bot.desk.scrutiny import Scrutiny
from bot.desk.second_look import SecondLook
from bot.desk.standing import Standings
from bot.store.tables import Kind


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
