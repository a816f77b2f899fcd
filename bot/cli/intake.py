"""`check` and `loa`: the rule book and the letter, without any database."""

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.desk.core.references import row_id
from bot.desk.letters.letters import render_files
from bot.documents.number_files import MOST_BYTES, read_number_file
from bot.domain.intake.intake import Intake, NotAnIntake, PortIn, read_intake
from bot.domain.rulebook.rulebook import CheckContext, Report, check, report_as_json, requests_of
from bot.errors import PortingError
from bot.letters.build import build_letter
from bot.letters.fonts.fonts import unprintable
from bot.letters.letter import Letter
from bot.service.offline import open_desk
from bot.service.settings import CaseSettings
from bot.store.sqlite.private_files import write_file
from bot.wording.refusals import word_finding
from bot.wording.templates import Templates

_REFERENCE = re.compile(r"PRT-\d{1,9}", re.IGNORECASE)


class Unfit(PortingError):
    """An intake that no letter can be made of; its message lists the findings."""


def is_reference(source: str) -> bool:
    """Say whether this names a case rather than a file."""
    return _REFERENCE.fullmatch(source) is not None


def checked(data: Any, today: date) -> tuple[Intake, Report]:
    """Check an intake against the rule book. Raises `NotAnIntake`."""
    intake = read_intake(data)
    return intake, check(intake, CheckContext(today=intake.today or today, unprintable=unprintable))


def with_numbers(data: Any, path: Path) -> Any:
    """Return the data of an intake with the numbers of a CSV or XLSX file added to its own.

    A column with the carrier becomes `carriers`. Raises `OSError` and, for a file without usable
    numbers, `UnfitNumberFile`; data that is no intake is left to the check.
    """
    with path.open("rb") as file:
        found = read_number_file(path.name, file.read(MOST_BYTES + 1))
    if not isinstance(data, dict):
        return data
    own, named = data.get("numbers") or [], data.get("carriers") or {}
    typed = own if isinstance(own, list) else [own]
    carriers = {**named, **found.carriers} if isinstance(named, dict) else named
    return {**data, "numbers": [*typed, *found.numbers], "carriers": carriers}


def findings_json(report: Report) -> str:
    """Return the answer of `check`."""
    said = report_as_json(report, partial(word_finding, Templates()))
    return json.dumps(said, indent=2, ensure_ascii=False)


def letters_of_intake(data: Any, today: date) -> list[Letter]:
    """Return the letters of an intake, one for each losing carrier, country and type.

    Raises `Unfit` with the findings where mandatory fields are blank, `NotAnIntake`.
    """
    intake, report = checked(data, today)
    if not isinstance(intake, PortIn):
        raise NotAnIntake("no_letter_of_port_out")
    lots = zip(requests_of(intake), report.split, strict=True)
    letters = [build_letter(request, group.numbers) for request, group in lots]
    letters = letters or [build_letter(intake, ())]
    missing = sorted({field for letter in letters for field in letter.missing()})
    if missing:
        raise Unfit(f"No letter: {', '.join(missing)} missing.\n{findings_json(report)}")
    return letters


def letters_of_case(reference: str, settings: CaseSettings) -> list[Letter]:
    """Return the newest letter of a case. Raises `Refusal` where there is none."""
    desk = open_desk(settings)
    return [desk.letters.letter(row_id(reference))]


def write(letters: Sequence[Letter], output: Path) -> list[Path]:
    """Write OUT.pdf (and OUT.xlsx), and OUT-2.pdf and so on for the further letters."""
    written = []
    for place, letter in enumerate(letters, start=1):
        name = output.stem if place == 1 else f"{output.stem}-{place}"
        for file in render_files(letter, Templates(), name):
            first_pdf = place == 1 and file.name.endswith(".pdf")
            path = output if first_pdf else output.with_name(file.name)
            write_file(path, file.content)
            written.append(path)
    return written
