#!/usr/bin/env python3
"""Portdesk. `python3 app.py sandbox` is the first thing to try."""

import sys

# Everything up to the check must be readable for Python 2 as well: this is where it is told.
OLDEST = (3, 11)

if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit(
            "Portdesk needs Python 3.11 or newer, and this is "
            + sys.version.split()[0]
            + ". Install a newer one and start with it, for example: python3.13 app.py sandbox"
        )

    from bot.install import ensure_environment

    ensure_environment()

    from bot.cli import main

    main()
