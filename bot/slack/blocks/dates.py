"""Moments as people read them: in the case's own zone and in the reader's."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.wording.templates import Mrkdwn


def in_zone(moment: datetime, zone: ZoneInfo) -> str:
    """Write a moment in the zone it was meant in, with the zone's name."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M} {local.tzname()}"


def on_day(day: date) -> str:
    """Write a day as the confirmed date is written."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def for_reader(moment: datetime) -> Mrkdwn:
    """Write a moment so that Slack shows it in each reader's own zone."""
    fallback = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>")


def time_left(moment: datetime) -> Mrkdwn:
    """Write how long it is until a moment; Slack counts down for each reader."""
    fallback = f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{{ago}}|{fallback}>")


def both(moment: datetime, zone: ZoneInfo) -> Mrkdwn:
    """Write a moment in its own zone, and behind it in the reader's."""
    return Mrkdwn(f"{in_zone(moment, zone)} ({for_reader(moment)} your time)")


def in_channel(channel: str) -> Mrkdwn:
    """Write a channel so that Slack shows its name."""
    return Mrkdwn(f"<#{channel}>")


def mention(person: str) -> Mrkdwn:
    """Write a person so that Slack shows the name; the desk itself has none."""
    return Mrkdwn(f"<@{person}>") if person else Mrkdwn("The desk")
