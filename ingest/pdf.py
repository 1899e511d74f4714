"""Reads a PDF into lines: drawn, laid out, freed of what is no text of the letter, and set apart by type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.aligned import aligned
from ingest.bookmarks import declared
from ingest.columns import columns_of, segments_of
from ingest.contents import contents
from ingest.errors import LetterError
from ingest.footnotes import without_footnotes
from ingest.grids import grids_of
from ingest.hyphens import Hyphens
from ingest.page import Drawing, Row
from ingest.paragraphs import gaps_before, lines_from
from ingest.pdf_file import PdfFile
from ingest.rows import lines_of, row_of
from ingest.running_lines import running_rows
from ingest.text import Extract, Line
from ingest.typography import body_style, ranks


def read_pdf(path: Path) -> Extract:
    """Return the lines of the PDF at ``path``, pages counted from 1, and notes on what could not be read.

    Raises LetterError when the file is no PDF, is locked, has no text or too many pages.
    """
    file = PdfFile(path)
    pages = [list(_rows(drawing, number)) for number, drawing in enumerate(file.drawings(), start=1)]
    rows = _letter_rows(pages)
    if not rows:
        raise LetterError(
            f"In het bestand '{path.name}' staat geen tekst die te lezen is; het lijken scans. Maak er met "
            "tekstherkenning (OCR) een PDF met tekst van en probeer het opnieuw."
        )
    return Extract(tuple(_lines(rows, file)))


def _rows(drawing: Drawing, page: int) -> Iterator[Row]:
    """Yield the rows of a page in reading order."""
    tables, lines = grids_of(lines_of(drawing.words, drawing.rules), drawing.rules)
    for column in columns_of([*segments_of(lines), *tables]):
        edges = (column.left, column.right, column.limit)
        for line in aligned(list(column.lines())):
            row = row_of([word for segment in line for word in segment.words], page, edges)
            yield replace(row, cells=line[0].cells)


def _letter_rows(pages: Sequence[Sequence[Row]]) -> list[Row]:
    """Return the rows without running lines and tables of contents."""
    left_out = running_rows(pages)
    rows = [row for n, page in enumerate(pages) for i, row in enumerate(page) if (n, i) not in left_out]
    listed = contents([row.text for row in rows])
    return [row for i, row in enumerate(rows) if i not in listed]


def _lines(rows: Sequence[Row], file: PdfFile) -> list[Line]:
    body = body_style(rows)
    hyphens = Hyphens([row.text for row in rows])
    text_rows, notes = without_footnotes(rows, body.size, hyphens)
    gaps = gaps_before(text_rows, body)
    titles = ranks(text_rows, gaps, body, declared(text_rows, file.bookmarks()))
    return lines_from(text_rows, gaps, titles, notes)
