"""Requests as people fill them in."""

from typing import Any

from slack_sandbox import Person

NUMBERS: dict[str, Any] = {
    "platform": "voice_connector",
    "country": "US",
    "numbers": "(206) 555-0100 to 0102",
    "losing_carrier": "Old Telephone Co",
}
ACCOUNT: dict[str, Any] = {
    "btn": "206.555.0150",
    "account_number": "ACC-99887766",
    "service_pin": "0042",
}
CUSTOMER: dict[str, Any] = {
    "customer_name": "Harbour Bakery",
    "street_address": "12 Pier Road",
    "unit": "Unit 4",
    "city": "Seattle",
    "state": "WA",
    "postal_code": "98101",
    "authorized_person": "Rosa Delgado",
    "authorized_title": "Owner",
    "contact_email": "rosa@example.com",
    "contact_phone": "206 555 0199",
}
PAPERS: dict[str, Any] = {
    "requested_date": "2027-03-17",
    "requested_time": "10:30",
    "time_zone": "America/Los_Angeles",
}
# For a desk that keeps real time: Amazon Connect takes a request without a date.
UNDATED: dict[str, Any] = {
    "platform": "connect",
    "support_plan": "basic",
    "region": "us-east-1",
    "requested_date": None,
    "requested_time": None,
}
PAGES = (NUMBERS, ACCOUNT, CUSTOMER, PAPERS)


def fill_pages(person: Person, **changes: Any) -> None:
    """Fill the pages of an open `/port-in` up to the review; `changes` go where they are asked."""
    for page in PAGES:
        asked = {block["block_id"] for block in _view(person)["blocks"]}
        values = {**page, **{name: v for name, v in changes.items() if name in asked}}
        if carrier := values.get("losing_carrier"):
            person.suggest("losing_carrier", carrier)
        person.fill({name: value for name, value in values.items() if name in asked})
        late = {block["block_id"] for block in _view(person)["blocks"]} - asked
        person.fill({name: changes[name] for name in late if name in changes})
        errors = person.submit()
        assert errors == {}, errors


def _view(person: Person) -> dict[str, Any]:
    view = person.view()
    assert view is not None
    return view


def file_request(person: Person, **changes: Any) -> None:
    """Type `/port-in`, fill all pages and file the request."""
    person.command("/port-in")
    fill_pages(person, **changes)
    assert person.submit() == {}
