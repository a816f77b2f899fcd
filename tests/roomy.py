"""Where tests write: a disk that is slow for seconds looks like a desk that hangs."""

import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")
# What a run on two cores needs, in bytes.
_ROOM = 2 * 1024**3


def roomy_folder() -> Path:
    """Return a folder in memory where there is room for it, else the usual one."""
    in_memory = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if in_memory else Path(tempfile.gettempdir())
