"""The command line: reads arguments, calls the parts below, prints."""

from bot.cli.commands import main
from bot.cli.settings import settings_group

main.add_command(settings_group)

__all__ = ["main"]
