"""Steps of PIN protection, for tests."""

from uuid import uuid4

from bot.domain.port_out.requests import ProtectionStep
from tests.port_out.desks import Office

ONE = "206-555-0100"


def protect(room: Office, who: str, step: ProtectionStep, pin: str = "", numbers: str = ONE) -> str:
    """Make one step of PIN protection; returns who set the PIN of the first number."""
    form = f"V{uuid4().hex[:12]}"
    return room.desk.port_out.pin_protection.take(who, numbers, step, form, pin)[0].set_by
