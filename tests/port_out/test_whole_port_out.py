"""One port-out, from the slash command to the day after."""

from datetime import UTC, datetime

from tests.journeys.cases import window
from tests.office import Office, buttons, headline, posted, private, shown
from tests.port_out.departures import (
    ACCOUNT_ID,
    PIN,
    answer,
    enter_request,
    file_port_out,
    item_of,
)

PORTING_DAY = datetime(2027, 3, 17, 17, 30, tzinfo=UTC)


def test_numbers_go_from_port_out_to_completed(office: Office) -> None:
    rosa, anna = office.rosa, office.anna

    # Rosa files her request, and sees in private what to give to the new carrier.
    file_port_out(rosa)
    card = private(rosa, "PRT-1001 – Being prepared")
    assert "New Telecom" in shown(card)
    assert "Letter" not in shown(card)
    assert "cannot be reclaimed" in shown(private(rosa, "this is how your numbers leave"))
    rosa.click("Show what to give", in_message=card)
    assert ACCOUNT_ID in window(rosa.view())
    assert PIN in window(rosa.view())
    rosa.close()

    # The checklist is there from the start; Rosa ticks what is hers.
    checklist = posted(anna, "porting day and after, 0 of 8 done")
    rosa.click("Mark done", in_message=checklist)
    posted(anna, "porting day and after, 1 of 8 done")
    assert "3 numbers declared by hand" in shown(headline(anna))
    anna.click("Ordered at the carrier", in_message=headline(anna))
    assert anna.submit() == {}

    # The new carrier asks; what it sent matches, and Anna approves it.
    card = headline(anna, says="Submitted to the carrier")
    assert enter_request(anna, card) == {}
    assert "It matches what is on file" in window(anna.view())
    assert answer(anna, "approve") == {}
    assert "It is approved for: +12065550100" in window(anna.view())
    anna.close()
    private(rosa, "we approved the request of New Telecom")
    posted(anna, "porting day and after, 3 of 8 done")

    # A date is confirmed; the day comes.
    anna.click("Date confirmed", in_message=headline(anna, says="approved"))
    anna.fill(foc_date="2027-03-17", foc_time="12:00", foc_zone="America/Los_Angeles")
    assert anna.submit() == {}
    rosa.click("Date suits", in_message=private(rosa, "is now *Date confirmed*"))
    office.clock.move_to(PORTING_DAY)
    posted(anna, "leaves today")

    # Nothing may stay behind: the case does not end before the numbers are gone here too.
    card = headline(anna, says="Date confirmed")
    anna.click("Complete, numbers gone", in_message=card)
    anna.fill(open_items_known=["known"])
    errors = anna.submit()
    assert "5550102: not unassigned and deleted yet" in errors["why"]
    assert errors["why"].count("+12065550100") == 1
    anna.close()
    for item in ("unassigned", "deleted"):
        checklist = posted(anna, "porting day and after")
        assert buttons(checklist).count("Numbers…") == 2
        anna.click("Numbers…", in_message=item_of(checklist, item))
        anna.fill(numbers0=["+12065550100", "+12065550101", "+12065550102"])
        assert anna.submit() == {}
    posted(anna, "porting day and after, 5 of 8 done")
    anna.click("Complete, numbers gone", in_message=headline(anna, says="Date confirmed"))
    anna.fill(open_items_known=["known"])
    assert anna.submit() == {}
    assert "have left us" in shown(private(rosa, "PRT-1001 – Completed"))
    assert "Show what to give" not in buttons(private(rosa, "PRT-1001 – Completed"))
