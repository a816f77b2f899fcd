"""The table of what a person does in a platform's console, step by step.

The sentences of the steps stand in `templates/console.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.gateway.requests import Assignee, NumberChange, NumberOperation, NumberOrder
from bot.domain.intake.intake import Platform
from bot.domain.intake.platforms import Service, of_service


@dataclass(frozen=True)
class ConsoleRow:
    """How an operation is done on some platforms; `targets` are what it may assign to there."""

    operation: NumberOperation
    source: str
    platforms: frozenset[Platform]
    steps: tuple[str, ...]
    targets: frozenset[Assignee] = frozenset()


@dataclass(frozen=True)
class ConsoleSteps:
    """What to do in a console, for all `numbers` of a request that can be asked for at once."""

    names: tuple[str, ...]
    request: NumberChange | NumberOrder
    numbers: tuple[str, ...] = ()


_CHIME: Final = of_service(Service.CHIME)
_CONNECT: Final = of_service(Service.CONNECT)
_USERS: Final = frozenset({Platform.BUSINESS_CALLING})
_CONNECTORS: Final = frozenset({Platform.VOICE_CONNECTOR})
_RULES: Final = frozenset({Platform.SIP_MEDIA_APPLICATION})
CONSOLE: Final = (
    ConsoleRow(
        NumberOperation.ASSIGN, "S3, S4", _USERS,
        ("open_inventory", "one_by_one", "assign", "choose_user", "tell_user"),
        frozenset({Assignee.USER}),
    ),
    ConsoleRow(
        NumberOperation.ASSIGN, "S4", _CONNECTORS,
        ("open_inventory", "select", "assign", "choose_connector"),
        frozenset({Assignee.VOICE_CONNECTOR, Assignee.VOICE_CONNECTOR_GROUP}),
    ),
    ConsoleRow(
        NumberOperation.ASSIGN, "K", _RULES,
        ("open_rules", "create_rule"),
        frozenset({Assignee.SIP_RULE}),
    ),
    ConsoleRow(
        NumberOperation.ASSIGN, "S1", _CONNECT,
        ("open_connect", "one_by_one", "choose_flow"),
        frozenset({Assignee.CONTACT_FLOW}),
    ),
    ConsoleRow(
        NumberOperation.UNASSIGN, "S4", _USERS | _CONNECTORS,
        ("open_inventory", "select", "unassign"),
    ),
    ConsoleRow(NumberOperation.UNASSIGN, "K", _RULES, ("open_rules", "delete_rule")),
    ConsoleRow(
        NumberOperation.UNASSIGN, "S1", _CONNECT, ("open_connect", "one_by_one", "clear_flow")
    ),
    ConsoleRow(
        NumberOperation.SET_PRODUCT, "S4", _CHIME, ("open_inventory", "select", "edit_product")
    ),
    ConsoleRow(
        NumberOperation.SET_CALLING_NAME, "S4", _CHIME,
        ("open_inventory", "one_by_one", "edit_name"),
    ),
    ConsoleRow(
        NumberOperation.DELETE, "S4", _CHIME, ("open_inventory", "select", "delete_numbers")
    ),
    ConsoleRow(
        NumberOperation.RESTORE, "S4", _CHIME, ("open_queue", "select", "move_to_inventory")
    ),
    ConsoleRow(
        NumberOperation.RELEASE, "K", _CONNECT, ("open_connect", "select", "release_numbers")
    ),
)  # fmt: skip
# Nobody orders for Business Calling any more: its service has ended (K).
ORDERS: Final[Mapping[Platform, tuple[str, ...]]] = {
    Platform.CONNECT: ("open_connect", "claim_number"),
    Platform.VOICE_CONNECTOR: ("open_orders", "provision"),
    Platform.SIP_MEDIA_APPLICATION: ("open_orders", "provision"),
}


def console_row(operation: NumberOperation, platform: Platform) -> ConsoleRow | None:
    """Return how an operation is done on a platform, None where there is no such thing."""
    rows = (row for row in CONSOLE if row.operation is operation and platform in row.platforms)
    return next(rows, None)
