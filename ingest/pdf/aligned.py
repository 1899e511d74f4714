"""Finds the tables that only the place of their words tells: figures and short words under each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf.columns import Segment
from ingest.pdf.table_rows import DENSE, SIGNS, Line, apart, is_figure

_NEAR = 0.6  # of the letter size, between what stands under each other
_ROW_STEP = 3.0  # of the letter size, between two rows
_UNEVEN = 1.15  # times the narrowest gap in a line, is the widest at least
_FEWEST_COLUMNS = 3  # of a table whose cells hold no figures


def pieces_of(line: Line) -> Line:
    """Part the figures that a line ends in, which may stand close to each other, from what is before them."""
    words = [word for segment in line for word in segment.words]
    figures: list[Segment] = []
    while words and not any(segment.cells for segment in line):
        signed = len(words) > 1 and words[-2].text in SIGNS and words[-1].text not in SIGNS
        count = 2 if signed else 1
        last = Segment(words[-count:])
        if not is_figure(last):
            break
        figures.insert(0, last)
        words = words[:-count]
    if len(figures) < 2:
        return line
    return [*([Segment(words)] if words else []), *figures]


def table_end(lines: Sequence[Line], start: int) -> int:
    """Return the index after the table whose first row or label is line ``start``; ``start`` for none."""
    first = next((i for i in (start, start + 1) if i < len(lines) and is_row(lines[i])), None)
    if first is None or (
        first > start and not (_labels(lines[start], lines[first]) and _dense(lines, first))
    ):
        return start
    end, rows = first + 1, 1
    while end < len(lines) and _size(lines[end]) * _ROW_STEP > lines[end - 1][0].y - lines[end][0].y:
        if is_row(lines[end]) and any(_match(lines[end], line) for line in lines[first:end] if is_row(line)):
            rows += 1
        elif not _labels(lines[end], lines[first]):
            break
        end += 1
    while end > first + 1 and not is_row(lines[end - 1]) and not _dense(lines, end - 1):
        end -= 1
    return end if rows > 1 else start


def is_row(line: Line) -> bool:
    """Tell whether a line may be a row: a label with figures, or several pieces not stretched to an edge."""
    if len(line) < 2 or any(segment.cells for segment in line):
        return False
    gaps = [after.x - before.end for before, after in pairwise(line)]
    return _has_figures(line) or (len(line) >= _FEWEST_COLUMNS and max(gaps) > _UNEVEN * min(gaps))


def _has_figures(line: Line) -> bool:
    return all(map(is_figure, line[1:]))


def _match(line: Line, other: Line) -> bool:
    """Tell whether the pieces of two lines stand under each other."""
    few, many = sorted((line, other), key=len)
    step = _NEAR * _size(line)
    if _has_figures(line) and _has_figures(other):
        return all(min(apart(piece, place) for place in many) < step for piece in few[-len(many) + 1 :])
    return len(few) == len(many) and all(abs(a.x - b.x) < step for a, b in zip(few, many, strict=True))


def _labels(line: Line, row: Line) -> bool:
    """Tell whether ``line`` is one more line of a label at the head of a row like ``row``."""
    edge = row[1 if len(row) > 2 else 0].x + _size(row)
    return line[-1].end < edge and not any(segment.cells or is_figure(segment) for segment in line)


def _dense(lines: Sequence[Line], i: int) -> bool:
    return lines[i - 1][0].y - lines[i][0].y <= DENSE * _size(lines[i])


def _size(line: Line) -> float:
    return line[0].words[0].style.size
