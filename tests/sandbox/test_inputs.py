"""Inputs: what the client checks, and the shapes in which values arrive."""

from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from slack_sandbox import Person, RefusedError
from slack_sandbox.state.workspace import ROSA

from .builders import modal, plain, text_input

Form = Callable[[dict[str, Any]], None]


@pytest.mark.parametrize(
    ("element", "value", "sentence"),
    [
        ({"type": "plain_text_input"}, None, "Please complete this required field."),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "Please enter at least 3"),
        ({"type": "plain_text_input", "max_length": 3}, "abcd", "Please enter no more than 3"),
        ({"type": "email_text_input"}, "rosa", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "rosa", "Please enter a valid URL."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "a valid number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1", "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "3", "at most 2"),
    ],
)
def test_the_client_refuses_what_slacks_client_refuses(
    form: Form, rosa: Person, element: dict[str, Any], value: str | None, sentence: str
) -> None:
    form(modal(text_input("name", **element)))
    rosa.command("/form")
    if value:
        rosa.fill(name=value)
    assert sentence in rosa.submit()["name"]


def test_choices_come_from_the_app_while_typing(online: App, form: Form, rosa: Person) -> None:
    arrived: list[Any] = []

    @online.options("carrier")
    def carriers(ack: Any, payload: dict[str, Any]) -> None:
        ack(options=[{"text": plain(payload["value"].title()), "value": payload["value"]}])

    @online.view("form")
    def sent(ack: Any, view: dict[str, Any]) -> None:
        arrived.append(view["state"]["values"]["carrier"]["carrier"]["selected_option"]["value"])
        ack()

    element = {"type": "external_select", "action_id": "carrier", "min_query_length": 1}
    block = {"type": "input", "block_id": "carrier", "label": plain("C"), "element": element}
    form(modal(block))
    rosa.command("/form")
    assert rosa.suggest("carrier", "acme") == [{"text": "Acme", "value": "acme"}]
    assert rosa.fill(carrier="acme").submit() == {}
    assert arrived == ["acme"]


def test_a_choice_that_the_app_made_itself_can_be_kept(
    online: App, form: Form, rosa: Person
) -> None:
    arrived: list[Any] = []

    @online.view("form")
    def sent(ack: Any, view: dict[str, Any]) -> None:
        arrived.append(view["state"]["values"]["carrier"]["carrier"]["selected_option"]["value"])
        ack()

    chosen = {"text": plain("Acme"), "value": "acme"}
    element = {"type": "external_select", "action_id": "carrier", "initial_option": chosen}
    form(modal({"type": "input", "block_id": "carrier", "label": plain("C"), "element": element}))
    rosa.command("/form")
    assert rosa.fill(carrier="acme").submit() == {}
    assert arrived == ["acme"]


def test_a_file_in_a_form_can_be_downloaded_by_the_app(
    online: App, form: Form, rosa: Person
) -> None:
    arrived: list[tuple[str, bytes]] = []

    @online.view("form")
    def sent(ack: Any, view: dict[str, Any], client: WebClient) -> None:
        files = view["state"]["values"]["bill"]["bill"]["files"]
        for file in files:
            web = {"Authorization": f"Bearer {client.token}"}
            with urlopen(Request(file["url_private"], headers=web)) as answer:
                arrived.append((file["name"], answer.read()))
        ack()

    element = {"type": "file_input", "action_id": "bill", "filetypes": ["pdf"], "max_files": 1}
    form(modal({"type": "input", "block_id": "bill", "label": plain("Bill"), "element": element}))
    rosa.command("/form")
    wrong = rosa.upload("bill.txt", b"text")
    assert "not one of the accepted types" in rosa.fill(bill=[wrong]).submit()["bill"]
    right = rosa.upload("bill.pdf", b"%PDF-1.7")
    assert rosa.fill(bill=[right]).submit() == {}
    assert arrived == [("bill.pdf", b"%PDF-1.7")]


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.upper()), "value": value}


OPTIONS = [option("a"), option("b")]
CHOSEN = {"text": {**plain("B"), "emoji": True}, "value": "b"}


@pytest.mark.parametrize(
    ("element", "given", "arrives"),
    [
        ({"type": "static_select", "options": OPTIONS}, "b", {"selected_option": CHOSEN}),
        ({"type": "radio_buttons", "options": OPTIONS}, "b", {"selected_option": CHOSEN}),
        ({"type": "checkboxes", "options": OPTIONS}, ["b"], {"selected_options": [CHOSEN]}),
        ({"type": "multi_static_select", "options": OPTIONS}, ["b"],
         {"selected_options": [CHOSEN]}),
        ({"type": "datepicker"}, "2026-12-09", {"selected_date": "2026-12-09"}),
        ({"type": "timepicker"}, "10:30", {"selected_time": "10:30"}),
        ({"type": "email_text_input"}, "a@b.example", {"value": "a@b.example"}),
        ({"type": "users_select"}, ROSA, {"selected_user": ROSA}),
        ({"type": "datepicker", "initial_date": "2026-12-01"}, None,
         {"selected_date": "2026-12-01"}),
    ],
)  # fmt: skip
def test_a_value_arrives_in_slacks_shape(
    online: App,
    form: Form,
    rosa: Person,
    element: dict[str, Any],
    given: Any,
    arrives: dict[str, Any],
) -> None:
    arrived: list[Any] = []

    @online.view("form")
    def sent(ack: Any, view: dict[str, Any]) -> None:
        arrived.append(view["state"]["values"]["field"]["typed"])
        ack()

    form(modal(text_input("field", **element)))
    rosa.command("/form")
    if given is not None:
        rosa.fill(field=given)
    assert rosa.submit() == {}
    assert arrived == [{"type": element["type"], **arrives}]


@pytest.mark.parametrize(
    ("element", "value", "words"),
    [
        ({"type": "datepicker"}, "tomorrow", "never gives"),
        ({"type": "timepicker"}, "25:00", "never gives"),
        ({"type": "static_select", "options": OPTIONS}, "c", "no choice"),
        ({"type": "plain_text_input"}, "two\nlines", "one line only"),
        ({"type": "file_input"}, ["F0NOWHERE"], "not there any more"),
    ],
)
def test_what_nobody_could_enter_is_refused(
    form: Form, rosa: Person, element: dict[str, Any], value: Any, words: str
) -> None:
    form(modal(text_input("field", **element)))
    rosa.command("/form")
    with pytest.raises(RefusedError, match=words):
        rosa.fill(field=value).submit()
