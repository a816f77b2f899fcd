"""What a request to the support of AWS says: made of a case, or of numbers and their PIN."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.cases.case import CaseFacts
from bot.domain.gateway.aws_forms import DETAILS, ROUTES, Ask, Purpose, Route
from bot.domain.intake.intake import Platform
from bot.domain.port_out.requests import ProtectionStep

# The steps about a PIN that the platform has to take as well.
PIN_PURPOSES: Final[Mapping[ProtectionStep, Purpose]] = {
    ProtectionStep.SET: Purpose.PIN_SET,
    ProtectionStep.CONFIRM_REMOVAL: Purpose.PIN_REMOVAL,
}


@dataclass(frozen=True)
class Line:
    """One line of a request by the name of its sentence; an empty value is still to be given."""

    name: str
    value: str


def routes_for(ask: Ask) -> tuple[Route, ...]:
    """Return the ways to file a request, that of today first; both of S1 while the plan is open."""
    plan = ask.given.get("support_plan", "")
    return tuple(
        route
        for route in ROUTES
        if ask.platform in route.platforms
        and ask.purpose in route.purposes
        and (not plan or route.plan in {"", plan})
    )


def form_of(ask: Ask, route: Route) -> tuple[Line, ...]:
    """Return how the form of a route is filled."""
    return _lines(ask, ((name, name not in route.optional) for name in route.fields))


def description_of(ask: Ask) -> tuple[Line, ...]:
    """Return what the description of a request tells."""
    return _lines(
        ask,
        ((d.name, d.needed) for d in DETAILS if ask.purpose in d.purposes and d.when(ask)),
    )


def _lines(ask: Ask, named: Iterable[tuple[str, bool]]) -> tuple[Line, ...]:
    known = {**ask.given, "number_type": ask.number_type, "numbers": "\n".join(ask.written)}
    return tuple(
        Line(name, known.get(name, "")) for name, needed in named if needed or known.get(name)
    )


def ask_of(case: CaseFacts) -> Ask:
    """Return the request for a case; what is typed in several lines becomes one."""
    texts = {name: text for name, text in case.fields.items() if isinstance(text, str)}
    given = {name: " ".join(text.split()) for name, text in (texts | _worked_out(case)).items()}
    purpose = Purpose.PORT_OUT if case.is_port_out else Purpose.PORT_IN
    on_file = dict.fromkeys(case.secrets_given, "on file")
    return Ask(purpose, case.platform, case.numbers, given | on_file)


def _worked_out(case: CaseFacts) -> dict[str, str]:
    """Return what a case does not keep as a field in the form in which a request tells it."""
    at, letter = case.fields.get("requested_time"), case.signed_letter
    by_phone = case.fields.get("contact_method") == "phone"
    return {
        "reference": case.reference,
        "losing_carrier": case.losing_carrier,
        "requested_time": f"{at} {case.time_zone}" if at else "",
        "call_back": case.fields.get("contact_phone", "") if by_phone else "",
        "letter": f"{letter.signed_on}" if letter else "",
    }


def asks_about_pins(purpose: Purpose, numbers: Mapping[str, Platform]) -> tuple[Ask, ...]:
    """Return the requests about the PIN of some numbers: one for each platform and category."""
    groups: dict[tuple[Platform, bool], list[str]] = {}
    for e164, platform in numbers.items():
        near = Ask(purpose, platform, (e164,)).near
        groups.setdefault((platform, near), []).append(e164)
    return tuple(
        Ask(purpose, platform, tuple(members)) for (platform, _near), members in groups.items()
    )
