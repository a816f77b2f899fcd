"""What the desk may ask of a platform, whoever carries it out: a person, or its interface."""

from collections.abc import Sequence
from typing import Protocol

from bot.domain.gateway.outcomes import Outcome, Sight
from bot.domain.gateway.requests import CarrierAnswer, Filing, NumberChange, NumberOrder, Request
from bot.domain.intake.intake import Platform


class CarrierGateway(Protocol):
    """One way to the platforms; `tests/gateways/contract.py` says what each has to keep.

    - What a gateway does not do itself (`does`) is asked of a person: at once, without any effect
      and without asking anybody else, so a window may want to know it. What it does itself is
      called by the worker, since it may take longer than Slack or a transaction waits.
    - Each item is answered once and in its place. Nothing is raised for an item: what is wrong
      with it is its outcome, by `bot.domain.gateway.request_faults` first, then by the platform.
    - The same key again is the same request. What was done stays done and is answered as before;
      what failed or was lost is tried, the latter after a look whether it was done.
    - No answer holds a secret.
    """

    def does(self, request: Request) -> bool:
        """Say whether this gateway does it by itself."""

    def file(self, filing: Filing) -> Outcome:
        """File a request with the platform's support."""

    def answer(self, answer: CarrierAnswer) -> Outcome:
        """Tell a winning carrier yes or no."""

    def order(self, order: NumberOrder) -> Outcome:
        """Order new numbers."""

    def change(self, change: NumberChange) -> tuple[Outcome, ...]:
        """Do one operation on some numbers; an outcome for each, in their order."""

    def follow(self, platform: Platform, numbers: Sequence[str]) -> tuple[Sight, ...]:
        """Say what the platform says now of each number in E.164, in their order."""
