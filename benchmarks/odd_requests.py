"""Turns requests that Slack really sent into such as it never sends; every kind is a row."""

import copy
import json
import random
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

Payload = dict[str, Any]
Path = tuple[Any, ...]


def _deep(levels: int = 60) -> Any:
    value: Any = "end"
    for _ in range(levels):
        value = [value]
    return value


# What stands in the place of a value.
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1, 2**31, 10**30, 1.5, "", " ", "0", "1", "-1", "9" * 40, "x" * 5000,
    "<!channel>", "<@U0ROSA0001>", "{{ 7 * 7 }}", "'; DROP TABLE port_case; --", "../../etc/passwd",
    "a\u0000b", "\ud800", "\u202ereversed", "Z\u0351\u0357" * 40, "PRT-1001", "U0ROSA0001",
    "U0ANNA0001", "9999-12-31", "2027-02-30", "25:61", "Mars/Olympus", [], {}, [None], [[]],
    {"id": "1"}, {"type": "view"}, _deep(),
)  # fmt: skip


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Yield where the values of a payload stand, at every depth."""
    if here:
        yield here
    if isinstance(value, dict):
        inner: Iterable[tuple[Any, Any]] = value.items()
    else:
        inner = enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from paths(part, (*here, key))


def mutated(chance: random.Random, known: list[Payload]) -> Payload:
    """Return one of the payloads with one to four of its values exchanged, left out or doubled."""
    payload = copy.deepcopy(chance.choice(known))
    for _ in range(chance.randint(1, 4)):
        places = list(paths(payload))
        if places:
            _change(chance, payload, chance.choice(places), known)
    return payload


def _change(chance: random.Random, payload: Payload, path: Path, known: list[Payload]) -> None:
    *above, last = path
    holder: Any = payload
    for key in above:
        holder = holder[key]
    how = chance.random()
    if how < 0.15:
        del holder[last]
    elif how < 0.25 and isinstance(holder, list):
        holder.append(holder[last])
    elif how < 0.45:
        holder[last] = _somewhere(chance, known)
    else:
        holder[last] = copy.deepcopy(chance.choice(ODD))


def _somewhere(chance: random.Random, known: list[Payload]) -> Any:
    """Return a value of another payload: an id of somebody else's, a form of another page."""
    other = chance.choice(known)
    value: Any = other
    for key in chance.choice([*paths(other)]):
        value = value[key]
    return copy.deepcopy(value)


def body_of(payload: Payload, user: str) -> tuple[bytes, str]:
    """Return body and content type of a request that comes from this person.

    Who asks is not changed: Slack says it, and signs it.
    """
    if "command" in payload:
        form = {**payload, "user_id": user}
        return urlencode(form, errors="surrogatepass").encode(), "application/x-www-form-urlencoded"
    if "event" in payload:
        if isinstance(payload["event"], dict):
            payload["event"]["user"] = user
        return json.dumps(payload).encode(), "application/json"
    payload["user"] = {"id": user, "username": "mallory", "team_id": "T0SANDBOX1"}
    if isinstance(view := payload.get("view"), dict):
        view.pop("response_urls", None)
    form = {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"
