"""The command line. Exit codes: 0 done, 1 the answer is no, 2 unusable input."""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.exits import AnswerIsNo, PortdeskGroup, UnusableInput, sentence_of
from bot.domain.intake.intake import NotAnIntake
from bot.errors import PortingError
from bot.service.settings import (
    BadSettings,
    CaseSettings,
    DatabaseSettings,
    Settings,
    read_settings,
)

_NO_SANDBOX = "The sandbox is not part of this installation. Start it in a clone of the repository."


@click.group(cls=PortdeskGroup, invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Portdesk, the number-porting desk that lives in Slack.

    Try `app.py sandbox` first: it needs no Slack workspace.
    """
    if context.invoked_subcommand is None:
        context.invoke(run)


@main.command()
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port for Slack (HTTP mode; default 3000), health and metrics. "
    "In Socket Mode nothing listens without it.",
)
def run(host: str, port: int | None) -> None:
    """Serve Slack, in Socket Mode or over HTTP."""
    try:
        settings = read_settings(Settings)
    except BadSettings as error:
        raise UnusableInput(
            f"{error}\nTo try Portdesk without Slack: python3 app.py sandbox"
        ) from None
    from bot.cli.serving import serve

    serve(settings, host, port)


@main.command()
@click.option("--port", default=8123, help="Port of the page; 0 takes a free one.")
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
def sandbox(port: int, no_browser: bool) -> None:
    """Start the little Slack and the desk on it; nothing else is needed."""
    try:
        from bot.cli.sandbox import serve_sandbox
    except ModuleNotFoundError as error:
        raise AnswerIsNo(_NO_SANDBOX) from error
    try:
        serve_sandbox(port, open_browser=not no_browser)
    except OSError as error:
        raise AnswerIsNo(f"Port {port} is taken ({error.strerror}). Try --port 0.") from None


def _intake(file: str) -> Any:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        return json.loads(text)
    except OSError as error:
        raise UnusableInput(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise UnusableInput(f"{file} is not JSON. The README shows what an intake is.") from None


def _today() -> date:
    return datetime.now(read_settings(DatabaseSettings).zone).date()


def _joined(data: Any, listed: Path | None) -> Any:
    """Add the numbers of a file to those of an intake."""
    from bot.cli.intake import with_numbers

    if listed is None:
        return data
    try:
        return with_numbers(data, listed)
    except OSError as error:
        raise UnusableInput(f"{listed} cannot be read: {error.strerror}.") from None
    except PortingError as error:
        raise UnusableInput(f"{listed}: {sentence_of(error)}") from None


_listed = click.option(
    "--numbers",
    "listed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV or XLSX file whose numbers are added to those of the intake.",
)


@main.command()
@click.argument("file")
@_listed
def check(file: str, listed: Path | None) -> None:
    """Check an intake (JSON; - for standard input) and print the findings as JSON."""
    from bot.cli.intake import checked, findings_json

    try:
        _found, report = checked(_joined(_intake(file), listed), _today())
    except PortingError as error:
        raise UnusableInput(sentence_of(error)) from None
    click.echo(findings_json(report))
    sys.exit(0 if report.ok else 1)


@main.command()
@click.argument("source")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@_listed
def loa(source: str, output: Path, listed: Path | None) -> None:
    """Render the letter of an intake file or of a case (PRT-1042) as PDF."""
    from bot.cli import intake

    if listed and intake.is_reference(source):
        raise UnusableInput("A case has its numbers already; --numbers goes with an intake file.")
    try:
        letters = (
            intake.letters_of_case(source, read_settings(CaseSettings))
            if intake.is_reference(source)
            else intake.letters_of_intake(_joined(_intake(source), listed), _today())
        )
        for path in intake.write(letters, output):
            click.echo(path)
    except NotAnIntake as error:
        raise UnusableInput(sentence_of(error)) from None
    except OSError as error:
        raise UnusableInput(f"{output} cannot be written: {error.strerror}.") from None


@main.command()
@click.option("--at", "moment", help="ISO 8601 with zone; default now.")
def due(moment: str | None) -> None:
    """Print the reminders and checklists that are due, as JSON. Changes nothing."""
    from bot.cli.database import due_rows

    rows = due_rows(read_settings(CaseSettings), _moment(moment))
    click.echo(json.dumps(rows, indent=2, ensure_ascii=False))


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UnusableInput("Give --at as ISO 8601 with a zone, such as 2026-12-09T08:00-06:00.")
    return moment


@main.command()
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="json")
@click.option("--audit", is_flag=True, help="The whole audit instead, also what has no case.")
def export(form: str, audit: bool) -> None:
    """Print the cases with status, dates and history; secrets are masked."""
    from bot.cli.database import export_audit, export_cases

    written = export_audit if audit else export_cases
    click.echo(written(read_settings(CaseSettings), form), nl=False)


@main.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from bot.cli.database import migrate_database

    click.echo(migrate_database(read_settings(DatabaseSettings)))


@main.command()
def rotate() -> None:
    """Seal all secrets again under the newest key of PORTDESK_SECRET_KEY."""
    from bot.cli.database import rotate_keys

    click.echo(rotate_keys(read_settings(CaseSettings)))


@main.command()
@click.option("--write", is_flag=True, help="Write the pages in docs/ instead.")
def tables(write: bool) -> None:
    """Print the pages of docs/ that come from tables: statuses, rules, settings."""
    from bot.cli.tables import pages

    for path, page in pages().items():
        if write:
            path.write_text(page, encoding="utf-8")
        else:
            click.echo(page)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE while the desk is at work."""
    from bot.store.database import check_exists
    from bot.store.faults import judge
    from bot.store.sqlite.backup import back_up

    url = read_settings(DatabaseSettings).database_url
    check_exists(url)
    if url.startswith("sqlite"):
        judge(url, may_be_new=False)
    try:
        click.echo(back_up(url, file))
    except OSError as error:
        raise UnusableInput(f"{file} cannot be written: {error.strerror}.") from None


@main.command()
def doctor() -> None:
    """Check settings, database, Slack credentials, scopes and the channel; one line each."""
    from bot.cli.doctor import examine

    lines = examine()
    for line in lines:
        click.echo(line.text)
    sys.exit(0 if all(line.fine for line in lines) else 1)
