"""Finds the tables that only the place of their words tells: figures and short words under each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf.columns import Segment
from ingest.pdf.rows import plain, row_of

_NEAR = 0.6  # of the letter size, between what stands under each other
_ROW_STEP = 3.0  # of the letter size, between two rows
_DENSE = 1.5  # of the letter size, between the lines of one label
_UNEVEN = 1.15  # times the narrowest gap in a line, is the widest at least
_TIE = 0.15  # of the letter size: as near to the row above as to the one below, a label belongs above
_FEWEST_COLUMNS = 3  # of a table whose cells hold no figures
_SIGNS = ("€", "$")
_FIGURE = re.compile(
    r"(?:[€$]\s?)?[-–+]?\d[\d.,]*\s?(?:%|procent|mln\.?|mld\.?|miljoen|miljard)?|n\.v\.t\.|[-–€]"
)

Line = list[Segment]


def aligned(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with those that make up a table replaced by its rows, which have ``cells``."""
    result: list[Line] = []
    pieces = [_pieces(line) for line in lines]
    i = 0
    while i < len(lines):
        end = _end(pieces, i)
        if end > i:
            result += [[row] for row in _rows(pieces[i:end])]
            i = end
        else:
            result.append(lines[i])
            i += 1
    return result


def _pieces(line: Line) -> Line:
    """Part the figures that a line ends in, which may stand close to each other, from what is before them."""
    words = [word for segment in line for word in segment.words]
    figures: list[Segment] = []
    while words and not any(segment.cells for segment in line):
        signed = len(words) > 1 and words[-2].text in _SIGNS and words[-1].text not in _SIGNS
        count = 2 if signed else 1
        last = Segment(words[-count:])
        if not _FIGURE.fullmatch(_text(last)):
            break
        figures.insert(0, last)
        words = words[:-count]
    if len(figures) < 2:
        return line
    return [*([Segment(words)] if words else []), *figures]


def _end(lines: Sequence[Line], start: int) -> int:
    """Return the index after the table whose first row or label is line ``start``; ``start`` for none."""
    first = next((i for i in (start, start + 1) if i < len(lines) and _is_row(lines[i])), None)
    if first is None or (
        first > start and not (_labels(lines[start], lines[first]) and _dense(lines, first))
    ):
        return start
    end, rows = first + 1, 1
    while end < len(lines) and _size(lines[end]) * _ROW_STEP > lines[end - 1][0].y - lines[end][0].y:
        if _is_row(lines[end]) and any(
            _match(lines[end], line) for line in lines[first:end] if _is_row(line)
        ):
            rows += 1
        elif not _labels(lines[end], lines[first]):
            break
        end += 1
    while end > first + 1 and not _is_row(lines[end - 1]) and not _dense(lines, end - 1):
        end -= 1
    return end if rows > 1 else start


def _rows(lines: Sequence[Line]) -> list[Segment]:
    """Return the rows of a table; a line with a label alone belongs to the row that is nearest."""
    heads = [i for i, line in enumerate(lines) if _is_row(line) and not (i and _is_currency(lines[i - 1]))]
    groups: dict[int, list[Line]] = {head: [] for head in heads}
    for i, line in enumerate(lines):
        owner = i - 1 if i and _is_currency(lines[i - 1]) else _nearest(lines, i, heads)
        groups[i if i in groups else owner].append(line)
    widest = max(lines, key=len)
    rows = []
    for group in groups.values():
        cells = [""] * len(widest)
        for line in group:
            for segment in line:
                place = _place(segment, widest) if len(line) > 1 else 0
                cells[place] = f"{cells[place]} {_text(segment)}".strip()
        rows.append(
            Segment([word for line in group for segment in line for word in segment.words], tuple(cells))
        )
    return rows


def _nearest(lines: Sequence[Line], i: int, heads: Sequence[int]) -> int:
    """Return which of ``heads`` is nearest to line ``i``, the upper one of two that are about as near."""
    tie = _TIE * _size(lines[i])
    return min(heads, key=lambda h: abs(lines[h][0].y - lines[i][0].y) + (tie if h > i else 0.0))


def _place(segment: Segment, row: Line) -> int:
    """Return which piece of ``row`` stands nearest to ``segment``."""
    middle = segment.x + segment.end
    return min(range(len(row)), key=lambda n: (_apart(segment, row[n]), abs(middle - row[n].x - row[n].end)))


def _is_row(line: Line) -> bool:
    """Tell whether a line may be a row: a label with figures, or several pieces not stretched to an edge."""
    if len(line) < 2 or any(segment.cells for segment in line):
        return False
    gaps = [after.x - before.end for before, after in pairwise(line)]
    return _has_figures(line) or (len(line) >= _FEWEST_COLUMNS and max(gaps) > _UNEVEN * min(gaps))


def _has_figures(line: Line) -> bool:
    return all(_FIGURE.fullmatch(_text(segment)) for segment in line[1:])


def _is_currency(line: Line) -> bool:
    """Tell whether the figures of a row come only on the next line, under their signs."""
    return _is_row(line) and all(_text(segment) in _SIGNS for segment in line[-2:])


def _match(line: Line, other: Line) -> bool:
    """Tell whether the pieces of two lines stand under each other."""
    few, many = sorted((line, other), key=len)
    step = _NEAR * _size(line)
    if _has_figures(line) and _has_figures(other):
        return all(min(_apart(piece, place) for place in many) < step for piece in few[-len(many) + 1 :])
    return len(few) == len(many) and all(abs(a.x - b.x) < step for a, b in zip(few, many, strict=True))


def _apart(one: Segment, other: Segment) -> float:
    """Return how far two pieces are from standing under each other, 0 when they do."""
    return max(0.0, one.x - other.end, other.x - one.end)


def _labels(line: Line, row: Line) -> bool:
    """Tell whether ``line`` is one more line of a label at the head of a row like ``row``."""
    return len(line) == 1 and not line[0].cells and line[0].end < row[1 if len(row) > 2 else 0].x + _size(row)


def _dense(lines: Sequence[Line], i: int) -> bool:
    return lines[i - 1][0].y - lines[i][0].y <= _DENSE * _size(lines[i])


def _size(line: Line) -> float:
    return line[0].words[0].style.size


def _text(segment: Segment) -> str:
    return plain(row_of(segment.words, 0, (0.0, 0.0, 0.0))).replace("\t", " ")
