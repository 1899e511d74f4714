"""Reads a PDF into lines: drawn, laid out, freed of what is no text of the letter, and set apart by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.errors import LetterError
from ingest.hyphens import SOFT, Hyphens
from ingest.pdf.bookmarks import declared
from ingest.pdf.columns import Column, Segment, columns_of, segments_of, sender_first
from ingest.pdf.contents import contents
from ingest.pdf.continued import with_tables
from ingest.pdf.feet import with_room
from ingest.pdf.file import PdfFile
from ingest.pdf.footnotes import SMALLER, without_footnotes
from ingest.pdf.grids import grids_of
from ingest.pdf.legible import is_garbled, is_scan, notes
from ingest.pdf.ocr import Ocr
from ingest.pdf.page import Drawing, Row, Rule, Word
from ingest.pdf.paragraphs import gaps_before, lines_from, unstretched
from ingest.pdf.rejoined import rejoined
from ingest.pdf.rows import lines_of, row_of
from ingest.pdf.tagged import headed, parted, trusted
from ingest.pdf.tagged_tables import tagged_tables
from ingest.pdf.typography import body_style, ranks
from ingest.running_lines import running_rows
from ingest.text import Extract, Line

_HYPHEN = "\u2010"
_OUTER = 4  # lines at the top and at the bottom of a page that running ones are among


def read_pdf(path: Path) -> Extract:
    """Return the lines of the PDF at ``path``, pages counted from 1, and notes on what could not be read.

    Raises LetterError when the file is no PDF, is locked, has no text or too many pages.
    """
    file = PdfFile(path)
    drawings, said = _legible(file)
    rows = [row for row in _all_rows(drawings) if row.text.strip()]
    if not rows:
        what = " ".join(said) or "Misschien is het leeg. Kies een bestand met een brief."
        raise LetterError(f"In het bestand '{path.name}' staat geen tekst die te lezen is. {what}")
    return Extract(tuple(_lines(_text_rows(with_room(rows)), file)), said)


def _legible(file: PdfFile) -> tuple[list[Drawing], tuple[str, ...]]:
    """Return what the pages draw, scans read where that can be done, and notes on those that are not."""
    drawings = file.drawings()
    scanned = [i for i, drawing in enumerate(drawings) if is_scan(drawing)]
    garbled = [i for i, drawing in enumerate(drawings) if i not in scanned and is_garbled(drawing)]
    for i in garbled:
        drawings[i] = replace(drawings[i], words=())
    sizes = Counter[float]()
    for drawing in drawings:
        for word in drawing.words:
            sizes[word.style.size] += len(word.text)
    ocr = Ocr(*(size for size, _ in sizes.most_common(1)))
    unread = []
    for i in scanned:
        scan = file.scan(i + 1) if ocr.installed else None
        words = ocr.read(scan) if scan else ()
        if words:
            drawings[i] = replace(drawings[i], words=words, rules=())
        else:
            unread.append(i)
    return drawings, notes([i + 1 for i in unread], [i + 1 for i in garbled], installed=ocr.installed)


def _all_rows(drawings: Sequence[Drawing]) -> Iterator[Row]:
    """Yield the rows of every page in reading order, without running lines."""
    pages = [lines_of(drawing.words, drawing.rules) for drawing in drawings]
    outer = [[i for i in range(len(lines)) if i < _OUTER or i >= len(lines) - _OUTER] for lines in pages]
    edges = (0.0, 0.0, 0.0)
    left_out = running_rows(
        [[row_of(lines[i], 0, edges) for i in places] for lines, places in zip(pages, outer, strict=True)]
    )
    dropped = {(page, outer[page][place]) for page, place in left_out}
    kept = [[line for i, line in enumerate(lines) if (n, i) not in dropped] for n, lines in enumerate(pages)]
    columns = [
        (n + 1, column)
        for n, (tables, lines) in enumerate(tagged_tables(kept))
        for column in _columns(lines, tables, drawings[n].rules, n + 1)
    ]
    found = with_tables([list(column.lines()) for _, column in columns], [page for page, _ in columns])
    for (page, column), lines in zip(columns, rejoined(found), strict=True):
        edges = (column.left, column.right, column.limit)
        for line in lines:
            row = row_of([word for segment in line for word in segment.words], page, edges)
            yield replace(row, cells=line[0].cells)


def _columns(
    lines: Sequence[Sequence[Word]], tagged: Sequence[Segment], rules: Sequence[Rule], page: int
) -> list[Column]:
    """Return the columns of a page in reading order; ``tagged`` are rows of tables that are known already."""
    tables, outside = grids_of(lines, rules)
    columns = list(columns_of([*segments_of(outside), *tables, *tagged]))
    return sender_first(columns) if page == 1 else columns


def _text_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without the table of contents and without titles that only come back small."""
    rows = unstretched(rows)
    listed = contents([row.text for row in rows])
    text = [row for i, row in enumerate(rows) if i not in listed]
    size = body_style(text).size
    titles = {row.text.lower() for row in text if row.style.size >= size}
    text = [row for row in text if row.style.size >= SMALLER * size or row.text.lower() not in titles]
    own = any(_HYPHEN in row.text[:-1] for row in text)  # else only machines set it, where they break a word
    return [
        replace(
            row,
            text=_plain_hyphens(row.text, own),
            cells=tuple(
                "\n".join(_plain_hyphens(line, own) for line in cell.split("\n")) for cell in row.cells
            ),
        )
        for row in text
    ]


def _plain_hyphens(text: str, own: bool) -> str:
    if text.endswith(_HYPHEN) and not own:
        text = f"{text[:-1]}{SOFT}"
    return text.replace(_HYPHEN, "-")


def _lines(rows: Sequence[Row], file: PdfFile) -> list[Line]:
    body = body_style(rows)
    hyphens = Hyphens([line for row in rows for line in ("\n".join(row.cells) or row.text).split("\n")])
    rows = [replace(row, cells=tuple(map(hyphens.mended, row.cells))) for row in rows]
    text_rows, footnotes = without_footnotes(rows, body.size, hyphens)
    gaps = gaps_before(text_rows, body)
    text_rows = trusted(text_rows, gaps)
    gaps = parted(text_rows, gaps)
    titles = ranks(text_rows, gaps, body, declared(text_rows, file.bookmarks()) or headed(text_rows))
    return lines_from(text_rows, gaps, titles, footnotes)
