"""What the details of a case call its fields."""

from dataclasses import replace

from bot.domain.cases.workflow import Role
from bot.domain.intake.fields import names
from bot.slack.case.details_modal import details_view
from bot.slack.catalogue import examples
from bot.wording.templates import Templates

WORDS = Templates()


def test_every_field_that_is_shown_has_a_name_and_none_is_a_question() -> None:
    shown = names(lambda field: field.detail)
    case = replace(examples.case(), fields=dict.fromkeys(shown, "typed"))
    text = str(details_view(WORDS, case, Role.AGENT, ()).to_dict())
    called = WORDS.table("intake/labels") | WORDS.table("intake/short_labels")
    assert [name for name in shown if called[name] not in text or "?" in called[name]] == []
