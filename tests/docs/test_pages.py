"""The documentation belongs to this code and to nothing outside the clone."""

import re
from pathlib import Path

import pytest
import yaml

from bot.cli.tables import pages
from bot.domain.findings.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / ".github").glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "slack_sandbox/README.md",
]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PATH = re.compile(r"`((?:bot|docs|templates|tests|benchmarks|slack_sandbox)/[\w./-]*)`")
_SOURCE = re.compile(r"\b(S[0-4]|[BCFIKTW])\b")


def names(pages: list[Path]) -> list[str]:
    """Return the names of pages as a test shows them."""
    return [str(page.relative_to(ROOT)) for page in pages]


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_a_page_links_only_to_files_that_exist(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    files = [link.split("#")[0] for link in links if "://" not in link]
    assert [link for link in files if link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_a_page_names_only_files_that_exist(page: Path) -> None:
    named = _PATH.findall(page.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        seen.add(page)
        links = _LINK.findall(page.read_text(encoding="utf-8"))
        found = {(page.parent / link.split("#")[0]).resolve() for link in links}
        ahead += [path for path in found - seen if path.suffix == ".md" and path.exists()]
    assert seen == set(PAGES)


def test_every_picture_is_shown_with_words_for_those_who_cannot_see_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", readme))
    pictures = {str(path.relative_to(ROOT)) for path in (ROOT / "docs/pictures").glob("*.png")}
    assert set(shown.values()) == pictures
    assert all(len(words) > 10 for words in shown)


def test_the_generated_pages_are_what_the_command_prints() -> None:
    """`python3 app.py tables --write` mends it."""
    printed = pages()
    assert {path.name for path in printed} == {"statuses.md", "rules.md", "settings.md"}
    for path, page in printed.items():
        assert path.read_text(encoding="utf-8") == page


def test_every_source_that_a_rule_names_is_explained() -> None:
    text = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([A-Z][0-9]?) \|", text, re.MULTILINE))
    assert {key for rule in RULES for key in _SOURCE.findall(rule.source)} <= explained


def test_every_dependency_is_argued() -> None:
    argued = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = project.split("dependencies = [", 1)[1].split("]\n", 1)[0]
    assert [name for name in re.findall(r'"([\w-]+)', listed) if name not in argued] == []


def test_every_event_of_the_logs_is_explained() -> None:
    explained = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    events = re.findall(r'\b(?:log|bound)\.(?:info|warning|error|exception)\(\s*"(\w+)"', source)
    assert events
    assert [event for event in events if f"| `{event}` |" not in explained] == []


def test_http_mode_names_places_that_a_manifest_has() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    text = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    for place in re.findall(r"`((?:settings|features)\.[a-z_.]+)", text):
        first, second = place.split(".")[:2]
        assert second in manifest[first], place
