"""The judges find what is wrong, and nothing else: the fast ones. tsc is asked in a step of CI."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.slack.catalogue.catalogue import catalogue
from bot.wording.templates import Templates
from tests.oracle import limits, models, rules
from tests.oracle.limits import LIMITS, Limit
from tests.oracle.payloads import OPTIONS, Finding, Payload, counted, load
from tests.oracle.planted import GONE, ROWS, TSC, Planted, Spoilt, plant
from tests.oracle.typescript import Source, type_of
from tests.recording import Recorder, likeness, said_by_app

FORM = "ack:view_submission"
WRONG = {"response_action": "errors", "errors": {"why": "Say why."}}
OPTION = {"text": {"type": "plain_text", "text": "Old Telephone Co"}, "value": "Old"}


def windows_and_messages() -> list[Payload]:
    """Return what the catalogue shows, as calls of the Web API and as answers."""
    found = []
    for example in catalogue(Templates()):
        view = example.argument == "view"
        # As recorded: no part of it is the same object as another.
        shown_as = json.loads(json.dumps(example.payload))
        more = {"view": shown_as} if view else {**shown_as, **_addressed()}
        name = "views.open" if view else "chat.postMessage"
        found.append(Payload("web_api", name, {"trigger_id": "1", **more} if view else more))
        if view:
            shown = {"response_action": "update", "view": shown_as}
            found.append(Payload(FORM, example.name, shown, "", ("why",)))
    return found


def _addressed() -> dict[str, Any]:
    metadata = {"event_type": "delivery", "event_payload": {"key": "1"}}
    return {"channel": "C0PORTING1", "text": "A message", "metadata": metadata}


@cache
def payloads() -> list[Payload]:
    """Return the catalogue with an answer of each sort."""
    return [
        *windows_and_messages(),
        Payload(FORM, "move", WRONG, "", ("why",)),
        Payload("ack:command", "/port", {"text": "Help", "response_type": "ephemeral"}),
        Payload("ack:block_actions", "tick", None),
        Payload(OPTIONS, "carrier", {"options": [OPTION]}),
    ]


def judged(every: list[Payload]) -> list[Finding]:
    judges = (limits.judge, rules.judge, models.judge)
    return [finding for p in every for judge in judges for finding in judge(p)]


def test_the_catalogue_has_no_fault() -> None:
    assert [str(finding) for finding in judged(payloads())] == []


@pytest.mark.parametrize("planted", [row for row in ROWS if row.judge != TSC], ids=str)
def test_a_planted_fault_is_named(planted: Planted) -> None:
    (spoilt,) = plant(payloads(), [planted])
    assert isinstance(spoilt, Spoilt), "nothing in the catalogue has room for it"
    assert spoilt.is_named_by(judged([spoilt.payload]))
    whole = replace(spoilt, payload=spoilt.whole)
    assert not whole.is_named_by(judged([whole.payload]))


@pytest.mark.parametrize("row", LIMITS, ids=lambda row: f"{row.kind}.{row.path}")
def test_a_limit_is_kept_exactly(row: Limit) -> None:
    assert _broken(row, row.most) == []
    assert f"/{row.path.replace('*', '0').replace('.', '/')}" in _broken(row, row.most + 1)[0]


MANY = {
    "blocks", "fields", "elements", "rows", "options", "option_groups", "column_settings", "*",
}  # fmt: skip


def _broken(row: Limit, size: int) -> list[str]:
    """Judge an object of a kind whose part has that size; return the pointers of this limit."""
    last = row.path.split(".")[-1]
    value: Any = "x" * size
    if last in MANY or last.startswith(("max_", "min_")):
        value = [{}] * size if last in MANY else size
    for name in reversed(row.path.split(".")[1:]):
        value = [value] if name == "*" else {name: value}
    whole = {row.path.split(".")[0]: value}
    found = limits.judge(_standing(row.kind, whole))
    words = f"allowed {row.least} to {row.most} ({row.page})"
    return [finding.pointer for finding in found if words in finding.words]


def _standing(kind: str, value: dict[str, Any]) -> Payload:
    if kind == "message":
        return Payload("web_api", "chat.postMessage", value)
    if kind == "options":
        return Payload(OPTIONS, "", value)
    key = {"option": "initial_option", "option_group": "option_groups", "confirmation": "confirm"}
    inner = [value] if kind == "option_group" else value
    part = {key[kind]: inner} if kind in key else {**value, "type": kind}
    return Payload("web_api", "views.open", {"view": {"blocks": [part]}})


def test_every_limit_and_rule_names_its_page() -> None:
    assert all("/" in limit.page for limit in LIMITS)


@pytest.mark.parametrize(
    ("payload", "type_name"),
    [
        (Payload("web_api", "chat.postMessage", {}), "api.ChatPostMessageArguments"),
        (Payload("web_api", "files.getUploadURLExternal", {}),
         "api.FilesGetUploadURLExternalArguments"),
        (Payload("ack:view_submission", "x", {}), "ViewSubmissionAck"),
        (Payload("ack:block_suggestion", "x", {}), "BlockSuggestionAck"),
        (Payload("response_url", "response_url", {}), "RespondArguments"),
    ],
)  # fmt: skip
def test_each_payload_has_a_type_of_slacks(payload: Payload, type_name: str) -> None:
    assert type_of(payload) == type_name


def test_a_line_of_typescript_leads_back_to_its_part() -> None:
    source, payload = Source(), Payload(OPTIONS, "carrier", {"options": [OPTION]})
    source.add(payload)
    (line,) = [n for n, text in enumerate(source.lines, 1) if '"value": "Old"' in text]
    assert source.places[line] == (payload, "/options/0/value")


def test_the_same_said_twice_is_kept_once(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    for number in ("PRT-1001", "PRT-1002"):
        recorder.note(_posted(f"{number} is new", f"17400000{number[-2:]}.000001"))
    recorder.note(_posted("Another sentence", "1"))
    found = load(tmp_path)
    assert [p.body["text"] for p in found] == ["PRT-1001 is new", "Another sentence"]
    assert counted(found).startswith("0 windows, 2 messages, 0 acknowledgements")


def _posted(text: str, ts: str) -> dict[str, Any]:
    request = {"channel": "C1", "text": text, "thread_ts": ts}
    return {"direction": "from_app", "kind": "web_api", "name": "chat.postMessage",
            "request": request, "response": {"ok": True}, "ok": True}  # fmt: skip


def test_an_acknowledgement_knows_the_questions_of_its_form() -> None:
    asked, line = {"type": "input", "block_id": "why"}, {"type": "divider", "block_id": "line"}
    request = {"type": "view_submission", "view": {"blocks": [asked, line]}}
    exchange = {"direction": "to_app", "kind": "interactive", "name": "move", "ok": True}
    exchange |= {"request": request, "response": WRONG}
    said = said_by_app(exchange)
    assert said is not None
    assert (said["kind"], said["inputs"]) == (FORM, ["why"])
    assert said_by_app({**exchange, "ok": False}) is None


def test_a_moment_that_an_input_begins_with_is_never_taken_for_another() -> None:
    assert likeness({"initial_date": "2027-03-17"}) != likeness({"initial_date": "2027-13-45"})


def test_a_block_that_the_models_do_not_know_is_passed_over_by_name_only() -> None:
    for kind, lost in (("data_table", []), ("data_tabel", ["/blocks/0"])):
        payload = Payload("web_api", "chat.postMessage", {"blocks": [{"type": kind}]})
        assert [finding.pointer for finding in models.judge(payload)] == lost


def test_every_judge_has_planted_faults_of_every_sort() -> None:
    sorts = {(row.judge, row.sort) for row in ROWS}
    assert {judge for judge, _ in sorts} == {"tsc", "slack_sdk", "limits"}
    assert {sort for judge, sort in sorts if judge == TSC} == {row.sort for row in ROWS}
    assert any(row.to is GONE for row in ROWS)
    assert json.dumps([str(row) for row in ROWS]).count("too long") > 3
