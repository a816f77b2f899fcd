"""The tables. Every promise of uniqueness is a UNIQUE, every closed set a CHECK."""

from bot.store.models import (
    carrier_requests,
    cases,
    deliveries,
    desk_settings,
    next_look,
    security_audit,
    slack_pace,
    subjects,
)
from bot.store.models import number_pins as pin_protection

__all__ = [
    "carrier_requests",
    "cases",
    "deliveries",
    "desk_settings",
    "next_look",
    "pin_protection",
    "security_audit",
    "slack_pace",
    "subjects",
]
