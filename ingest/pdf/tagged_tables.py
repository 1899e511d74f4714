"""Reads the tables that the tags of a PDF name, also where a row is cut at the end of a column or page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.pdf.columns import Segment
from ingest.pdf.page import Word
from ingest.pdf.rows import SAME_LINE, cell_text

_FEWEST = 2  # rows, and cells in a row on average
_CELL_WORDS = 12  # in most of the cells at most, or the table only lays out the page

Lines = list[list[Word]]
Placed = tuple[int, Word]  # with its page, from 0
Cell = list[list[Placed]]  # its lines


def tagged_tables(pages: Sequence[Lines]) -> list[tuple[list[Segment], Lines]]:
    """Return for each page the rows of tables that begin on it, and the lines without the words of any."""
    segments: list[list[Segment]] = [[] for _ in pages]
    taken: set[int] = set()
    for rows in _tables(pages):
        if not _is_table(rows):
            continue
        width = max(number for row in rows for number in row)
        for row in rows:
            page, words = _beginning(row)
            cells = [_text(row[number]) if number in row else "" for number in range(1, width + 1)]
            segments[page].append(Segment(words, tuple(cells)))
            taken |= {id(word) for cell in row.values() for line in cell for _, word in line}
    rest = [[[word for word in line if id(word) not in taken] for line in lines] for lines in pages]
    return [(found, [line for line in lines if line]) for found, lines in zip(segments, rest, strict=True)]


def _tables(pages: Sequence[Lines]) -> list[list[dict[int, Cell]]]:
    """Return for each table its rows, for each row its cells by their column."""
    tables: dict[int, dict[int, dict[int, list[Placed]]]] = {}
    for page, lines in enumerate(pages):
        for word in sorted((word for line in lines for word in line), key=lambda w: w.order):
            if tag := word.tag.cell and word.tag:
                row = tables.setdefault(tag.table, {}).setdefault(tag.row, {})
                row.setdefault(tag.cell, []).append((page, word))
    return [
        [{number: list(_lines(words)) for number, words in sorted(row.items())} for row in rows.values()]
        for rows in tables.values()
    ]


def _lines(words: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Yield the lines of a cell; a page may say the words of the one before again: the head of a table."""
    line: list[Placed] = []
    for page, word in words:
        if line and (page != line[-1][0] or abs(word.y - line[-1][1].y) > SAME_LINE * word.style.size):
            yield line
            line = []
        line.append((page, word))
    yield line


def _is_table(rows: Sequence[dict[int, Cell]]) -> bool:
    """Tell whether it is one of figures and short texts, whose cells begin further right one by one."""
    cells = [cell for row in rows for cell in row.values()]
    if len(rows) < _FEWEST or len(cells) < _FEWEST * len(rows):
        return False
    starts = [[min(word.x for _, word in cell[0]) for cell in row.values()] for row in rows]
    return median(sum(map(len, cell)) for cell in cells) <= _CELL_WORDS and all(
        a < b for row in starts for a, b in pairwise(row)
    )


def _beginning(row: dict[int, Cell]) -> tuple[int, list[Word]]:
    """Return the page on which a row begins, and its words in the column where it does."""
    page = min(cell[0][0][0] for cell in row.values())
    words = []
    for cell in row.values():
        bottom = cell[0][0][1].y
        for line in cell:
            if line[0][0] != page or line[0][1].y > bottom:
                break
            bottom = line[0][1].y
            words += [word for _, word in line]
    return page, words


def _text(cell: Cell) -> str:
    first = cell[0][0][0]
    once = [line for line in cell if line[0][0] == first or not _repeats(cell, line[0][0])]
    return "\n".join(cell_text([word for _, word in line]) for line in once)


def _repeats(cell: Cell, page: int) -> bool:
    """Tell whether a later page only says again what the first one says: the head of a table."""
    first = cell[0][0][0]
    on = {n: [w.text for line in cell for p, w in line if p == n] for n in (first, page)}
    return on[first] == on[page]
