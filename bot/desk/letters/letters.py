"""A case's letters: rendered as they were made, and taken back signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.desk.core.case_facts import facts_of, find_case, must_be_party
from bot.desk.core.context import DeskContext
from bot.desk.core.references import reference
from bot.desk.core.work import Work
from bot.desk.letters.documents import keep_document
from bot.desk.letters.issuing import letter_from, note_signature
from bot.desk.validation.revalidation import Revalidator
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import DocumentKind
from bot.errors import Refusal
from bot.letters.letter import Letter
from bot.letters.pdf import render_letter
from bot.letters.spreadsheet import render_numbers
from bot.store.locks import hold_case
from bot.store.models.cases import Case, Loa
from bot.wording.templates import Templates


@dataclass(frozen=True)
class File:
    """A file as it is uploaded."""

    name: str
    content: bytes


@dataclass(frozen=True)
class SignedLetter:
    """A signed letter as it comes back; `version` is the one that the person was asked to sign."""

    version: int
    signed_on: date
    signature: str
    files: Sequence[Mapping[str, Any]]


def render_files(letter: Letter, words: Templates, name: str = "") -> tuple[File, ...]:
    """Render a letter, and its spreadsheet where it says "See Attached".

    Raises `LetterRefusal` for blank mandatory fields and for a character that no font has.
    """
    name = name or f"{letter.reference or 'LOA'}-LOA-v{letter.version}"
    pdf = File(f"{name}.pdf", render_letter(letter, words))
    if not letter.see_attached:
        return (pdf,)
    return (pdf, File(f"{name}.xlsx", render_numbers(letter, words)))


class Letters:
    """Finds the letters of cases, and takes signed ones back."""

    def __init__(self, context: DeskContext, revalidator: Revalidator) -> None:
        self._context = context
        self._revalidator = revalidator

    def letter(self, case_id: int, version: int | None = None) -> Letter:
        """Return a version of a case's letter (default the newest)."""
        with self._context.transaction() as work:
            find_case(work, case_id)
            query = select(Loa).where(Loa.case_id == case_id).order_by(Loa.version.desc())
            if version is not None:
                query = query.where(Loa.version == version)
            row = work.scalars(query.limit(1)).first()
            if row is None:
                raise Refusal("no_letter_yet", reference=reference(case_id))
            return letter_from(row)

    def signed(self, who: str, case_id: int, paper: SignedLetter) -> CaseFacts:
        """Take the signed letter back; the same one sent twice is one letter.

        Raises `Refusal` under the field that is wrong.
        """
        return self._context.again(lambda: self._signed(who, case_id, paper))

    def _signed(self, who: str, case_id: int, paper: SignedLetter) -> CaseFacts:
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            # A new version of the letter, or the end of the case, comes before this or after it.
            hold_case(work, case)
            must_be_party(self._context, who, case)
            if not _is_taken(case, paper):
                self._check(case, paper)
                self._take(work, who, case, paper)
                work.flush()
            return facts_of(self._context, case)

    def _check(self, case: Case, paper: SignedLetter) -> None:
        if not case.is_open:
            raise Refusal("case_closed")
        found = self._revalidator.against_letter(case, paper.signed_on, paper.signature)
        self._revalidator.must_hold(found)
        self._check_version(case, paper.version)
        if not paper.files:
            raise Refusal("signed_file_needed", "signed_loa")

    def _take(self, work: Work, who: str, case: Case, paper: SignedLetter) -> None:
        """Keep the files and note the signature."""
        for file in paper.files:
            keep_document(work, case, who, DocumentKind.SIGNED_LOA, file)
        note_signature(work, case, who, paper.signed_on, paper.signature)

    def _check_version(self, case: Case, version: int) -> None:
        """A scan of an older version is no signature under the newest one."""
        newest = case.letters[-1] if case.letters else None
        if newest is None or newest.stale_at is not None:
            raise Refusal("no_letter_to_sign")
        if newest.version != version:
            raise Refusal("letter_outdated", "signed_loa", version=newest.version)


def _is_taken(case: Case, paper: SignedLetter) -> bool:
    """Say whether this very signature is on its version of the letter, with these files."""
    known = {document.slack_file for document in case.documents}
    signed = {(row.version, row.signed_on, row.signature) for row in case.letters}
    same = (paper.version, paper.signed_on, paper.signature) in signed
    return same and bool(paper.files) and known >= {file["id"] for file in paper.files}
