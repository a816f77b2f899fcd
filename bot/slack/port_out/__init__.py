"""Port-out in Slack: the form, what to give, carriers' requests, PIN protection."""

from bot.slack.port_out import giving, listeners, protecting, requests
from bot.slack.port_out.pages import amendment_view

__all__ = ["ROUTES", "amendment_view"]

ROUTES = [*listeners.ROUTES, *giving.ROUTES, *requests.ROUTES, *protecting.ROUTES]
