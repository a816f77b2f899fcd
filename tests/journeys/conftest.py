"""A desk with a new database and no Slack."""

from pathlib import Path
from shutil import copyfile

import pytest
from pydantic import SecretStr

from bot.desk.desk import Desk
from bot.service.offline import open_desk
from bot.service.settings import CaseSettings
from tests.office import MONDAY


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
