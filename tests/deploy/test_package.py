"""What `pip install .` takes along: all that the program reads beside its code."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
SHARE = Path("share/portdesk")


def test_every_template_is_installed_where_it_stands() -> None:
    for path in (ROOT / "templates").rglob("*.*"):
        place = str(SHARE / path.parent.relative_to(ROOT))
        name = str(path.relative_to(ROOT))
        assert any(fnmatch(name, pattern) for pattern in SETUPTOOLS["data-files"][place]), name
    assert SETUPTOOLS["data-files"][str(SHARE)] == ["manifest.yml"]


def test_every_file_beside_the_code_is_installed() -> None:
    wanted = SETUPTOOLS["package-data"]["*"]
    for path in (ROOT / "bot").rglob("*"):
        if path.is_file() and path.suffix not in {".py", ".pyc"}:
            assert any(fnmatch(path.name, pattern) for pattern in wanted), path
