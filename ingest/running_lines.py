"""Leaves out what comes back on every page and is no part of the letter: headers, footers, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.lines import cells_of, chapter_of, is_question, numbered_title
from ingest.pdf.page import Row

_EDGE = 2  # lines at the top and at the bottom of a page that may be running ones
_FEWEST = 3  # pages on which one must come back,
_SHARE = 0.5  # and of all pages
_SAME_HEIGHT = 3.0  # points
_WIDE = 1.9  # of the letter size, between a running line and the text
_OFTEN = 0.4  # of the pages: left and right ones may differ
_COME_BACK = 0.6  # of the wordings in one place
_PAGE_NUMBER = re.compile(
    r"(?:(?:pagina|blad|bladzijde|page|p\.)\s*)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:van|of|/)\s*\d{1,3})?", re.I
)

_COUNTED = re.compile(
    r"(?:.*\s)?(?:pagina|blad|bladzijde|page)\s+\d{1,3}(?:\s*(?:van|of|/)\s*\d{1,3})?", re.I
)


def without_running_lines(rows: Sequence[str]) -> list[str]:
    """Return ``rows`` without running lines; a page begins with the row that holds a form feed."""
    starts = [0, *(i for i, row in enumerate(rows) if "\f" in row and i)]
    pages = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    left_out = {starts[page] + i for page, i in running(pages)}
    # The form feed stays: it tells where the page begins.
    return [
        "\f" if i in left_out and "\f" in row else "" if i in left_out else row for i, row in enumerate(rows)
    ]


def running(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Return (page, row) of every running line, from 0; ``pages`` have their rows from the top."""
    if len(pages) < _FEWEST:
        return set()
    edges = [(page, i, edge) for page, rows in enumerate(pages) for edge, i in _edges(rows)]
    counts = Counter((edge, _shape(pages[page][i])) for page, i, edge in edges)
    enough = max(_FEWEST, _SHARE * len(pages))
    return {
        (page, i)
        for page, i, edge in edges
        if not _is_heading(pages[page][i])
        and not _is_table_row(pages[page][i])
        and (counts[edge, _shape(pages[page][i])] >= enough or _PAGE_NUMBER.fullmatch(pages[page][i].strip()))
    }


def running_rows(pages: Sequence[Sequence[Row]]) -> set[tuple[int, int]]:
    """Return (page, row) of every running line on printed pages, from 0; rows go from the top.

    Besides what ``running`` finds, a running line stands on page after page at one height and in one
    style, apart from the text; most of its wordings come back, as those of a chapter's title do.
    """
    found = running([[row.text for row in rows] for rows in pages])
    slots: dict[tuple[int, float], list[tuple[int, int]]] = {}
    for page, rows in enumerate(pages):
        for i in {*_apart(rows, range(len(rows))), *_apart(rows, range(len(rows))[::-1])}:
            slots.setdefault((round(rows[i].y / _SAME_HEIGHT), rows[i].style.size), []).append((page, i))
    for places in slots.values():
        shapes = Counter(_shape(pages[page][i].text) for page, i in places)
        back = sum(count for count in shapes.values() if count > 1)
        if len(places) >= max(2, _OFTEN * len(pages)) and back >= _COME_BACK * len(places):
            texts = {(page, i): pages[page][i].text for page, i in places}
            found |= {at for at, text in texts.items() if not is_question(text) and not _is_table_row(text)}
        found |= {(page, i) for page, i in places if _COUNTED.fullmatch(pages[page][i].text)}
    return found


def _apart(rows: Sequence[Row], order: Sequence[int]) -> list[int]:
    """Return the outermost rows of a page from one edge up to the first wide gap, none without one."""
    for count, (i, j) in enumerate(pairwise(order[: _EDGE + 2]), start=1):
        size = min(rows[i].style.size, rows[j].style.size)
        if abs(rows[i].y - rows[j].y) > _WIDE * size:
            return list(order[:count])
    return []


def _edges(rows: Sequence[str]) -> list[tuple[str, int]]:
    full = [i for i, row in enumerate(rows) if row.strip("\f ").strip()]
    return [("top", i) for i in full[:_EDGE]] + [("bottom", i) for i in full[-_EDGE:]]


def _is_heading(row: str) -> bool:
    """Tell whether ``row`` is a heading, which may come at the top of page after page."""
    text = row.strip()
    return bool(chapter_of(text) or numbered_title(text) or is_question(text))


def _is_table_row(row: str) -> bool:
    """Tell whether ``row`` holds figures of a table, not just the year and the number of the page."""
    found = cells_of(row.strip())
    return found is not None and (len(found.cells) > 2 or not all(map(str.isdigit, found.cells)))


def _shape(row: str) -> str:
    """Return ``row`` with every number alike."""
    return re.sub(r"\d+", "#", " ".join(row.strip("\f").split())).lower()
