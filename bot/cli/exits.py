"""How a command ends: 0 done, 1 the answer is no, 2 unusable input; never in a traceback."""

from typing import Any

import click

from bot.domain.settings.kinds import NotASetting
from bot.errors import PortingError
from bot.service.settings import BadSettings, DatabaseSettings, read_settings


class UnusableInput(click.ClickException):
    """Says what is wrong with the input, on standard error."""

    exit_code = 2


class AnswerIsNo(click.ClickException):
    """Says why the answer is no, on standard error."""

    exit_code = 1


class PortdeskGroup(click.Group):
    """Commands whose refusals are printed as a sentence, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; bad settings are unusable input, any other refusal is a no."""
        try:
            return super().invoke(ctx)
        except (BadSettings, NotASetting) as error:
            raise UnusableInput(sentence_of(error)) from None
        except PortingError as error:
            raise AnswerIsNo(_of_database(error) or sentence_of(error)) from None
        except Exception as error:
            if said := _of_database(error):
                raise AnswerIsNo(said) from None
            raise


def _of_database(error: Exception) -> str:
    """Say what the database is wrong with, where that is behind an error."""
    if isinstance(error, PortingError) and error.__cause__ is None:
        return ""
    # Loaded only now: most commands that refuse need none of it.
    from bot.store.faults import database_fault

    fault = database_fault(error, read_settings(DatabaseSettings).database_url)
    return str(fault) if fault else ""


def sentence_of(error: PortingError) -> str:
    """Return what a person reads of an error."""
    # Loaded only now: a command that is not refused needs no templates.
    from bot.wording.refusals import word_error
    from bot.wording.templates import Templates

    return word_error(Templates(), error)
