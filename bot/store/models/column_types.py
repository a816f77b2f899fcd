"""Column types that every table shares."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Enum
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment; naive ones are refused, since nobody knows what they meant."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Hand out in UTC; SQLite forgets the zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def words_column(words: Iterable[str], name: str, length: int) -> Enum:
    """Return a text column with a CHECK that it says one of these words."""
    return Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)


def enum_column(words: type[StrEnum], name: str) -> Enum:
    """Return a text column for a StrEnum, with a CHECK that closes the set."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
