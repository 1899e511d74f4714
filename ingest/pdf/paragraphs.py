"""Rows of printed pages → lines, with what their place tells of paragraphs, lists and titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.lines import SENTENCE_END, bullet, cells_of
from ingest.pdf.page import Row, Style
from ingest.pdf.rows import is_under
from ingest.pdf.tagged import runs_on
from ingest.text import Line

_PARAGRAPH_GAP = 1.25  # of the usual distance between lines
_DENSEST = 2.5  # of the letter size: lines of one paragraph are no further apart
_INDENT = 0.8  # of the letter size, from the left edge of the text
_DEEPEST_INDENT = 5.0  # of the letter size: a paragraph's first line is not set in further
_FEWEST_INDENTS = 3  # for first lines that are set in to tell paragraphs
_SAME_INDENT = 1.0  # points
_SHORT = 4.0  # of the letter size, from the right edge of the text, where a line ends that does not run on
_CAPTION = 90  # characters above a table
_ROOM = 1.9  # lines: where these stay white, no paragraph goes on in the next column
_HALF = 0.5  # of its column's width: a line that is shorter, the last of a column, leads to no new capital
_OTHER_SIZE = 1.0  # points, between the end of one column and the start of the next
_SPACE = 0.25  # of the letter size, between two words
_CLEARLY = 2.0  # of the letter size: how much shorter a line is that ends its paragraph without a gap
_EDGE = 12.0  # points: columns that begin so near are the same
_FARTHEST = 20_000.0  # points: no page is wider
_FEW = 10  # lines in a column: all count
_BEYOND = 0.005  # of the lines in a column, and one more, may end beyond its edge
_JUSTIFIED = 1.5  # points from the edge, where a justified line ends
_MOSTLY = 0.3  # of the lines reach the edge in a justified letter
_NATURAL = 0.012  # of the letter size: how near two spaces are that were not stretched


def unstretched(rows: Sequence[Row]) -> list[Row]:
    """Return ``rows`` where wide spaces that only stretch a line to the edge of its column are spaces."""
    edges = _right_edges(rows)
    full = [edge - row.end < _JUSTIFIED for row, edge in zip(rows, edges, strict=True)]
    if sum(full) < _MOSTLY * len(rows):
        return list(rows)
    return [
        replace(row, text=row.text.replace("\t", " "))
        if reaches and row.even and not cells_of(row.text)
        else row
        for row, reaches in zip(rows, full, strict=True)
    ]


def gaps_before(rows: Sequence[Row], body: Style) -> list[bool]:
    """Return for each row whether a paragraph ended before it, as white space or indenting tells."""
    steps = [a.y - b.y for a, b in pairwise(rows) if is_under(a, b) and a.style.size == body.size]
    dense = [step for step in steps if step < _DENSEST * body.size]
    leading = median(dense) if dense else 1.2 * body.size
    indents = _indents(rows)
    gaps = [False] * len(rows)
    for i in range(1, len(rows)):
        before, row = rows[i - 1], rows[i]
        if row.cells:
            opens = gaps[i - 1] or i == 1 or SENTENCE_END.search(rows[i - 2].text)
            captioned = not before.cells and opens and _is_caption(before)
            gaps[i] = not before.cells and not captioned
            gaps[i - 1] = gaps[i - 1] or bool(captioned)
        elif before.cells or i in indents:
            gaps[i] = True
        elif is_under(before, row):
            larger = 1.0 if before.style.size == row.style.size else 0.9 * before.style.size / body.size
            usual = leading * max(1.0, row.style.size / body.size, larger)
            gaps[i] = before.y - row.y > _PARAGRAPH_GAP * usual
        else:
            ended = before.room > _ROOM * leading and SENTENCE_END.search(before.text)
            short = before.end - before.left < _HALF * (before.right - before.left)
            other = abs(before.style.size - row.style.size) > _OTHER_SIZE
            gaps[i] = bool(ended) or other or (short and not row.text[0].islower())
    return gaps


def lines_from(
    rows: Sequence[Row], gaps: Sequence[bool], ranks: Sequence[int], notes: dict[int, list[str]]
) -> list[Line]:
    """Return the rows as lines; ``notes`` are the footnotes by the row that refers to them."""
    edges = _right_edges(rows)
    natural = _natural_space(rows, edges)
    spaced = _is_spaced(rows, gaps, edges)
    lines = []
    for i, row in enumerate(rows):
        following = rows[i + 1] if i + 1 < len(rows) else None
        room = edges[i] - row.end
        needed = following.first + (row.spread or _SPACE) * row.style.size if following else 0.0
        if following and spaced and is_under(row, following):
            needed += _CLEARLY * row.style.size
        early = following is None or room > needed
        if following and not early and natural and not is_under(row, following):
            early = abs(row.spread - natural) < _NATURAL and SENTENCE_END.search(row.text) is not None
        if following and runs_on(row, following):
            early = False
        new_title = bool(ranks[i]) and (not i or ranks[i - 1] != ranks[i] or gaps[i])
        text = " | ".join(row.cells).strip() if row.cells else row.text
        lines.append(
            Line(
                text,
                row.page,
                bool(i) and (gaps[i] or new_title),
                0,
                rank=ranks[i],
                early=True if row.cells else early,
                notes=tuple(notes.get(i, ())),
            )
        )
    return _marked(rows, lines)


def _is_caption(row: Row) -> bool:
    return len(row.text) <= _CAPTION and not SENTENCE_END.search(row.text) and row.text[-1] not in ":;,"


def _indents(rows: Sequence[Row]) -> set[int]:
    """Return the rows that are set in as the first of a paragraph; none where few are."""
    found = set()
    for i in range(1, len(rows) - 1):
        before, row, following = rows[i - 1], rows[i], rows[i + 1]
        size = row.style.size
        near = [other.x - other.left for other in (before, following) if other.style.size == size]
        own = row.x - row.left
        if (
            len(near) == 2
            and _INDENT * size < own < _DEEPEST_INDENT * size
            and all(own - other > _INDENT * size for other in near)
            and SENTENCE_END.search(before.text)
            and not bullet(row.text)
        ):
            found.add(i)
    if len(found) < _FEWEST_INDENTS:
        return set()
    usual = median(rows[i].x - rows[i].left for i in found)
    for i, (before, row) in enumerate(pairwise(rows), start=1):  # lines that are a paragraph by themselves
        alike = abs(row.x - row.left - usual) < _SAME_INDENT and row.style.size == before.style.size
        if alike and before.right - before.end > _SHORT * row.style.size and not bullet(row.text):
            found.add(i)
    return found


def _right_edges(rows: Sequence[Row]) -> list[float]:
    """Return for each row where the lines of its column end: where all but the longest end at most.

    Those are titles across columns; tables, which may be wider than theirs, do not count.
    """
    ends: dict[tuple[int, float], list[float]] = {}
    for row in rows:
        if not row.cells:
            ends.setdefault(_column(row), []).append(row.end)
    edges = {column: sorted(found)[-1 - _beyond(found)] for column, found in ends.items()}
    return [edges.get(_column(row), row.end) for row in rows]


def _beyond(ends: Sequence[float]) -> int:
    """Return how many of the lines of a column may end beyond it."""
    return 0 if len(ends) <= _FEW else 1 + int(_BEYOND * len(ends))


def _column(row: Row) -> tuple[int, float]:
    return round(row.left / _EDGE), min(row.limit, _FARTHEST) // _EDGE


def _is_spaced(rows: Sequence[Row], gaps: Sequence[bool], edges: Sequence[float]) -> bool:
    """Tell whether white space, or indenting, follows the paragraphs that clearly end."""
    followed = [
        gaps[i + 1]
        for i, (row, after) in enumerate(pairwise(rows))
        if is_under(row, after) and SENTENCE_END.search(row.text) and edges[i] - row.end > 8 * row.style.size
    ]
    return sum(followed) > 0.8 * len(followed)


def _natural_space(rows: Sequence[Row], edges: Sequence[float]) -> float:
    """Return the space between words that was not stretched; 0 where lines are not justified.

    The last line of a justified paragraph has it, even where that happens to reach the edge.
    """
    full = [row for row, edge in zip(rows, edges, strict=True) if edge - row.end < _JUSTIFIED]
    short = [
        row.spread
        for row, edge in zip(rows, edges, strict=True)
        if edge - row.end > 2 * row.style.size and row.spread and SENTENCE_END.search(row.text)
    ]
    if len(full) < _MOSTLY * len(rows) or not short:
        return 0.0
    (most, _), *_ = Counter(round(spread, 2) for spread in short).most_common(1)
    return median(spread for spread in short if abs(spread - most) < 0.01)


def _marked(rows: Sequence[Row], lines: Sequence[Line]) -> list[Line]:
    """Put a bullet before the items of a list whose own bullets are drawn, not written.

    They stand to the right of the line that leads them in, which ends in a colon.
    """
    marked: list[Line] = []
    edge: float | None = None  # how far the items are set in, while in a list
    for i, (row, line) in enumerate(zip(rows, lines, strict=True)):
        before = rows[i - 1] if i else row
        own, step = row.x - row.left, _INDENT * row.style.size
        if edge is not None and (line.rank or row.cells or own < edge - step / 2):
            edge = None
        if i and before.text.endswith(":") and edge is None and not line.rank and not row.cells:
            edge = own if own > before.x - before.left + step else None
        begins = edge is not None and (lines[i - 1].early or before.text[-1] in ".;:")
        if begins and not bullet(row.text):
            line = replace(line, text=f"• {line.text}")
        marked.append(line)
    return marked
