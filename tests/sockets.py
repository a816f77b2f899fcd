"""Connects small apps over Socket Mode, at once and without a wait at the end."""

import ssl
from contextlib import suppress
from functools import cache

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from slack_sandbox import Sandbox


def connect(app: App, sandbox: Sandbox) -> SocketModeHandler:
    """Open a WebSocket for this app; let go of it with `hang_up`."""
    web = WebClient(token=sandbox.app_token, base_url=sandbox.api_url, ssl=_trusted())
    handler = SocketModeHandler(app, sandbox.app_token, web_client=web)
    handler.connect()
    return handler


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom we trust. Read once: the SDK would read the whole list for each socket."""
    return ssl.create_default_context()


def hang_up(sandbox: Sandbox, *handlers: SocketModeHandler) -> None:
    """Stop the sandbox and its apps.

    The SDK would wait three seconds in a socket that is still open, and one for a next message.
    """
    for handler in handlers:
        handler.client.auto_reconnect_enabled = False
    sandbox.stop()
    for handler in handlers:
        handler.client.closed = True
        handler.client.message_queue.put(None)
        # The SDK looks whether there is a socket before it takes the lock under which its own
        # thread, which has seen the sandbox go, closes it as well.
        with suppress(AttributeError):
            handler.close()
