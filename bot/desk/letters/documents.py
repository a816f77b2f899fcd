"""Files that people sent: noted, fetched, sealed, and handed to agents."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import undefer

from bot.desk.core.case_facts import find_case
from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import fetch_document, hand_over, on_its_way
from bot.domain.cases.kinds import DocumentKind, EventKind
from bot.errors import Refusal
from bot.store.encryption import Unreadable
from bot.store.locks import hold_case
from bot.store.models.cases import Case, Document


@dataclass(frozen=True)
class StoredDocument:
    """A document that the desk has to fetch, or holds already (`content`).

    What it holds may be `unreadable` with the keys of now.
    """

    id: int
    slack_file: str
    name: str
    content: bytes | None
    unreadable: bool = False


class Documents:
    """Finds the files of cases, keeps their content sealed, and hands copies to agents."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def find(self, document_id: int) -> StoredDocument:
        """Return a document with its content, where the desk holds it."""
        with self._context.transaction() as work:
            row = work.get_one(Document, document_id, options=[undefer(Document.content)])
            wanted = StoredDocument(row.id, row.slack_file, row.name, None)
            if not row.content:
                return wanted
            try:
                return replace(wanted, content=self._context.cipher.unseal_bytes(row.content))
            except Unreadable:
                return replace(wanted, unreadable=True)

    def keep_content(self, document_id: int, content: bytes) -> None:
        """Keep a fetched file, sealed."""
        with self._context.transaction() as work:
            row = work.get_one(Document, document_id)
            row.content = self._context.cipher.seal_bytes(content)
            row.sha256 = hashlib.sha256(content).hexdigest()

    def hand_over(self, who: str, case_id: int, document_id: int) -> None:
        """Send a copy of a case's file to an agent in private, on the record.

        Asked for again while one is on its way, it is one copy.
        """
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            hold_case(work, case)
            document = work.get(Document, document_id)
            if document is None or document.case_id != case.id:
                raise Refusal("no_such_document")
            self._only_agents(who)
            if on_its_way(work, case, document, who):
                return
            record_event(
                work,
                case,
                self._context.clock(),
                who,
                EventKind.HANDED_OVER,
                document=document.name,
            )
            hand_over(work, case, document, who)

    def _only_agents(self, who: str) -> None:
        if not self._context.is_agent(who):
            raise Refusal("agents_only")


def keep_documents(work: Work, case: Case, who: str, fields: Mapping[str, Any]) -> None:
    """Note the files of an intake; the worker fetches them."""
    for kind in DocumentKind:
        for file in fields.get(kind) or ():
            keep_document(work, case, who, kind, file)


def keep_document(
    work: Work, case: Case, who: str, kind: DocumentKind, file: Mapping[str, Any]
) -> None:
    """Note one file; the same one twice is one document."""
    if any(document.slack_file == file["id"] for document in case.documents):
        return
    document = Document(
        kind=kind,
        slack_file=file["id"],
        name=str(file["name"])[:255],
        size=int(file["size"]),
        given_by=who,
        given_at=work.context.clock(),
    )
    case.documents.append(document)
    work.flush()
    fetch_document(work, case, document)
