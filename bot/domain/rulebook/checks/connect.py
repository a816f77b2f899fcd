"""What Amazon Connect asks: instance, region, plan, contact (S1, C)."""

import re
from collections.abc import Iterator
from typing import Final

from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import PortIn, PortOut
from bot.domain.intake.platforms import is_connect
from bot.domain.rulebook.context import Facts

_REGION: Final = r"[a-z]{2}(?:-[a-z]+){1,2}-[1-9]"
_ARN: Final = re.compile(
    rf"arn:aws(?:-us-gov|-cn)?:connect:({_REGION}):[0-9]{{12}}:instance/"
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
PLANS: Final = frozenset({"premium", "basic"})
METHODS: Final = frozenset({"web", "phone"})
# The support centre's own words, by its programming interface and on its page (I).
SEVERITIES: Final = frozenset(
    {
        "low",
        "normal",
        "high",
        "urgent",
        "critical",
        "general guidance",
        "system impaired",
        "production system impaired",
        "production system down",
        "business-critical system down",
    }
)


def check_connect(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Check the Connect fields; on other platforms they are ignored.

    Details that are not known yet may follow later (S1), so most gaps are warnings.
    """
    intake = facts.intake
    if not is_connect(intake.platform):
        return
    yield from _plan(intake)
    # Only the basic plan's form can do without the instance (S1).
    yield from _instance(intake, "optional" if intake.support_plan == "basic" else "required")
    yield from _contact(intake)


def check_connect_port_out(facts: Facts[PortOut]) -> Iterator[Finding]:
    """Check instance and region of a port-out from Connect (C)."""
    if is_connect(facts.intake.platform):
        yield from _instance(facts.intake, "required")


def _plan(intake: PortIn) -> Iterator[Finding]:
    if not intake.support_plan:
        yield found("support_plan_missing")
    elif intake.support_plan not in PLANS:
        yield found("support_plan_invalid")


def _instance(intake: PortIn | PortOut, arn: str) -> Iterator[Finding]:
    match = _ARN.fullmatch(intake.instance_arn)
    if intake.instance_arn and match is None:
        yield found("instance_arn_invalid")
    elif not intake.instance_arn and arn == "required":
        yield found("instance_arn_required")
    yield from _region(intake, match[1] if match else "")


def _region(intake: PortIn | PortOut, of_instance: str) -> Iterator[Finding]:
    if not intake.region:
        if isinstance(intake, PortOut):
            yield found("region_required")
        elif not of_instance:
            yield found("region_missing")
    elif not re.fullmatch(_REGION, intake.region):
        yield found("region_invalid")
    elif of_instance and of_instance != intake.region:
        yield found("region_differs", region=of_instance)


def _contact(intake: PortIn) -> Iterator[Finding]:
    if not intake.severity:
        # Only the premium plan's form has a severity (S1).
        if intake.support_plan != "basic":
            yield found("severity_missing")
    elif intake.severity not in SEVERITIES:
        yield found("severity_unknown")
    if not intake.contact_method:
        yield found("contact_method_missing")
    elif intake.contact_method not in METHODS:
        yield found("contact_method_invalid")
    elif intake.contact_method == "phone" and not intake.contact_phone:
        yield found("contact_phone_required")
    if not intake.contact_language:
        yield found("contact_language_missing")
