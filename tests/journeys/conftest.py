"""Offices that several tests share: opening one takes longer than a test."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from pydantic import SecretStr

from bot.desk.desk import Desk
from bot.settings import CaseSettings
from bot.wiring import open_desk
from tests.office import MONDAY, Office, open_office


@pytest.fixture(scope="module")
def shared_office(
    tmp_path_factory: pytest.TempPathFactory, shared_database_url: str
) -> Iterator[Office]:
    """An open office for all tests of a module, whose cases do not share numbers."""
    folder = tmp_path_factory.mktemp("office")
    with open_office(folder, database_url=shared_database_url) as opened:
        yield opened


@pytest.fixture
def desk_office(shared_office: Office) -> Iterator[Office]:
    """The shared office with all windows closed and nothing going wrong."""
    yield shared_office
    shared_office.slack.faults.change(HEALTHY)
    for person in shared_office.people.values():
        while person.view() is not None:
            person.close(clear=True)


HEALTHY = {
    "rate_limit": 0,
    "server_error": 0,
    "drop_answer": 0,
    "methods": None,
    "duplicate_delivery": False,
    "double_click": False,
    "revoke_token": False,
    "withhold_optional_scopes": False,
}


@pytest.fixture
def quiet_settings(template_file: Path, tmp_path: Path) -> CaseSettings:
    """Settings of a desk with a new database and no Slack."""
    return CaseSettings(
        database_url=f"sqlite:///{copyfile(template_file, tmp_path / 'desk.db')}",
        portdesk_secret_key=SecretStr("a key of sixteen letters"),
    )


@pytest.fixture
def desk(quiet_settings: CaseSettings) -> Desk:
    """A desk that delivers nothing by itself, as the command line has it."""
    return open_desk(quiet_settings, lambda: MONDAY)
