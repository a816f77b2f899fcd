"""What `docs/operating.md` says about a restored backup is tried on both databases."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.cli.database import export_cases, rotate_keys
from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import Typing
from bot.service.offline import open_desk
from bot.service.settings import CaseSettings
from bot.store.database import open_engine
from tests.docs.desk import FILED_AT, KEY, ROSA
from tests.journeys.cases import FIELDS

PAGE = (Path(__file__).resolve().parents[2] / "docs/operating.md").read_text(encoding="utf-8")
CHAPTER = PAGE.split("### Restoring a backup\n", 1)[1].split("\n## ", 1)[0]
POSTGRESQL, SQLITE, REMOVAL = re.findall(r"```sql\n(.*?)```", CHAPTER, re.DOTALL)


@pytest.mark.long
@pytest.mark.both_databases
def test_numbers_go_on_above_the_last_case_that_slack_has_seen(
    database_url: str, database_kind: str
) -> None:
    settings = CaseSettings(database_url=database_url, portdesk_secret_key=SecretStr(KEY))
    desk = open_desk(settings, lambda: FILED_AT)
    assert _filed(desk, "206 555 0101") == "PRT-1001"
    _order(database_url, SQLITE if database_kind == "sqlite" else POSTGRESQL)
    export_cases(settings, "csv")
    assert _filed(desk, "206 555 0102") == "PRT-1058"
    _order(database_url, REMOVAL)
    assert _filed(desk, "206 555 0103") == "PRT-1059"
    found = [case.reference for case in desk.queries.every_case()]
    assert sorted(found) == ["PRT-1001", "PRT-1058", "PRT-1059"]
    assert "sealed under the newest key" in rotate_keys(settings)


def _filed(desk: Desk, numbers: str) -> str:
    typing = Typing(f"V{numbers}", "review", FIELDS | {"numbers": numbers}, 1.0)
    return desk.filing.file(ROSA, desk.drafts.save(ROSA, typing).id).cases[0].reference


def _order(url: str, orders: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        for order in orders.split(";")[:-1]:
            connection.execute(text(order))
    engine.dispose()
