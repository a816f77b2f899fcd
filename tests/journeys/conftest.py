"""Offices that several tests share: opening one takes longer than a test."""

from collections.abc import Iterator

import pytest

from tests.office import Office, open_office


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An open office for all tests of a module, whose cases do not share numbers."""
    with open_office(tmp_path_factory.mktemp("office")) as opened:
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
