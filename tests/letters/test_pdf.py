import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis.strategies import sampled_from, text
from pypdf.generic import DictionaryObject

from bot.errors import Refusal
from bot.letters.letter import Letter
from bot.letters.pdf import render_letter
from tests.letters.letters import (
    LONGEST,
    TYPED,
    WORDS,
    a_british_letter,
    a_letter,
    page_count,
    read,
    text_of,
    us_numbers,
)
from tests.refusals import sentence_of, told_no

ROOT = Path(__file__).resolve().parents[2]


def test_a_letter_says_everything_that_a_carrier_looks_for() -> None:
    text = text_of(a_letter())

    for said in (
        "Letter of Authorization",
        "PRT-1042",
        "Letter version 2",
        "Example Telephone Company",
        "Port desk, ports@carrier.example",
        "ending 4321",
        "9 December 2026",
        "Ada Bakery LLC",
        "100 Example Street, Suite 4",
        "Seattle, WA 98101",
        "Ada Example",
        "Owner",
        "ada@bakery.example",
        "(206) 555-0190",
        "(253) 555-0199 / +12535550199",
        "(206) 555-0100",
        "+12065550101",
        "customer service record (CSR)",
        "by hand in ink",
        "Date signed",
        "15 days",
        "Page 1 of 1",
        a_letter().fingerprint()[:12],
    ):
        assert said in text


def test_the_name_of_the_signer_is_printed_under_the_line_too() -> None:
    assert text_of(a_letter()).count("Ada Example") == 2


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("replace", "(206) 555-0150 becomes the new BTN of the account."),
        ("close_account", "the account is closed once all its numbers have moved."),
        ("each_own_btn", "Each number in this letter is its own BTN."),
    ],
)
def test_the_letter_says_what_happens_to_a_btn_that_moves(option: str, sentence: str) -> None:
    new_btn = "+12065550150" if option == "replace" else ""
    letter = a_letter(btn="+12065550100", btn_option=option, new_btn=new_btn)

    assert sentence in text_of(letter)


def test_a_btn_that_is_not_ported_stays_with_the_carrier() -> None:
    assert "It stays with the current carrier." in text_of(a_letter())


def test_an_option_for_a_btn_that_does_not_move_is_not_printed() -> None:
    assert "The BTN does not move." in text_of(a_letter(btn_option="close_account"))


def test_a_toll_free_letter_speaks_of_the_resporg_and_of_no_btn() -> None:
    letter = a_letter(number_type="toll_free", btn="", numbers=("+18005550100",))
    text = text_of(letter)

    assert "become RespOrg of these numbers" in text
    assert "subscriber of these toll-free numbers" in text
    assert "BTN" not in text
    assert "RespOrg" not in text_of(a_letter())


def test_a_letter_outside_north_america_uses_no_american_terms() -> None:
    text = text_of(a_british_letter())

    assert "020 7946 0123" in text
    assert "+442079460123" in text
    assert "United Kingdom" in text
    assert "CSR" not in text
    assert "BTN" not in text


def test_unknown_facts_leave_no_label_behind() -> None:
    letter = a_letter(losing_carrier_contact="", account_hint="", contact_phone="")
    text = text_of(letter)

    assert "Contact at the carrier" not in text
    assert "Account number" not in text
    assert "Telephone (" not in text


def test_without_a_requested_date_the_earliest_is_asked_for() -> None:
    assert "The earliest date on which the carriers agree" in text_of(a_letter(requested_on=None))


def test_a_letter_without_a_case_has_no_reference() -> None:
    text = text_of(a_letter(reference=""))

    assert "Case" not in text
    assert "PRT-" not in text


def test_ten_numbers_fit_on_the_page() -> None:
    letter = a_letter(numbers=us_numbers(10))

    assert page_count(letter) == 1
    assert "See Attached" not in text_of(letter)
    assert all(number in text_of(letter) for number in us_numbers(10))


@pytest.mark.parametrize(("count", "pages"), [(11, 2), (162, 2), (163, 3), (5000, 32)])
def test_more_numbers_are_attached_on_as_many_pages_as_they_need(count: int, pages: int) -> None:
    made = read(render_letter(a_letter(numbers=us_numbers(count)), WORDS)).pages
    first = made[0].extract_text()

    assert len(made) == pages
    assert "See Attached" in first
    assert f"{count:,} numbers" in first
    assert us_numbers(count)[0] not in first


def test_the_attachment_lists_every_number_once() -> None:
    text = text_of(a_letter(numbers=us_numbers(300)))

    assert [text.count(number) for number in us_numbers(300)] == [1] * 300
    assert "Page 3 of 3" in text


def test_markup_in_a_name_is_printed_as_it_was_typed() -> None:
    name = "<b>A&B</b> &amp; {{ name }} \\n (Sons)"

    assert name in text_of(a_letter(customer_name=name))


@pytest.mark.parametrize("letters", ["W", "株", "i ", "word ", "a@b.", "ش"])
def test_the_longest_legal_fields_stay_on_one_page(letters: str) -> None:
    long = (letters * LONGEST)[:LONGEST]
    letter = a_letter(numbers=us_numbers(10), **dict.fromkeys(TYPED, long))

    assert page_count(letter) == 1


def test_what_fits_on_no_page_is_refused_by_the_name_of_its_field() -> None:
    with told_no(Refusal, match="shorten the customer name") as refused:
        render_letter(a_letter(customer_name="W" * 4_000), WORDS)

    assert refused.value.field == "customer_name"


def test_a_blank_field_is_named_in_words() -> None:
    with told_no(Refusal, match="fill in: customer name, city") as refused:
        render_letter(a_letter(customer_name="", city=" "), WORDS)

    assert refused.value.field == "customer_name"


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("btn", "206 555 0100"),
        ("new_btn", "+0123456"),
        ("numbers", "+1206555010x"),
    ],
)
def test_what_is_not_a_number_is_refused(field: str, number: str) -> None:
    value = (number,) if field == "numbers" else number

    with told_no(Refusal, match="not a telephone number") as refused:
        render_letter(a_letter(**{field: value}), WORDS)

    assert refused.value.field == field


def test_a_country_code_that_does_not_exist_is_printed_as_it_is() -> None:
    assert "+2101234567" in text_of(a_british_letter(numbers=("+2101234567",)))


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert render_letter(a_letter(), WORDS) == render_letter(a_letter(), WORDS)


@pytest.mark.long
def test_another_process_gives_the_same_bytes_whatever_it_rendered_before() -> None:
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from hashlib import sha256\n"
        "from tests.letters.letters import *\n"
        "render_letter(a_letter(customer_name='株式会社 שלום'), WORDS)\n"
        "print(sha256(render_letter(a_letter(customer_name='Żółć 株'), WORDS)).hexdigest())\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    here = render_letter(a_letter(customer_name="Żółć 株"), WORDS)

    assert there.stdout.strip() == sha256(here).hexdigest()


def test_the_file_names_its_case_and_fingerprint() -> None:
    about = read(render_letter(a_letter(), WORDS)).metadata

    assert about is not None
    assert about.title == "Letter of Authorization PRT-1042"
    assert about.author
    assert a_letter().fingerprint() in str(about.subject)


def test_every_font_is_inside_the_file() -> None:
    letter = a_letter(customer_name="株式会社 שלום محمد Ελλάς")
    page = read(render_letter(letter, WORDS)).pages[0]
    resources = cast(DictionaryObject, page["/Resources"])
    fonts = [font.get_object() for font in cast(DictionaryObject, resources["/Font"]).values()]
    used = [font for font in fonts if font["/Subtype"] == "/TrueType"]

    assert len(used) >= 5
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


@pytest.mark.long
@given(text(max_size=LONGEST), sampled_from(TYPED))
@settings(max_examples=150, deadline=None)
def test_any_text_is_printed_on_one_page_or_refused_in_a_sentence(typed: str, field: str) -> None:
    refused = refusal_of(a_letter(**{field: typed}))

    if refused is None:
        assert page_count(a_letter(**{field: typed})) == 1
    else:
        assert refused.field == field
        assert sentence_of(refused).endswith(".")


def refusal_of(letter: Letter) -> Refusal | None:
    try:
        render_letter(letter, WORDS)
    except Refusal as refused:
        return refused
    return None


@pytest.mark.long
def test_letters_rendered_at_the_same_time_do_not_mix() -> None:
    names = ["Ada", "株式会社", "שלום", "محمد", "Ελλάς", "Հայ"] * 4
    alone = [render_letter(a_letter(customer_name=name), WORDS) for name in names]
    with ThreadPoolExecutor(8) as pool:
        together = list(
            pool.map(lambda name: render_letter(a_letter(customer_name=name), WORDS), names)
        )

    assert together == alone
