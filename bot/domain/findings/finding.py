"""What the rule book says about one field of an intake."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.errors import Refusal


class Severity(StrEnum):
    """Closed set: an error would be refused, a warning often goes wrong."""

    ERROR = "error"
    WARNING = "warning"


@dataclasses.dataclass(frozen=True)
class Finding:
    """One remark; the sentence for the person is row `code` of templates/findings.toml.

    `params` are the facts that the sentence needs. They never hold a PIN or an account number.
    """

    field: str
    code: str
    severity: Severity
    source: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict, hash=False)


class FindingRefusal(Refusal):
    """What one finding refuses, under its field and in its own sentence."""

    table = "findings"

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code, finding.field, **finding.params)
