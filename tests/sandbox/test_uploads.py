"""Uploads: what Slack knows of them when, and what may become of a share."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Person, Sandbox
from slack_sandbox.state.workspace import TEAM


def _uploaded(client: WebClient) -> str:
    """Hand over the bytes of a file without completing the upload; return its id."""
    ticket = client.files_getUploadURLExternal(filename="loa.pdf", length=3)
    with urlopen(Request(ticket["upload_url"], data=b"%PD", method="POST")) as answer:
        assert answer.status == 200
    return str(ticket["file_id"])


def _complete(client: WebClient, file: str) -> None:
    client.files_completeUploadExternal(files=[{"id": file}], channel_id=TEAM)


def test_an_upload_is_unknown_until_it_is_completed_and_that_works_once(client: WebClient) -> None:
    file = _uploaded(client)
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_info(file=file)
    _complete(client, file)
    assert client.files_info(file=file)["ok"]
    with pytest.raises(SlackApiError, match="file_not_found"):
        _complete(client, file)


def test_a_completion_that_is_refused_finishes_nothing(client: WebClient) -> None:
    file = _uploaded(client)
    for ids, channel in (((file, "F0"), TEAM), ((file,), "C0")):
        files: list[dict[str, str | None]] = [{"id": name} for name in ids]
        with pytest.raises(SlackApiError, match="not_found"):
            client.files_completeUploadExternal(files=files, channel_id=channel)
    _complete(client, file)


def test_an_upload_that_is_not_completed_is_discarded(sandbox: Sandbox, client: WebClient) -> None:
    file, ticket = _uploaded(client), client.files_getUploadURLExternal(filename="x", length=1)
    sandbox.clock.advance(3601)
    with pytest.raises(SlackApiError, match="file_not_found"):
        _complete(client, file)
    with pytest.raises(HTTPError, match="400"):
        urlopen(Request(ticket["upload_url"], data=b"x", method="POST"))


def test_a_share_may_get_lost(sandbox: Sandbox, client: WebClient, rosa: Person) -> None:
    sandbox.faults.lost_share = 1
    lost, shown = _uploaded(client), _uploaded(client)
    _complete(client, lost)
    _complete(client, shown)
    [message] = rosa.wait_for(lambda _: rosa.messages())
    assert [file["id"] for file in message["files"]] == [shown]
    assert client.files_info(file=lost)["file"]["channels"] == []


def test_a_share_may_come_late(sandbox: Sandbox, client: WebClient, rosa: Person) -> None:
    sandbox.faults.late_share = 1
    late, file = _uploaded(client), _uploaded(client)
    _complete(client, late)
    _complete(client, file)
    rosa.wait_for(lambda _: rosa.messages())
    assert client.files_info(file=late)["file"]["channels"] == []
    rosa.wait_for(lambda _: len(rosa.messages()) == 2)
    assert client.files_info(file=late)["file"]["channels"] == [TEAM]


def test_a_deleted_file_is_shown_nowhere(client: WebClient, rosa: Person) -> None:
    file = _uploaded(client)
    _complete(client, file)
    rosa.wait_for(lambda _: rosa.messages())
    client.files_delete(file=file)
    with pytest.raises(SlackApiError, match="file_deleted"):
        client.files_info(file=file)
    assert not rosa.messages()[0].get("files")


def test_the_bytes_of_a_file_meet_faults_as_well(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.change({"server_error": 1, "methods": ["upload"]})
    with pytest.raises(HTTPError, match="500"):
        _uploaded(client)
    sandbox.faults.change({"drop_answer": 1})
    with pytest.raises(OSError, match=r"closed|reset"):
        _uploaded(client)
