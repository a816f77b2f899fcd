"""Serves a little Slack from a process of its own: the desk, or a bare listener to compare with.

Used by the benchmarks: `served.py busy|usual|bare PORT`, settings as for `run`. The busy desk
holds no post back, so that its worker does as much as it can.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.logs import set_up_logs
from bot.sandbox import AdjustableClock
from bot.settings import Settings, read_settings
from bot.slack.http import http_app
from bot.wiring import Pace, Service

HOST = "127.0.0.1"
# A Monday without holidays around it; the dates that the requests ask for follow it.
MONDAY = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
PACES = {"busy": Pace(sweep_seconds=1, posts_per_second=200.0), "usual": Pace()}


def serve_desk(settings: Settings, port: int, pace: Pace) -> None:
    """Serve the real desk on a clock that starts at `MONDAY`."""
    service = Service(settings, AdjustableClock(MONDAY), pace)
    service.start()
    service.serve(HOST, port)


def serve_bare(settings: Settings, port: int) -> None:
    """Serve a listener that acknowledges and does nothing else."""
    app = App(
        client=WebClient(token="xoxb-bare", base_url=settings.slack_api_url),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        process_before_response=True,
        token_verification_enabled=False,
    )

    @app.command("/port-in")
    def _acknowledge(ack: Ack) -> None:
        ack()

    if not settings.socket_mode:
        config = uvicorn.Config(http_app(app), host=HOST, port=port, log_config=None)
        uvicorn.Server(config).run()
        return
    token = settings.slack_app_token.get_secret_value()
    web = WebClient(token=token, base_url=settings.slack_api_url)
    SocketModeHandler(app, token, web_client=web).start()


if __name__ == "__main__":
    set_up_logs()
    kind, port, settings = sys.argv[1], int(sys.argv[2]), read_settings(Settings)
    if kind == "bare":
        serve_bare(settings, port)
    else:
        serve_desk(settings, port, PACES[kind])
