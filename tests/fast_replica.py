"""`app.py run --port N` at a pace for tests. An argument of the environment sets the lease."""

import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.cli.serving import serve
from bot.service.settings import Settings, read_settings
from bot.service.wiring import Pace

if __name__ == "__main__":
    pace = Pace(
        sweep_seconds=1,
        posts_per_second=None,
        slow_retry_seconds=2.0,
        lease=timedelta(seconds=float(os.environ.get("LEASE_SECONDS", "3"))),
    )
    serve(read_settings(Settings), "127.0.0.1", int(sys.argv[2]), pace)
