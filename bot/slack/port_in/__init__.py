"""The conversation of /port-in and of Change details: one modal, four pages and a last look."""

from bot.slack.port_in.listeners import ROUTES
from bot.slack.port_in.pages import amendment_view

__all__ = ["ROUTES", "amendment_view"]
