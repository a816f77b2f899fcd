"""Other ways to a page with as many fields and lines as a letter has: pypdf and WeasyPrint."""

import html
import json
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from benchmarks.figure import timed
from bot.letters.compose_pages import pages
from bot.letters.letter import Letter
from bot.wording.templates import Templates

# A letter prints about as many values, ten numbers included.
FIELDS = 30
ROUNDS = 20
_RENDER = f"""
import json, sys, time
from statistics import median
from weasyprint import HTML
page = sys.stdin.read()
HTML(string=page).write_pdf()
times = []
for turn in range({ROUNDS}):
    begin = time.perf_counter()
    HTML(string=page.replace("Example", f"Example {{turn}}")).write_pdf()
    times.append((time.perf_counter() - begin) * 1000)
print(json.dumps(median(times)))
"""


def blank_form() -> bytes:
    """Return a page with empty fields."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=LETTER)
    for place in range(FIELDS):
        canvas.acroForm.textfield(name=f"f{place}", x=72, y=720 - 22 * place, width=300, height=18)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def fill_form(form: bytes, turn: int) -> float:
    """Fill all fields and write the page; returns the milliseconds."""
    return timed(lambda: _filled(form, {f"f{n}": f"Example {turn} {n}" for n in range(FIELDS)}))


def _filled(form: bytes, values: dict[str, str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(form)))
    writer.update_page_form_field_values(writer.pages[0], dict(values), auto_regenerate=False)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def html_page(letter: Letter, words: Templates) -> tuple[float | None, str]:
    """Return the milliseconds that WeasyPrint takes for the same text, or why there are none."""
    lines = "".join(f"<p>{html.escape(mark.text)}" for mark in pages(letter, words)[0].marks)
    with tempfile.TemporaryDirectory(prefix="portdesk-weasyprint-") as folder:
        python = Path(folder) / "bin" / "python"
        try:
            _run([sys.executable, "-m", "venv", folder])
            _run([str(python), "-m", "pip", "install", "-q", "weasyprint"])
            return json.loads(_run([str(python), "-c", _RENDER], lines)), ""
        except subprocess.CalledProcessError as error:
            last = error.stderr.strip().splitlines()[-1:]
            return None, f"not measured: WeasyPrint does not run here ({' '.join(last)[:80]})"


def _run(command: list[str], text: str = "") -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return done.stdout
