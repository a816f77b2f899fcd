"""Port-out in Slack: the form, what to give, carriers' requests, PIN protection."""

from bot.slack.port_out import credentials_modal as giving
from bot.slack.port_out import listeners
from bot.slack.port_out import pin_protection_modal as protecting
from bot.slack.port_out import request_listeners as requests
from bot.slack.port_out.pages import amendment_view

__all__ = ["ROUTES", "amendment_view"]

ROUTES = [*listeners.ROUTES, *giving.ROUTES, *requests.ROUTES, *protecting.ROUTES]
