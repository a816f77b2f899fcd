"""What the desk says when a port-out cannot go on."""

from bot.desk.core.context import Room
from bot.errors import PortingError


def refusal(room: Room, answer: str, field: str | None = None, **facts: object) -> PortingError:
    """Return the error whose sentence stands in `templates/port_out/answers.toml`."""
    return PortingError(room.words.sentence("port_out/answers", answer, **facts), field)
