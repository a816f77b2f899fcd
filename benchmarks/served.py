"""Serves a little Slack from a process of its own: the desk, or a bare listener to compare with.

Used by the benchmarks: `served.py busy|usual|bare|read|open|write PORT`, settings as for `run`.
The busy desk holds no post back, so that its worker does as much as it can. Of the listeners to
compare with, three answer the command: they acknowledge only; or read a draft before; or read one
and open an empty window. One answers the last page of the desk's form: it inserts the rows of a
filed case and shows the page that the desk shows then.
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
from slack_sdk.models.views import View
from sqlalchemy import select

from benchmarks.databases import MONDAY
from benchmarks.filing import Bare, file_one, keep_one
from benchmarks.many_cases import ROSA
from bot.cli.serving import set_the_start_aside
from bot.desk.desk import Desk
from bot.service.logs import set_up_logs
from bot.service.settings import Settings, read_settings
from bot.service.wiring import Pace, Service
from bot.slack.bolt.http_app import http_app
from bot.slack.modals.wizard.page_answers import shows, state_of
from bot.slack.modals.wizard.page_views import filed_view, review_view
from bot.slack.port_in import FORM
from bot.store.models.cases import Draft
from slack_sandbox import AdjustableClock
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
    set_the_start_aside()
    service.serve(HOST, port)


def serve_bare(settings: Settings, port: int, listen: Callable[[App], None]) -> None:
    """Serve the listeners that `listen` adds, and nothing else."""
    app = App(
        client=WebClient(
            token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url
        ),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        process_before_response=True,
        token_verification_enabled=False,
    )
    listen(app)
    if not settings.socket_mode:
        secret = settings.slack_signing_secret.get_secret_value()
        served = http_app(app, signing_secret=secret)
        config = uvicorn.Config(served, host=HOST, port=port, log_config=None)
        uvicorn.Server(config).run()
        return
    token = settings.slack_app_token.get_secret_value()
    web = WebClient(token=token, base_url=settings.slack_api_url)
    SocketModeHandler(app, token, web_client=web).start()


def listeners_of(kind: str, settings: Settings) -> Callable[[App], None]:
    """Return what adds the listeners of this kind, on a database with one case."""
    if kind == "bare":
        return partial(_command, lambda _command: None)
    service = Service(settings, AdjustableClock(MONDAY))
    prepare(settings.database_url)
    if kind == "write":
        return partial(_page, service, *_pages(service.desk))
    file_one(service.desk, 0)
    return partial(_command, partial(_read, service, kind == "open"))


def _command(work: Callable[[Payload], object], app: App) -> None:
    @app.command("/port-in")
    def _acknowledge(ack: Ack, command: Payload) -> None:
        work(command)
        ack()


def _page(service: Service, asked: View, answer: Payload, app: App) -> None:
    bare = Bare(service.engine)

    @app.view(FORM.ids.page + FORM.steps[-1])
    def _insert(ack: Ack) -> None:
        bare.insert()
        ack(**answer)

    _command(lambda command: _open(service, command, asked), app)


def _pages(desk: Desk) -> tuple[View, Payload]:
    """Return the page that files a request, and the answer to it."""
    draft = keep_one(desk, 0)
    report = desk.filing.review(ROSA, draft.id)
    page = review_view(desk.words, FORM, state_of(desk, FORM, draft), report)
    return page, shows(filed_view(desk.words, FORM, file_one(desk, 0).cases))


def _open(service: Service, command: Payload, view: View | Payload) -> None:
    service.client.views_open(trigger_id=command["trigger_id"], view=view)


def _read(service: Service, window: bool, command: Payload) -> None:
    with service.engine.begin() as connection:
        query = select(Draft.__table__).where(Draft.requester == command["user_id"])
        connection.execute(query.order_by(Draft.id.desc()).limit(1)).all()
    if window:
        _open(service, command, _WINDOW)


if __name__ == "__main__":
    set_up_logs()
    kind, port, settings = sys.argv[1], int(sys.argv[2]), read_settings(Settings)
    if kind in PACES:
        serve_desk(settings, port, PACES[kind])
    else:
        serve_bare(settings, port, listeners_of(kind, settings))
