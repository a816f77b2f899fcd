"""The tables. Every promise of uniqueness is a UNIQUE, every closed set a CHECK."""

from bot.store.models import cases, deliveries, next_look, port_out, slack_pace, subjects

__all__ = ["cases", "deliveries", "next_look", "port_out", "slack_pace", "subjects"]
