"""What all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An open office on the first of March 2027."""
    with open_office(tmp_path) as opened:
        yield opened
