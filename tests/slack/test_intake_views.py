"""The pages of /port-in as Slack receives them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.desk.drafts import DraftFacts
from bot.desk.scrutiny import as_intake
from bot.domain.rulebook import Report, Surroundings, check
from bot.sandbox.values import initial_values
from bot.sandbox.views import faults_in_view
from bot.slack.intake.choices import carrier_options
from bot.slack.intake.fields import ASKING, FIELDS, Step, moot_fields
from bot.slack.intake.form import Form, read_form
from bot.slack.intake.listeners import ROUTES
from bot.slack.intake.remarks import earliest, errors_of, page_with, red_texts
from bot.slack.intake.review import review_view
from bot.slack.intake.sheet import Sheet, sheet_of
from bot.slack.intake.views import amendment_view, left_view, opening_view, resumed_view, step_view
from bot.words import Words

WORDS = Words()
SCOPES = frozenset({"commands", "chat:write", "files:read", "files:write"})
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
SECRETS = {"account_number": "SECRET-4711", "service_pin": "0042"}
BILL = {"id": "F1", "name": "bill.pdf", "size": 900}
COMPLETE: Mapping[str, Any] = {
    "platform": "voice_connector",
    "country": "US",
    "numbers": "206-555-0100 to 0109, 206-555-0150",
    "losing_carrier": "Example Telephone",
    "btn": "206-555-0190",
    "customer_name": "Ada Bakery",
    "street_address": "100 Example Street",
    "city": "Seattle",
    "state": "WA",
    "postal_code": "98101",
    "authorized_person": "Ada Example",
    "authorized_title": "Owner",
    "contact_email": "ada@bakery.example",
    "requested_date": "2026-12-09",
    "requested_time": "10:30",
    "time_zone": "America/New_York",
}
BRITISH = {"country": "GB", "numbers": "020 7946 0100 to 0102", "platform": "connect"}


def a_sheet(**changes: Any) -> Sheet:
    return Sheet({**COMPLETE, **changes})


def a_draft(step: str = "account", amends: str = "", **changes: Any) -> DraftFacts:
    return DraftFacts(7, {**COMPLETE, **SECRETS, **changes}, step, NOW, amends)


def a_report(sheet: Sheet) -> Report:
    return check(as_intake(sheet.fields), Surroundings(today=date(2026, 11, 23), now=NOW))


def questions(view: View) -> dict[str, dict[str, Any]]:
    blocks = view.to_dict()["blocks"]
    return {block["block_id"]: block for block in blocks if block["type"] == "input"}


def answers(view: View) -> dict[str, Any]:
    given = {}
    for name, block in questions(view).items():
        element = block["element"]
        option = element.get("initial_option")
        initial = [value for key, value in element.items() if key.startswith("initial_")]
        given[name] = option["value"] if option else next(iter(initial), None)
    return given


def all_text(view: View) -> str:
    return str(view.to_dict())


def opened(view: View, **typed: Mapping[str, Any]) -> Form:
    """Return the form of a view as Slack sends it after somebody filled in `typed`."""
    given = view.to_dict()
    values = initial_values([block for block in given["blocks"] if block["type"] == "input"])
    for name, held in typed.items():
        values[name][name] |= held
    state = {"values": values}
    return read_form(given | {"id": "V1", "root_view_id": "V0", "hash": "h", "state": state})


@dataclass(frozen=True)
class Page:
    sheet: Sheet
    step: Step


PAGES = [
    Page(sheet, step)
    for sheet in (
        Sheet({"country": "US"}),
        a_sheet(),
        a_sheet(btn="2065550100", btn_option="replace", bill=[BILL], numbers_file=[BILL]),
        a_sheet(platform="connect", support_plan="basic"),
        a_sheet(**BRITISH),
    )
    for step in ASKING
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_one_that_slack_accepts(page: Page) -> None:
    view = step_view(WORDS, page.sheet, page.step, faults="• *Numbers*: one is wrong")
    assert faults_in_view(view.to_dict(), "modal", SCOPES) == []


@pytest.mark.parametrize(
    "view",
    [
        left_view(WORDS, a_draft()),
        review_view(WORDS, a_sheet(), a_report(a_sheet())),
        review_view(WORDS, Sheet(), a_report(Sheet())),
        amendment_view(WORDS, a_draft(amends="PRT-1001")),
    ],
    ids=["left", "review", "empty review", "amendment"],
)
def test_every_other_page_is_one_that_slack_accepts(view: View) -> None:
    assert faults_in_view(view.to_dict(), "modal", SCOPES) == []


def test_every_question_stands_on_a_page_under_the_name_of_its_field() -> None:
    everything = a_sheet(btn="2065550100", btn_option="replace", platform="connect", country="US")
    abroad = a_sheet(**BRITISH)
    shown = {
        (name, block["element"]["action_id"])
        for sheet in (everything, abroad)
        for step in ASKING
        for name, block in questions(step_view(WORDS, sheet, step)).items()
    }
    assert shown == {(field.name, field.name) for field in FIELDS}


def test_every_question_is_kept_at_each_letter() -> None:
    for page in PAGES:
        for block in questions(step_view(WORDS, page.sheet, page.step)).values():
            assert block["dispatch_action"] is True
            if block["element"]["type"] in {"plain_text_input", "email_text_input"}:
                config = block["element"]["dispatch_action_config"]
                assert config == {"trigger_actions_on": ["on_character_entered"]}


def test_an_answer_is_shown_again_when_its_page_comes_back() -> None:
    for step in ASKING:
        shown = answers(step_view(WORDS, a_sheet(), step))
        assert {name: shown[name] for name in shown if name in COMPLETE} == {
            name: COMPLETE[name] for name in shown if name in COMPLETE
        }


def test_secrets_are_told_to_be_on_file_and_never_shown_again() -> None:
    for step in ASKING:
        view = step_view(WORDS, sheet_of(a_draft()), step)
        assert not any(secret in all_text(view) for secret in SECRETS.values())
    shown = questions(step_view(WORDS, sheet_of(a_draft()), Step.ACCOUNT))
    assert "On file" in shown["account_number"]["hint"]["text"]
    assert "On file" in shown["service_pin"]["hint"]["text"]


def test_only_ids_travel_with_the_page() -> None:
    for step in ASKING:
        view = step_view(WORDS, sheet_of(a_draft()), step)
        assert view.private_metadata == '{"draft": 7, "amends": "", "kept": []}'


def test_the_option_is_asked_when_the_btn_is_among_the_numbers() -> None:
    asked = questions(step_view(WORDS, a_sheet(btn="(206) 555-0100"), Step.ACCOUNT))
    assert "btn_option" in asked
    assert "new_btn" not in asked
    assert "btn_option" not in questions(step_view(WORDS, a_sheet(), Step.ACCOUNT))


def test_a_new_btn_is_asked_only_for_replacing_the_old_one() -> None:
    replacing = a_sheet(btn="2065550100", btn_option="replace")
    closing = a_sheet(btn="2065550100", btn_option="close_account")
    assert "new_btn" in questions(step_view(WORDS, replacing, Step.ACCOUNT))
    assert "new_btn" not in questions(step_view(WORDS, closing, Step.ACCOUNT))


def test_toll_free_numbers_are_not_asked_for_a_btn() -> None:
    asked = questions(step_view(WORDS, a_sheet(numbers="800-555-0100"), Step.ACCOUNT))
    assert set(asked) == {"account_number", "service_pin"}


def test_an_option_for_a_btn_that_stays_is_emptied_and_the_rest_is_kept() -> None:
    changed = a_sheet(btn_option="replace", new_btn="2065550191", platform="connect")
    assert moot_fields(Step.ACCOUNT, changed) == {"btn_option": "", "new_btn": ""}
    assert moot_fields(Step.PAPERS, a_sheet(instance_arn="arn:aws:connect")) == {}


def test_connect_and_foreign_numbers_bring_their_own_questions() -> None:
    plain = set(questions(step_view(WORDS, a_sheet(), Step.PAPERS)))
    connect = set(questions(step_view(WORDS, a_sheet(platform="connect"), Step.PAPERS)))
    abroad = set(questions(step_view(WORDS, a_sheet(**BRITISH), Step.PAPERS)))
    extra = {
        "support_plan",
        "instance_arn",
        "region",
        "severity",
        "contact_method",
        "contact_language",
    }
    assert connect - plain == extra
    assert abroad - plain == extra | {"usage_volume"}


def test_what_a_page_requires_is_what_the_rule_book_requires() -> None:
    for sheet in (a_sheet(), a_sheet(platform="connect"), a_sheet(**BRITISH)):
        empty = Sheet({"country": sheet.country, "platform": sheet.text("platform")})
        required = {fault.field for fault in errors_of(a_report(empty))} - {"numbers"}
        needed = {
            name
            for step in ASKING
            for name, block in questions(step_view(WORDS, empty, step)).items()
            if not block.get("optional")
        } - {"platform", "country"}
        assert needed - {"time_zone"} == required


def test_what_is_typed_is_read_by_the_names_of_the_intake() -> None:
    view = step_view(WORDS, Sheet({"country": "US"}), Step.NUMBERS)
    option = {"text": {"type": "plain_text", "text": "Use “Acme”"}, "value": "Acme"}
    form = opened(
        view,
        numbers={"value": "2065550100"},
        losing_carrier={"selected_option": option},
        numbers_file={"files": [{**BILL, "url_private": "https://files.example/F1"}]},
    )
    assert (form.step, form.root_id, form.draft_id) == (Step.NUMBERS, "V0", None)
    assert form.fields == {
        "platform": "",
        "country": "US",
        "numbers": "2065550100",
        "losing_carrier": "Acme",
        "numbers_file": [BILL],
    }


def test_dates_times_and_choices_are_read_as_they_were_shown() -> None:
    form = opened(step_view(WORDS, a_sheet(signature="ink"), Step.PAPERS))
    wanted = ("requested_date", "requested_time", "time_zone", "signature")
    assert {name: form.fields[name] for name in wanted} == {
        "requested_date": "2026-12-09",
        "requested_time": "10:30",
        "time_zone": "America/New_York",
        "signature": "ink",
    }


def test_files_on_file_outlive_a_page_that_comes_up_empty() -> None:
    view = step_view(WORDS, sheet_of(a_draft(bill=[BILL])), Step.PAPERS)
    assert "on file: bill.pdf" in all_text(view)
    assert "bill" not in opened(view).fields


def test_a_list_too_long_for_slack_stays_on_file() -> None:
    long = "\n".join(f"206-555-01{place:02}" for place in range(100)) * 4
    view = step_view(WORDS, sheet_of(a_draft(numbers=long)), Step.NUMBERS)
    assert questions(view)["numbers"]["hint"]["text"].startswith("100 numbers are on file")
    assert "numbers" not in opened(view).fields
    typed = opened(view, numbers={"value": "2065550100"})
    assert typed.fields["numbers"] == "2065550100"


def test_a_page_knows_which_questions_it_shows() -> None:
    sheet = a_sheet(btn="2065550100")
    form = opened(step_view(WORDS, sheet, Step.ACCOUNT))
    assert form.shown == {"btn", "btn_option", "account_number", "service_pin"}


def test_a_left_request_is_offered_before_anything_is_asked() -> None:
    view = opening_view(WORDS, a_draft(), Sheet())
    assert questions(view) == {}
    buttons = view.to_dict()["blocks"][-1]["elements"]
    assert [button["text"]["text"] for button in buttons] == [
        "Continue",
        "Start a new one",
        "Throw it away",
    ]
    assert f"<!date^{int(NOW.timestamp())}^" in all_text(view)


def test_a_request_goes_on_where_its_owner_stopped() -> None:
    assert resumed_view(WORDS, a_draft("papers")).callback_id == "intake_papers"
    assert resumed_view(WORDS, a_draft("")).callback_id == "intake_numbers"


def test_only_the_first_page_has_no_way_back() -> None:
    back = [step for step in ASKING if "intake_back" in all_text(step_view(WORDS, a_sheet(), step))]
    assert back == [Step.ACCOUNT, Step.CUSTOMER, Step.PAPERS]


def test_a_change_names_the_case_in_its_title() -> None:
    view = amendment_view(WORDS, a_draft(amends="PRT-1001"))
    assert view.to_dict()["title"]["text"] == "Change PRT-1001"


def test_several_faults_of_a_field_stand_under_it_together() -> None:
    report = a_report(a_sheet(numbers="911, 206-555-0119 to 0100"))
    texts = red_texts(WORDS, errors_of(report))
    assert set(texts) == {"numbers"}
    assert "911" in texts["numbers"]
    assert "backwards" in texts["numbers"]


def test_a_fault_brings_back_the_first_page_that_has_one() -> None:
    sheet = a_sheet(service_pin="12", contact_email="nobody")
    faults = errors_of(a_report(sheet))
    view = page_with(WORDS, sheet, earliest(faults), faults)
    assert view.callback_id == "intake_account"
    alert = view.to_dict()["blocks"][0]
    assert alert["type"] == "alert"
    assert "*Service PIN*" in alert["text"]["text"]
    assert "*Contact e-mail*" in alert["text"]["text"]


def test_what_a_person_typed_cannot_call_the_whole_channel() -> None:
    sheet = a_sheet(numbers="<!channel>", customer_name="<!channel> & Co")
    report = a_report(sheet)
    listed = page_with(WORDS, sheet, Step.NUMBERS, errors_of(report)).to_dict()["blocks"][0]
    summary = review_view(WORDS, sheet, report).to_dict()["blocks"][1]
    assert "<!channel>" not in listed["text"]["text"]
    assert "&lt;!channel&gt; &amp; Co" in summary["text"]["text"]


def test_the_last_look_shows_the_split_the_date_and_that_secrets_are_on_file() -> None:
    draft = a_draft(numbers="206-555-0100 to 0109, 800-555-0100")
    sheet = sheet_of(draft)
    text = all_text(review_view(WORDS, sheet, a_report(sheet)))
    assert "11 numbers to Voice Connector*, in 2 cases" in text
    assert "10 local, United States, from Example Telephone" in text
    assert "1 toll-free" in text
    assert "Wednesday, 9 December 2026 at 10:30 America/New York" in text
    assert "*Account number*: on file" in text
    assert not any(secret in text for secret in SECRETS.values())


def test_the_last_look_lists_what_often_goes_wrong() -> None:
    sheet = a_sheet(platform="business_calling")
    view = review_view(WORDS, sheet, a_report(sheet)).to_dict()
    alert = next(block for block in view["blocks"] if block["type"] == "alert")
    assert alert["level"] == "warning"
    assert "Worth a look before you file" in alert["text"]["text"]
    assert "closed on 20 February 2026" in alert["text"]["text"]
    assert view["submit"]["text"] == "File request"


def test_a_new_carrier_can_be_used_as_typed() -> None:
    offered = carrier_options(WORDS, " acme  tel ", ["Acme Telephone"])
    assert [option.value for option in offered] == ["Acme Telephone", "acme tel"]
    known = carrier_options(WORDS, "ACME telephone", ["Acme Telephone"])
    assert [option.value for option in known] == ["Acme Telephone"]


def test_a_carrier_with_a_very_long_name_still_makes_a_valid_option() -> None:
    for option in carrier_options(WORDS, "x" * 300, ["y" * 200]):
        assert option.to_dict()["value"] == "x" * 75


def test_every_question_and_every_button_has_a_listener() -> None:
    ids = [route.id for route in ROUTES if route.kind == "action"]
    pages = [step_view(WORDS, page.sheet, page.step).to_dict() for page in PAGES]
    pages += [left_view(WORDS, a_draft()).to_dict()]
    actions = set(re.findall(r"'action_id': '(\w+)'", str(pages)))
    assert {"intake_drop", "intake_back", "intake_continue", "btn"} <= actions
    for action in actions:
        assert any(re.fullmatch(route, action) for route in ids), action


def test_the_texts_of_the_form_belong_to_its_fields() -> None:
    names = {field.name for field in FIELDS}
    labels = set(WORDS.table("intake/labels"))
    assert names <= labels
    assert set(WORDS.table("intake/hints")) <= names
    assert set(WORDS.table("intake/placeholders")) <= names
