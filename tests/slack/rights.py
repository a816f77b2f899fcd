"""Who may do what, for every way into the app, and a desk whose people lose their roles."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import count
from typing import Any, Final

from slack_bolt import BoltRequest
from sqlalchemy import update

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import OwnerSays
from bot.slack.bolt.payload import Target
from bot.store.models.base import Base
from bot.store.models.cases import Case
from tests.port_out.desks import AGENTS, ROSA, Office
from tests.slack.sending import Replica

GONE: Final = "U0GONE0000"
# The trigger of a click is good for none of the sandbox's windows, and each is written down.
_clicks = count(1)


class May(Enum):
    """Who may do it; `OWN` is what concerns nobody but whoever does it."""

    OWN = auto()
    PARTY = auto()
    AGENT = auto()
    OWNER = auto()


_OUT = ("give", "request", "answer", "back", "continue", "new", "discard")
# By kind and id as they stand in the routes. Pages and buttons of the forms of several pages work
# on one's own draft; of a change only as long as its case is theirs.
RIGHTS: Final[Mapping[tuple[str, str], May]] = {
    **{("command", name): May.OWN for name in ("/port-in", "/port-out", "/port")},
    **{("options", name): May.OWN for name in ("losing_carrier", "out:winning_carrier")},
    **{("action", name): May.OWN for name in ("intake_new", "out_new")},
    **{("action", name): May.OWN for name in ("intake_continue", "intake_discard")},
    **{("action", name): May.OWN for name in ("out_continue", "out_discard")},
    **{("action", name): May.PARTY for name in ("city", "intake_back", "intake_drop")},
    **{("action", name): May.PARTY for name in ("intake_record", "intake_take_record")},
    **{("action", name): May.PARTY for name in ("out:account_id", "out_back")},
    **{("view", name): May.PARTY for name in ("intake_papers", "intake_review")},
    **{("view", name): May.PARTY for name in ("out_page_account", "out_page_review")},
    **{("action", f"move:{status}"): May.PARTY for status in Status},
    **{("action", name): May.PARTY for name in ("date_suits", "change", "correct", "support")},
    **{("action", name): May.PARTY for name in ("tick", "untick", "tick_numbers", "details")},
    **{("action", name): May.PARTY for name in ("send_letter", "link", "show_link")},
    **{("action", name): May.PARTY for name in ("out_give", "out_show_pin:0")},
    **{("action", name): May.AGENT for name in ("reveal", "handover", "out_request", "out_answer")},
    **{("action", f"out_owner_{word}"): May.OWNER for word in OwnerSays},
    **{("view", name): May.PARTY for name in ("move", "correct", "send_letter", "tick_numbers")},
    ("view", "out_protect"): May.PARTY,
    **{("view", name): May.AGENT for name in ("link", "out_request", "out_answer")},
}


@dataclass
class House:
    """A desk behind its door, with what its database holds and the windows that it showed."""

    room: Office
    door: Replica
    agents: set[str] = field(default_factory=lambda: set(AGENTS))
    windows: list[dict[str, Any]] = field(default_factory=list)

    @contextmanager
    def without_roles(self) -> Iterator[None]:
        """Nobody is an agent any more, and all cases are somebody else's."""
        self.agents.clear()
        self._give(ROSA, GONE)
        try:
            yield
        finally:
            self.agents.update(AGENTS)
            self._give(GONE, ROSA)

    def _give(self, giver: str, taker: str) -> None:
        with self.room.desk.context.sessions.begin() as session:
            mine = update(Case).where(Case.requester == giver)
            session.execute(mine.values(requester=taker))

    def written(self) -> dict[str, list[str]]:
        """Return every row of the database."""
        with self.door.engine.connect() as connection:
            return {
                name: sorted(map(str, connection.exec_driver_sql(f"SELECT * FROM {name}")))
                for name in ('"case"' if name == "case" else name for name in Base.metadata.tables)
            }

    def press(self, who: str, action: str, value: str, view: Mapping[str, Any] | None) -> None:
        """Press a button; what it shows is in `windows`."""
        pressed = {"type": "button", "action_id": action, "block_id": "b", "action_ts": "1.0"}
        body = {
            "type": "block_actions",
            "user": {"id": who},
            "team": {"id": "T0SANDBOX"},
            "trigger_id": f"click-{next(_clicks)}",
            "actions": [{**pressed, "value": value}],
            **({"view": view} if view else {}),
        }
        answer = self.door.app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        assert answer.status == 200

    def note(self, exchange: Mapping[str, Any]) -> None:
        """Keep the windows that the app wants to show, and the acknowledgements."""
        if exchange["name"].startswith("views."):
            self.windows.append(exchange["request"]["view"])


def values_of(case: CaseFacts, action: str) -> str:
    """Return the value of a button of this case's messages."""
    extra = {"reveal": "account_number", "tick": "", "untick": ""}
    items = [progress.item.key for progress in case.progress]
    extra |= {name: items[0] for name in ("tick", "untick", "tick_numbers") if items}
    if case.documents:
        extra["handover"] = str(case.documents[0].id)
    if action.startswith("move:"):
        return Target(case.id, case.version, action.removeprefix("move:")).packed()
    if action.startswith("out_show_pin"):
        return case.numbers[0]
    return Target(case.id, case.version, extra.get(action, "")).packed()
