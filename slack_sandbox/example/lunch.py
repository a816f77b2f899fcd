"""A small Bolt app: `/lunch` asks what somebody will have, and tells the channel."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

SOLD_OUT = "fish"


def build(client: WebClient) -> App:
    """Return the app with its listeners."""
    app = App(client=client, token_verification_enabled=False)
    app.command("/lunch")(ask)
    app.view("lunch")(tell)
    return app


def ask(ack: Ack, command: dict[str, Any], client: WebClient) -> None:
    """Open the form, which keeps the channel in mind."""
    view = {
        "type": "modal",
        "callback_id": "lunch",
        "private_metadata": command["channel_id"],
        "title": _plain("Lunch"),
        "submit": _plain("Tell"),
        "blocks": [
            {
                "type": "input",
                "block_id": "dish",
                "label": _plain("Dish"),
                "element": {"type": "plain_text_input", "action_id": "dish"},
            }
        ],
    }
    client.views_open(trigger_id=command["trigger_id"], view=view)
    ack()


def tell(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
    """Tell the channel, or say under the field what is not to be had."""
    dish = view["state"]["values"]["dish"]["dish"]["value"]
    if dish.lower() == SOLD_OUT:
        ack(response_action="errors", errors={"dish": "There is no fish left."})
        return
    ack()
    name = client.users_info(user=body["user"]["id"])["user"]["real_name"]
    client.chat_postMessage(channel=view["private_metadata"], text=f"{name} has {dish}.")


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}
