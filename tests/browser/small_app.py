"""A small Bolt app that uses what the page has to show."""

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Small app"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Small app"},
        "slash_commands": [
            {"command": "/form", "description": "Fill in the form"},
            {"command": "/form-long", "description": "Not answered by the app"},
            {"command": "/echo", "description": "Say it back", "usage_hint": "any words"},
        ],
        "shortcuts": [
            {"type": "message", "name": "Quote this", "callback_id": "quote", "description": "q"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "files:read", "files:write"]}},
    "settings": {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "socket_mode_enabled": True,
    },
}
CARRIERS = ("Pacific Wire", "Pacific Bell", "Lumen")
LETTER = b"%PDF-1.4 the letter"


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _options(*names: str) -> list[dict[str, Any]]:
    return [{"text": _plain(name), "value": name.lower()} for name in names]


def _input(name: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": name, **element}
    return {"type": "input", "block_id": name, "label": _plain(label), "element": element, **more}


def form(channel: str, counted: int | None = None) -> dict[str, Any]:
    """Return the modal; `counted` is what it says about the numbers typed so far."""
    typing = {"trigger_actions_on": ["on_character_entered"]}
    numbers = {"type": "plain_text_input", "multiline": True, "dispatch_action_config": typing}
    carrier = {"type": "external_select", "min_query_length": 1}
    bill = {"type": "file_input", "filetypes": ["pdf"], "max_files": 1}
    types, told = _options("Local", "Toll-free"), _options("Agent", "Channel")
    said = [] if counted is None else [_section(f"{counted} numbers so far")]
    return {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": channel,
        "title": _plain("Small form"),
        "submit": _plain("Send"),
        "blocks": [
            _input("numbers", "Numbers", numbers, dispatch_action=True),
            *said,
            _input("carrier", "Losing carrier", carrier, optional=True),
            _input("email", "Contact email", {"type": "email_text_input"}),
            _input("day", "Day", {"type": "datepicker"}, optional=True),
            _input("type", "Type", {"type": "radio_buttons", "options": types}, optional=True),
            _input("tell", "Tell", {"type": "checkboxes", "options": told}, optional=True),
            _input("watch", "Watchers", {"type": "multi_users_select"}, optional=True),
            _input("bill", "Last bill", bill, optional=True),
        ],
    }


def card(text: str) -> list[dict[str, Any]]:
    """Return a message with a plain button and one that asks first."""
    sure = {"title": _plain("Withdraw it?"), "text": _plain("It is gone then."), "style": "danger"}
    sure |= {"confirm": _plain("Withdraw it"), "deny": _plain("Keep it")}
    take = {"type": "button", "action_id": "take", "text": _plain("Take it"), "style": "primary"}
    drop = {"type": "button", "action_id": "drop", "text": _plain("Withdraw"), "confirm": sure}
    return [_section(text), {"type": "actions", "elements": [take, drop]}]


def _open_form(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=command["trigger_id"], view=form(command["channel_id"]))


def _echo(ack: Ack, command: dict[str, Any]) -> None:
    ack(f"You said: {command['text']}")


def _count(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
    ack()
    typed = body["actions"][0]["value"] or ""
    view = form(body["view"]["private_metadata"], len(typed.split()))
    client.views_update(view_id=body["view"]["id"], view=view)


def _carriers(ack: Ack, payload: dict[str, Any]) -> None:
    found = [name for name in CARRIERS if payload["value"].lower() in name.lower()]
    ack(options=[{"text": _plain(name), "value": name} for name in found])


def _submit(ack: Ack, view: dict[str, Any], client: WebClient) -> None:
    values = view["state"]["values"]
    numbers = values["numbers"]["numbers"]["value"]
    if "+1" not in numbers:
        ack(response_action="errors", errors={"numbers": "Start each number with +1."})
        return
    if "@" not in values["email"]["email"]["value"].removesuffix("@nowhere.example"):
        ack(response_action="errors", errors={"email": "Nobody lives there."})
        return
    done = {"type": "modal", "title": _plain("Done"), "blocks": [_section("It is sent.")]}
    ack({"response_action": "update", "view": done} if numbers.endswith("!") else "")
    chosen = [
        values["day"]["day"]["selected_date"] or "no day",
        (values["type"]["type"]["selected_option"] or {}).get("value", "no type"),
        *(option["value"] for option in values["tell"]["tell"]["selected_options"]),
        *values["watch"]["watch"]["selected_users"],
    ]
    names = [file["name"] for file in values["bill"]["bill"]["files"] or []]
    text = f"Numbers: {numbers}; choices: {' '.join(chosen)}; bills: {' '.join(names) or 'none'}"
    channel = view["private_metadata"]
    sent = client.chat_postMessage(channel=channel, text=text, blocks=card(text))
    client.files_upload_v2(
        channel=channel, thread_ts=sent["ts"], filename="letter.pdf", content=LETTER
    )


def _take(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
    ack()
    text = f"Taken by <@{body['user']['id']}>"
    where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
    client.chat_update(text=text, blocks=[_section(text)], **where)


def _drop(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
    ack()
    client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])


def _quote(ack: Ack, shortcut: dict[str, Any], respond: Respond) -> None:
    ack()
    respond(f"> {shortcut['message']['text']}")


def _home(event: dict[str, Any], client: WebClient) -> None:
    view = {"type": "home", "blocks": [_section(f"Welcome home, <@{event['user']}>")]}
    client.views_publish(user_id=event["user"], view=view)


def build(api_url: str, bot_token: str) -> App:
    """Return the app with its listeners."""
    client = WebClient(token=bot_token, base_url=api_url)
    app = App(client=client, token_verification_enabled=False)
    app.command("/form")(_open_form)
    app.command("/echo")(_echo)
    app.action("numbers")(_count)
    app.options("carrier")(_carriers)
    app.view("form")(_submit)
    app.action("take")(_take)
    app.action("drop")(_drop)
    app.shortcut("quote")(_quote)
    app.event("app_home_opened")(_home)
    return app
