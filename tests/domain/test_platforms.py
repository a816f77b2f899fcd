"""A new platform has a row, and every table has something for it: none is taken for another."""

import pytest

from bot.domain.checklists.port_in import items_for
from bot.domain.gateway.aws_forms import ROUTES, Purpose
from bot.domain.intake.intake import Platform
from bot.domain.intake.platforms import PLATFORMS, Service, is_connect, of_service, row_of
from bot.wording.templates import Templates


def test_every_platform_has_a_row() -> None:
    assert PLATFORMS.keys() == set(Platform)
    assert [service for service in Service if not of_service(service)] == []


@pytest.mark.parametrize("platform", Platform)
def test_every_table_has_something_for_a_platform(platform: Platform) -> None:
    assert any(item.per_number for item in items_for(platform))
    for purpose in Purpose:
        assert any(platform in r.platforms and purpose in r.purposes for r in ROUTES), purpose
    assert Templates().sentence("platforms", platform)
    assert f"platform_{platform}" in Templates().table("loa/labels")


@pytest.mark.parametrize("name", ["", "chime", "CONNECT", " connect"])
def test_what_is_no_platform_has_no_row(name: str) -> None:
    assert row_of(name) is None
    assert not is_connect(name)
