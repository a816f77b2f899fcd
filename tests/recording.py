"""Keeps what the product says to Slack while tests run with `PORTDESK_TEST_RECORD=DIR`.

Each process writes a file of JSON lines of its own, each distinct payload once. Distinct are two
payloads that differ in more than ids, moments and digits. `tests/oracle` holds them against
Slack's own types. Only sandboxes that pass through `recorded` are listened to: those of tests that
send bad payloads on purpose are not.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from slack_sandbox import Sandbox

Exchange = dict[str, Any]
FOLDER: Final = "PORTDESK_TEST_RECORD"
ROOT: Final = Path(__file__).resolve().parents[1]
_DIGIT: Final = re.compile("[0-9]")
# What only says which one: two payloads that differ in nothing else are the same.
_IDS: Final = frozenset(
    {
        "channel", "channel_id", "channels", "cursor", "event_payload", "file", "hash", "id",
        "latest", "oldest", "thread_ts", "trigger_id", "ts", "user", "users", "usergroup",
        "view_id",
    }
)  # fmt: skip
# Whether these are dates and times at all is what an oracle looks at.
_EXACT: Final = frozenset({"initial_date", "initial_time", "initial_date_time"})


class Recorder:
    """Writes each distinct payload of one process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{os.getpid()}.jsonl"
        self._seen: set[str] = set()

    def note(self, exchange: Exchange) -> None:
        """Keep what the app said in an exchange, if it is new."""
        said = said_by_app(exchange)
        if said is None:
            return
        key = json.dumps([said["kind"], said["name"], likeness(said["payload"])], sort_keys=True)
        if key not in self._seen:
            self._seen.add(key)
            test = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({**said, "test": test}, ensure_ascii=False) + "\n")


def said_by_app(exchange: Exchange) -> Exchange | None:
    """Return kind, name and payload of what the app said; None where it said nothing.

    The kind is `web_api`, `response_url`, or `ack:` and the type of what was acknowledged;
    `inputs` are the questions of a form that was acknowledged.
    """
    kind, name = exchange["kind"], exchange["name"]
    if exchange["direction"] == "from_app":
        payload = exchange["request"]
        row = {"kind": kind, "name": name, "payload": payload, "inputs": []}
        # The bytes of a file are no payload.
        return None if kind == "upload" else row
    if not exchange["ok"]:
        return None
    asked = exchange["request"]
    type_of = "command" if kind == "command" else asked.get("type", kind)
    blocks = asked.get("view", {}).get("blocks", ()) if type_of == "view_submission" else ()
    inputs = [block["block_id"] for block in blocks if block["type"] == "input"]
    payload = exchange["response"] or None
    return {"kind": f"ack:{type_of}", "name": name, "payload": payload, "inputs": inputs}


def likeness(value: Any, key: str = "") -> Any:
    """Return a value without what only says which one: ids are left out, each digit is a 0."""
    if isinstance(value, dict):
        return {k: None if k in _IDS else likeness(inner, k) for k, inner in value.items()}
    if isinstance(value, list):
        return [likeness(inner, key) for inner in value]
    return _DIGIT.sub("0", value) if isinstance(value, str) and key not in _EXACT else value


def recorded(sandbox: Sandbox) -> Sandbox:
    """Return the sandbox of a test of the product, listened to where somebody asked for it."""
    if recorder := _recorder():
        sandbox.watch(recorder.note)
    return sandbox


@cache
def _recorder() -> Recorder | None:
    folder = os.environ.get(FOLDER)
    return Recorder(ROOT / folder) if folder else None
