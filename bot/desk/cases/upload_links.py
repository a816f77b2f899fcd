"""The link for uploading documents that AWS sends: good for ten days, and nobody else's (S3)."""

from datetime import date, timedelta
from urllib.parse import urlsplit

from bot.desk.core.case_facts import facts_of, find_case, must_be_party
from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import announce_event
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import EventKind
from bot.domain.cases.workflow import CLOSED
from bot.errors import Refusal
from bot.store.encryption import Unreadable
from bot.store.models.cases import Case

GOOD_FOR = timedelta(days=10)
LONGEST_LINK = 2000
# In Slack these would show another address than the one that opens.
_DISGUISES = frozenset("|<> \t\n")


class UploadLinks:
    """Keeps upload links, sealed; shows them to the case's own people only."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def record(self, who: str, case_id: int, link: str, sent_on: date) -> CaseFacts:
        """Keep the newest link of a case; the same one twice is one.

        Raises `Refusal` under the field that is wrong.
        """
        return self._context.again(lambda: self._record(who, case_id, link.strip(), sent_on))

    def _record(self, who: str, case_id: int, link: str, sent_on: date) -> CaseFacts:
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            if not self._context.is_agent(who):
                raise Refusal("agents_only")
            if not self._is_kept(case, link, sent_on):
                self._check(case, link, sent_on)
                case.sealed_link = self._context.cipher.seal(link)
                case.link_expires_on = sent_on + GOOD_FOR
                self._tell(work, who, case)
                work.flush()
            return facts_of(self._context, case)

    def _is_kept(self, case: Case, link: str, sent_on: date) -> bool:
        if case.sealed_link is None or case.link_expires_on is None:
            return False
        if case.link_expires_on - GOOD_FOR != sent_on:
            return False
        try:
            return bool(self._context.cipher.unseal(case.sealed_link) == link)
        except Unreadable:
            return False

    def _check(self, case: Case, link: str, sent_on: date) -> None:
        if case.status in CLOSED:
            raise Refusal("case_closed")
        parts = urlsplit(link)
        unfit = _DISGUISES.intersection(link) or len(link) > LONGEST_LINK
        if parts.scheme != "https" or not parts.hostname or unfit:
            raise Refusal("link_not_https", "link")
        today = self._context.today(case.time_zone)
        if sent_on > today:
            raise Refusal("link_in_the_future", "link_sent_on")
        if sent_on + GOOD_FOR < today:
            raise Refusal("link_expired", "link_sent_on")

    def _tell(self, work: Work, who: str, case: Case) -> None:
        assert case.link_expires_on is not None
        facts = {"expires_on": case.link_expires_on.isoformat()}
        event = record_event(work, case, self._context.clock(), who, EventKind.LINK, **facts)
        announce_event(work, case, event)

    def show(self, who: str, case_id: int) -> str:
        """Return the link to the requester or an agent, and write down who looked."""
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            must_be_party(self._context, who, case)
            if case.sealed_link is None:
                raise Refusal("nothing_on_file")
            record_event(
                work, case, self._context.clock(), who, EventKind.REVEALED, secret="upload link"
            )
            return str(self._context.cipher.unseal(case.sealed_link))
