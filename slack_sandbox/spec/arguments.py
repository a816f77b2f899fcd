"""Reads the arguments of a Web API call, whichever way they were sent."""

import json
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

# Form bodies carry these as JSON text.
_STRUCTURED = frozenset({"blocks", "view", "message", "metadata", "attachments", "files"})


async def read_arguments(request: Request) -> tuple[dict[str, Any], str | None]:
    """Return the arguments without those that are null, and the token."""
    kind = request.headers.get("content-type", "")
    body = await request.body()
    arguments: dict[str, Any] = dict(request.query_params)
    if kind.startswith("application/json"):
        arguments |= _from_json(body)
    elif kind.startswith("multipart/form-data"):
        arguments |= _unpacked(multipart(kind, body))
    else:
        form = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        arguments |= _unpacked(dict(form))
    token = arguments.pop("token", None)
    header = request.headers.get("authorization", "")
    if header.startswith("Bearer "):
        token = header.removeprefix("Bearer ")
    return {name: value for name, value in arguments.items() if value is not None}, token


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _unpacked(form: dict[str, str]) -> dict[str, Any]:
    return {name: _structure(name, value) for name, value in form.items()}


def _structure(name: str, value: str) -> Any:
    if name not in _STRUCTURED:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def multipart(content_type: str, body: bytes) -> dict[str, str]:
    """Return the fields of a multipart form; the bytes of files are read as Latin-1 text."""
    message = BytesParser().parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    found = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            found[name] = content.decode("latin-1" if part.get_filename() else "utf-8", "replace")
    return found


def truth(value: Any) -> bool:
    """Read a boolean argument: forms send 1, true or 0."""
    return str(value).lower() in ("1", "true")


def number(value: Any, default: int) -> int | None:
    """Read a whole number; None where it is none."""
    if value is None:
        return default
    text = str(value)
    return int(text) if text.isdigit() else None
