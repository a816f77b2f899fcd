"""The questions of /port-out as one table: where each stands, how it is asked, and when."""

from enum import StrEnum
from typing import Final

from bot.slack.modals.question import Field, Kind, always


class Step(StrEnum):
    """The pages of the form, in order; the review has no questions."""

    NUMBERS = "numbers"
    ACCOUNT = "account"
    REVIEW = "review"


FIELDS: Final = (
    Field("platform", Step.NUMBERS, Kind.RADIO, always),
    Field("numbers", Step.NUMBERS, Kind.LONG, always),
    Field("declared", Step.NUMBERS, Kind.CHECK),
    Field("winning_carrier", Step.NUMBERS, Kind.SUGGEST),
    Field("contact_email", Step.NUMBERS, Kind.EMAIL),
    Field("account_id", Step.ACCOUNT, needed=always),
    Field("pin", Step.ACCOUNT),
    Field("postal_code", Step.ACCOUNT),
    Field("requested_date", Step.ACCOUNT, Kind.DATE),
    Field("time_zone", Step.ACCOUNT, Kind.SELECT),
    Field("instance_arn", Step.ACCOUNT, Kind.TEXT, lambda s: s.connect, lambda s: s.connect),
    Field("region", Step.ACCOUNT, Kind.TEXT, lambda s: s.connect, lambda s: s.connect),
    Field("instance_name", Step.ACCOUNT, asked=lambda s: s.connect),
)
