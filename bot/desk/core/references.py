"""What people call cases and other subjects, and the rows behind those names."""

from bot.domain.cases.case import mask_number, reference_of
from bot.domain.cases.subjects import Subject

FIRST_REFERENCE = 1000


def reference(case_id: int) -> str:
    """Return the name of the case with this row id: the first is PRT-1001."""
    return reference_of(case_id + FIRST_REFERENCE)


def subject_name(subject: Subject) -> str:
    """Return what people call a subject; a number is not told whole."""
    if subject.case_id is not None:
        return reference(subject.case_id)
    return mask_number(subject.e164) if subject.e164 else str(subject)


def row_id(reference_text: str) -> int:
    """Return the row id behind `PRT-1042` (also `prt 1042`, `1042`); 0 for anything else."""
    digits = reference_text.upper().removeprefix("PRT").lstrip("- ").strip()
    return int(digits) - FIRST_REFERENCE if digits.isdecimal() and len(digits) < 10 else 0
