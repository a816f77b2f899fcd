"""Switches for what goes wrong on the way, which a well-built app has to survive."""

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any


class Enforce(StrEnum):
    """Which rate limits count: none, those of posts and updates, or all tiers."""

    NONE = "none"
    POSTS = "posts"
    ALL = "all"


COUNTED = ("rate_limit", "server_error", "drop_answer", "silent")
# What becomes of the next files that are shared.
SHARES = ("lost_share", "late_share")


@dataclass
class Faults:
    """Counters apply to the next calls of `methods` (all, if there are none); switches stay on."""

    rate_limit: int = 0
    server_error: int = 0
    drop_answer: int = 0
    silent: int = 0
    lost_share: int = 0
    late_share: int = 0
    methods: list[str] | None = None
    duplicate_delivery: bool = False
    double_click: bool = False
    shuffle_delivery: bool = False
    bad_signature: bool = False
    old_timestamp: bool = False
    revoke_token: bool = False
    withhold_optional_scopes: bool = False
    silent_handshake: bool = False
    enforce_rates: Enforce = field(default=Enforce.POSTS)

    def change(self, wanted: dict[str, Any]) -> None:
        """Take over the values of a request; raises `ValueError` for a name or value unknown."""
        known = {item.name for item in fields(self)}
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"There is no switch called {name}.")
            setattr(self, name, _checked(name, value))

    def take(self, method: str) -> str | None:
        """Use up and return the fault that this call meets, if any."""
        if self.methods and method not in self.methods:
            return None
        return next((name for name in COUNTED if self.use(name)), None)

    def use(self, name: str) -> bool:
        """Use up one of a counter; False when nothing is left of it."""
        left: int = getattr(self, name)
        if left > 0:
            setattr(self, name, left - 1)
        return left > 0

    def as_dict(self) -> dict[str, Any]:
        """Return all switches, for the page."""
        return asdict(self)


def _checked(name: str, value: Any) -> Any:
    if name == "enforce_rates":
        if value not in list(Enforce):
            raise ValueError("enforce_rates is none, posts or all.")
        return Enforce(value)
    if name == "methods":
        if value is not None and not isinstance(value, list):
            raise ValueError("methods is a list of names of Web API methods.")
        return value
    counted = name in COUNTED or name in SHARES
    if counted and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError(f"{name} takes a number of calls.")
    if not counted and not isinstance(value, bool):
        raise ValueError(f"{name} is either true or false.")
    return value
