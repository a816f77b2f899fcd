"""How the form of /port-in reads what is typed, and how it answers faults."""

import re

from bot.slack.blocks.findings import errors_of, red_texts
from bot.slack.modals.filled_form import FormState, form_state_of
from bot.slack.modals.question_options import carrier_options
from bot.slack.modals.wizard.page_views import left_view, page_view, page_with, review_view
from bot.slack.port_in import FORM, ROUTES
from bot.slack.port_in.questions import Step
from slack_sandbox.state.view_checks import faults_in_view
from tests.slack.intake_sheets import (
    BILL,
    BRITISH,
    PAGES,
    SCOPES,
    WORDS,
    a_draft,
    a_report,
    a_sheet,
    all_text,
    opened,
    questions,
)


def test_an_option_for_a_btn_that_stays_is_emptied_and_the_rest_is_kept() -> None:
    changed = a_sheet(btn_option="replace", new_btn="2065550191", platform="connect")
    assert FORM.moot(Step.ACCOUNT, changed) == {"btn_option": "", "new_btn": ""}
    assert FORM.moot(Step.PAPERS, a_sheet(instance_arn="arn:aws:connect")) == {}


def test_what_a_page_requires_is_what_the_rule_book_requires() -> None:
    for sheet in (a_sheet(), a_sheet(platform="connect"), a_sheet(**BRITISH)):
        empty = FormState({"country": sheet.country, "platform": sheet.text("platform")})
        required = {fault.field for fault in errors_of(a_report(empty))} - {"numbers"}
        needed = {
            name
            for step in FORM.asking
            for name, block in questions(page_view(WORDS, FORM, empty, step)).items()
            if not block.get("optional")
        } - {"platform", "country"}
        assert needed - {"time_zone"} == required


def test_what_is_typed_is_read_by_the_names_of_the_intake() -> None:
    view = page_view(WORDS, FORM, FormState({"country": "US"}), Step.NUMBERS)
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
    form = opened(page_view(WORDS, FORM, a_sheet(signature="ink"), Step.PAPERS))
    wanted = ("requested_date", "requested_time", "time_zone", "signature")
    assert {name: form.fields[name] for name in wanted} == {
        "requested_date": "2026-12-09",
        "requested_time": "10:30",
        "time_zone": "America/New_York",
        "signature": "ink",
    }


def test_files_on_file_outlive_a_page_that_comes_up_empty() -> None:
    view = page_view(WORDS, FORM, form_state_of(a_draft(bill=[BILL])), Step.PAPERS)
    assert "on file: bill.pdf" in all_text(view)
    assert "bill" not in opened(view).fields


def test_a_list_too_long_for_slack_stays_on_file() -> None:
    long = "\n".join(f"206-555-01{place:02}" for place in range(100)) * 4
    view = page_view(WORDS, FORM, form_state_of(a_draft(numbers=long)), Step.NUMBERS)
    assert questions(view)["numbers"]["hint"]["text"].startswith("100 numbers are on file")
    assert "numbers" not in opened(view).fields
    typed = opened(view, numbers={"value": "2065550100"})
    assert typed.fields["numbers"] == "2065550100"


def test_a_page_knows_which_questions_it_shows() -> None:
    sheet = a_sheet(btn="2065550100")
    form = opened(page_view(WORDS, FORM, sheet, Step.ACCOUNT))
    assert form.shown == {"btn", "btn_option", "account_number", "service_pin"}


def test_several_faults_of_a_field_stand_under_it_together() -> None:
    report = a_report(a_sheet(numbers="911, 206-555-0119 to 0100"))
    texts = red_texts(WORDS, errors_of(report))
    assert set(texts) == {"numbers"}
    assert "911" in texts["numbers"]
    assert "backwards" in texts["numbers"]


def test_a_fault_brings_back_the_first_page_that_has_one() -> None:
    sheet = a_sheet(service_pin="12", contact_email="nobody")
    faults = errors_of(a_report(sheet))
    view = page_with(WORDS, FORM, sheet, FORM.earliest(faults), faults)
    assert view.callback_id == "intake_account"
    alert, listed, *_ = view.to_dict()["blocks"]
    assert alert["type"] == "alert"
    assert "*Service PIN*" in listed["text"]["text"]
    assert "*Contact e-mail*" in listed["text"]["text"]


def differing() -> FormState:
    return a_sheet(csr_customer_name="Ada Bakery Inc & Sons", csr_city="seattle")


def test_what_differs_from_the_bill_is_told_on_the_page_about_the_bill() -> None:
    faults = errors_of(a_report(differing()))
    assert [(fault.code, FORM.earliest([fault])) for fault in faults] == [
        ("record_differs", Step.RECORD)
    ]
    view = page_with(WORDS, FORM, differing(), Step.RECORD, faults).to_dict()
    shown = next(block for block in view["blocks"] if block.get("block_id") == "differences")
    parts = shown["elements"][0]["elements"]
    told = [(part["text"], part.get("style")) for part in parts]
    assert ("Ada Bakery", None) in told
    assert (" Inc & Sons", {"bold": True}) in told
    assert faults_in_view(view, "modal", SCOPES) == []


def test_what_a_person_typed_cannot_call_the_whole_channel() -> None:
    sheet = a_sheet(numbers="<!channel>", customer_name="<!channel> & Co")
    report = a_report(sheet)
    listed = page_with(WORDS, FORM, sheet, Step.NUMBERS, errors_of(report)).to_dict()["blocks"][0]
    summary = review_view(WORDS, FORM, sheet, report).to_dict()["blocks"][1]
    assert "<!channel>" not in listed["text"]["text"]
    assert "&lt;!channel&gt; &amp; Co" in summary["text"]["text"]


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
    pages = [page_view(WORDS, FORM, page.sheet, page.step).to_dict() for page in PAGES]
    pages += [left_view(WORDS, FORM, a_draft()).to_dict()]
    pages += [
        page_with(WORDS, FORM, differing(), Step.RECORD, errors_of(a_report(differing()))).to_dict()
    ]
    actions = set(re.findall(r"'action_id': '(\w+)'", str(pages)))
    assert {"intake_drop", "intake_back", "intake_continue", "btn"} <= actions
    assert "intake_take_record" in actions
    for action in actions:
        assert any(re.fullmatch(route, action) for route in ids), action
