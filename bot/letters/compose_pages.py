"""Builds the pages of a letter: the letter itself, always one page, and the attachment."""

from dataclasses import replace

from bot.domain.intake.fields import names
from bot.letters.content import (
    attached,
    authorization,
    footer,
    label,
    sections,
    signer,
    subtitle,
)
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
from bot.letters.letter import MOST_ON_PAGE, Letter, LetterRefusal
from bot.letters.number_columns import Grid, grid
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
    typesetter = Typesetter(width)
    bodies = [_letter_page(letter, words, width, height - _FOOTER)]
    if letter.see_attached:
        bodies += _attachment(letter, words, typesetter)
    foot = footer(letter, words)
    return [
        _with_footer(typesetter, body, height, foot, _page_number(words, page, len(bodies)))
        for page, body in enumerate(bodies, start=1)
    ]


def _letter_page(letter: Letter, words: Templates, width: float, height: float) -> Block:
    for scale in _SCALES:
        typesetter = Typesetter(width, scale)
        blocks = _blocks(letter, words, typesetter)
        gaps = len(blocks) - 1
        gap = (height - sum(block.height for block in blocks)) / gaps
        if gap >= _LEAST_GAP * scale:
            return stack(blocks, min(gap, _WIDEST_GAP))
    longest = max(_TEXT_FIELDS, key=lambda name: len(getattr(letter, name)))
    raise LetterRefusal("too_long", longest, printed=longest)


_TEXT_FIELDS = (
    *names(lambda field: field.printed and field.free_text),
    "losing_carrier_contact",
)


def _blocks(letter: Letter, words: Templates, typesetter: Typesetter) -> list[Block]:
    consent = [
        typesetter.heading(label(words, "authorization")),
        typesetter.paragraphs(authorization(letter, words)),
    ]
    return [
        _head(letter, words, typesetter),
        *map(typesetter.section, sections(letter, words)),
        _numbers(letter, words, typesetter),
        stack(consent),
        _signature(letter, words, typesetter),
    ]


def _head(letter: Letter, words: Templates, typesetter: Typesetter) -> Block:
    marks, y = typesetter.write(label(words, "title"), TITLE, (0, 0), typesetter.width)
    more, y = typesetter.write(subtitle(letter, words), SUBTITLE, (0, y), typesetter.width)
    marks += typesetter.write_right(letter.reference, STRONG, 9 * typesetter.scale)
    version = words.plain("loa/version.j2", version=letter.version)
    marks += typesetter.write_right(version, SUBTITLE, y - SUBTITLE.leading * typesetter.scale)
    return Block(y + 5, marks + more, [Rule(0, y + 4, typesetter.width, 1.4)])


def _numbers(letter: Letter, words: Templates, typesetter: Typesetter) -> Block:
    heading = typesetter.heading(label(words, "numbers"))
    if letter.see_attached:
        full_size = Typesetter(typesetter.width)
        attachment = -(-len(letter.numbers) // _attached_grid(letter, words, full_size).size)
        return stack(
            [
                heading,
                typesetter.paragraphs([label(words, "see_attached")], STRONG),
                typesetter.paragraphs([attached(letter, words, attachment)], VALUE),
            ]
        )
    columns = _grid(letter, words, typesetter, VALUE.scaled(typesetter.scale), (2, MOST_ON_PAGE))
    rows = -(-len(letter.numbers) // columns.columns)
    return stack([heading, replace(columns, rows=rows).block(typesetter, letter.numbers)])


def _grid(
    letter: Letter, words: Templates, typesetter: Typesetter, style: Style, shape: tuple[int, int]
) -> Grid:
    return grid(
        letter.numbers, style, typesetter.width, (letter.btn, label(words, "is_btn")), shape
    )


def _signature(letter: Letter, words: Templates, typesetter: Typesetter) -> Block:
    room = 34.0
    date_x = typesetter.width * 0.7
    by_hand, y = typesetter.write(label(words, "signature"), LABEL, (0, room + 1), date_x)
    dated, _ = typesetter.write(
        label(words, "signed_on"), LABEL, (date_x, room + 1), typesetter.width
    )
    rules = [
        Rule(0, room, date_x - 18, 0.8),
        Rule(date_x, room, typesetter.width - date_x, 0.8),
    ]
    line = Block(y + 5, by_hand + dated, rules)
    note = typesetter.paragraphs([words.plain("loa/sign.j2")], SMALL)
    return stack(
        [
            typesetter.heading(label(words, "signature_block")),
            note,
            line,
            typesetter.row(signer(letter, words)),
        ]
    )


def _attached_grid(letter: Letter, words: Templates, typesetter: Typesetter) -> Grid:
    return _grid(letter, words, typesetter, ATTACHED, (_ATTACHED_COLUMNS, _ATTACHED_ROWS))


def _attachment(letter: Letter, words: Templates, typesetter: Typesetter) -> list[Block]:
    numbers = _attached_grid(letter, words, typesetter)
    starts = range(0, len(letter.numbers), numbers.size)
    return [_attached_page(letter, words, typesetter, numbers, start) for start in starts]


def _attached_page(
    letter: Letter, words: Templates, typesetter: Typesetter, columns: Grid, start: int
) -> Block:
    numbers = letter.numbers[start : start + columns.size]
    span = words.plain(
        "loa/range.j2",
        first=f"{start + 1:,}",
        last=f"{start + len(numbers):,}",
        count=f"{len(letter.numbers):,}",
    )
    marks, y = typesetter.write(
        label(words, "title_attachment"), SECOND_TITLE, (0, 0), typesetter.width
    )
    marks += typesetter.write_right(letter.reference, STRONG, 4)
    more, y = typesetter.write(span, SUBTITLE, (0, y), typesetter.width)
    head = Block(y + 14, marks + more, [Rule(0, y + 4, typesetter.width, 1.4)])
    return stack([head, columns.block(typesetter, numbers, start + 1)])


def _with_footer(typesetter: Typesetter, body: Block, height: float, foot: str, page: str) -> Block:
    y = height - SMALL.leading
    marks = typesetter.write(foot, SMALL, (0, y), typesetter.width)[0]
    marks += typesetter.write_right(page, SMALL, y)
    return Block(height, body.marks + marks, [*body.rules, Rule(0, y - 3, typesetter.width, 0.5)])


def _page_number(words: Templates, page: int, pages: int) -> str:
    return words.plain("loa/page.j2", page=page, pages=pages)
