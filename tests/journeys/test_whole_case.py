"""One port-in, from the slash command to the end of porting day."""

from datetime import UTC, datetime

from tests.journeys.requests import file_request
from tests.office import Office, buttons, headline, posted, private, shown

PORTING_DAY = datetime(2027, 3, 18, 15, 5, tzinfo=UTC)


def test_a_case_goes_from_port_in_to_completed(office: Office) -> None:
    rosa, anna = office.rosa, office.anna

    # Rosa files her request and gets her letter in private.
    file_request(rosa)
    card = private(rosa, "PRT-1001 – Being prepared")
    letter = private(rosa, "letter version 1")
    assert letter["files"][0]["name"] == "PRT-1001-LOA-v1.pdf"
    assert rosa.download(letter["files"][0]).startswith(b"%PDF")
    assert "3 (…0100, …0101, …0102)" in shown(headline(anna))

    # She signs it and sends it back.
    rosa.click("Send signed letter", in_message=card)
    scan = rosa.upload("signed.pdf", b"%PDF-1.4 signed by hand")
    rosa.fill(signed_loa=[scan], loa_signed_on="2027-03-01")
    assert rosa.submit() == {}
    posted(anna, "sent the signed letter")

    # Anna submits the case and records the carrier's date.
    anna.click("Submit to carrier", in_message=headline(anna, says="the desk"))
    assert anna.submit() == {}
    anna.click("Date confirmed", in_message=headline(anna, says="Submitted to the carrier"))
    anna.fill(foc_date="2027-03-18", foc_time="10:00", foc_zone="America/Los_Angeles")
    assert anna.submit() == {}
    suits = private(rosa, "is now *Date confirmed*")
    assert "Thu 18 Mar 2027, 10:00 PDT" in shown(suits)
    rosa.click("Date suits", in_message=suits)

    # The day before, and the day itself.
    office.clock.move_to(datetime(2027, 3, 17, 17, 0, tzinfo=UTC))
    posted(anna, "ports tomorrow")
    office.clock.move_to(PORTING_DAY)
    checklist = posted(anna, "porting day, 0 of 8 done")
    assert buttons(checklist).count("Mark done") == 7
    anna.click("Numbers…", in_message=checklist)
    anna.fill(numbers0=["+12065550100", "+12065550101", "+12065550102"])
    assert anna.submit() == {}
    posted(anna, "porting day, 1 of 8 done")
    for done in range(2, 9):
        anna.click("Mark done", in_message=posted(anna, f"porting day, {done - 1} of 8 done"))
        posted(anna, f"porting day, {done} of 8 done")

    # Anna completes the case; Rosa hears it.
    anna.click("Complete", in_message=headline(anna, says="Date confirmed"))
    assert anna.submit() == {}
    private(rosa, "You may cancel the old service now")
    rosa.wait_for(lambda _: not buttons(posted(anna, "porting day, 8 of 8 done")))
    assert "Completed" in headline(anna, says="Completed")["text"]
