"""`app.py settings`: what the desk is set to, from the command line, and what the audit keeps."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.cli.settings import operating_system_user
from bot.domain.settings.table import SETTINGS
from bot.store.database import open_engine
from bot.store.models.base import table_of
from bot.store.models.desk_settings import DeskSetting
from tests.commands import Ended, run_command
from tests.databases import every_row
from tests.port_out.desks import KEY

OTHER = "YW5vdGhlciBzZWNyZXQsIGFsc28gb2YgdGhpcnR5LXQ="
ACCOUNT = "123456789012"
SECRET = "aws_account.connect"
Run = Callable[..., Ended]


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Run:
    """Runs a command in the environment of a desk; by default `app.py settings`."""

    def run(*line: str, command: str = "settings", given: str = "", **more: str) -> Ended:
        variables = {
            "DATABASE_URL": database_url,
            "PORTDESK_SECRET_KEY": KEY,
            "PORTDESK_CHANNEL": "C0PORTING1",
            "PORTDESK_AGENTS": "U0ANNA0001,U0TOM00001",
        }
        return run_command([command, *line], tmp_path, variables | more, given)

    return run


def _listed(run: Run, **more: str) -> dict[str, str]:
    """Return the lines of the list by the name of the setting; spaces count once."""
    lines = [line.split(maxsplit=1) for line in run("list", **more).output.splitlines()]
    return {name: " ".join(rest.split()) for name, rest in lines}


def _audit(run: Run) -> list[dict[str, str]]:
    lines = json.loads(run("--audit", command="export").output)
    return [{k: v for k, v in line.items() if k not in {"at", "who"}} for line in lines]


def test_without_a_change_the_environment_and_the_defaults_count(run: Run) -> None:
    listed = _listed(run)
    assert list(listed) == list(SETTINGS)
    assert listed["channel"] == "C0PORTING1 PORTDESK_CHANNEL"
    assert listed["agents"] == "U0ANNA0001,U0TOM00001 PORTDESK_AGENTS"
    assert listed["time_zone"] == "America/New_York default"
    assert listed["inventory_limit"] == "25 default"
    assert listed["winning_carrier.connect"] == "not set"
    assert run().output == run("list").output
    berlin = _listed(run, PORTDESK_TIME_ZONE="Europe/Berlin")
    assert berlin["time_zone"] == "Europe/Berlin PORTDESK_TIME_ZONE"


def test_what_was_set_counts_until_it_is_unset(run: Run) -> None:
    done = run("set", "channel", " C0NEWPLACE ")
    assert (done.code, done.output) == (
        0, "channel is set. A running desk knows it within seconds.\n",
    )  # fmt: skip
    assert run("get", "channel").output == "C0NEWPLACE\n"
    assert _listed(run)["channel"].startswith(f"C0NEWPLACE set by {operating_system_user()} on 2")
    assert "is what the environment says again" in run("unset", "channel").output
    assert run("get", "channel").output == "C0PORTING1\n"
    again = run("unset", "channel")
    assert (again.code, again.output) == (0, "Nobody has set channel; nothing was changed.\n")


def test_each_change_is_in_the_audit_with_who_made_it(run: Run) -> None:
    run("set", "inventory_limit", "40")
    run("set", "inventory_limit", "50")
    run("unset", "inventory_limit")
    run("unset", "inventory_limit")
    limit = {"setting": "inventory_limit"}
    assert _audit(run) == [
        {"what": "setting_set", **limit, "after": "40"},
        {"what": "setting_set", **limit, "before": "40", "after": "50"},
        {"what": "setting_unset", **limit, "before": "50"},
    ]
    lines = json.loads(run("--audit", command="export").output)
    assert {line["who"] for line in lines} == {operating_system_user()}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("channel", "#porting", "channel cannot be “#porting”: give the id of a channel, such as"),
        ("agents", "Anna", "agents cannot be “Anna”: give user ids separated by commas"),
        ("inventory_limit", "0", "give a whole number from 1 to 999999"),
        ("desk_hours", "nine to five", "such as Mon-Fri 09:00-17:00, Sat 09:00-12:00"),
        ("resp_org.connect", "ABC", "five letters and digits, such as ABC01"),
        ("time_zone", "Berlin", "name an IANA time zone such as America/Chicago"),
        ("chanel", "C0NEWPLACE", "There is no setting chanel. `app.py settings` lists all"),
        ("resp_org.business_calling", "ABC01", "There is no setting resp_org.business_calling."),
    ],
)
def test_what_cannot_be_set_is_refused_with_what_would_do(
    run: Run, name: str, value: str, says: str
) -> None:
    before = _listed(run)
    done = run("set", name, value)
    assert done.code == 2
    assert says in done.errors
    assert _listed(run) == before
    assert _audit(run) == []


@pytest.mark.parametrize("step", ["get", "unset"])
def test_a_name_that_no_setting_has_is_unusable(run: Run, step: str) -> None:
    done = run(step, "chanel")
    assert done.code == 2
    assert "There is no setting chanel." in done.errors


def test_to_get_what_nobody_has_set_is_answered_with_no(run: Run) -> None:
    done = run("get", "winning_carrier.voice_connector")
    assert (done.code, done.output) == (1, "")
    assert "winning_carrier.voice_connector is not set." in done.errors


def test_a_secret_setting_rests_sealed_and_is_masked(run: Run, database_url: str) -> None:
    done = run("set", SECRET, "1234-5678-9012")
    assert done.code == 0
    assert _listed(run)[SECRET].startswith("on file set by ")
    engine = open_engine(database_url)
    assert ACCOUNT not in every_row(engine)
    engine.dispose()
    for command in (["export"], ["export", "--audit"]):
        assert ACCOUNT not in run(*command[1:], command=command[0]).output
    assert run("get", SECRET).output == f"{ACCOUNT}\n"
    assert _audit(run) == [
        {"what": "setting_set", "setting": SECRET},
        {"what": "revealed", "setting": SECRET},
    ]


def test_a_refused_secret_is_not_said_again(run: Run) -> None:
    done = run("set", SECRET, "12345678901")
    assert done.code == 2
    assert f"What was given cannot be {SECRET}: give the 12 digits" in done.errors
    assert "12345678901" not in done.errors + done.output


def test_a_secret_is_sealed_under_no_key_that_opens_nothing_else(run: Run) -> None:
    run("set", SECRET, ACCOUNT)
    done = run("set", "aws_account.voice_connector", ACCOUNT, PORTDESK_SECRET_KEY=OTHER)
    assert done.code == 1
    assert "PORTDESK_SECRET_KEY opens nothing" in done.errors
    assert _listed(run, PORTDESK_SECRET_KEY=OTHER)[SECRET].startswith("unreadable set by ")
    assert _listed(run)["aws_account.voice_connector"] == "not set"


def test_a_rotation_seals_settings_as_well_and_names_one_that_no_key_opens(
    run: Run, database_url: str
) -> None:
    run("set", SECRET, ACCOUNT)
    run("set", "aws_account.voice_connector", ACCOUNT)
    assert run(command="rotate", PORTDESK_SECRET_KEY=f"{OTHER},{KEY}").code == 0
    assert run("get", SECRET, PORTDESK_SECRET_KEY=OTHER).output == f"{ACCOUNT}\n"
    _write(database_url, SECRET, sealed_value="gAAAA damaged")
    done = run(command="rotate", PORTDESK_SECRET_KEY=OTHER)
    assert done.code == 1
    assert f"the setting {SECRET}" in done.errors


def _write(url: str, setting: str, **values: str) -> None:
    """Write over a row, past all checks of the desk."""
    engine, rows = open_engine(url), table_of(DeskSetting)
    with engine.begin() as connection:
        connection.execute(update(rows).where(rows.c.name == setting).values(values))
    engine.dispose()


def test_a_value_that_this_release_does_not_take_is_passed_over_and_named(
    run: Run, database_url: str
) -> None:
    run("set", "channel", "C0NEWPLACE")
    _write(database_url, "channel", value="#porting")
    assert run("get", "channel").output == "C0PORTING1\n"
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    nowhere = {"SLACK_API_URL": "http://127.0.0.1:9/api/"}
    said = run(command="doctor", **slack, **nowhere).output
    assert "FAIL desk settings: set these anew: channel\n" in said


def test_a_setting_of_a_newer_release_is_left_alone(run: Run, database_url: str) -> None:
    run("set", "inventory_limit", "40")
    _write(database_url, "inventory_limit", name="something_new")
    assert "something_new" not in run("list").output
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalars(select(table_of(DeskSetting).c.name)).all() == ["something_new"]
    engine.dispose()


def test_a_value_may_come_from_standard_input(run: Run) -> None:
    assert run("set", SECRET, "-", given=f"{ACCOUNT}\n").code == 0
    assert run("get", SECRET).output == f"{ACCOUNT}\n"
