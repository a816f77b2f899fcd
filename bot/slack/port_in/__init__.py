"""The conversation of /port-in and of Change details: one modal, four pages and a last look."""

from bot.slack.port_in.form import FORM, ROUTES

__all__ = ["FORM", "ROUTES"]
