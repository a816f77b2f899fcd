"""A database with one filed case, as the README's examples show it."""

import json
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.desk.drafts.draft_facts import Typing
from bot.service.offline import open_desk
from bot.service.settings import CaseSettings
from bot.store.database import migrate, open_engine

KEY = "a key for the examples of the README"
FILED_AT = datetime(2027, 3, 1, 17, 5, tzinfo=UTC)
ROSA = "U0ROSA0001"


def file_intake(folder: Path, intake: str) -> dict[str, str]:
    """File an intake in a new database in `folder`; returns the settings as variables."""
    url = f"sqlite:///{folder / 'portdesk.db'}"
    migrate(open_engine(url))
    settings = CaseSettings(database_url=url, portdesk_secret_key=SecretStr(KEY))
    desk = open_desk(settings, lambda: FILED_AT)
    draft = desk.drafts.save(ROSA, Typing("V1", "review", json.loads(intake), 1.0))
    desk.filing.file(ROSA, draft.id)
    return {"DATABASE_URL": url, "PORTDESK_SECRET_KEY": KEY}
