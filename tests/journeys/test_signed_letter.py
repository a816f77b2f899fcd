"""The signed letter: its date, its version, its file."""

from datetime import date, timedelta

import pytest

from bot.desk.drafts.draft_facts import Typing
from bot.desk.letters.letters import SignedLetter
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.errors import Refusal
from tests.journeys.cases import TODAY, filed, moved, now, settled, signed, timeline
from tests.office import MATEO, Office, headline, private
from tests.refusals import told_no


def _send(
    office: Office, case: CaseFacts, on: date, content: bytes = b"%PDF scan"
) -> dict[str, str]:
    rosa = office.rosa
    rosa.click("Send signed letter", in_message=private(rosa, f"{case.reference} – "))
    scan = rosa.upload("signed.pdf", content)
    return rosa.fill(signed_loa=[scan], loa_signed_on=on.isoformat()).submit()


@pytest.mark.parametrize(("days", "number"), [(-1, "0100"), (16, "0101")])
def test_a_letter_from_the_future_or_too_old_is_refused(
    desk_office: Office, days: int, number: str
) -> None:
    case = filed(desk_office, f"206 555 {number}")
    assert _send(desk_office, case, TODAY - timedelta(days=days)).keys() == {"loa_signed_on"}
    assert now(desk_office, case).signed_letter is None


@pytest.mark.parametrize(("days", "number"), [(0, "0102"), (15, "0103")])
def test_a_letter_of_today_or_fifteen_days_ago_is_taken(
    desk_office: Office, days: int, number: str
) -> None:
    case = filed(desk_office, f"206 555 {number}")
    assert _send(desk_office, case, TODAY - timedelta(days=days)) == {}
    assert moved(desk_office, now(desk_office, case), Status.SUBMITTED).status is Status.SUBMITTED


def test_an_unsigned_letter_is_not_submitted(desk_office: Office) -> None:
    with told_no(Refusal, match="not signed yet"):
        moved(desk_office, filed(desk_office, "206 555 0104"), Status.SUBMITTED)


def test_a_letter_that_grew_too_old_is_not_submitted(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0105")
    case = signed(desk_office, case, on=TODAY - timedelta(days=15))
    desk_office.clock.advance(86_400)
    try:
        with told_no(Refusal, match="16 days ago"):
            moved(desk_office, case, Status.SUBMITTED)
    finally:
        desk_office.clock.advance(-86_400)


@pytest.mark.long
def test_a_scan_of_an_older_version_does_not_sign_the_newest(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0106")
    rosa = desk_office.rosa
    rosa.click("Send signed letter", in_message=private(rosa, f"{case.reference} – "))
    scan = rosa.upload("signed.pdf", b"%PDF old scan")
    desk = desk_office.service.desk
    draft = desk.drafts.amend(rosa.user, case.id, "V-change")
    desk.drafts.save(
        rosa.user, Typing("V-change", "review", {"customer_name": "Other"}, 0.0, True), draft.id
    )
    desk.amendments.apply(rosa.user, draft.id)
    errors = rosa.fill(signed_loa=[scan], loa_signed_on="2027-03-01").submit()
    assert errors.keys() == {"signed_loa"}
    assert "version 2" in errors["signed_loa"]
    assert now(desk_office, case).signed_letter is None


def test_the_file_is_kept_sealed_and_handed_to_an_agent(desk_office: Office) -> None:
    content = b"%PDF the very scan of the signed letter"
    case = filed(desk_office, "206 555 0107")
    assert _send(desk_office, case, TODAY, content) == {}
    settled(desk_office)
    [document] = now(desk_office, case).documents
    assert document.fetched
    desk = desk_office.service.desk
    with desk_office.service.engine.connect() as connection:
        kept = connection.exec_driver_sql(
            f"SELECT content FROM document WHERE id = {document.id}"
        ).scalar_one()
    assert content not in kept
    assert desk.documents.find(document.id).content == content
    anna = desk_office.anna
    anna.click("Details", in_message=headline(anna, case.reference))
    anna.click("Send me a copy")
    copy = private(anna, document.name)
    assert anna.download(copy["files"][0]) == content
    assert "handed_over" in timeline(desk_office, case)


@pytest.mark.long
def test_the_same_letter_sent_twice_is_one_letter(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0108")
    desk_office.slack.faults.change({"duplicate_delivery": True})
    assert _send(desk_office, case, TODAY) == {}
    settled(desk_office)
    assert timeline(desk_office, case).count("signed") == 1
    assert len(now(desk_office, case).documents) == 1


def test_nobody_signs_or_takes_the_papers_of_somebody_elses_case(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0109")
    scan = {"id": "F1", "name": "x.pdf", "size": 1}
    desk = desk_office.service.desk
    with told_no(Refusal, match="belongs to somebody else"):
        desk.letters.signed(MATEO, case.id, SignedLetter(1, TODAY, "ink", [scan]))
    with pytest.raises(Refusal):
        desk.documents.hand_over(MATEO, case.id, 1)


def test_a_closed_case_takes_no_letter(desk_office: Office) -> None:
    case = moved(desk_office, filed(desk_office, "206 555 0110"), Status.CANCELLED)
    scan = {"id": "F1", "name": "x.pdf", "size": 1}
    with told_no(Refusal, match="closed"):
        desk_office.service.desk.letters.signed(
            desk_office.rosa.user, case.id, SignedLetter(1, TODAY, "ink", [scan])
        )
