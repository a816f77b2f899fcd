"""Serves a little Slack from a process of its own: the desk, or a bare listener to compare with.

Used by the benchmarks: `served.py busy|usual|bare|read|open|write PORT`, settings as for `run`.
The busy desk holds no post back, so that its worker does as much as it can. The listeners to
compare with acknowledge only; or read a draft before; or read one and open an empty window; or
insert the rows of a filed case.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from sqlalchemy import select

from benchmarks.databases import MONDAY
from benchmarks.filing import Bare, file_one
from bot.logs import set_up_logs
from bot.sandbox import AdjustableClock
from bot.settings import Settings, read_settings
from bot.slack.http import http_app
from bot.store.tables import Draft
from bot.wiring import Pace, Service
from tests.databases import prepare

Payload = dict[str, Any]
HOST = "127.0.0.1"
_WINDOW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Empty"},
    "blocks": [{"type": "divider"}],
}
PACES = {"busy": Pace(posts_per_second=None), "usual": Pace()}


def serve_desk(settings: Settings, port: int, pace: Pace) -> None:
    """Serve the real desk on a clock that starts at `MONDAY`."""
    service = Service(settings, AdjustableClock(MONDAY), pace)
    service.start()
    service.serve(HOST, port)


def serve_bare(settings: Settings, port: int, work: Callable[[Payload], object]) -> None:
    """Serve a listener that does `work`, acknowledges, and does nothing else."""
    app = App(
        client=WebClient(
            token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url
        ),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        process_before_response=True,
        token_verification_enabled=False,
    )

    @app.command("/port-in")
    def _acknowledge(ack: Ack, command: Payload) -> None:
        work(command)
        ack()

    if not settings.socket_mode:
        config = uvicorn.Config(http_app(app), host=HOST, port=port, log_config=None)
        uvicorn.Server(config).run()
        return
    token = settings.slack_app_token.get_secret_value()
    web = WebClient(token=token, base_url=settings.slack_api_url)
    SocketModeHandler(app, token, web_client=web).start()


def work_of(kind: str, settings: Settings) -> Callable[[Payload], object]:
    """Return what a listener does before it acknowledges, on a database with one case."""
    if kind == "bare":
        return lambda _command: None
    service = Service(settings, AdjustableClock(MONDAY))
    prepare(settings.database_url)
    file_one(service.desk, 0)
    if kind == "write":
        bare = Bare(service.engine)
        return lambda _command: bare.insert()
    return partial(_read, service, kind == "open")


def _read(service: Service, window: bool, command: Payload) -> None:
    with service.engine.begin() as connection:
        query = select(Draft.__table__).where(Draft.requester == command["user_id"])
        connection.execute(query.order_by(Draft.id.desc()).limit(1)).all()
    if window:
        service.client.views_open(trigger_id=command["trigger_id"], view=_WINDOW)


if __name__ == "__main__":
    set_up_logs()
    kind, port, settings = sys.argv[1], int(sys.argv[2]), read_settings(Settings)
    if kind in PACES:
        serve_desk(settings, port, PACES[kind])
    else:
        serve_bare(settings, port, work_of(kind, settings))
