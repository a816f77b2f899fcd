"""Desks that are cheaper than an office of one's own: shared by a module, or without Slack.

To open an office takes longer than most tests. A process has room for one at a time, so a module
has either a shared one or one for each test.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.office import Office
    from tests.port_out import desks


@pytest.fixture(scope="module")
def shared_office(
    tmp_path_factory: pytest.TempPathFactory, shared_database_url: str
) -> "Iterator[Office]":
    """An open office for all tests of a module, whose cases do not share numbers."""
    from tests.office import open_office

    folder = tmp_path_factory.mktemp("office")
    with open_office(folder, database_url=shared_database_url) as opened:
        yield opened


@pytest.fixture
def desk_office(shared_office: "Office") -> "Iterator[Office]":
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
def room(database_url: str) -> "Iterator[desks.Office]":
    """A desk without Slack, for what is asked of the desk alone."""
    from tests.port_out import desks

    with desks.open_desk(database_url) as opened:
        yield opened
