"""The sandbox's clock: real time, moved as far as somebody wishes."""

from datetime import UTC, datetime, timedelta


class AdjustableClock:
    """Tells an aware UTC time that runs on like the real one, from wherever it was moved to."""

    def __init__(self, starts_at: datetime | None = None) -> None:
        self._offset = timedelta()
        if starts_at is not None:
            self.move_to(starts_at)

    def __call__(self) -> datetime:
        return self.now()

    def now(self) -> datetime:
        """Return the present time of the sandbox (aware, UTC)."""
        return datetime.now(UTC) + self._offset

    def advance(self, seconds: float) -> None:
        """Move on by so many seconds; a negative number moves back."""
        self._offset += timedelta(seconds=seconds)

    def move_to(self, moment: datetime) -> None:
        """Jump to `moment`, which must be aware; raises `ValueError` if it is not."""
        if moment.tzinfo is None:
            raise ValueError("The clock needs a time with its zone.")
        self._offset = moment - datetime.now(UTC)

    @property
    def offset_seconds(self) -> float:
        """How far the sandbox is ahead of real time, in seconds."""
        return self._offset.total_seconds()
