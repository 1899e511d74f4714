"""Tells titles from running text by how they are set, and which is above which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from ingest.lines import SENTENCE_END, bullet, cells_of, is_enumerator
from ingest.pdf.page import Row, Style
from ingest.pdf.rows import is_under

Key = tuple[Any, ...]  # size, bold, capitals, and all else that tells a style

LARGER = 1.06  # than running text, for a line to be a title by its size
_AS_LARGE = 0.95  # of running text, for a line to be a title by its weight or colour
_SAME_SIZE = 0.3  # points, between the lines of one title
_TITLE_LINES = 3
_TITLE_WORDS = 30
_FEWEST_LETTERS = 2
_CAPTION = re.compile(
    r"(?:tabel|figuur|afbeelding|grafiek|diagram|foto|kaart|schema|bron)\b[\s\d.]*[:.–-]", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")


def body_style(rows: Sequence[Row]) -> Style:
    """Return the style of most of the letters: that of running text."""
    letters = Counter[Style]()
    for row in rows:
        letters[row.style] += len(row.text)
    return letters.most_common(1)[0][0]


def ranks(
    rows: Sequence[Row], gaps: Sequence[bool], body: Style, declared: Mapping[tuple[int, int], int]
) -> list[int]:
    """Return for each row 0 for running text, or the rank of its title, 1 for the most prominent.

    ``gaps`` say before which rows there is more room than between lines. ``declared`` are titles (start,
    end) that the file itself names, with their level; the others find their place among these by style.
    """
    inside = {i for start, end in declared for i in range(start, end)}
    runs = [run for run in _runs(rows, gaps) if not inside & set(range(*run))]
    titles = [run for run in runs if _is_title(rows, gaps, run, body, strict=bool(declared))]
    levels = _levels(rows, titles, declared)
    found = {run: levels[_key(rows[run[0]])] for run in titles} | {
        run: float(level) for run, level in declared.items()
    }
    order = sorted(set(found.values()))
    result = [0] * len(rows)
    for (start, end), level in found.items():
        result[start:end] = [order.index(level) + 1] * (end - start)
    return result


def _runs(rows: Sequence[Row], gaps: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the runs (start, end) of rows that are set alike and close to each other."""
    runs, start = [], 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or gaps[i] or rows[i].page != rows[start].page or not _alike(rows[start], rows[i]):
            runs.append((start, i))
            start = i
    return runs


def _alike(one: Row, other: Row) -> bool:
    near = abs(one.style.size - other.style.size) <= _SAME_SIZE
    return near and one.style[1:] == other.style[1:] and _is_capitals(one.text) == _is_capitals(other.text)


def _is_title(
    rows: Sequence[Row], gaps: Sequence[bool], run: tuple[int, int], body: Style, *, strict: bool
) -> bool:
    """Tell whether the rows of ``run`` are a title.

    A title takes a few lines at most, does not end as a sentence does and stands out as a whole: what
    only opens a paragraph in bold does not. Size and weight are enough; colour, italics, capitals and
    underlining need room around them too, and do not count where it is ``strict``.
    """
    start, end = run
    text = " ".join(row.text for row in rows[start:end])
    if end - start > _TITLE_LINES or len(text.split()) > _TITLE_WORDS:
        return False
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS or _ADDRESS.fullmatch(text) or _CAPTION.match(text):
        return False
    ends = SENTENCE_END.search(text) and not text.endswith("?")
    mark = bullet(text)
    if ends or (mark and not is_enumerator(mark)) or any(_is_cells(row) for row in rows[start:end]):
        return False
    styles = frozenset(style for row in rows[start:end] for style in row.styles)
    if min(style.size for style in styles) > LARGER * body.size:
        return True
    runs_on = end < len(rows) and not gaps[end] and rows[end].page == rows[start].page
    following = rows[end] if runs_on else None
    if following and (body != rows[start].style == following.lead or following.text[0].islower()):
        return False
    if min(style.size for style in styles) < _AS_LARGE * body.size or text.endswith((":", ",", ";")):
        return False
    if all(style.bold for style in styles) and not body.bold:
        return True
    if strict:
        return False
    opens = gaps[start] or not start or rows[start - 1].y < rows[start].y
    apart = opens and (runs_on or end == len(rows) or gaps[end] or not is_under(rows[end - 1], rows[end]))
    first = next(filter(str.isalpha, text))
    other = all(style.size >= _AS_LARGE * body.size and _looks(style) != _looks(body) for style in styles)
    return apart and end - start < _TITLE_LINES and (other or _is_capitals(text)) and first.isupper()


def _looks(style: Style) -> tuple[bool, bool, str]:
    return (style.italic, style.underlined, style.colour)


def _is_cells(row: Row) -> bool:
    return bool(row.cells) or "\t" in row.text or cells_of(row.text) is not None


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


def _key(row: Row) -> Key:
    """Return what sets the titles of one rank apart from those of others."""
    size, *others = row.style
    return (round(2 * size) / 2, row.style.bold, _is_capitals(row.text), *others)


def _levels(
    rows: Sequence[Row], titles: Sequence[tuple[int, int]], declared: Mapping[tuple[int, int], int]
) -> dict[Key, float]:
    """Return a level for each way that titles are set: the declared one, or one between its neighbours.

    Larger stands above smaller, bold above light, capitals above lower case; what looks different
    otherwise stands below what came before it in the letter.
    """
    given: dict[Key, list[int]] = {}
    for (start, _), level in declared.items():
        given.setdefault(_key(rows[start]), []).append(level)
    first: dict[Key, int] = {}
    for start, _ in sorted((*titles, *declared)):
        first.setdefault(_key(rows[start]), start)
    levels = {}
    above = 0.0
    for key in sorted(first, key=lambda k: (-k[0], not k[1], not k[2], first[k])):
        above = float(median(given[key])) if key in given else above + 0.01
        levels[key] = above
    return levels
