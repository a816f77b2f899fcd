import pytest

from bot.errors import Refusal
from bot.letters.bidi import clean, direction, in_drawing_order, shaped
from bot.letters.fonts.fonts import REGULAR, runs, unprintable
from bot.letters.layout import VALUE
from bot.letters.pdf import render_letter
from bot.letters.typeset import lines, measure
from tests.letters.letters import WORDS, a_letter, text_of
from tests.refusals import told_no

NAMES = [
    "Żółć Łódź İstanbul Þór",
    "Nguyễn Thị Ngọc Ánh Đặng Ữ",
    "Παράδειγμα Ἀρτοποιεῖον",
    "ООО «Пример» Їжак Ђорђе",
    "북한 서울 주식회사 쀍",
    "株式会社サンプル 髙﨑 ｶﾅ",
    "北京示例有限公司",
    "臺灣範例股份有限公司",
    "Հայաստան საქართველო",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_this_script_is_printed_letter_by_letter(name: str) -> None:
    assert unprintable(name) == ""
    assert name in text_of(a_letter(customer_name=name))


@pytest.mark.parametrize(
    "name", ["شركة محمد بن عبد الله", "پاکستان ٹیلی فون ہے", "חברת דוגמה בע״מ"]
)
def test_a_right_to_left_name_can_be_printed(name: str) -> None:
    assert unprintable(name) == ""
    assert render_letter(a_letter(customer_name=name), WORDS).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("שלום", "םולש"),
        ("חברה (2010) בעמ", "מעב (2010) הרבח"),
        ("חברה [א] ABC", "ABC [א] הרבח"),
        ("ABC (חברה)", "ABC (הרבח)"),
        ("ABC חברה (12)", "ABC (12) הרבח"),
        ("(ABC)", "(ABC)"),
    ],
)
def test_right_to_left_words_are_drawn_in_reading_order(name: str, drawn: str) -> None:
    base = direction(name)

    assert (in_drawing_order(name, base) if base else name) == drawn


def test_arabic_letters_join() -> None:
    assert shaped("محمد") == "\ufee3\ufea4\ufee4\ufeaa"


def test_a_broken_right_to_left_line_begins_with_the_first_word() -> None:
    first, second = lines("שלום עולם", VALUE, measure("שלום", VALUE) + 1)

    assert first == [("NotoSansHebrew-Regular", "םולש")]
    assert second == [("NotoSansHebrew-Regular", "םלוע")]


def test_a_decomposed_accent_is_printed_as_one_letter() -> None:
    assert clean("Ame\u0301lie") == "Amélie"
    assert "Amélie" in text_of(a_letter(customer_name="Ame\u0301lie"))


def test_an_accent_over_a_low_letter_may_stand_alone() -> None:
    assert unprintable("e\u0323\u0301ko") == ""


@pytest.mark.parametrize("name", ["E\u0323\u0301", "J\u030c", "a\u0304\u0300"])
def test_an_accent_that_would_run_into_its_letter_is_refused(name: str) -> None:
    assert unprintable(name) == name[-1]


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("Bäckerei 😀", "😀"),
        ("ไทย", "ไทย"),
        ("हिन्दी", "हिन्दी"),
        ("bell \x07", "\x07"),
        ("\ue000", "\ue000"),
        ("\ud800", "\ud800"),
        ("😀 and 😀", "😀"),
    ],
)
def test_characters_that_no_font_has_are_named_once(text: str, bad: str) -> None:
    assert set(unprintable(text)) == set(bad)
    assert len(unprintable(text)) == len(set(bad))


def test_a_character_that_no_font_has_stops_the_letter_and_says_where() -> None:
    with told_no(Refusal, match=r"street address has 😀 \(U\+1F600\)") as refused:
        render_letter(a_letter(street_address="1 Smile 😀 Street"), WORDS)

    assert refused.value.field == "street_address"


def test_marks_that_nobody_sees_are_left_out() -> None:
    assert clean("A\u200bda\u202e \u00adLtd\n\tCo") == "Ada Ltd Co"


def test_each_run_is_set_in_a_font_that_has_its_letters() -> None:
    assert [font for font, _ in runs("ABC 株 שלום", REGULAR)] == [
        REGULAR,
        "DroidSansFallback",
        REGULAR,
        "NotoSansHebrew-Regular",
    ]


@pytest.mark.parametrize(
    "text", ["W" * 300, "株" * 300, "a long line of words " * 20, "mail@" + "x.y" * 60, "ש" * 300]
)
def test_no_line_is_wider_than_its_column(text: str) -> None:
    for line in lines(text, VALUE, 120):
        assert measure("".join(part for _, part in line), VALUE) <= 120


def test_breaking_a_line_loses_nothing() -> None:
    text = "ada.example@" + "bakery-" * 30 + "example"
    parts = ["".join(part for _, part in line) for line in lines(text, VALUE, 90)]

    assert "".join(parts) == text
