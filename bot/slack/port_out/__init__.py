"""Port-out in Slack: the form, what to give, carriers' requests, PIN protection."""

from bot.slack.modals.wizard.listeners import routes
from bot.slack.port_out import credentials_modal, pin_protection_modal, request_listeners
from bot.slack.port_out.form import FORM

__all__ = ["FORM", "ROUTES"]

ROUTES = [
    *routes(FORM),
    *credentials_modal.ROUTES,
    *request_listeners.ROUTES,
    *pin_protection_modal.ROUTES,
]
