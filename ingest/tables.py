"""Finds a table in lines of text: figures under years, or columns set apart by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import SENTENCE_END, Cells, bullet, cells_of, chapter_of, is_question
from ingest.text import Line

_COLUMN_GAP = re.compile(r"\s*\t\s*|\s{3,}|\s*\|\s*")
_RULE = re.compile(r"[|\s:+=–—-]+")
_MAX_LABEL_LINES = 2
_MAX_CAPTION_LINES = 3
_MAX_ROWS = 500  # of figures; what is no table after all is looked at once a line


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table without offsets; ``texts`` are its lines as they go into the letter's text."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    corner: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Caption, heads and rows, a line each; the rows come last."""
        heads = " ".join((self.corner, *self.columns)).strip()
        rows = tuple(" ".join((row.label, *row.cells)).strip() for row in self.rows)
        return tuple(text for text in (self.caption, heads) if text) + rows


def row_text(cells: Sequence[str]) -> str:
    """Return a row as a line from which its cells are found again: bars, around it where one end is empty."""
    text = " | ".join(cells)
    return text if cells[0] and cells[-1] else f"| {text} |"


def table_at(lines: Sequence[Line], i: int) -> tuple[RawTable, int] | None:
    """Return the table that begins at line ``i`` and the index after it, None when none does."""
    return _figures(lines, i) or _columns(lines, i)


def _figures(lines: Sequence[Line], i: int) -> tuple[RawTable, int] | None:
    """Read rows that end in figures, with labels that may run over several lines."""
    start = i
    while start < len(lines) and not cells_of(lines[start].text):
        if start - i >= _MAX_CAPTION_LINES or not _may_label(lines, start, i):
            return None
        start += 1
    rows: list[Cells] = []
    label: list[str] = []
    j, end = start, start
    while j < min(len(lines), start + _MAX_ROWS) and (j == start or not lines[j].gap):
        if found := cells_of(lines[j].text):
            rows.append(Cells(" ".join([*label, found.label]).strip(), found.cells))
            label, end = [], j + 1
        elif len(label) < _MAX_LABEL_LINES and _may_label(lines, j, i):
            label.append(lines[j].text)
        else:
            break
        j += 1
    if len(rows) < 2 or len({len(row.cells) for row in rows[-2:]}) != 1:
        return None
    heads: tuple[str, ...] = ()
    corner = ""
    if _is_head(rows[0]):
        heads, corner, rows = rows[0].cells, rows[0].label, rows[1:]
        caption = [line.text for line in lines[i:start]]
    elif start > i:
        return None  # the words above are the first row's label or running text: begin there
    else:
        caption = []
    return RawTable(" ".join(caption), heads, tuple(rows), corner), end


def _is_head(row: Cells) -> bool:
    return len(row.label) <= 30 and all(re.fullmatch(r"(?:19|20)\d\d", cell) for cell in row.cells)


def _may_label(lines: Sequence[Line], j: int, first: int) -> bool:
    text = lines[j].text
    return not (
        SENTENCE_END.search(text)
        or len(text) > 70
        or bullet(text)
        or is_question(text)
        or chapter_of(text)
        or (j > first and lines[j].gap)
    )


def _columns(lines: Sequence[Line], i: int) -> tuple[RawTable, int] | None:
    """Read rows whose cells are set apart by tabs, bars or three spaces; the first is the head."""
    rows: list[list[str]] = []
    j = i
    while j < len(lines) and (j == i or not lines[j].gap):
        if rows and _RULE.fullmatch(lines[j].text) and not _RULE.fullmatch(lines[j - 1].text):
            j += 1
            continue
        text = lines[j].text.strip()
        framed = text.startswith("|") and text.endswith("|")  # else a bar at the start sets off an empty cell
        cells = _COLUMN_GAP.split(text[1:-1].strip(" \t") if framed else text)
        is_prose = any(SENTENCE_END.search(cell) and len(cell) > 30 for cell in cells)
        if len(cells) < 2 or is_prose or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
        j += 1
    if len(rows) < 2:
        return None
    data = tuple(Cells(row[0], tuple(row[1:])) for row in rows[1:])
    return RawTable("", tuple(rows[0][1:]), data, corner=rows[0][0]), j
