"""Times a one-page letter against the same page drawn in other ways.

The ways alternate in one run, every round has a letter never seen before, and the fonts are
registered beforehand. WeasyPrint is no dependency: it is measured when asked for, in an
environment made for that.
"""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from statistics import median
from time import perf_counter

from reportlab.pdfgen.canvas import Canvas

from benchmarks.figure import Figure
from benchmarks.other_pages import blank_form, fill_form, html_page
from bot.letters.compose_pages import MARGIN, pages, paper
from bot.letters.letter import Letter
from bot.letters.pdf import render_letter
from bot.wording.templates import Templates

PART = "letter"
ROUNDS, QUICK_ROUNDS = 150, 20
WARM_UP = 10
NOT_ASKED = "not measured: ask for it with --weasyprint"


def letter(turn: int) -> Letter:
    first = 100 + turn % 80
    return Letter(
        reference=f"PRT-{1000 + turn}",
        version=1,
        number_type="local",
        country="US",
        losing_carrier=f"Example Telephone Company No. {turn}",
        losing_carrier_contact="Port desk, ports@carrier.example",
        customer_name=f"Bakery of Street {turn} LLC",
        street_address=f"{turn} Example Street",
        unit="Suite 4",
        city="Seattle",
        state="WA",
        postal_code="98101",
        authorized_person=f"Ada {turn} Example",
        authorized_title="Owner",
        contact_email=f"ada{turn}@bakery.example",
        contact_phone="(206) 555-0101",
        btn=f"+12065550{first}",
        btn_option="close_account",
        account_hint="ending 4321",
        numbers=tuple(f"+12065550{first + place}" for place in range(10)),
        requested_on=date(2026, 12, 9),
        platform="connect",
    )


def straight(
    finished: list[tuple[float, float, str, float, float, str]],
    lines: list[tuple[float, float, float, float]],
    size: tuple[float, float],
) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1)
    for x, y, length, weight in lines:
        canvas.setLineWidth(weight)
        canvas.line(x, y, x + length, y)
    for x, y, font, points, shade, text in finished:
        canvas.setFont(font, points)
        canvas.setFillGray(shade)
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def one_round(turn: int, words: Templates) -> tuple[float, float]:
    """Return the milliseconds of the letter and of the bare canvas."""
    facts = letter(turn)
    begin = perf_counter()
    render_letter(facts, words)
    ours = perf_counter() - begin
    size = paper(facts)
    (page,) = pages(facts, words)
    top = size[1] - MARGIN
    marks = [(MARGIN + m.x, top - m.y, m.font, m.size, m.shade, m.text) for m in page.marks]
    rules = [(MARGIN + r.x, top - r.y, r.length, r.weight) for r in page.rules]
    begin = perf_counter()
    straight(marks, rules, size)
    return ours * 1000, (perf_counter() - begin) * 1000


def measure(quick: bool, weasyprint: bool = False) -> Iterator[Figure]:
    """Yield the milliseconds of a letter against the bare canvas and against other ways."""
    words = Templates()
    rounds = QUICK_ROUNDS if quick else ROUNDS
    form = blank_form()
    times = [(*one_round(turn, words), fill_form(form, turn)) for turn in range(WARM_UP + rounds)]
    ours, bare, filled = (median(column) for column in zip(*times[WARM_UP:], strict=True))
    what = "one page, p50"
    yield Figure(PART, what, ours, "ms", "bare canvas", bare)
    yield Figure(PART, what, ours, "ms", "pypdf filling a form", filled)
    other, why = html_page(letter(0), words) if weasyprint else (None, NOT_ASKED)
    yield Figure(PART, what, ours if other else None, "ms", "WeasyPrint", other, note=why)
