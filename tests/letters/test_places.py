"""Where things stand on the page: a letter that nobody can read says nothing."""

from itertools import combinations, pairwise

import pytest

from bot.letters.compose_pages import MARGIN, paper
from bot.letters.letter import Letter
from tests.letters.letters import LONGEST, TYPED, a_british_letter, a_letter, us_numbers
from tests.letters.places import Place, lines, places

LETTERS = {
    "two numbers": a_letter(),
    "ten numbers": a_letter(numbers=us_numbers(10)),
    "a BTN that moves": a_letter(btn="+12065550101", btn_option="close_account"),
    "toll-free": a_letter(number_type="toll_free", btn="", numbers=("+18005550100",)),
    "a letter on A4": a_british_letter(),
    "names in other scripts": a_letter(customer_name="株式会社 שלום محمد Ελλάς"),
    "everything as long as can be": a_letter(
        numbers=us_numbers(10), **dict.fromkeys(TYPED, ("word " * LONGEST)[:LONGEST].strip())
    ),
    "words without an end": a_letter(**dict.fromkeys(TYPED, "W" * 60)),
    "eleven numbers": a_letter(numbers=us_numbers(11)),
    "more than a page of numbers": a_letter(numbers=us_numbers(163), btn="+12065550101",
                                            btn_option="close_account"),
    "long numbers": a_british_letter(numbers=tuple(f"+49301234{n:05}" for n in range(60))),
}  # fmt: skip
LABELLED = {
    "Carrier": "Example Telephone Company",
    "Contact at the carrier": "Port desk, ports@carrier.example",
    "Account number": "ending 4321",
    "Requested date of the move": "9 December 2026",
    "Customer name": "Ada Bakery LLC",
    "Service address": "100 Example Street, Suite 4",
    "Name": "Ada Example",
    "Telephone": "(206) 555-0190",
    "E-mail": "ada@bakery.example",
    "BTN": "(253) 555-0199 / +12535550199",
    "After the move": "The BTN does not move. It stays with the current",
    "Printed name": "Ada Example",
}
IN_ORDER = (
    "Letter of Authorization",
    "Current carrier",
    "Customer, exactly as on the carrier’s record",
    "Person authorized to sign for the account",
    "Billing Telephone Number (BTN)",
    "Numbers to move",
    "Authorization",
    "Signature",
    "Signature, by hand in ink",
    "Printed name",
)
ROOM_TO_SIGN = 25


def one(page: list[Place], text: str) -> Place:
    """Return the first place of a text on a page."""
    return next(place for place in page if place.text == text)


@pytest.mark.parametrize("name", LETTERS)
def test_everything_stands_inside_the_margins(name: str) -> None:
    letter = LETTERS[name]
    width, height = paper(letter)
    for page in [*places(letter), *lines(letter)]:
        for place in page:
            assert place.left >= MARGIN - 0.01, place
            assert place.right <= width - MARGIN + 0.01, place
            assert MARGIN - 0.01 <= place.baseline <= height - MARGIN + 0.01, place


@pytest.mark.parametrize("name", LETTERS)
def test_no_text_runs_into_another(name: str) -> None:
    for page in places(LETTERS[name]):
        for one_text, other in combinations(page, 2):
            assert not one_text.covers(other), (one_text, other)


@pytest.mark.parametrize("name", LETTERS)
def test_no_line_is_drawn_through_a_text(name: str) -> None:
    letter = LETTERS[name]
    for texts, drawn in zip(places(letter), lines(letter), strict=True):
        for line in drawn:
            for text in texts:
                beside = text.right < line.left or line.right < text.left
                through = text.baseline - 1 < line.baseline < text.baseline + text.size * 0.7
                assert beside or not through, (line, text)


@pytest.mark.parametrize(
    "name", ["two numbers", "ten numbers", "eleven numbers", "more than a page of numbers"]
)
def test_each_number_stands_behind_its_place_in_columns_that_are_read_downwards(name: str) -> None:
    letter = LETTERS[name]
    pages = places(letter)[1:] if letter.see_attached else places(letter)
    read = [entry for page in pages for entry in entries(page, letter)]
    assert [entry[-1].text for entry in read] == list(letter.numbers)
    assert [entry[0].text for entry in read] == [f"{n + 1}" for n in range(len(letter.numbers))]
    for count, national, number in read:
        assert count.right < national.left < national.right < number.left
        assert count.baseline == national.baseline == number.baseline


def entries(page: list[Place], letter: Letter) -> list[tuple[Place, Place, Place]]:
    """Return place, national form and number of each entry, column after column, downwards."""
    listed = set(letter.numbers)
    found = [page[at - 2 : at + 1] for at, place in enumerate(page) if place.text in listed]
    in_columns = sorted(found, key=lambda entry: (round(entry[2].left), -entry[2].baseline))
    return [(count, national, number) for count, national, number in in_columns]


@pytest.mark.parametrize(
    ("name", "columns"), [("ten numbers", 2), ("more than a page of numbers", 3)]
)
def test_numbers_use_the_columns_that_there_are(name: str, columns: int) -> None:
    letter = LETTERS[name]
    page = places(letter)[1 if letter.see_attached else 0]
    assert len({round(number.left) for _, _, number in entries(page, letter)}) == columns


@pytest.mark.parametrize("name", ["a BTN that moves", "more than a page of numbers"])
def test_the_btn_is_marked_right_behind_its_number(name: str) -> None:
    letter = LETTERS[name]
    page = places(letter)[1 if letter.see_attached else 0]
    number = one(page, "+12065550101")
    (mark,) = (p for p in page if p.text == "BTN" and p.baseline == number.baseline)
    assert 0 < mark.left - number.right < 2 * number.size


@pytest.mark.parametrize("label", LABELLED)
def test_each_value_stands_under_its_label(label: str) -> None:
    (page,) = places(a_letter())
    above = [place for place in page if place.text == label and place.size < 8]
    (below,) = (
        place
        for place in page
        if place.text == LABELLED[label]
        for head in above
        if place.left == head.left and 0 < head.baseline - place.baseline < 16
    )
    assert below.size == 10


def test_the_parts_of_a_letter_follow_each_other_down_the_page() -> None:
    (page,) = places(a_letter())
    heights = [one(page, title).baseline for title in IN_ORDER]
    assert all(upper > lower for upper, lower in pairwise(heights))


def test_there_is_room_for_a_signature_and_a_date_by_hand() -> None:
    (page,), (drawn,) = places(a_letter()), lines(a_letter())
    for caption in ("Signature, by hand in ink", "Date signed"):
        text = one(page, caption)
        (line,) = (rule for rule in drawn if 0 < rule.baseline - text.baseline < 12
                   and rule.left == text.left)  # fmt: skip
        above = [place.baseline for place in page if place.baseline > line.baseline
                 and place.left < line.right and place.right > line.left]  # fmt: skip
        assert min(above) - line.baseline > ROOM_TO_SIGN
        assert line.right - line.left > 100


def test_case_version_and_page_stand_at_their_edges() -> None:
    letter = LETTERS["eleven numbers"]
    right = paper(letter)[0] - MARGIN
    for number, page in enumerate(places(letter), start=1):
        assert abs(one(page, "PRT-1042").right - right) < 0.01
        assert abs(one(page, f"Page {number} of 2").right - right) < 0.01
        assert page[-1].baseline < MARGIN + 15
        foot = next(place for place in page if place.text.startswith("Case PRT-1042, version 2"))
        assert (foot.left, foot.baseline) == (MARGIN, page[-1].baseline)
