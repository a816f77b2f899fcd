"""Sends what Slack sends when somebody submits a form, to one replica of several."""

import itertools
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

from slack_bolt import BoltRequest
from slack_sdk.models.views import View
from sqlalchemy import Engine, event

from bot.desk.desk import Desk
from bot.slack.app import build_app
from bot.slack.bolt.api_errors import web_client
from bot.slack.bolt.instrumented_app import InstrumentedApp
from slack_sandbox import Sandbox
from slack_sandbox.block_kit.input_values import find_element, initial_values, typed_value
from tests.patience import PATIENCE, patiently
from tests.port_out.desks import Office

_LOCKS = ("INSERT ", "UPDATE", "DELETE ", "pg_advisory")
_views = itertools.count(1)
Answer = dict[str, Any]


def submission(who: str, view: View, **values: Any) -> dict[str, Any]:
    """Return the payload of a form that was sent with these values, by block id."""
    shown = view.to_dict()
    asked = [block for block in shown["blocks"] if block["type"] == "input"]
    state = initial_values(asked)
    for name, short in values.items():
        action = next(iter(state[name]))
        _, element = find_element(asked, name, action)
        known = {short: {"value": short}} if isinstance(short, str) else {}
        state[name][action] = typed_value(element, short, known, _file)
    name = f"V{next(_views):09}"
    ids = {"id": name, "root_view_id": name, "hash": f"{name}.1", "state": {"values": state}}
    return {
        "type": "view_submission",
        "user": {"id": who},
        "team": {"id": "T0SANDBOX"},
        "trigger_id": f"{name}.trigger",
        "view": {**shown, **ids},
    }


def _file(name: str) -> dict[str, Any]:
    return {"id": name, "name": "signed.pdf", "size": 1}


@dataclass(frozen=True)
class Replica:
    """A desk behind its door."""

    desk: Desk
    engine: Engine
    app: InstrumentedApp

    def send(self, payload: Mapping[str, Any]) -> Answer:
        """Return the answer to a form; empty where the form closes."""
        copied = json.loads(json.dumps(payload))
        answer = self.app.dispatch(BoltRequest(body=copied, mode="socket_mode"))
        assert answer.status == 200
        found: Answer = json.loads(answer.body) if answer.body else {}
        return found


def replica(office: Office, slack: Sandbox) -> Replica:
    """Put a door before a desk."""
    client = web_client(slack.bot_token, slack.api_url)
    engine = office.desk.context.sessions.kw["bind"]
    return Replica(office.desk, engine, build_app(office.desk, client, "", lambda *_: None))


Act = Callable[[Replica], Any]


def overtaken(first: Replica, second: Replica, act: Act, reads: int) -> tuple[Any, Any] | None:
    """Let the second begin, and the first do it all once the second has read so many times.

    Returns both answers; None where the second writes before that, so that the first would wait.
    """
    answers, seen = list[Any](), list[bool]()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(any(word in statement for word in _LOCKS))

    def meet(*_facts: Any) -> None:
        if len(seen) == reads and not any(seen) and not answers:
            answers.append(act(first))

    event.listen(second.engine, "before_cursor_execute", note)
    event.listen(second.engine, "after_cursor_execute", meet)
    try:
        late = act(second)
    finally:
        event.remove(second.engine, "before_cursor_execute", note)
        event.remove(second.engine, "after_cursor_execute", meet)
    return (answers[0], late) if answers else None


def at_once(first: Replica, second: Replica, act: Act) -> list[Any]:
    """Let both do it in the same moment; returns their answers."""
    begin = Barrier(2)

    def alone(replica: Replica) -> Any:
        begin.wait(PATIENCE)
        return patiently(lambda: act(replica))

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(alone, (first, second)))
