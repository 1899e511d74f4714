"""What a page draws is found wherever and however it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf.file import PdfFile
from ingest.pdf.page import DAMAGED, Drawing


def drawn(
    folder: Path, draw: Callable[[Canvas], None], change: Callable[[PdfWriter], None] | None = None
) -> Drawing:
    path = folder / "blad.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    draw(canvas)
    canvas.save()
    if change:
        writer = PdfWriter(clone_from=PdfReader(path))
        change(writer)
        writer.write(path)
    (found,) = PdfFile(path).drawings()
    return found


def text(drawing: Drawing) -> list[str]:
    return [word.text for word in drawing.words]


def test_words_have_their_place_and_style(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.setFillColorRGB(0, 0.2, 0.4)
        canvas.drawString(70, 700, "Wonen")

    (word,) = drawn(tmp_path, draw).words
    assert (word.x, word.y, word.style.size, word.style.bold) == (70, 700, 12.0, True)
    assert word.end == pytest.approx(70 + 12 * 3.333, abs=0.05)  # by Helvetica's published widths
    assert word.style.colour == "0.0 0.2 0.4"


def test_kerning_and_spacing_make_no_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(70, 700)
        line.setFont("Helvetica", 10)
        line.setCharSpace(2)
        line.textOut("ver")
        line.textOut("spreid woord")
        canvas.drawText(line)

    assert text(drawn(tmp_path, draw)) == ["verspreid", "woord"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_upright(tmp_path: Path, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(turn)
        canvas.drawString(0, 20, "boven links")
        canvas.drawString(0, 0, "onder")

    first, second, third = drawn(tmp_path, draw).words
    assert [first.text, second.text, third.text] == ["boven", "links", "onder"]
    assert first.y == pytest.approx(second.y)
    assert first.y - third.y == pytest.approx(20)
    assert first.end < second.x


def test_text_in_the_margin_that_stands_on_its_side_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(70, 700, "een gewone regel tekst")
        canvas.rotate(90)
        canvas.drawString(100, -20, "vertrouwelijk")

    assert text(drawn(tmp_path, draw)) == ["een", "gewone", "regel", "tekst"]


def test_what_is_cropped_away_is_not_seen(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(70, 700, "binnen")
        canvas.drawString(70, 20, "snijteken")

    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox = RectangleObject((0, 100, A4[0], A4[1]))

    assert text(drawn(tmp_path, draw, crop)) == ["binnen"]


def test_a_form_is_drawn_where_it_is_put(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("kop")
        canvas.drawString(10, 10, "briefhoofd")
        canvas.endForm()
        canvas.translate(50, 700)
        canvas.doForm("kop")

    (word,) = drawn(tmp_path, draw).words
    assert (word.text, word.x, word.y) == ("briefhoofd", 60, 710)


def test_text_under_a_scan_is_read_and_hidden_text_elsewhere_is_not(tmp_path: Path) -> None:
    def line(canvas: Canvas, y: float, words: str, mode: int) -> None:
        text = canvas.beginText(70, y)
        text.setTextRenderMode(mode)
        text.textOut(words)
        canvas.drawText(text)

    def layered(canvas: Canvas) -> None:
        line(canvas, 700, "de tekst die onder het plaatje ligt", 3)
        line(canvas, 20, "stempel", 0)

    def tricked(canvas: Canvas) -> None:
        line(canvas, 700, "de tekst die iedereen kan zien staan", 0)
        line(canvas, 20, "verborgen", 3)

    assert text(drawn(tmp_path, layered))[0] == "de"
    assert "verborgen" not in text(drawn(tmp_path, tricked))


def test_rules_and_thin_bars_are_kept(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(70, 700, 500, 700)
        canvas.rect(70, 600, 430, 0.7, stroke=0, fill=1)
        canvas.rect(70, 500, 430, 40, stroke=0, fill=1)  # a coloured field

    rules = drawn(tmp_path, draw).rules
    assert [(round(r.left), round(r.top), round(r.right)) for r in rules] == [(70, 700, 500), (70, 601, 500)]


def test_an_empty_page_draws_nothing(tmp_path: Path) -> None:
    assert drawn(tmp_path, lambda canvas: canvas.showPage()) == Drawing((), (), 0.0)


def test_a_page_with_more_operators_than_any_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pdf.drawing._MOST_OPERATORS", 100)
    assert drawn(tmp_path, lambda canvas: [canvas.line(0, n, 9, n) for n in range(50)]) == DAMAGED
