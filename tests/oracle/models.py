"""The second judge: what slack_sdk's models make of a payload, and what they leave out of it."""

from collections.abc import Iterator
from typing import Any, Final

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block, Option, OptionGroup
from slack_sdk.models.views import View

from tests.oracle.payloads import OPTIONS, Finding, Payload

JUDGE: Final = "slack_sdk"
# Blocks that this version of the models silently drops.
UNKNOWN_TO_MODELS: Final = frozenset({"data_table", "data_visualization"})


def judge(payload: Payload) -> Iterator[Finding]:
    """Build what is shown through the models; find what they refuse or lose."""
    for pointer, given in _parts(payload):
        try:
            made = _made(pointer, given)
        except (SlackObjectFormationError, TypeError, AttributeError, ValueError) as error:
            yield Finding(JUDGE, payload, pointer, f"{type(error).__name__}: {error}")
            continue
        for place, words in lost(given, made, pointer):
            yield Finding(JUDGE, payload, place, words)


def _parts(payload: Payload) -> Iterator[tuple[str, Any]]:
    if payload.view:
        yield payload.view
    body = payload.body if isinstance(payload.body, dict) else {}
    for name in ("blocks", "options", "option_groups"):
        if name in body and (name == "blocks" or payload.kind == OPTIONS):
            yield f"/{name}", body[name]


def _made(pointer: str, given: Any) -> Any:
    if pointer == "/view":
        return View(**given).to_dict()
    if pointer == "/options":
        return [Option(**option).to_dict() for option in given]
    if pointer == "/option_groups":
        return [OptionGroup(**group).to_dict() for group in given]
    return [block.to_dict() if block else None for block in Block.parse_all(given)]


def lost(given: Any, made: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Find what was given and is not there any more; what the models add is no loss."""
    if isinstance(given, dict) and given.get("type") in UNKNOWN_TO_MODELS:
        return
    if isinstance(given, dict) and isinstance(made, dict):
        for name, inner in given.items():
            if name in made:
                yield from lost(inner, made[name], f"{pointer}/{name}")
            else:
                yield f"{pointer}/{name}", "is dropped"
    elif isinstance(given, list) and isinstance(made, list) and len(given) == len(made):
        for index, inner in enumerate(given):
            yield from lost(inner, made[index], f"{pointer}/{index}")
    elif given != made:
        yield pointer, "is not kept as it was sent"
