"""Modals: opening, filling, refusing, updating and closing, over real sockets."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Person, RefusedError
from slack_sandbox.client.view_actions import TROUBLE
from slack_sandbox.state.workspace import ROSA

from .builders import modal, plain, text_input

Form = Callable[[dict[str, Any]], None]


def test_a_command_opens_a_form_and_what_was_typed_arrives(
    online: App, form: Form, rosa: Person
) -> None:
    arrived: list[Any] = []

    @online.view("form")
    def sent(ack: Any, view: dict[str, Any]) -> None:
        arrived.append(view["state"]["values"])
        ack()

    form(modal())
    rosa.command("/form")
    assert rosa.fill(name="Rosa").submit() == {}
    assert arrived == [{"name": {"typed": {"type": "plain_text_input", "value": "Rosa"}}}]
    assert rosa.view() is None


def test_an_error_of_the_app_stands_under_its_field_and_the_text_stays(
    online: App, form: Form, rosa: Person
) -> None:
    @online.view("form")
    def sent(ack: Any) -> None:
        ack(response_action="errors", errors={"name": "Not that one."})

    form(modal())
    rosa.command("/form")
    assert rosa.fill(name="Rosa").submit() == {"name": "Not that one."}
    view = rosa.view()
    assert view is not None
    assert view["errors"] == {"name": "Not that one."}
    assert view["state"]["values"]["name"]["typed"]["value"] == "Rosa"


def test_an_error_for_a_block_that_is_no_input_is_trouble(
    online: App, form: Form, rosa: Person
) -> None:
    @online.view("form")
    def sent(ack: Any) -> None:
        ack(response_action="errors", errors={"elsewhere": "Lost."})

    form(modal())
    rosa.command("/form")
    with pytest.raises(RefusedError, match="trouble connecting"):
        rosa.fill(name="Rosa").submit()


def test_a_form_without_an_answer_stays_open_with_slacks_sentence(form: Form, rosa: Person) -> None:
    form(modal(callback_id="nobody listens"))
    rosa.command("/form")
    with pytest.raises(RefusedError, match="trouble connecting"):
        rosa.fill(name="Rosa").submit()
    view = rosa.view()
    assert view is not None
    assert view["trouble"] == TROUBLE


def test_typed_text_survives_an_update_with_the_same_ids_only(
    online: App, form: Form, rosa: Person
) -> None:
    select = {
        "type": "input",
        "block_id": "kind",
        "dispatch_action": True,
        "label": plain("Kind"),
        "element": {
            "type": "static_select",
            "action_id": "kind",
            "options": [{"text": plain("A"), "value": "a"}],
        },
    }
    seen: list[Any] = []

    @online.action("kind")
    def chosen(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        seen.append(body["view"]["state"]["values"])
        changed = modal(text_input("name"), text_input("other_new"), select)
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=changed)
        ack()

    form(modal(text_input("name"), text_input("other"), select))
    rosa.command("/form")
    rosa.fill(name="stays", other="goes").choose("kind", "a")
    assert seen[0]["other"]["typed"]["value"] == "goes"
    assert seen[0]["kind"]["kind"]["selected_option"]["value"] == "a"
    view = rosa.view()
    assert view is not None
    assert view["state"]["values"]["name"]["typed"]["value"] == "stays"
    assert view["state"]["values"]["other_new"]["typed"]["value"] is None


def test_an_update_with_an_old_hash_is_a_conflict(
    client: WebClient, form: Form, rosa: Person
) -> None:
    form(modal())
    rosa.command("/form")
    view = rosa.view()
    assert view is not None
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal())
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal())


def test_a_fourth_view_does_not_fit_on_the_stack(
    online: App, client: WebClient, form: Form, rosa: Person
) -> None:
    errors: list[str] = []
    button = {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "more", "text": plain("More")}],
    }

    @online.action("more")
    def more(ack: Any, body: dict[str, Any]) -> None:
        try:
            client.views_push(trigger_id=body["trigger_id"], view=modal(button))
        except SlackApiError as error:
            errors.append(error.response["error"])
        ack()

    form(modal(button))
    rosa.command("/form")
    for _ in range(3):
        rosa.click("More")
    assert len(rosa.views()) == 3
    assert errors == ["push_limit_reached"]


def test_closing_tells_the_app_that_asked_for_it(online: App, form: Form, rosa: Person) -> None:
    @online.view_closed("form")
    def closed(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        client.chat_postMessage(channel=body["user"]["id"], text=f"closed {body['is_cleared']}")
        ack()

    form(modal(notify_on_close=True))
    rosa.command("/form")
    rosa.close()
    assert rosa.view() is None
    rosa.wait_for(lambda _: [m for m in rosa.dm() if m["text"] == "closed False"])


def test_an_external_id_is_taken_while_its_view_is_open(
    form: Form, rosa: Person, anna: Person
) -> None:
    form(modal(external_id="one"))
    rosa.command("/form")
    with pytest.raises(RefusedError):
        anna.command("/form")
    rosa.close()
    anna.command("/form")
    assert anna.view() is not None


def test_the_home_tab_shows_what_was_published(online: App, rosa: Person) -> None:
    @online.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        blocks = [{"type": "section", "text": plain("My cases")}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    rosa.open_home()
    home = rosa.wait_for(lambda state: state["home"])
    assert home["blocks"][0]["text"]["text"] == "My cases"
    assert rosa.user == ROSA


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal(title=plain("Second"))}, ["Second"]),
        ({"response_action": "push", "view": modal(title=plain("Second"))}, ["Form", "Second"]),
        ({"response_action": "clear"}, []),
    ],
)
def test_an_answer_can_change_the_stack(
    online: App, form: Form, rosa: Person, answer: dict[str, Any], titles: list[str]
) -> None:
    @online.view("form")
    def sent(ack: Any) -> None:
        ack(answer)

    form(modal())
    rosa.command("/form")
    assert rosa.fill(name="Rosa").submit() == {}
    assert [view["title"] for view in rosa.views()] == titles


def test_an_answer_with_a_view_that_slack_refuses_is_trouble(
    online: App, form: Form, rosa: Person
) -> None:
    @online.view("form")
    def sent(ack: Any) -> None:
        ack(response_action="update", view=modal(title=plain("x" * 25)))

    form(modal())
    rosa.command("/form")
    with pytest.raises(RefusedError, match="trouble connecting"):
        rosa.fill(name="Rosa").submit()
    assert "/view/title/text" in rosa.notices()[-1]
