"""`check` and `loa`: the rule book and the letter, without any database."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.desk.facts import row_id
from bot.desk.papers import render_files
from bot.domain.intake import Intake, NotAnIntake, PortIn, read_intake
from bot.domain.rulebook import Report, Surroundings, check, report_as_json
from bot.errors import PortingError
from bot.letters.drafting import draft_letter
from bot.letters.fonts import unprintable
from bot.letters.letter import Letter
from bot.settings import CaseSettings
from bot.wiring import open_desk
from bot.words import Words

_REFERENCE = re.compile(r"PRT-\d{1,9}", re.IGNORECASE)


class Unfit(PortingError):
    """An intake that no letter can be made of; its message lists the findings."""


def is_reference(source: str) -> bool:
    """Say whether this names a case rather than a file."""
    return _REFERENCE.fullmatch(source) is not None


def checked(data: Any, today: date) -> tuple[Intake, Report]:
    """Check an intake against the rule book. Raises `NotAnIntake`."""
    intake = read_intake(data)
    return intake, check(intake, Surroundings(today=intake.today or today, unprintable=unprintable))


def findings_json(report: Report) -> str:
    """Return the answer of `check`."""
    return json.dumps(report_as_json(report, Words().sentence), indent=2, ensure_ascii=False)


def letters_of_intake(data: Any, today: date) -> list[Letter]:
    """Return the letters of an intake, one for each losing carrier, country and type.

    Raises `Unfit` with the findings where mandatory fields are blank, `NotAnIntake`.
    """
    intake, report = checked(data, today)
    if not isinstance(intake, PortIn):
        raise NotAnIntake("A letter belongs to a port-in; this is a port-out.")
    fields = intake.model_dump(exclude={"csr", "today", "carriers"})
    letters = [draft_letter(fields, lot.numbers, lot.losing_carrier) for lot in report.split] or [
        draft_letter(fields, (), intake.losing_carrier)
    ]
    missing = sorted({field for letter in letters for field in letter.missing()})
    if missing:
        raise Unfit(f"No letter: {', '.join(missing)} missing.\n{findings_json(report)}")
    return letters


def letters_of_case(reference: str, settings: CaseSettings) -> list[Letter]:
    """Return the newest letter of a case. Raises `PortingError` where there is none."""
    desk = open_desk(settings)
    return [desk.papers.letter(row_id(reference))]


def write(letters: Sequence[Letter], output: Path) -> list[Path]:
    """Write OUT.pdf (and OUT.xlsx), and OUT-2.pdf and so on for the further letters."""
    written = []
    for place, letter in enumerate(letters, start=1):
        name = output.stem if place == 1 else f"{output.stem}-{place}"
        for file in render_files(letter, Words(), name):
            first_pdf = place == 1 and file.name.endswith(".pdf")
            path = output if first_pdf else output.with_name(file.name)
            path.write_bytes(file.content)
            written.append(path)
    return written
