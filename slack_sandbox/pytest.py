"""Fixtures for the tests of a Bolt app.

Say `pytest_plugins = ["slack_sandbox.pytest"]` in the `conftest.py` at the root of the tests, and
override `slack_manifest` and `slack_workspace` there where the defaults do not fit.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from slack_sandbox.server import Sandbox
from slack_sandbox.state.workspace import Workspace, default_workspace


@pytest.fixture(scope="session")
def slack_manifest(pytestconfig: pytest.Config) -> Path | Mapping[str, Any]:
    """The app's manifest, as a file or as data: `manifest.yml` where pytest has its settings."""
    return pytestconfig.rootpath / "manifest.yml"


@pytest.fixture(scope="session")
def slack_workspace() -> Workspace:
    """The people and channels: Rosa, Anna and Tom in #team, where the app is, and #general."""
    return default_workspace()


@pytest.fixture
def slack(
    slack_manifest: Path | Mapping[str, Any], slack_workspace: Workspace
) -> Iterator[Sandbox]:
    """A Slack of the test's own: `slack.person("rosa")` clicks, `slack.faults` break things."""
    with Sandbox(slack_manifest, slack_workspace) as running:
        yield running
