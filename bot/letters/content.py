"""What a letter says, section by section, before anything is measured or drawn."""

from dataclasses import dataclass

from bot.letters.bidi import clean
from bot.letters.letter import Letter
from bot.letters.numbers import national, national_and_e164
from bot.wording.templates import Templates

_SHORT_FINGERPRINT = 12


@dataclass(frozen=True)
class Cell:
    """A small label and the text under it; the text may have several lines."""

    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """A heading and rows of one or two cells."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]


def label(words: Templates, key: str) -> str:
    return words.table("loa/labels")[key]


def subtitle(letter: Letter, words: Templates) -> str:
    return label(words, f"subtitle_{'toll_free' if letter.toll_free else 'local'}")


def sections(letter: Letter, words: Templates) -> list[Section]:
    """Return the blocks of facts, in the order of the page; unknown facts take no place."""
    made = [
        _section(words, "carrier", _carrier(letter, words)),
        _section(words, "customer", _customer(letter, words)),
        _section(words, "person", _person(letter)),
    ]
    billing = _billing(letter, words)
    return (
        [*made, _section(words, "billing", billing)]
        if letter.btn and not letter.toll_free
        else made
    )


def signer(letter: Letter, words: Templates) -> tuple[Cell, ...]:
    """Return what is printed under the line for the signature."""
    return (
        Cell(label(words, "printed_name"), clean(letter.authorized_person)),
        Cell(label(words, "printed_title"), clean(letter.authorized_title)),
    )


def authorization(letter: Letter, words: Templates) -> list[str]:
    """Return the paragraphs of what is authorized, by country and kind of number (S1, F)."""
    text = words.plain(
        "loa/authorization.j2",
        country=letter.country,
        toll_free=letter.toll_free,
        platform=platform_name(letter, words),
    )
    return [line for line in text.splitlines() if line.strip()]


def platform_name(letter: Letter, words: Templates) -> str:
    return words.table("loa/labels").get(f"platform_{letter.platform}", letter.platform)


def attached(letter: Letter, words: Templates, pages: int) -> str:
    """Return the sentence that stands for the numbers when they are attached (S1)."""
    return words.plain("loa/attached.j2", count=f"{len(letter.numbers):,}", pages=pages)


def footer(letter: Letter, words: Templates) -> str:
    return words.plain(
        "loa/footer.j2",
        reference=letter.reference,
        version=letter.version,
        fingerprint=letter.fingerprint()[:_SHORT_FINGERPRINT],
    )


def _section(words: Templates, title: str, facts: list[tuple[str, str]]) -> Section:
    cells = [Cell(label(words, key), text) for key, text in facts if text.strip()]
    pairs = [tuple(cells[at : at + 2]) for at in range(0, len(cells), 2)]
    return Section(label(words, title), tuple(pairs))


def _carrier(letter: Letter, words: Templates) -> list[tuple[str, str]]:
    date = words.plain("loa/requested_on.j2", requested_on=letter.requested_on)
    carrier = clean(letter.losing_carrier)
    return [
        ("losing_carrier", carrier if carrier.strip() else label(words, "to_write_in")),
        *_as_typed(letter, "losing_carrier_contact", "account_hint"),
        ("requested_on", date),
    ]


def _customer(letter: Letter, words: Templates) -> list[tuple[str, str]]:
    typed = _as_typed(letter, "street_address", "unit", "city", "state", "postal_code")
    facts = {"country": letter.lies_in, "country_name": _country_name(letter.lies_in)}
    address = words.plain("loa/address.j2", **dict(typed), **facts)
    return [*_as_typed(letter, "customer_name"), ("service_address", address)]


def _person(letter: Letter) -> list[tuple[str, str]]:
    return _as_typed(
        letter, "authorized_person", "authorized_title", "contact_phone", "contact_email"
    )


def _as_typed(letter: Letter, *names: str) -> list[tuple[str, str]]:
    return [(name, clean(getattr(letter, name))) for name in names]


def _billing(letter: Letter, words: Templates) -> list[tuple[str, str]]:
    option = words.plain(
        "loa/btn_option.j2",
        option=letter.btn_option if letter.btn_moves else "",
        new_btn=national(letter.new_btn) if letter.new_btn else "",
    )
    return [("btn", national_and_e164(letter.btn)), ("btn_option", option)]


def _country_name(country: str) -> str:
    """Return the English name of a country, or its code where there is none."""
    if country == "US":
        return "United States"
    # The table takes 0.2 s to load, and letters within the United States never need it.
    from phonenumbers.geodata.locale import LOCALE_DATA

    names = LOCALE_DATA.get(country, {})
    name = names.get("en", country)
    # A star stands for "as in this other language".
    return names[name[1:]] if name.startswith("*") else name
