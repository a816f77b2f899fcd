"""Builds the Bolt app: every entry point from one table, answers in the request's own thread."""

from functools import partial

from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.slack import port_command
from bot.slack.bolt.instrumented_app import InstrumentedApp, Observer
from bot.slack.bolt.payload import Payload
from bot.slack.bolt.route import Route
from bot.slack.case import (
    amend_case,
    checklist_modal,
    correction_modal,
    details_modal,
    signed_letter_modal,
    status_modals,
    support_modal,
    upload_link_modal,
)
from bot.slack.modals.error_reply import answer_error
from bot.slack.port_in import ROUTES as INTAKE
from bot.slack.port_out import ROUTES as PORT_OUT

ROUTES: tuple[Route, ...] = (
    *INTAKE,
    *PORT_OUT,
    *status_modals.ROUTES,
    *amend_case.ROUTES,
    *correction_modal.ROUTES,
    *checklist_modal.ROUTES,
    *signed_letter_modal.ROUTES,
    *upload_link_modal.ROUTES,
    *details_modal.ROUTES,
    *support_modal.ROUTES,
    *port_command.ROUTES,
)


def build_app(
    desk: Desk, client: WebClient, signing_secret: str, observe: Observer
) -> InstrumentedApp:
    """Return the app with its listeners.

    `process_before_response` makes a listener run in the thread of its request, so that the
    answer leaves when the work is committed, without Bolt's waiting in steps of 10 ms.
    """
    app = InstrumentedApp(
        observe,
        client=client,
        signing_secret=signing_secret or "unused in Socket Mode",
        process_before_response=True,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=False,
    )

    @app.error
    def _answer(
        error: Exception, body: Payload, context: BoltContext, client: WebClient
    ) -> BoltResponse:
        return answer_error(desk, error, body, context, client)

    for route in ROUTES:
        register(app, route, desk)
    return app


def register(app: App, route: Route, desk: Desk) -> None:
    """Let the listener of a route hear what Slack sends to it."""
    by_kind = {
        "command": app.command,
        "action": app.action,
        "view": app.view,
        "options": app.options,
        "view_closed": app.view_closed,
    }
    by_kind[route.kind](route.id)(partial(route.listener, desk))
