"""Files that hold customers' data: whatever the umask, only their owner may read them."""

import os
import stat
from contextlib import suppress
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, for its owner only; what is there stays as it is."""
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        missing.mkdir(_FOLDER, exist_ok=True)


def make_file(file: Path) -> None:
    """Make an empty file, or take a present one of ours from all others."""
    os.close(os.open(file, os.O_CREAT | os.O_RDONLY, _FILE))
    close_to_others(file)


def write_file(file: Path, content: bytes) -> None:
    """Write a file; what is no file of the disk, such as /dev/stdout, is written to as it is."""
    number = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, _FILE)
    with os.fdopen(number, "wb") as out:
        close_to_others(file)
        out.write(content)


def close_to_others(file: Path) -> None:
    """Take a file of ours from group and others; somebody else's is theirs to change."""
    mode = file.stat().st_mode
    if stat.S_ISREG(mode) and stat.S_IMODE(mode) & 0o077:
        with suppress(PermissionError):
            file.chmod(_FILE)
