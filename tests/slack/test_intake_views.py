"""The pages of /port-in as Slack receives them."""

from collections.abc import Callable

import pytest
from slack_sdk.models.views import View

from bot.desk.drafts.draft_facts import DraftFacts
from bot.slack.modals.filled_form import FormState, form_state_of
from bot.slack.modals.wizard.page_views import (
    amendment_view,
    left_view,
    opening_view,
    page_view,
    resumed_view,
    review_view,
)
from bot.slack.port_in import FORM
from bot.slack.port_in.questions import FIELDS, Step
from slack_sandbox.state.view_checks import faults_in_view
from tests.slack.intake_sheets import (
    BILL,
    BRITISH,
    COMPLETE,
    MIXED,
    NOW,
    PAGES,
    SCOPES,
    SECRETS,
    WORDS,
    Page,
    a_draft,
    a_report,
    a_sheet,
    all_text,
    answers,
    questions,
)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_one_that_slack_accepts(page: Page) -> None:
    view = page_view(WORDS, FORM, page.sheet, page.step, faults="• *Numbers*: one is wrong")
    assert faults_in_view(view.to_dict(), "modal", SCOPES) == []


@pytest.mark.parametrize(
    "view",
    [
        lambda: left_view(WORDS, FORM, a_draft()),
        lambda: review_view(WORDS, FORM, a_sheet(), a_report(a_sheet())),
        lambda: review_view(WORDS, FORM, FormState(), a_report(FormState())),
        lambda: amendment_view(WORDS, FORM, a_draft(amends="PRT-1001")),
    ],
    ids=["left", "review", "empty review", "amendment"],
)
def test_every_other_page_is_one_that_slack_accepts(view: Callable[[], View]) -> None:
    assert faults_in_view(view().to_dict(), "modal", SCOPES) == []


def test_every_question_stands_on_a_page_under_the_name_of_its_field() -> None:
    everything = a_sheet(btn="2065550100", btn_option="replace", platform="connect", country="US")
    abroad, mixed = a_sheet(**BRITISH), a_sheet(**MIXED)
    read = form_state_of(a_draft(found_account_number="4711"))
    shown = {
        (name, block["element"]["action_id"])
        for sheet in (everything, abroad, mixed, read)
        for step in FORM.asking
        for name, block in questions(page_view(WORDS, FORM, sheet, step)).items()
    }
    assert shown == {(field.name, field.name) for field in FIELDS}


def test_every_question_is_kept_at_each_letter() -> None:
    for page in PAGES:
        for block in questions(page_view(WORDS, FORM, page.sheet, page.step)).values():
            # Of a chosen file Slack tells nothing, and refuses a page that asks for it.
            is_file = block["element"]["type"] == "file_input"
            assert block.get("dispatch_action") is (None if is_file else True)
            if block["element"]["type"] in {"plain_text_input", "email_text_input"}:
                config = block["element"]["dispatch_action_config"]
                assert config == {"trigger_actions_on": ["on_character_entered"]}


def test_an_answer_is_shown_again_when_its_page_comes_back() -> None:
    for step in FORM.asking:
        shown = answers(page_view(WORDS, FORM, a_sheet(), step))
        assert {name: shown[name] for name in shown if name in COMPLETE} == {
            name: COMPLETE[name] for name in shown if name in COMPLETE
        }


def test_secrets_are_told_to_be_on_file_and_never_shown_again() -> None:
    for step in FORM.asking:
        view = page_view(WORDS, FORM, form_state_of(a_draft()), step)
        assert not any(secret in all_text(view) for secret in SECRETS.values())
    shown = questions(page_view(WORDS, FORM, form_state_of(a_draft()), Step.ACCOUNT))
    assert "On file" in shown["account_number"]["hint"]["text"]
    assert "On file" in shown["service_pin"]["hint"]["text"]


def test_only_ids_travel_with_the_page() -> None:
    for step in FORM.asking:
        view = page_view(WORDS, FORM, form_state_of(a_draft()), step)
        assert view.private_metadata == '{"draft": 7, "amends": "", "kept": []}'


def test_the_option_is_asked_when_the_btn_is_among_the_numbers() -> None:
    asked = questions(page_view(WORDS, FORM, a_sheet(btn="(206) 555-0100"), Step.ACCOUNT))
    assert "btn_option" in asked
    assert "new_btn" not in asked
    assert "btn_option" not in questions(page_view(WORDS, FORM, a_sheet(), Step.ACCOUNT))


def test_a_new_btn_is_asked_only_for_replacing_the_old_one() -> None:
    replacing = a_sheet(btn="2065550100", btn_option="replace")
    closing = a_sheet(btn="2065550100", btn_option="close_account")
    assert "new_btn" in questions(page_view(WORDS, FORM, replacing, Step.ACCOUNT))
    assert "new_btn" not in questions(page_view(WORDS, FORM, closing, Step.ACCOUNT))


def test_toll_free_numbers_are_not_asked_for_a_btn() -> None:
    asked = questions(page_view(WORDS, FORM, a_sheet(numbers="800-555-0100"), Step.ACCOUNT))
    assert set(asked) == {"account_number", "service_pin"}


def test_connect_and_foreign_numbers_bring_their_own_questions() -> None:
    plain = set(questions(page_view(WORDS, FORM, a_sheet(), Step.PAPERS)))
    connect = set(questions(page_view(WORDS, FORM, a_sheet(platform="connect"), Step.PAPERS)))
    abroad = set(questions(page_view(WORDS, FORM, a_sheet(**BRITISH), Step.PAPERS)))
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


def test_a_left_request_is_offered_before_anything_is_asked() -> None:
    view = opening_view(WORDS, FORM, a_draft(), FormState())
    assert questions(view) == {}
    buttons = view.to_dict()["blocks"][-1]["elements"]
    assert [button["text"]["text"] for button in buttons] == [
        "Continue",
        "Start a new one",
        "Throw it away",
    ]
    assert f"<!date^{int(NOW.timestamp())}^" in all_text(view)


def test_a_request_goes_on_where_its_owner_stopped() -> None:
    for left, step in (("papers", "intake_papers"), ("", "intake_numbers")):
        draft = a_draft(left)
        assert resumed_view(WORDS, FORM, draft, form_state_of(draft)).callback_id == step


def test_only_the_first_page_has_no_way_back() -> None:
    back = [
        step
        for step in FORM.asking
        if "intake_back" in all_text(page_view(WORDS, FORM, a_sheet(), step))
    ]
    assert back == [Step.ACCOUNT, Step.CUSTOMER, Step.PAPERS, Step.RECORD]


def test_a_change_names_the_case_in_its_title() -> None:
    view = amendment_view(WORDS, FORM, a_draft(amends="PRT-1001"))
    assert view.to_dict()["title"]["text"] == "Change PRT-1001"


def test_the_page_about_the_bill_is_for_those_who_have_one() -> None:
    plain, billed = a_sheet(), a_sheet(bill=[BILL])
    assert (FORM.after(Step.PAPERS, plain), FORM.after(Step.PAPERS, billed)) == (
        Step.REVIEW,
        Step.RECORD,
    )
    assert (FORM.before(Step.REVIEW, plain), FORM.before(Step.RECORD, plain)) == (
        Step.PAPERS,
        Step.PAPERS,
    )
    assert FORM.after(Step.RECORD, plain) is Step.REVIEW
    asked = all_text(review_view(WORDS, FORM, plain, a_report(plain)))
    assert "intake_record" in asked


def test_the_last_look_shows_the_split_the_date_and_that_secrets_are_on_file() -> None:
    draft = a_draft(numbers="206-555-0100 to 0109, 800-555-0100")
    sheet = form_state_of(draft)
    text = all_text(review_view(WORDS, FORM, sheet, a_report(sheet)))
    assert "11 numbers to Voice Connector*, in 2 cases" in text
    assert "10 local, United States, from Example Telephone" in text
    assert "1 toll-free" in text
    assert "Wednesday, 9 December 2026 at 10:30 America/New York" in text
    assert "*Account number*: on file" in text
    assert not any(secret in text for secret in SECRETS.values())


def test_the_last_look_lists_what_often_goes_wrong() -> None:
    sheet = a_sheet(platform="business_calling")
    view = review_view(WORDS, FORM, sheet, a_report(sheet)).to_dict()
    alert = next(block for block in view["blocks"] if block["type"] == "alert")
    assert alert["level"] == "warning"
    assert alert["text"]["text"] == "*Worth a look before you file*"
    listed = view["blocks"][view["blocks"].index(alert) + 1]
    assert "closed on 20 February 2026" in listed["text"]["text"]
    assert view["submit"]["text"] == "File request"


def test_the_texts_of_the_form_belong_to_its_fields() -> None:
    names = {field.name for field in FIELDS}
    labels = set(WORDS.table("intake/labels"))
    assert names <= labels
    assert set(WORDS.table("intake/hints")) <= names
    assert set(WORDS.table("intake/placeholders")) <= names


def test_a_change_leaves_the_secrets_of_the_case_as_they_are() -> None:
    draft = DraftFacts(7, COMPLETE, "account", NOW, "PRT-1001")
    asked = questions(page_view(WORDS, FORM, form_state_of(draft), Step.ACCOUNT))
    assert asked["service_pin"]["hint"]["text"] == "Leave it empty to keep what the case has."
    told = all_text(review_view(WORDS, FORM, form_state_of(draft), a_report(form_state_of(draft))))
    assert "*Service PIN*: as the case has it" in told
    assert "not given" not in told
