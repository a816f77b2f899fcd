"""Requests as people type and paste them: with spare blanks, in capitals or small letters."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from hypothesis import strategies as st

from tests.port_out.desks import PORT_IN, PORT_OUT

# Area codes in which 555-01XX is nobody's number.
AREAS = (206, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239, 240, 248)
GAPS = st.sampled_from([" ", "  ", " \u00a0", "\u3000 \u3000"])
EDGES = st.text(" \t\n\u00a0", max_size=2)
# No word of these is a mail box, a placeholder or a unit.
WORDS = st.text("aeiounrstÄéßø0123456789&'-", max_size=7).map(lambda letters: f"Q{letters}")
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
PINS = st.from_regex(r"[0-9A-Za-z]{4,10}", fullmatch=True)
ARN = "arn:aws:connect:us-east-1:123456789012:instance/0a1b2c3d-0000-4000-8000-0123456789ab"
_turns = count()


# Two neighbours as people write them.
WRITTEN = st.sampled_from(
    [
        "({area}) 555-01{one:02} to 01{two:02}",
        "{area}.555.01{two:02}\n{area} 555 01{one:02}",
        "+1{area}55501{two:02}, +1{area}55501{one:02}",
        " {area}-555-01{one:02};{area}-555-01{two:02}",
    ]
)


def with_numbers(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form with numbers that no other request has."""
    turn = next(_turns)
    one = turn % 30 * 3
    here = {"area": AREAS[turn // 30 % len(AREAS)], "one": one, "two": one + 1}
    own = {name: typed[name].format(**here) for name in ("numbers", "btn") if name in typed}
    return {**typed, **own}


@st.composite
def spaced(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """Return a text with spare blanks around its words."""
    first, *others = draw(texts).split(" ")
    inside = "".join(draw(GAPS) + word for word in others)
    return draw(EDGES) + first + inside + draw(EDGES)


def _one_of(*texts: str) -> st.SearchStrategy[str]:
    return spaced(st.sampled_from(texts))


NAMED: Mapping[str, st.SearchStrategy[str]] = {
    name: spaced(NAMES)
    for name in (
        "losing_carrier", "customer_name", "street_address", "unit", "city",
        "authorized_person", "authorized_title",
    )
}  # fmt: skip
PORT_INS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        **{name: spaced(st.just(str(value))) for name, value in PORT_IN.items()},
        **NAMED,
        "kind": st.just("port_in"),
        "numbers": WRITTEN,
        "btn": _one_of("{area} 555 0199", "+1{area}5550199"),
        "country": _one_of("US", "us"),
        "state": _one_of("WA", "wa", "Washington"),
        "postal_code": _one_of("98101", "98101-1234"),
        "requested_time": _one_of("10:30", "9:30"),
        "service_pin": st.one_of(PINS, st.just("")),
        "account_number": _one_of("ACC-99887766", "ACC 998 877"),
        "contact_phone": _one_of("", "206 555 0199", "+1 (206) 555-0199"),
    },
    optional={"csr_city": st.just("  "), "usage_volume": spaced(NAMES)},
)
PORT_OUTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        **{name: st.just(value) for name, value in PORT_OUT.items()},
        "numbers": WRITTEN,
        "winning_carrier": spaced(NAMES),
        "contact_email": _one_of("rosa@example.com", "R.D@example.com"),
        "account_id": _one_of("ACCT-55440011", "ACCT 77"),
        "pin": st.one_of(PINS, st.just("")),
        "postal_code": _one_of("", "98101", "sw1a 1aa"),
        "requested_date": _one_of("", "2027-03-17"),
        "time_zone": _one_of("", "America/Chicago"),
    },
    optional={
        "instance_arn": _one_of(ARN),
        "region": _one_of("us-east-1"),
        "instance_name": spaced(NAMES),
    },
)


@st.composite
def port_ins(draw: st.DrawFn) -> dict[str, Any]:
    """Return the form of a port-in that passes the check; some have a record that agrees."""
    typed = draw(PORT_INS)
    if not draw(st.booleans()):
        return typed
    same = {f"csr_{name}": draw(spaced(st.just(typed[name].strip()))) for name in ("unit", "city")}
    return typed | same | {"csr_account_number": typed["account_number"]}
