"""The first judge: Slack's own types, asked through tsc.

Each payload becomes a typed constant, written in place: of a literal tsc also refuses keys that
its type does not know. Blocks are `KnownBlock[]`, since `AnyBlock` takes anything with a type.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree, which
from typing import Any, Final

from tests.oracle.payloads import Finding, Payload

JUDGE: Final = "tsc"
HERE: Final = Path(__file__).parent
GENERATED: Final = HERE / "generated"
TSC: Final = HERE / "node_modules" / "typescript" / "bin" / "tsc"
PAYLOADS_IN_A_FILE: Final = 200
HEADER: Final = """\
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type * as api from '@slack/web-api';
import type {
  BlockAction, RespondArguments, SlackActionMiddlewareArgs, SlackCommandMiddlewareArgs,
  SlackOptionsMiddlewareArgs, SlackViewMiddlewareArgs, ViewClosedAction, ViewSubmitAction,
} from '@slack/bolt';
type Said<Args> = Args extends { ack: (said?: infer Said) => unknown } ? NonNullable<Said> : never;
type Blocks = KnownBlock[];
type Modal = Omit<ModalView, 'blocks'> & { blocks: Blocks };
type Home = Omit<HomeView, 'blocks'> & { blocks: Blocks };
type ViewSubmissionAck = Said<SlackViewMiddlewareArgs<ViewSubmitAction>>;
type ViewClosedAck = Said<SlackViewMiddlewareArgs<ViewClosedAction>>;
type BlockActionsAck = Said<SlackActionMiddlewareArgs<BlockAction>>;
type BlockSuggestionAck = Said<SlackOptionsMiddlewareArgs<'block_suggestion'>>;
type CommandAck = Said<SlackCommandMiddlewareArgs>;
// Bolt answers it unseen; the page of the event gives both forms.
type UrlVerificationAck = { challenge: string } | string;
"""
_ERROR: Final = re.compile(r"^(.+\.ts)\((\d+),(\d+)\): error (TS\d+: .*)$")
# A form carries these as text; JSON, and so the types, as what they are.
_NUMBERS: Final = frozenset({"length", "limit"})
_FLAGS: Final = frozenset({"include_all_metadata", "inclusive", "return_im"})
# slack_sdk adds it to every call; Slack takes it, and only some of its types know it.
ADDED_BY_SDK: Final = "team_id"


@dataclass
class Source:
    """Lines of TypeScript; each knows from which payload and which part of it it came."""

    lines: list[str] = field(default_factory=HEADER.splitlines)
    places: dict[int, tuple[Payload, str]] = field(default_factory=dict)

    def add(self, payload: Payload) -> None:
        """Write the constants of a payload."""
        name, body = f"p{len(self.lines)}", _typed(payload)
        for key, kind in (("view", _view_type(body)), ("blocks", "Blocks")):
            if isinstance(body, dict) and key in body:
                part = f"{name}_{key}"
                self._constant(payload, f"{part}: {kind}", body[key], f"/{key}")
                body = {**body, key: _Code(part)}
        self._constant(payload, f"{name}: {type_of(payload)}", body, "")

    def _constant(self, payload: Payload, head: str, value: Any, pointer: str) -> None:
        for text, place in _written(value, pointer, f"export const {head} = ", ";"):
            self.lines.append(text)
            self.places[len(self.lines)] = (payload, place)


class _Code(str):
    """A piece of code, not a text."""

    __slots__ = ()


def _written(value: Any, pointer: str, label: str, end: str) -> Iterator[tuple[str, str]]:
    """Write a value with one key or item in a line, so that a line of an error tells the part."""
    if not isinstance(value, dict | list) or not value:
        yield f"{label}{value if isinstance(value, _Code) else json.dumps(value)}{end}", pointer
    elif isinstance(value, dict):
        yield f"{label}{{", pointer
        for key, inner in value.items():
            yield from _written(inner, f"{pointer}/{key}", f"{json.dumps(key)}: ", ",")
        yield f"}}{end}", pointer
    else:
        yield f"{label}[", pointer
        for index, inner in enumerate(value):
            yield from _written(inner, f"{pointer}/{index}", "", ",")
        yield f"]{end}", pointer


def _view_type(body: Any) -> str:
    view = body.get("view") if isinstance(body, dict) else None
    return "Home" if isinstance(view, dict) and view.get("type") == "home" else "Modal"


def type_of(payload: Payload) -> str:
    """Return the name of Slack's type for a payload: `api.ChatPostMessageArguments`."""
    if payload.kind == "response_url":
        return "RespondArguments"
    if payload.kind == "web_api":
        words = [word[0].upper() + word[1:] for word in payload.name.split(".")]
        return f"api.{''.join(words)}Arguments"
    return "".join(word.capitalize() for word in payload.kind[4:].split("_")) + "Ack"


def _typed(payload: Payload) -> Any:
    """Return the body with numbers and flags as such, where a form carried them as text."""
    if payload.kind != "web_api":
        return payload.body
    return {n: _read(n, value) for n, value in payload.body.items() if n != ADDED_BY_SDK}


def _read(name: str, value: Any) -> Any:
    if name in _NUMBERS:
        return int(value)
    return value in ("1", "true", True) if name in _FLAGS else value


def why_not() -> str:
    """Say why tsc cannot be asked; empty where it can."""
    if which("node") is None:
        return "there is no node on this machine"
    return "" if TSC.exists() else f"its packages are not installed: npm ci --prefix {HERE}"


def judge(payloads: Iterable[Payload]) -> list[Finding]:
    """Ask tsc about all payloads at once. Raises `RuntimeError` where it does not answer so."""
    sources = list(_sources([payload for payload in payloads if payload.body is not None]))
    rmtree(GENERATED, ignore_errors=True)
    GENERATED.mkdir()
    for number, source in enumerate(sources):
        text = "\n".join(source.lines)
        (GENERATED / f"payloads{number}.ts").write_text(text, encoding="utf-8")
    told = _asked()
    found = [finding for line in told.splitlines() if (finding := _finding(line, sources))]
    if told.strip() and not found:
        raise RuntimeError(f"tsc says:\n{told[:2000]}")
    return found


def _sources(payloads: Sequence[Payload]) -> Iterator[Source]:
    for start in range(0, len(payloads), PAYLOADS_IN_A_FILE):
        source = Source()
        for payload in payloads[start : start + PAYLOADS_IN_A_FILE]:
            source.add(payload)
        yield source


def _asked() -> str:
    command = ["node", str(TSC), "-p", str(HERE / "tsconfig.json"), "--pretty", "false"]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _finding(line: str, sources: Sequence[Source]) -> Finding | None:
    """Return what a line of tsc means; the lines below an error explain it at length."""
    error = _ERROR.match(line)
    if error is None:
        return None
    path, at, _, words = error.groups()
    number = int(Path(path).stem.removeprefix("payloads"))
    place = sources[number].places.get(int(at))
    if place is None:
        raise RuntimeError(f"tsc does not take our own lines: {line}")
    return Finding(JUDGE, place[0], place[1], words[:300])
