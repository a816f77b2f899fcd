"""The command line: reads arguments, calls the parts below, prints."""

from bot.cli.commands import main

__all__ = ["main"]
