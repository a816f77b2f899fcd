"""Intakes as people fill them in, and what the rule book says about them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from bot.domain.intake.intake import read_intake
from bot.domain.rulebook.rulebook import CheckContext, Report, check

TODAY: Final = date(2026, 12, 1)
ARN: Final = "arn:aws:connect:us-east-1:123456789012:instance/0a1b2c3d-0000-4000-8000-0123456789ab"
GOOD: Final[Mapping[str, Any]] = {
    "kind": "port_in",
    "platform": "voice_connector",
    "country": "US",
    "number_type": "local",
    "numbers": "206-555-0100 to 0104",
    "btn": "(206) 555-0190",
    "losing_carrier": "Example Telecom",
    "account_number": "4711-0815",
    "service_pin": "0042",
    "customer_name": "Harbor Books LLC",
    "street_address": "100 Main Street",
    "unit": "Suite 4",
    "city": "Seattle",
    "state": "WA",
    "postal_code": "98101",
    "authorized_person": "Ann Lee",
    "authorized_title": "Owner",
    "contact_email": "ann@example.com",
    "contact_phone": "206-555-0170",
    "requested_date": "2026-12-09",
    "requested_time": "10:30",
    "time_zone": "America/New_York",
    "loa_signed_on": "2026-12-01",
    "signature": "ink",
}
CONNECT: Final[Mapping[str, Any]] = {
    "platform": "connect",
    "instance_arn": ARN,
    "region": "us-east-1",
    "support_plan": "premium",
    "severity": "normal",
    "contact_method": "web",
    "contact_language": "English",
}
BRITISH: Final[Mapping[str, Any]] = {
    "platform": "sip_media_application",
    "country": "GB",
    "numbers": "020 7946 0100",
    "btn": "",
    "city": "London",
    "state": "",
    "postal_code": "SW1A 1AA",
    "usage_volume": "2,000 minutes a month",
    "contact_phone": "020 7946 0170",
    "requested_date": "2027-02-10",
    "requested_time": "10:30",
    "time_zone": "Europe/London",
}
TOLL_FREE: Final[Mapping[str, Any]] = {
    "numbers": "800-555-0100, 888-555-0100",
    "number_type": "toll_free",
    "btn": "",
}
PORT_OUT: Final[Mapping[str, Any]] = {
    "kind": "port_out",
    "platform": "voice_connector",
    "numbers": "206-555-0100",
    "winning_carrier": "New Telecom",
    "contact_email": "ann@example.com",
}
RECORD: Final[Mapping[str, Any]] = {
    name: GOOD[name]
    for name in (
        "customer_name",
        "street_address",
        "unit",
        "city",
        "state",
        "postal_code",
        "btn",
        "account_number",
        "numbers",
    )
}


def report_on(
    intake: Mapping[str, Any], around: CheckContext | None = None, **changes: Any
) -> Report:
    """Check an intake, with some of its fields changed."""
    return check(read_intake({**intake, **changes}), around or CheckContext(today=TODAY))


def codes(report: Report) -> set[str]:
    """Return the codes of all findings."""
    return {finding.code for finding in report.findings}


def remarks(
    intake: Mapping[str, Any], around: CheckContext | None = None, **changes: Any
) -> set[tuple[str, str, str]]:
    """Return severity, field and code of every finding on an intake."""
    report = report_on(intake, around, **changes)
    return {(str(finding.severity), finding.field, finding.code) for finding in report.findings}
