"""What Slack makes of the text that a person typed, before anybody else sees it."""

import re
from collections.abc import Callable, Mapping

from slack_sandbox.state.state import State

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# One pass over the text, so that a link is never looked for inside another.
_LINKS = re.compile(
    r"(?P<url>https?://[^\s<>&]+(?:&amp;[^\s<>&]+)*)"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<person>(?<!\w)@[\w.-]+)"
    r"|(?P<channel>(?<!\w)#[\w-]+)"
    r"|(?P<phone>(?<![\w.])\+?\d[\d ().-]{8,18}\d(?![\w.]))"
)
_MENTIONS = ("person", "channel")


def escaped(text: str) -> str:
    """Escape the three letters with a meaning in Slack's markup."""
    return "".join(_ENTITIES.get(letter, letter) for letter in text)


def for_message(state: State, text: str) -> str:
    """Return a message as it is stored: escaped, with mentions and links marked up."""
    return _linked(escaped(text), _makers(state, with_names=False))


def for_command(state: State, text: str, should_escape: bool) -> str:
    """Return a command's text as the app gets it; mentions are marked only if it asks for that."""
    if not should_escape:
        return escaped(text)
    makers = _makers(state, with_names=True)
    return _linked(escaped(text), {name: makers[name] for name in _MENTIONS})


def _linked(text: str, makers: Mapping[str, Callable[[str], str]]) -> str:
    def replaced(found: re.Match[str]) -> str:
        maker = makers.get(found.lastgroup or "")
        return maker(found.group()) if maker else found.group()

    return _LINKS.sub(replaced, text)


def _makers(state: State, with_names: bool) -> Mapping[str, Callable[[str], str]]:
    people = {user.name: user.id for user in state.workspace.users}
    people[state.manifest.name.lower()] = state.workspace.bot_user_id
    rooms = {row.name: row.id for row in state.conversations.values() if not row.with_user}

    def mention(sign: str, known: Mapping[str, str]) -> Callable[[str], str]:
        def make(word: str) -> str:
            name = word[1:].lower()
            label = f"|{name}" if with_names or sign == "#" else ""
            return f"<{sign}{known[name]}{label}>" if name in known else word

        return make

    return {
        "url": lambda word: f"<{word}>",
        "mail": lambda word: f"<mailto:{word}|{word}>",
        "phone": lambda word: f"<tel:{re.sub(r'[^+0-9]', '', word)}|{word}>",
        "person": mention("@", people),
        "channel": mention("#", rooms),
    }
