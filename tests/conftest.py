"""What all tests share."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.roomy import roomy_folder

if TYPE_CHECKING:
    from tests.office import Office

# What pytest takes for its folders, unless somebody names one.
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(roomy_folder()))
# A busy machine is slow, not wrong.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: most tests wait for an answer more than they reckon."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_finish() -> None:
    """Set aside what pytest loaded, as `serve` does with what the start made, and look rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


pytest_plugins = ["tests.databases", "tests.distribution", "tests.limits", "tests.offices"]


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> "Iterator[Office]":
    """An open office on the first of March 2027."""
    # The process that gives out the tests never needs the desk.
    from tests.office import open_office

    with open_office(tmp_path, database_url=database_url) as opened:
        yield opened
