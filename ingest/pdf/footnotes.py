"""Takes footnotes out of the running text: → each with the line that refers to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby

from ingest.hyphens import Hyphens
from ingest.pdf.page import Row
from ingest.pdf.rows import plain

SMALLER = 0.95  # of running text, is a footnote at most
_RAISED = re.compile(r"\0(?P<mark>[^\0]+)\0\s*(?P<text>.*)", re.DOTALL)
_WRITTEN = re.compile(r"(?P<mark>[(\[]?\d{1,3}[)\]]?|[*†‡§]{1,3})[.):]?\s+(?P<text>\S.*)", re.DOTALL)


@dataclass(slots=True)
class _Note:
    mark: str
    rows: list[Row]


def without_footnotes(
    rows: Sequence[Row], size: float, hyphens: Hyphens
) -> tuple[list[Row], dict[int, list[str]]]:
    """Return the rows of running text, their marks taken out, and the footnotes by the row that has the mark.

    ``size`` is that of running text. A footnote is set smaller, at the foot of its column, and begins with
    a mark. One whose mark is not found goes to the last row of its page.
    """
    pages = {page: list(group) for page, group in groupby(rows, key=lambda row: row.page)}
    notes = [note for page in pages.values() for foot in _feet(page, size) for note in _notes(foot, page)]
    taken = {id(row) for note in notes for row in note.rows}
    kept = [row for row in rows if id(row) not in taken]
    places: dict[int, list[int]] = {}
    for i, row in enumerate(kept):
        places.setdefault(row.page, []).append(i)
    found: dict[int, list[str]] = {}
    used: dict[int, set[str]] = {}
    for note in notes:
        near = places.get(note.rows[0].page) or places.get(note.rows[0].page - 1)
        if not near:  # a page of notes alone
            found.setdefault(max(0, len(kept) - 1), []).append(_text(note, hyphens))
            continue
        place = next((i for i in near if _refers(kept[i], note.mark) - used.get(i, set())), near[-1])
        used.setdefault(place, set()).update(_refers(kept[place], note.mark))
        found.setdefault(place, []).append(_text(note, hyphens))
    return [replace(r, text=plain(r, used.get(i, ())), marks=()) for i, r in enumerate(kept)], found


def _text(note: _Note, hyphens: Hyphens) -> str:
    """Return the words of a footnote after its mark, which no longer is a raised one."""
    first = note.rows[0]
    if raised := _RAISED.fullmatch(first.text):
        first = replace(first, text=f"{note.mark} {raised['text']}")
    return reduce(hyphens.join, [plain(row) for row in (first, *note.rows[1:])])


def _feet(page: Sequence[Row], size: float) -> Iterator[list[Row]]:
    """Yield the runs of small rows under which nothing stands in their column."""
    for small, group in groupby(page, key=lambda row: row.style.size <= SMALLER * size):
        run = list(group)
        if small:
            left, right = min(r.x for r in run), max(r.end for r in run)
            bottom = min(r.y for r in run)
            if not any(r.y < bottom and r.x < right and r.end > left for r in page):
                yield run


def _notes(foot: Sequence[Row], page: Sequence[Row]) -> Iterator[_Note]:
    """Yield the footnotes in the rows of a foot; what stands before the first mark is none of them."""
    note: _Note | None = None
    for row in foot:
        match = _begins(row)
        if match and _is_next(match["mark"], note, row, page):
            if note:
                yield note
            note = _Note(match["mark"], [row])
        elif note:
            note.rows.append(row)
    if note:
        yield note


def _is_next(mark: str, note: _Note | None, row: Row, page: Sequence[Row]) -> bool:
    """Tell whether ``mark`` at the start of ``row`` opens a footnote, as one that is raised always does."""
    if _RAISED.fullmatch(row.text):
        return True
    if note and _bare(mark).isdigit() and _bare(note.mark).isdigit():
        return int(_bare(mark)) == int(_bare(note.mark)) + 1
    return any(_refers(other, mark) for other in page if other is not row)


def _begins(row: Row) -> re.Match[str] | None:
    return _RAISED.fullmatch(row.text) or _WRITTEN.fullmatch(row.text)


def _refers(row: Row, mark: str) -> set[str]:
    """Return the marks in ``row`` that refer to the footnote of ``mark``."""
    return {found for found in row.marks if _bare(found) == _bare(mark)}


def _bare(mark: str) -> str:
    return mark.strip("()[].: ")
