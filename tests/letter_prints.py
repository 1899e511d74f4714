"""A letter set as PDF by programs of several habits: a browser, a word processor, two libraries."""

from __future__ import annotations

import shutil
import subprocess
from html import escape
from itertools import groupby
from pathlib import Path

import pytest
from letter_page import as_page, pieces
from playwright.sync_api import Browser

from ingest.letter import Letter, Passage


def by_chromium(
    letter: Letter, style: str, browser: Browser, folder: Path, *, outline: bool = False, tagged: bool = False
) -> Path:
    """Print ``letter`` with running headers and page numbers, and bookmarks if ``outline``."""
    path = folder / "gedrukt.pdf"
    page = browser.new_page()
    page.set_content(as_page(letter, style))
    page.pdf(
        path=path,
        format="A4",
        margin={"top": "25mm", "bottom": "25mm", "left": "22mm", "right": "22mm"},
        display_header_footer=True,
        header_template=_numbered("Ledenbrief aan de leden"),
        footer_template=_numbered("Bladzijde"),
        tagged=tagged,
        outline=outline,
    )
    page.close()
    return path


def _numbered(text: str) -> str:
    return f"<div style='font-size: 8pt; margin: auto'>{text} <span class='pageNumber'></span></div>"


def by_libreoffice(source: Path, *, tagged: bool = False) -> Path:
    """Print a document (.docx, .html) with LibreOffice, bookmarks included, or tags instead."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("no LibreOffice on this machine: apt-get install libreoffice-writer-nogui")
    wanted = "UseTaggedPDF" if tagged else "ExportBookmarks"
    kind = "writer_web_pdf_Export" if source.suffix == ".html" else "writer_pdf_Export"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{source.parent}/profile",
            "--headless",
            "--convert-to",
            f'pdf:{kind}:{{"{wanted}":{{"type":"boolean","value":"true"}}}}',
            "--outdir",
            str(source.parent),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return source.with_suffix(".pdf")


def by_reportlab(letter: Letter, folder: Path, *, columns: int) -> Path:
    """Set ``letter`` with all titles in the size of the text: bold capitals, bold, coloured, italic."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        ListFlowable,
        ListItem,
        PageTemplate,
        Paragraph,
        Table,
    )

    def style(font: str, before: int, after: int, **more: object) -> ParagraphStyle:
        return ParagraphStyle(
            font, fontName=font, fontSize=10, leading=13, spaceBefore=before, spaceAfter=after, **more
        )

    width = (A4[0] - 130) / columns
    text = style("Helvetica", 0, 6, alignment=4 if columns > 1 else 0)
    titles = {
        1: style("Helvetica-Bold", 14, 4, textTransform="uppercase"),
        2: style("Helvetica-Bold", 10, 4),
        3: style("Helvetica-Bold", 8, 2, textColor="#004488"),
        5: style("Helvetica-Oblique", 6, 2),
    }
    flow: list[object] = []
    for level, piece in pieces(letter):
        if isinstance(piece, str):
            flow.append(Paragraph(escape(piece), titles[level]))
        elif piece.table:
            flow.append(Paragraph(escape(piece.table.caption), text))
            narrow = width / (len(piece.table.columns) + 2)
            flow.append(
                Table(
                    [[Paragraph(escape(label), text), *cells] for label, *cells in _cells(piece)],
                    style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTSIZE", (0, 0), (-1, -1), 6)],
                    colWidths=[2 * narrow] + [narrow] * len(piece.table.columns),
                )
            )
        elif piece.kind == "list":
            for item, rows in groupby(piece.text.split("\n"), key=lambda row: row.startswith("• ")):
                words = [Paragraph(escape(row.removeprefix("• ")), text) for row in rows]
                flow += (
                    [ListFlowable([ListItem(w) for w in words], bulletType="bullet", start="•")]
                    if item
                    else words
                )
        else:
            flow.append(Paragraph("<br/>".join(map(escape, piece.text.split("\n"))), text))
    path = folder / "gezet.pdf"
    frames = [Frame(60 + n * (width + 12), 60, width, 720) for n in range(columns)]
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates(
        PageTemplate(frames=frames, onPage=lambda c, d: c.drawRightString(525, 30, str(d.page)))
    )
    document.build(flow)
    return path


def by_fpdf(letter: Letter, folder: Path) -> Path:
    """Set ``letter`` with larger bold titles and bookmarks, lists with dashes."""
    from fpdf import FPDF

    sizes = {1: 16, 2: 13, 3: 11, 5: 10}
    pdf = FPDF()
    pdf.core_fonts_encoding = "cp1252"
    pdf.set_font("Times", size=10)
    pdf.add_page()

    def put(text: str, height: float) -> None:
        pdf.multi_cell(0, height, _western(text), align="L", new_x="LMARGIN", new_y="NEXT")

    for level, piece in pieces(letter):
        pdf.ln(3)
        if isinstance(piece, str):
            pdf.set_font("Times", "B", sizes[level])
            pdf.start_section(_western(piece), level=min(level, 4) - 1, strict=False)
            put(piece, sizes[level] / 2)
            pdf.set_font("Times", size=10)
        elif piece.table:
            put(piece.table.caption, 5)
            with pdf.table() as table:
                for cells in _cells(piece):
                    row = table.row()
                    for cell in cells:
                        row.cell(_western(cell))
        else:
            for line in piece.text.split("\n"):
                if line.startswith("• "):
                    pdf.cell(6, 5, "-")
                put(line.removeprefix("• "), 5)
    path = folder / "geschreven.pdf"
    pdf.output(str(path))
    return path


def _cells(passage: Passage) -> list[list[str]]:
    table = passage.table
    assert table is not None
    return [[table.corner, *table.columns], *([row.label, *row.cells] for row in table.rows)]


def _western(text: str) -> str:
    """Without what the fonts that every PDF reader has do not hold."""
    return text.replace("\u2011", "-").encode("cp1252", "ignore").decode("cp1252")
