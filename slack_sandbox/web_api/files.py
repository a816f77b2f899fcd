"""files.*: uploading in three steps, sharing and looking a file up."""

import asyncio
from typing import Any

from slack_sandbox.spec.arguments import number
from slack_sandbox.spec.methods import SlackError, problem
from slack_sandbox.state.conversations import Conversation, Message
from slack_sandbox.state.files import StoredFile
from slack_sandbox.state.state import State
from slack_sandbox.web_api.chat import checked_blocks
from slack_sandbox.web_api.web_api import Arguments, Handler

# Slack shares a file some time after it has answered; long enough to be noticed by a test.
_SHARE_SECONDS = 0.05
# Scanning a file may take a while.
_LATE_SECONDS = 3.0


def get_upload_url(state: State, arguments: Arguments) -> dict[str, Any]:
    """Announce a file and return where its bytes have to go."""
    length = number(arguments["length"], 0)
    if not length:
        words = problem("must be a number above 0", "/length")
        raise SlackError("invalid_arguments", [words])
    now = int(state.clock.now().timestamp())
    bot = state.workspace.bot_user_id
    file_id, ticket = state.uploads.announce(str(arguments["filename"]), length, bot, now)
    return {"upload_url": f"{state.base_url}upload/{ticket}", "file_id": file_id}


def complete_upload(state: State, arguments: Arguments) -> dict[str, Any]:
    """Finish uploads and share them, which happens later: the answer has no message."""
    rows = _rows(arguments.get("files"))
    for row in rows:
        _check_pending(state, row)
    target = _target(state, arguments)
    blocks = checked_blocks(arguments.get("blocks"))
    # A call that is refused finishes nothing.
    files = [_finished(state, row) for row in rows]
    if target is not None:
        parent = target.messages.get(str(arguments.get("thread_ts") or ""))
        message = Message(state.next_ts(), target.id, state.workspace.bot_user_id, "", blocks)
        message.text = str(arguments.get("initial_comment") or "")
        message.thread_ts = parent.ts if parent else None
        message.bot, message.files = True, tuple(file.id for file in files)
        if not state.faults.use("lost_share"):
            wait = _LATE_SECONDS if state.faults.use("late_share") else _SHARE_SECONDS
            asyncio.get_running_loop().call_later(wait, _share, state, message)
    return {"files": [{"id": file.id, "title": file.title or file.name} for file in files]}


def file_info(state: State, arguments: Arguments) -> dict[str, Any]:
    """Describe a file that the app may see."""
    file = _completed(state, arguments)
    if not may_see(state, file):
        raise SlackError("file_not_found")
    return {"file": file.as_slack(state.base_url), "comments": []}


def delete_file(state: State, arguments: Arguments) -> dict[str, Any]:
    """Delete a file of the app's own, wherever it is shown."""
    file = _completed(state, arguments)
    if file.user != state.workspace.bot_user_id:
        raise SlackError("cant_delete_file")
    state.uploads.change(file.id, deleted=True, content=None, channels=frozenset())
    for channel in file.channels:
        _take_out(state, state.conversations[channel], file.id)
    return {}


def _take_out(state: State, conversation: Conversation, file_id: str) -> None:
    for message in conversation.messages.values():
        message.files = tuple(shown for shown in message.files if shown != file_id)
    state.tell_about(conversation)


def _completed(state: State, arguments: Arguments) -> StoredFile:
    """Return a file that Slack knows: of an upload it tells nothing before it is completed."""
    file = state.uploads.files.get(str(arguments["file"]))
    if file is None or not file.complete:
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    return file


def may_see(state: State, file: StoredFile) -> bool:
    """Whether the app may see a file: its own, shared where it is, or sent to it in a form."""
    bot = state.workspace.bot_user_id
    shared = any(bot in state.conversations[channel].members for channel in file.channels)
    return file.user == bot or file.for_app or shared


def _rows(files: Any) -> list[dict[str, Any]]:
    if not isinstance(files, list) or not files:
        words = problem("must be a list of objects with an id", "/files")
        raise SlackError("invalid_arguments", [words])
    return [row if isinstance(row, dict) else {} for row in files]


def _check_pending(state: State, row: dict[str, Any]) -> None:
    file = state.uploads.pending(str(row.get("id")), state.clock.now().timestamp())
    if file is None or file.content is None:
        raise SlackError("file_not_found")


def _finished(state: State, row: dict[str, Any]) -> StoredFile:
    return state.uploads.change(str(row["id"]), complete=True, title=str(row.get("title") or ""))


def _target(state: State, arguments: Arguments) -> Conversation | None:
    wanted = arguments.get("channel_id") or arguments.get("channels")
    if not wanted:
        return None
    if "," in str(wanted):
        raise SlackError("channels_limit_exceeded")
    return state.channel_for_app(str(wanted))


def _share(state: State, message: Message) -> None:
    kept = [file_id for file_id in message.files if not state.uploads.files[file_id].deleted]
    if not kept:
        return
    message.files = tuple(kept)
    for file_id in message.files:
        channels = state.uploads.files[file_id].channels | {message.channel}
        state.uploads.change(file_id, channels=channels)
    message.ts = state.next_ts()
    state.add(message)


HANDLERS: dict[str, Handler] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": file_info,
    "files.delete": delete_file,
}
