"""Port-out in Slack: the form, what to give, carriers' requests, PIN protection."""

from bot.slack.port_out import credentials_modal, listeners, pin_protection_modal, request_listeners
from bot.slack.port_out.pages import amendment_view

__all__ = ["ROUTES", "amendment_view"]

ROUTES = [
    *listeners.ROUTES,
    *credentials_modal.ROUTES,
    *request_listeners.ROUTES,
    *pin_protection_modal.ROUTES,
]
