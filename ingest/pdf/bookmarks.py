"""Finds the lines that a PDF's bookmarks name: titles, with the levels that their maker gave them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.pdf.file import Bookmark
from ingest.pdf.page import Row

_MOST_LINES = 4
_SHARE = 0.6  # of the bookmarks that must name a line: others were made for other ends
_FEWEST = 2
_NO_WORD = re.compile(r"[\W_]+")


def declared(rows: Sequence[Row], bookmarks: Sequence[Bookmark]) -> dict[tuple[int, int], int]:
    """Return the level of each run of rows (start, end) that a bookmark names; none when few are found."""
    found: dict[tuple[int, int], int] = {}
    letters = [_letters(row.text) for row in rows]
    by_page: dict[int, list[int]] = {}
    for i, row in enumerate(rows):
        by_page.setdefault(row.page, []).append(i)
    for bookmark in bookmarks:
        wanted = _letters(bookmark.title)
        places = [*by_page.get(bookmark.page, ()), *by_page.get(bookmark.page + 1, ())]
        run = next((run for i in places if (run := _run(letters, i, wanted)) and run not in found), None)
        if run:
            found[run] = bookmark.level
    return found if len(found) >= max(_FEWEST, _SHARE * len(bookmarks)) else {}


def _run(letters: Sequence[str], start: int, wanted: str) -> tuple[int, int] | None:
    """Return the rows from ``start`` that together are ``wanted``."""
    text = ""
    for end in range(start, min(start + _MOST_LINES, len(letters))):
        text += letters[end]
        if text == wanted:
            return start, end + 1
        if not text or not wanted.startswith(text):
            return None
    return None


def _letters(text: str) -> str:
    return _NO_WORD.sub("", text).lower()
