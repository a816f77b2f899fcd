"""Builds the pages of a letter: the letter itself, always one page, and the attachment."""

from dataclasses import replace

from bot.domain.intake.fields import names
from bot.errors import PortingError
from bot.letters.content import (
    attached,
    authorization,
    footer,
    label,
    sections,
    signer,
    subtitle,
)
from bot.letters.grid import Grid, grid
from bot.letters.layout import (
    ATTACHED,
    LABEL,
    SECOND_TITLE,
    SMALL,
    STRONG,
    SUBTITLE,
    TITLE,
    VALUE,
    Block,
    Rule,
    Typesetter,
    stack,
)
from bot.letters.letter import MOST_ON_PAGE, Letter
from bot.letters.typeset import Style
from bot.wording.templates import Templates

MARGIN = 50.0
LETTER_SIZE = (612.0, 792.0)
A4_SIZE = (595.28, 841.89)
# Countries whose offices print on US Letter paper.
_ON_LETTER_PAPER = frozenset({"US", "CA", "MX", "PR", "VI", "GU", "AS", "MP", "PH", "CO", "CL"})
_SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58)
_LEAST_GAP, _WIDEST_GAP = 6.0, 20.0
_FOOTER = 22.0
_ATTACHED_COLUMNS, _ATTACHED_ROWS = 3, 54


def paper(letter: Letter) -> tuple[float, float]:
    return LETTER_SIZE if letter.country in _ON_LETTER_PAPER else A4_SIZE


def pages(letter: Letter, words: Templates) -> list[Block]:
    """Return one block for each page, footer included; all start at the top margin."""
    width, height = (side - 2 * MARGIN for side in paper(letter))
    press = Typesetter(width)
    bodies = [_letter_page(letter, words, width, height - _FOOTER)]
    if letter.see_attached:
        bodies += _attachment(letter, words, press)
    foot = footer(letter, words)
    return [
        _with_footer(press, body, height, foot, _page_number(words, page, len(bodies)))
        for page, body in enumerate(bodies, start=1)
    ]


def _letter_page(letter: Letter, words: Templates, width: float, height: float) -> Block:
    for scale in _SCALES:
        press = Typesetter(width, scale)
        blocks = _blocks(letter, words, press)
        gaps = len(blocks) - 1
        gap = (height - sum(block.height for block in blocks)) / gaps
        if gap >= _LEAST_GAP * scale:
            return stack(blocks, min(gap, _WIDEST_GAP))
    longest = max(_TEXT_FIELDS, key=lambda name: len(getattr(letter, name)))
    name = words.table("loa/fields")[longest]
    raise PortingError(words.plain("loa/error.j2", kind="too_long", name=name), longest)


_TEXT_FIELDS = (
    *names(lambda field: field.printed and field.free_text),
    "losing_carrier_contact",
)


def _blocks(letter: Letter, words: Templates, press: Typesetter) -> list[Block]:
    consent = [
        press.heading(label(words, "authorization")),
        press.paragraphs(authorization(letter, words)),
    ]
    return [
        _head(letter, words, press),
        *map(press.section, sections(letter, words)),
        _numbers(letter, words, press),
        stack(consent),
        _signature(letter, words, press),
    ]


def _head(letter: Letter, words: Templates, press: Typesetter) -> Block:
    marks, y = press.write(label(words, "title"), TITLE, (0, 0), press.width)
    more, y = press.write(subtitle(letter, words), SUBTITLE, (0, y), press.width)
    marks += press.write_right(letter.reference, STRONG, 9 * press.scale)
    version = words.plain("loa/version.j2", version=letter.version)
    marks += press.write_right(version, SUBTITLE, y - SUBTITLE.leading * press.scale)
    return Block(y + 5, marks + more, [Rule(0, y + 4, press.width, 1.4)])


def _numbers(letter: Letter, words: Templates, press: Typesetter) -> Block:
    heading = press.heading(label(words, "numbers"))
    if letter.see_attached:
        full_size = Typesetter(press.width)
        attachment = -(-len(letter.numbers) // _attached_grid(letter, words, full_size).size)
        return stack(
            [
                heading,
                press.paragraphs([label(words, "see_attached")], STRONG),
                press.paragraphs([attached(letter, words, attachment)], VALUE),
            ]
        )
    columns = _grid(letter, words, press, VALUE.scaled(press.scale), (2, MOST_ON_PAGE))
    rows = -(-len(letter.numbers) // columns.columns)
    return stack([heading, replace(columns, rows=rows).block(press, letter.numbers)])


def _grid(
    letter: Letter, words: Templates, press: Typesetter, style: Style, shape: tuple[int, int]
) -> Grid:
    return grid(letter.numbers, style, press.width, (letter.btn, label(words, "is_btn")), shape)


def _signature(letter: Letter, words: Templates, press: Typesetter) -> Block:
    room = 34.0
    date_x = press.width * 0.7
    by_hand, y = press.write(label(words, "signature"), LABEL, (0, room + 1), date_x)
    dated, _ = press.write(label(words, "signed_on"), LABEL, (date_x, room + 1), press.width)
    rules = [
        Rule(0, room, date_x - 18, 0.8),
        Rule(date_x, room, press.width - date_x, 0.8),
    ]
    line = Block(y + 5, by_hand + dated, rules)
    note = press.paragraphs([words.plain("loa/sign.j2")], SMALL)
    return stack(
        [
            press.heading(label(words, "signature_block")),
            note,
            line,
            press.row(signer(letter, words)),
        ]
    )


def _attached_grid(letter: Letter, words: Templates, press: Typesetter) -> Grid:
    return _grid(letter, words, press, ATTACHED, (_ATTACHED_COLUMNS, _ATTACHED_ROWS))


def _attachment(letter: Letter, words: Templates, press: Typesetter) -> list[Block]:
    numbers = _attached_grid(letter, words, press)
    starts = range(0, len(letter.numbers), numbers.size)
    return [_attached_page(letter, words, press, numbers, start) for start in starts]


def _attached_page(
    letter: Letter, words: Templates, press: Typesetter, columns: Grid, start: int
) -> Block:
    numbers = letter.numbers[start : start + columns.size]
    span = words.plain(
        "loa/range.j2",
        first=f"{start + 1:,}",
        last=f"{start + len(numbers):,}",
        count=f"{len(letter.numbers):,}",
    )
    marks, y = press.write(label(words, "title_attachment"), SECOND_TITLE, (0, 0), press.width)
    marks += press.write_right(letter.reference, STRONG, 4)
    more, y = press.write(span, SUBTITLE, (0, y), press.width)
    head = Block(y + 14, marks + more, [Rule(0, y + 4, press.width, 1.4)])
    return stack([head, columns.block(press, numbers, start + 1)])


def _with_footer(press: Typesetter, body: Block, height: float, foot: str, page: str) -> Block:
    y = height - SMALL.leading
    marks = press.write(foot, SMALL, (0, y), press.width)[0]
    marks += press.write_right(page, SMALL, y)
    return Block(height, body.marks + marks, [*body.rules, Rule(0, y - 3, press.width, 0.5)])


def _page_number(words: Templates, page: int, pages: int) -> str:
    return words.plain("loa/page.j2", page=page, pages=pages)
