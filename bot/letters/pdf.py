"""The Letter of Authorization as PDF: the same letter always gives the same bytes."""

from dataclasses import fields
from io import BytesIO
from threading import Lock
from unicodedata import category

from reportlab.pdfgen.canvas import Canvas

from bot.domain.numbers.phone_number import is_e164
from bot.letters.compose_pages import MARGIN, pages, paper
from bot.letters.content import label
from bot.letters.fonts.fonts import unprintable
from bot.letters.layout import Block
from bot.letters.letter import Letter, LetterRefusal
from bot.wording.templates import Templates

# ReportLab writes into tables shared by all documents, so two threads could mix their fonts.
_drawing = Lock()


def render_letter(letter: Letter, words: Templates) -> bytes:
    """Return the letter as PDF: one page, and attachment pages beyond ten numbers (S1).

    Raises `LetterRefusal` with the field if a mandatory field is blank, a number is none, a
    character has no font, or the fields are too long for one page.
    """
    check(letter)
    buffer = BytesIO()
    made = pages(letter, words)
    with _drawing:
        canvas = Canvas(buffer, pagesize=paper(letter), invariant=1, pageCompression=1)
        _describe(canvas, letter, words)
        for page in made:
            draw(canvas, page, MARGIN, paper(letter)[1] - MARGIN)
        canvas.save()
    return buffer.getvalue()


def check(letter: Letter) -> None:
    """Raise `LetterRefusal` for the first thing that must not be printed."""
    if blank := letter.missing():
        raise LetterRefusal("missing", blank[0], blank=blank)
    _check_numbers(letter)
    for field in fields(letter):
        value = getattr(letter, field.name)
        if isinstance(value, str) and (characters := unprintable(value)):
            named = [_named(character) for character in characters]
            raise LetterRefusal("unprintable", field.name, printed=field.name, characters=named)


def draw(canvas: Canvas, page: Block, left: float, top: float) -> None:
    """Draw one page; all its text goes into one text object, which is the quickest."""
    for rule in page.rules:
        canvas.setLineWidth(rule.weight)
        y = top - rule.y
        canvas.line(left + rule.x, y, left + rule.x + rule.length, y)
    text = canvas.beginText()
    font, shade = ("", 0.0), 0.0
    for mark in page.marks:
        if (mark.font, mark.size) != font:
            font = (mark.font, mark.size)
            text.setFont(*font)
        if mark.shade != shade:
            shade = mark.shade
            text.setFillGray(shade)
        text.setTextOrigin(left + mark.x, top - mark.y)
        text.textOut(mark.text)
    canvas.drawText(text)
    canvas.showPage()


def _describe(canvas: Canvas, letter: Letter, words: Templates) -> None:
    title = label(words, "title")
    canvas.setTitle(f"{title} {letter.reference}".strip())
    canvas.setAuthor(label(words, "author"))
    canvas.setSubject(
        words.plain(
            "loa/subject.j2",
            reference=letter.reference,
            version=letter.version,
            fingerprint=letter.fingerprint(),
        )
    )


def _check_numbers(letter: Letter) -> None:
    single = [(name, getattr(letter, name)) for name in ("btn", "new_btn")]
    listed = [("numbers", number) for number in letter.numbers]
    for field, number in [*single, *listed]:
        if (number or field == "numbers") and not is_e164(number):
            raise LetterRefusal("number", field, number=number)


def _named(character: str) -> str:
    """Show a character with its code; an accent alone is shown on a dotted circle."""
    if category(character).startswith("M"):
        character = f"\u25cc{character}"
    shown = f"{character} " if character.isprintable() else ""
    return f"{shown}(U+{ord(character[-1]):04X})"
