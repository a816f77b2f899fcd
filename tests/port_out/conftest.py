"""A desk of its own for every test of port-out."""

from collections.abc import Iterator

import pytest

from tests.port_out.desks import Office, open_desk


@pytest.fixture
def room(database_url: str) -> Iterator[Office]:
    """A desk without Slack."""
    with open_desk(database_url) as opened:
        yield opened
