"""What the desk says reaches Slack once and in order, whatever Slack does meanwhile."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.desk.notifications.deliveries import ClaimedDelivery
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import DeliveryKind
from bot.domain.cases.subjects import of_case
from bot.domain.cases.workflow import Status
from bot.slack.delivery.poster import Poster
from tests.journeys.cases import filed, moved, owed, settled, signed, submitted
from tests.office import ANNA, MATEO, Message, Office, headline, posted, private, shown
from tests.patience import wait_until

POST, UPDATE, SHARE = "chat.postMessage", "chat.update", "files.completeUploadExternal"


def _keys(office: Office, case: CaseFacts) -> list[str]:
    """Return the keys of all posts that Slack ever accepted for a case, in their order."""
    keys = [m["metadata"]["event_payload"]["key"] for m in office.slack.record if m.get("metadata")]
    return [key for key in keys if key.split(":")[1] == str(case.id)]


def _each_once(office: Office, case: CaseFacts) -> None:
    settled(office)
    repeated = {key: count for key, count in Counter(_keys(office, case)).items() if count > 1}
    assert repeated == {}
    with office.service.engine.connect() as connection:
        lost = connection.exec_driver_sql(
            "SELECT key, failed FROM delivery WHERE ts = '' AND failed NOT IN ('', 'overtaken')"
            f" AND kind <> 'fetch' AND case_id = {case.id}"
        ).all()
    assert lost == []


def _thread(office: Office, case: CaseFacts) -> list[Message]:
    return office.anna.thread(headline(office.anna, case.reference)["ts"])


def _letters(office: Office, case: CaseFacts) -> list[Message]:
    name = f"{case.reference}-LOA-v1.pdf"
    return [m for m in office.rosa.dm() if any(f["name"] == name for f in m.get("files") or ())]


def _traffic(office: Office, method: str) -> list[Message]:
    entries = office.anna._read("/sandbox/traffic?after=0")["entries"]
    return [entry for entry in entries if entry["name"] == method]


@pytest.mark.long
def test_slack_asks_for_a_pause_and_gets_it(desk_office: Office) -> None:
    desk_office.slack.faults.change({"rate_limit": 1, "methods": [POST]})
    case = filed(desk_office, "206 555 0100")
    _each_once(desk_office, case)
    calls = _traffic(desk_office, POST)
    refused = next(call for call in calls if not call["ok"])
    same = [c for c in calls if c["request"]["channel"] == refused["request"]["channel"]]
    following = same[same.index(refused) + 1]
    pause = datetime.fromisoformat(following["at"]) - datetime.fromisoformat(refused["at"])
    assert pause >= timedelta(seconds=1)
    assert _keys(desk_office, case).count(f"headline:{case.id}:1") == 1
    assert "may be a repeat" not in str([m["blocks"] for m in desk_office.slack.record])


@pytest.mark.long
@pytest.mark.parametrize("method", [POST, UPDATE, SHARE])
@pytest.mark.parametrize("fault", ["server_error", "drop_answer"])
def test_a_call_without_a_good_answer_is_repeated_but_its_message_is_not(
    desk_office: Office, fault: str, method: str
) -> None:
    number = 110 + 2 * [POST, UPDATE, SHARE].index(method) + (fault == "drop_answer")
    desk_office.slack.faults.change({fault: 2, "methods": [method]})
    case = submitted(desk_office, f"206 555 0{number}", Status.PENDING_DOCUMENTS)
    _each_once(desk_office, case)
    assert len(_letters(desk_office, case)) == 1
    assert "Documents needed" in shown(headline(desk_office.anna, case.reference))
    assert "may be a repeat" not in str([m["blocks"] for m in desk_office.slack.record])


@pytest.mark.long
def test_without_the_history_scope_a_repeat_says_that_it_may_be_one(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0120")
    settled(desk_office)
    faults = {"drop_answer": 1, "methods": [POST], "withhold_optional_scopes": True}
    desk_office.slack.faults.change(faults)
    signed(desk_office, case)
    settled(desk_office)
    repeats = [key for key, count in Counter(_keys(desk_office, case)).items() if count > 1]
    assert len(repeats) == 1
    last = [m for m in desk_office.slack.record if repeats[0] in str(m.get("metadata"))][-1]
    assert "This may be a repeat" in str(last["blocks"])


def _thread_deleted(office: Office, case: CaseFacts) -> Message:
    """Delete the headline with all that stands below it, and return it."""
    settled(office)
    old = headline(office.anna, case.reference)
    slack = WebClient(token=office.slack.bot_token, base_url=office.slack.api_url)
    for message in [*_thread(office, case), old]:
        slack.chat_delete(channel=office.settings.portdesk_channel, ts=message["ts"])
    return old


@pytest.mark.long
def test_a_headline_that_somebody_deleted_is_posted_anew(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0121")
    old = _thread_deleted(desk_office, case)
    moved(desk_office, case, Status.PENDING_DOCUMENTS)
    settled(desk_office)
    new = headline(desk_office.anna, case.reference)
    assert new["ts"] != old["ts"]
    assert "Documents needed" in shown(new)
    assert len(_thread(desk_office, case)) == 1


def _claimed_note(office: Office, case: CaseFacts) -> ClaimedDelivery:
    return ClaimedDelivery(
        key=f"note:{case.id}:again",
        subject=of_case(case.id),
        channel=office.settings.portdesk_channel,
        kind=DeliveryKind.NOTE,
        facts={"event": office.service.desk.queries.history(case.id)[-1].id},
        attempt=1,
        first_tried_at=datetime.now(UTC),
        uploads={},
        in_doubt=False,
    )


def test_a_line_without_its_thread_is_found_in_the_channel_before_it_is_repeated(
    desk_office: Office,
) -> None:
    case = submitted(desk_office, "206 555 0128")
    _thread_deleted(desk_office, case)
    claimed = _claimed_note(desk_office, case)
    poster = Poster(desk_office.service.desk, desk_office.service.client)
    first = poster.post(claimed)
    # The answer to the first try is lost, so nobody knows whether it arrived.
    assert poster.post(replace(claimed, attempt=2, in_doubt=True)).ts == first.ts
    assert _keys(desk_office, case).count(claimed.key) == 1


@pytest.mark.long
def test_the_thread_tells_the_history_in_its_order(desk_office: Office) -> None:
    desk_office.slack.faults.change({"server_error": 1, "drop_answer": 1, "methods": [POST]})
    case = submitted(desk_office, "206 555 0122", Status.PENDING_DOCUMENTS, Status.EXCEPTION)
    moved(desk_office, case, Status.FOC)
    settled(desk_office)
    told = [shown(message) for message in _thread(desk_office, case)]
    expected = ["filed", "version 1 is made", "signed letter", "Submitted", "Documents"]
    assert [word for word, line in zip(expected, told, strict=False) if word in line] == expected
    assert "Date confirmed" in headline(desk_office.anna, case.reference)["text"]


@pytest.mark.long
def test_a_revoked_token_holds_everything_back_and_loses_nothing(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0123")
    settled(desk_office)
    desk_office.slack.faults.change({"revoke_token": True})
    moved(desk_office, signed(desk_office, case), Status.SUBMITTED)
    wait_until(
        lambda: any(c["response"].get("error") == "token_revoked" for c in _all(desk_office))
    )
    assert owed(desk_office) > 0
    desk_office.slack.faults.change({"revoke_token": False})
    _each_once(desk_office, case)
    assert "Submitted" in headline(desk_office.anna, case.reference)["text"]


def _all(office: Office) -> list[Message]:
    return [
        c for m in (POST, UPDATE) for c in _traffic(office, m) if isinstance(c["response"], dict)
    ]


@pytest.mark.long
def test_an_agent_who_never_heard_of_the_desk_gets_a_file_once(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0124")
    rosa = desk_office.rosa
    rosa.click("Send signed letter", in_message=private(rosa, f"{case.reference} – "))
    rosa.fill(signed_loa=[rosa.upload("scan.pdf", b"%PDF scan")], loa_signed_on="2027-03-01")
    assert rosa.submit() == {}
    settled(desk_office)
    desk_office.slack.faults.change({"drop_answer": 2, "methods": [POST, SHARE]})
    desk_office.anna.click("Details", in_message=headline(desk_office.anna, case.reference))
    desk_office.anna.click("Send me a copy")
    settled(desk_office)
    files = [m for m in desk_office.anna.dm() if m.get("files")]
    assert len(files) == 1
    assert len([m for m in desk_office.anna.dm() if not m.get("files")]) == 1
    assert desk_office.anna.download(files[0]["files"][0]) == b"%PDF scan"


@pytest.mark.long
def test_agents_and_requesters_hear_only_what_concerns_them(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0127", who=MATEO)
    settled(desk_office)
    assert not [m for m in desk_office.rosa.dm() if case.reference in shown(m)]
    assert shown(posted(desk_office.tom, case.reference))
    assert ANNA in str(desk_office.service.desk.queries.history(case.id)[-1].who)
