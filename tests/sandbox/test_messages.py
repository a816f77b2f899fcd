"""Messages, threads, files, people and shortcuts."""

import time
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import AdjustableClock, Person, RefusedError, Sandbox
from slack_sandbox.state.workspace import ANNA, HELPERS, ROSA, TEAM, TOM

from .builders import plain


def test_a_post_to_a_person_arrives_in_the_direct_message(
    client: WebClient, rosa: Person, anna: Person
) -> None:
    answer = client.chat_postMessage(channel=ROSA, text="Hello Rosa")
    assert answer["channel"].startswith("D")
    assert [m["text"] for m in rosa.dm()] == ["Hello Rosa"]
    assert anna.dm() == []


def test_replies_stand_in_their_thread(client: WebClient, rosa: Person) -> None:
    parent = client.chat_postMessage(channel=TEAM, text="Case")["ts"]
    client.chat_postMessage(channel=TEAM, text="Detail", thread_ts=parent)
    assert [m["text"] for m in rosa.thread(parent)] == ["Detail"]
    assert rosa.messages()[0]["reply_count"] == 1


def test_timestamps_are_unique_and_grow(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel=TEAM, text="x")["ts"] for _ in range(4)]
    assert stamps == sorted(set(stamps))


def test_history_comes_in_pages_that_later_posts_do_not_disturb(
    sandbox: Sandbox, client: WebClient
) -> None:
    sandbox.faults.change({"enforce_rates": "none"})
    for number in range(5):
        metadata = {"event_type": "case", "event_payload": {"key": str(number)}}
        client.chat_postMessage(channel=TEAM, text=str(number), metadata=metadata)
    first = client.conversations_history(channel=TEAM, limit=2, include_all_metadata=True)
    client.chat_postMessage(channel=TEAM, text="later")
    cursor = first["response_metadata"]["next_cursor"]
    rest = client.conversations_history(channel=TEAM, limit=9, cursor=cursor)
    assert [m["text"] for m in (*first["messages"], *rest["messages"])] == list("43210")
    assert first["messages"][0]["metadata"]["event_payload"] == {"key": "4"}
    assert "metadata" not in rest["messages"][0]


def test_history_can_be_cut_by_time(sandbox: Sandbox, client: WebClient) -> None:
    old = client.chat_postMessage(channel=TEAM, text="old")["ts"]
    sandbox.clock.advance(60)
    new = client.chat_postMessage(channel=TEAM, text="new")["ts"]
    after = client.conversations_history(channel=TEAM, oldest=old)
    until = client.conversations_history(channel=TEAM, latest=new)
    assert [m["text"] for m in after["messages"]] == ["new"]
    assert [m["text"] for m in until["messages"]] == ["old"]


def test_a_thread_is_read_from_its_parent_on(client: WebClient) -> None:
    parent = client.chat_postMessage(channel=TEAM, text="Case")["ts"]
    client.chat_postMessage(channel=TEAM, text="Detail", thread_ts=parent)
    thread = client.conversations_replies(channel=TEAM, ts=parent)
    assert [m["text"] for m in thread["messages"]] == ["Case", "Detail"]


def test_an_update_keeps_blocks_that_it_does_not_mention(client: WebClient, rosa: Person) -> None:
    blocks = [{"type": "section", "text": plain("Open")}]
    ts = client.chat_postMessage(channel=TEAM, text="Open", blocks=blocks)["ts"]
    client.chat_update(channel=TEAM, ts=ts, text="Closed")
    message = rosa.messages()[-1]
    assert (message["text"], message["edited"]) == ("Closed", True)
    assert message["blocks"][0]["text"]["text"] == "Open"


def test_an_ephemeral_message_is_seen_by_one_person_and_has_no_history(
    client: WebClient, rosa: Person, anna: Person
) -> None:
    client.chat_postEphemeral(channel=TEAM, user=ROSA, text="psst")
    assert [m["text"] for m in rosa.messages()] == ["psst"]
    assert anna.messages() == []
    assert client.conversations_history(channel=TEAM)["messages"] == []


def test_a_file_is_shared_after_the_answer(client: WebClient, rosa: Person) -> None:
    parent = client.chat_postMessage(channel=TEAM, text="Case")["ts"]
    answer = client.files_upload_v2(
        channel=TEAM, thread_ts=parent, filename="loa.pdf", content=b"%PDF-1.7 loa"
    )
    assert "shares" not in answer["files"][0]
    shared = rosa.wait_for(lambda _: rosa.thread(parent))
    assert shared[0]["files"][0]["name"] == "loa.pdf"
    assert rosa.download(shared[0]["files"][0]) == b"%PDF-1.7 loa"
    info = client.files_info(file=answer["files"][0]["id"])
    assert info["file"]["channels"] == [TEAM]


def test_people_bring_the_app_into_a_channel_and_out(client: WebClient, rosa: Person) -> None:
    rosa.command("/remove @Tiny")
    with pytest.raises(SlackApiError, match="not_in_channel"):
        client.chat_postMessage(channel=TEAM, text="x")
    rosa.command("/invite @Tiny")
    assert client.chat_postMessage(channel=TEAM, text="x")["ok"]
    with pytest.raises(RefusedError, match="takes @Tiny"):
        rosa.command("/invite @Anna")


def test_a_file_cannot_be_shared_with_a_user_id(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.files_upload_v2(channel=ROSA, filename="loa.pdf", content=b"x")


def test_a_scheduled_message_waits_for_the_clock(
    sandbox: Sandbox, client: WebClient, rosa: Person
) -> None:
    soon = int(sandbox.clock.now().timestamp()) + 3600
    client.chat_scheduleMessage(channel=TEAM, text="Later", post_at=soon)
    assert rosa.messages() == []
    sandbox.clock.advance(3601)
    assert rosa.wait_for(lambda _: rosa.messages())[0]["text"] == "Later"


def test_the_clock_moves_where_it_is_told() -> None:
    clock = AdjustableClock()
    before = clock.now()
    clock.advance(3600)
    assert 3599 < (clock() - before).total_seconds() < 3601
    with pytest.raises(ValueError, match="zone"):
        clock.move_to(before.replace(tzinfo=None))


def test_people_and_groups_can_be_looked_up(client: WebClient) -> None:
    user = client.users_info(user=ANNA)["user"]
    assert (user["real_name"], user["tz"]) == ("Anna Lindqvist", "America/Los_Angeles")
    assert "email" not in user["profile"]
    assert client.usergroups_users_list(usergroup=HELPERS)["users"] == [ANNA, TOM]
    assert TEAM in [row["id"] for row in client.conversations_list()["channels"]]
    assert client.conversations_open(users=ANNA)["channel"]["id"].startswith("D")


def test_a_message_shortcut_carries_the_text_as_slack_marks_it_up(
    online: App, rosa: Person
) -> None:
    arrived: list[dict[str, Any]] = []

    @online.shortcut("keep")
    def keep(ack: Any, payload: dict[str, Any]) -> None:
        arrived.append(payload)
        ack()

    rosa.say("Ask rosa@example.com about +1 206 555 0100 & @anna")
    rosa.shortcut("keep", rosa.messages()[-1])
    assert arrived[0]["type"] == "message_action"
    assert arrived[0]["message"]["text"] == (
        "Ask <mailto:rosa@example.com|rosa@example.com> about "
        "<tel:+12065550100|+1 206 555 0100> &amp; <@U0ANNA0001>"
    )


def test_a_global_shortcut_can_open_a_form(online: App, rosa: Person) -> None:
    @online.shortcut("new")
    def new(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        blocks = [{"type": "section", "text": plain("New")}]
        view = {"type": "modal", "title": plain("New"), "blocks": blocks}
        client.views_open(trigger_id=body["trigger_id"], view=view)

    rosa.shortcut("new")
    assert rosa.wait_for(lambda state: state["views"])[0]["title"] == "New"


def test_waiting_ends_as_soon_as_it_can(client: WebClient, rosa: Person) -> None:
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        rosa.wait_for(lambda state: state["home"], timeout=0.2)
    client.chat_postMessage(channel=TEAM, text="now")
    assert rosa.wait_for(lambda _: rosa.messages())
    assert time.monotonic() - started < 15  # not the thirty seconds of a request


def test_a_person_cannot_act_on_what_is_not_there(rosa: Person) -> None:
    with pytest.raises(RefusedError, match="No window is open"):
        rosa.submit()
    with pytest.raises(RefusedError, match="not a channel"):
        rosa.say("hello", "secret-plans")
