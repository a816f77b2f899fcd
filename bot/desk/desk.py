"""The desk: all use cases, one public method for one transaction."""

from datetime import timedelta

from bot.desk.carriers.directory import Carriers
from bot.desk.carriers.statistics import CarrierStatistics
from bot.desk.cases.amendments import Amendment, CaseAmendments, PortInAmendments
from bot.desk.cases.checklists import Checklists
from bot.desk.cases.corrections import Corrections
from bot.desk.cases.filing import Filing
from bot.desk.cases.manual_instructions import ManualSteps
from bot.desk.cases.queries import CaseQueries
from bot.desk.cases.transition_requirements import TransitionRequirements
from bot.desk.cases.transitions import Transitions
from bot.desk.cases.upload_links import UploadLinks
from bot.desk.core.context import DeskContext
from bot.desk.drafts.drafts import Drafts
from bot.desk.key_rotation import KeyRotation
from bot.desk.letters.documents import Documents
from bot.desk.letters.letters import Letters
from bot.desk.notifications.claims import LEASE, SLOW_RETRY, Claims
from bot.desk.notifications.monitoring import Monitoring
from bot.desk.notifications.reminders import Reminders
from bot.desk.notifications.update_pace import UPDATES_PER_MINUTE
from bot.desk.numbers.inventory import Inventory
from bot.desk.port_out import PortOutDesk
from bot.desk.setting_changes import SettingChanges
from bot.desk.validation.revalidation import Revalidator
from bot.desk.validation.validator import Validator
from bot.domain.cases.kinds import Kind
from bot.errors import Refusal
from bot.store.models.subjects import Workspace
from bot.wording.templates import Templates


class Desk:
    """What the doors (Slack, the clock, the command line) may ask for.

    `words` are for the doors, which put into sentences what the use cases answer in facts.
    """

    def __init__(
        self,
        context: DeskContext,
        words: Templates,
        owner: str,
        slow_retry: float = SLOW_RETRY,
        lease: timedelta = LEASE,
        updates_per_minute: float | None = UPDATES_PER_MINUTE,
    ) -> None:
        self.context = context
        self.words = words
        self.validator = Validator(context)
        self.drafts = Drafts(context)
        self.filing = Filing(context, self.drafts, self.validator)
        self.port_out = PortOutDesk(context, self.drafts, self.validator)
        port_in = PortInAmendments(context, self.validator)
        kinds: dict[Kind, Amendment] = {
            Kind.PORT_IN: port_in,
            Kind.PORT_OUT: self.port_out.amendments,
        }
        self.amendments = CaseAmendments(context, self.drafts, kinds)
        self.carriers = Carriers(context)
        self.carrier_statistics = CarrierStatistics(context)
        revalidator = Revalidator(context, self.validator)
        self.transitions = Transitions(
            context, TransitionRequirements(context, revalidator), revalidator
        )
        self.corrections = Corrections(context, port_in)
        self.upload_links = UploadLinks(context)
        self.inventory = Inventory(context)
        self.letters = Letters(context, revalidator)
        self.documents = Documents(context)
        self.checklists = Checklists(context)
        self.queries = CaseQueries(context)
        self.manual_steps = ManualSteps(context, self.queries)
        self.monitoring = Monitoring(context)
        self.reminders = Reminders(context)
        self.key_rotation = KeyRotation(context)
        self.settings = SettingChanges(context)
        self.claims = Claims(context, owner, slow_retry, lease, updates_per_minute)

    def recognise_team(self, team_id: str) -> None:
        """Learn which team of Slack this desk serves.

        Raises `PortingError` for another one than before: its people would see foreign cases.
        """
        with self.context.transaction() as work:
            here = work.get_one(Workspace, work.workspace_id)
            if here.team_id not in (None, team_id):
                raise Refusal("other_team", team=here.team_id, now=team_id)
            here.team_id = team_id
