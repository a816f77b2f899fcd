#!/usr/bin/env python3
"""Portdesk. `python3 app.py sandbox` is the first thing to try."""

from bot.bootstrap import ensure_environment

if __name__ == "__main__":
    ensure_environment()

    from bot.cli import main

    main()
