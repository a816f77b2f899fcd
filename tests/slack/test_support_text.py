"""The text of a support request, whichever way it is asked for: nothing blank, nothing cut."""

import pytest

from bot.domain.gateway.aws_forms import Ask, Purpose
from bot.domain.gateway.support_request import asks_about_pins
from bot.domain.intake.intake import Platform
from bot.slack.blocks.code_blocks import to_copy
from bot.slack.blocks.manual_steps import request_blocks
from bot.wording.templates import Templates
from tests.office import copied


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("purpose", [Purpose.PIN_SET, Purpose.PIN_REMOVAL])
def test_a_pin_is_asked_for_by_the_route_of_today(purpose: Purpose, platform: Platform) -> None:
    words = Templates()
    near, far = asks_about_pins(
        purpose, {"+12065550100": platform, "+442079460100": platform, "+12065550101": platform}
    )
    blocks = [block.to_dict() for block in request_blocks(words, near)]
    form, description = copied({"blocks": blocks})
    connect = platform is Platform.CONNECT
    assert ("Number Porting North America" if connect else "Phone Number Port Out") in form
    assert "+12065550100 to +12065550101" in description
    assert words.sentence("platforms", platform) in description
    assert ("Show PIN of" in description) == (purpose is Purpose.PIN_SET)
    assert far.numbers == ("+442079460100",)


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("given", [{}, {"country": "US"}, {"country": "GB"}])
def test_no_line_is_left_blank(purpose: Purpose, platform: Platform, given: dict[str, str]) -> None:
    ask = Ask(purpose, platform, ("+12065550100",), given)
    blocks = [block.to_dict() for block in request_blocks(Templates(), ask)]
    lines = "\n".join(copied({"blocks": blocks})).splitlines()
    assert [line for line in lines if line.rstrip().endswith(":")] == ["Phone numbers (1):"]
    assert "Language: to be given later" in lines


def test_a_long_text_is_copied_whole_from_several_blocks() -> None:
    lines = [f"+1206555{n:04}" for n in range(5000)]
    pieces = copied({"blocks": [block.to_dict() for block in to_copy("\n".join(lines))]})
    assert all(len(piece) <= 3000 for piece in pieces)
    assert "\n".join(piece.strip("`\n") for piece in pieces).split("\n") == lines
