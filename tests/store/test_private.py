"""What holds customers' data is for its owner only, whatever the umask."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import open_engine
from bot.store.sqlite.backup import back_up
from bot.store.sqlite.private_files import write_file
from tests.commands import run_command
from tests.journeys.cases import FIELDS


@pytest.fixture(autouse=True)
def everybody_may_read() -> Iterator[None]:
    """The umask of most systems, and worse."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Return who may do what with each file and folder in a folder."""
    found = sorted(folder.rglob("*"))
    return {str(f.relative_to(folder)): stat.S_IMODE(f.stat().st_mode) for f in found}


def test_a_database_its_companions_its_folders_and_its_copy(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/var/desk/portdesk.db"
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE line (number INTEGER)")
        connection.commit()
        back_up(url, tmp_path / "copy.db")
        assert modes(tmp_path) == {
            "copy.db": 0o600,
            "var": 0o700,
            "var/desk": 0o700,
            "var/desk/portdesk.db": 0o600,
            "var/desk/portdesk.db-shm": 0o600,
            "var/desk/portdesk.db-wal": 0o600,
        }
    engine.dispose()


def test_what_an_older_release_left_to_everybody_is_closed(tmp_path: Path) -> None:
    names = ("portdesk.db", "portdesk.db-shm", "portdesk.db-wal")
    for name in names:
        (tmp_path / name).touch(0o666)
    open_engine(f"sqlite:///{tmp_path}/portdesk.db").dispose()
    assert modes(tmp_path) == dict.fromkeys(names, 0o600)


def test_letters_and_lists_of_the_command_line(tmp_path: Path) -> None:
    numbers = "206-555-0100 to 0119"
    intake = tmp_path / "intake.json"
    intake.write_text(json.dumps(FIELDS | {"numbers": numbers, "btn_option": "close_account"}))
    (tmp_path / "letter.pdf").touch(0o666)
    done = run_command(["loa", str(intake), "-o", "letter.pdf"], tmp_path, {})
    assert done.code == 0, done.errors
    written = modes(tmp_path)
    assert (written["letter.pdf"], written["letter.xlsx"]) == (0o600, 0o600)


def test_what_is_no_file_of_the_disk_is_written_to_as_it_is() -> None:
    before = Path("/dev/null").stat().st_mode
    write_file(Path("/dev/null"), b"letter")
    assert Path("/dev/null").stat().st_mode == before
