"""What a desk can be set to: every row is whole, and what cannot be is refused."""

import pytest

from bot.domain.intake.intake import Platform
from bot.domain.settings.kinds import (
    ACCOUNT_ID,
    CARRIER_NAME,
    CHANNEL_ID,
    COUNT,
    HOURS,
    PEOPLE,
    RESP_ORG_ID,
    ZONE,
    BadValue,
    Kind,
)
from bot.domain.settings.table import AWS_ACCOUNT, RESP_ORG, SETTINGS, WINNING_CARRIER, Setting
from bot.wording.templates import Templates

GOOD = [
    (CHANNEL_ID, " C0123456789 ", "C0123456789"),
    (PEOPLE, "U0ANNA0001, W0TOM00001,", "U0ANNA0001,W0TOM00001"),
    (PEOPLE, "S0PORTDESK", "S0PORTDESK"),
    (ZONE, "Europe/Berlin", "Europe/Berlin"),
    (HOURS, "Mon-Fri 9:00-17:00,Sat 09:00-12:30", "Mon-Fri 09:00-17:00, Sat 09:00-12:30"),
    (HOURS, "Sun-Sun 00:00-23:59", "Sun 00:00-23:59"),
    (COUNT, "25", "25"),
    (CARRIER_NAME, "  Harbour \t Telecom  LLC", "Harbour Telecom LLC"),
    (RESP_ORG_ID, "abc01", "ABC01"),
    (ACCOUNT_ID, "1234-5678 9012", "123456789012"),
]
BAD = [
    (CHANNEL_ID, ["", "#porting", "U0ANNA0001", "c0123456789", "C0\nC1", f"C{'0' * 32}"]),
    (PEOPLE, ["", ",", "Anna", "U0ANNA0001;U0TOM00001", "S0PORTDESK,U0ANNA0001", "S1", "U0A B"]),
    (ZONE, ["", "New York", "EST5", "../etc/passwd", "America"]),
    (HOURS, ["", "9-17", "Mon 09:00", "Fri-Mon 09:00-17:00", "Mon 17:00-09:00", "Mon 09:00-24:00",
             "Mon 09:00-09:00", "Day 09:00-17:00", "Mon-Fri 09:00-17:00,"]),
    (COUNT, ["", "0", "-1", "2.5", "many", "1000000", "２５", "1_0"]),
    (CARRIER_NAME, ["", "   ", "x" * 201, "Harbour\x00Telecom", "\ud800"]),
    (RESP_ORG_ID, ["", "ABC0", "ABC012", "AB-01", "ÄBC01"]),
    (ACCOUNT_ID, ["", "12345678901", "1234567890123", "12345678901a", "１２３４５６７８９０１２"]),
]  # fmt: skip


def _called(value: object) -> str:
    """Name a case: a kind by its name, since its function lies elsewhere in each process."""
    return value.name if isinstance(value, Kind) else ascii(value)


@pytest.mark.parametrize(("kind", "text", "value"), GOOD, ids=_called)
def test_a_value_is_read_as_people_write_it_and_again_as_it_is_kept(
    kind: Kind[object], text: str, value: str
) -> None:
    assert str(kind.parse(text)) == value
    assert kind.parse(value) == kind.parse(text)


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in BAD for text in texts], ids=_called
)
def test_what_is_no_value_is_refused(kind: Kind[object], text: str) -> None:
    with pytest.raises(BadValue):
        kind.parse(text)


def test_every_kind_is_tried_with_good_and_with_bad_values() -> None:
    kinds = {setting.kind for setting in SETTINGS.values()}
    assert kinds == {kind for kind, _, _ in GOOD} == {kind for kind, _ in BAD}


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=SETTINGS)
def test_every_setting_says_what_it_is_and_what_it_must_look_like(setting: Setting[object]) -> None:
    words = Templates()
    platform = words.sentence("platforms", setting.platform) if setting.platform else ""
    assert platform in words.sentence("settings", setting.sentence, platform=platform)
    assert words.sentence("settings", f"form_{setting.kind.name}")
    assert setting.source
    assert len(setting.name) <= 64, "the column has no more"
    if setting.default:
        assert setting.kind.parse(str(setting.default)) == setting.default


def test_no_secret_setting_comes_from_a_variable_or_has_a_default() -> None:
    secret = [setting for setting in SETTINGS.values() if setting.secret]
    assert secret
    assert not any(setting.variable or setting.default for setting in secret)


def test_every_platform_has_the_settings_that_its_numbers_need() -> None:
    closed, no_toll_free = {Platform.BUSINESS_CALLING}, {Platform.BUSINESS_CALLING}
    assert set(AWS_ACCOUNT) == set(Platform)
    assert set(WINNING_CARRIER) == set(Platform) - closed
    assert set(RESP_ORG) == set(Platform) - no_toll_free
