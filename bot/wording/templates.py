"""Turns facts into the sentences of `templates/`, escaped for the place where they appear."""

import site
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_CLONE = Path(__file__).resolve().parents[2]
# Beside the code in a clone; where pip puts a program's data when it is installed.
_PLACES = (_CLONE, *(Path(p) / "share/portdesk" for p in (sys.prefix, site.getuserbase())))
HOME = next((place for place in _PLACES if (place / "templates").is_dir()), _CLONE)
TEMPLATES = HOME / "templates"
# The first one first: the others bring it along.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class Mrkdwn(str):
    """Text that is Slack markup already (a mention, a date token) and must not be escaped again."""

    __slots__ = ()


def escape_mrkdwn(value: object) -> str:
    """Escape what Slack reads as markup, so that `<!channel>` from a person pings nobody."""
    if isinstance(value, Mrkdwn):
        return value
    text = "" if value is None else str(value)
    for letter, entity in _ENTITIES.items():
        text = text.replace(letter, entity)
    return text


class Templates:
    """Renders the templates that a porting clerk may reword.

    A missing fact raises `jinja2.UndefinedError`: a sentence with a hole in it never goes out.
    """

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self._folder = folder
        self._plain = _environment(folder)
        self._mrkdwn = _environment(folder, mrkdwn=True)

    def plain(self, template: str, **facts: Any) -> str:
        """Render for places without markup: PDF, command line, errors under a field."""
        return self._plain.get_template(template).render(**facts).strip()

    def mrkdwn(self, template: str, **facts: Any) -> str:
        """Render for Slack's mrkdwn; every value is escaped, only `Mrkdwn` passes as it is."""
        return self._mrkdwn.get_template(template).render(**facts).strip()

    def sentence(self, table: str, key: str, **facts: Any) -> str:
        """Render one row of a table of sentences (`templates/<table>.toml`), unescaped.

        Raises `KeyError` where the table has no such row.
        """
        return self._template(self._plain, table, key).render(**facts).strip()

    def mrkdwn_sentence(self, table: str, key: str, **facts: Any) -> str:
        """Render one row of a table of sentences for Slack's mrkdwn, every value escaped."""
        return self._template(self._mrkdwn, table, key).render(**facts).strip()

    def _template(self, environment: Environment, table: str, key: str) -> Template:
        return _compiled(environment, self._folder, table, key)

    def table(self, name: str) -> dict[str, str]:
        """Return the table of sentences `templates/<name>.toml`, read once."""
        return _table(self._folder, name)


@cache
def _table(folder: Path, name: str) -> dict[str, str]:
    with (folder / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _compiled(environment: Environment, folder: Path, table: str, key: str) -> Template:
    """Compile a sentence once: a form has dozens, and compiling takes longer than rendering."""
    return environment.from_string(_table(folder, table)[key])


@cache
def _environment(folder: Path, mrkdwn: bool = False) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        # Sentences are read once; asking each time whether a file has changed takes its time.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        finalize=escape_mrkdwn if mrkdwn else None,
    )
    # A message shows the buttons that it names, so it has to name them as they are called.
    environment.globals["button"] = lambda name: Mrkdwn(f"*{_table(folder, 'buttons')[name]}*")
    return environment
