"""Finds the columns of a page and the order in which its lines are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median, median_low

from ingest.pdf.page import Word
from ingest.pdf.rows import CELL_GAP, SAME_LINE

_BESIDE_SIZE = 0.9  # of the letters of the text, has a column beside it at most
_NARROWEST = 60.0  # points: what is narrower is no column
_FEWEST_LINES = 2  # side by side, for two columns
_JUMP_GAP = 0.4  # of the letter size, between words that were not drawn one after the other
_NEXT = 3  # words drawn on: a raised number or a bullet may have come between
_STRETCHED = 1.8  # times the usual gap in a justified line
_EDGE_STEP = 2.0  # points: left edges that near are the same
_MOST_EDGES = 40  # that are tried, those with most lines first
_SIDE = 3.0  # points left of a column's edge, where nothing may cross
_PROSE_FILL = 0.7  # of the width of its column, that a line of running text takes
_PROSE_LINES = 5
_PROSE_WORDS = 4  # in a line
_STACK_LINES = 6  # in two columns that others stand above or below
_DEEPEST = 5  # columns within columns


@dataclass(slots=True)
class Segment:
    """Words on one line without a wide gap, or a row of a ruled table, with the lines of its ``cells``."""

    words: list[Word]
    cells: tuple[str, ...] = ()
    x: float = field(init=False)
    end: float = field(init=False)
    y: float = field(init=False)
    order: int = field(init=False)

    def __post_init__(self) -> None:
        self.x = min(word.x for word in self.words)
        self.end = max(word.end for word in self.words)
        longest = max(self.words, key=lambda word: len(word.text))
        self.y = max(word.y for word in self.words) if self.cells else longest.y
        self.order = min(word.order for word in self.words)


@dataclass(frozen=True, slots=True)
class Column:
    """Segments that are read one after the other, from the top; at ``limit`` the next column begins."""

    segments: tuple[Segment, ...]
    limit: float

    @property
    def left(self) -> float:
        """Where its leftmost line begins."""
        return min(segment.x for segment in self.segments)

    @property
    def right(self) -> float:
        """Where its longest line ends."""
        return max(segment.end for segment in self.segments)

    def lines(self) -> Iterator[list[Segment]]:
        """Yield the segments of one line after the other, from left to right."""
        line: list[Segment] = []
        for segment in self.segments:
            size = segment.words[0].style.size
            if line and (line[0].cells or segment.cells or line[0].y - segment.y > SAME_LINE * size):
                yield line
                line = []
            line.append(segment)
        if line:
            yield line


def segments_of(lines: Sequence[Sequence[Word]]) -> list[Segment]:
    """Cut every line where a gap is as wide as between columns, or where the drawing jumped."""
    segments = []
    for line in lines:
        gaps = [(word.x - before.end) / word.style.size for before, word in pairwise(line)]
        usual = median(gaps) if len(gaps) > 2 else 0.0
        run = [line[0]]
        for (before, word), gap in zip(pairwise(line), gaps, strict=True):
            jumped = not 0 < word.order - before.order <= _NEXT and gap > _JUMP_GAP
            if jumped or (gap > CELL_GAP and gap > _STRETCHED * usual):
                segments.append(Segment(run))
                run = []
            run.append(word)
        segments.append(Segment(run))
    return segments


def sender_first(columns: Sequence[Column]) -> list[Column]:
    """Return the columns of a first page, small ones beside the text in front: they say who sends it."""
    letters = [sum(len(w.text) for s in column.segments for w in s.words) for column in columns]
    sizes = [
        median_low(w.style.size for s in column.segments for w in s.words for _ in w.text)
        for column in columns
    ]
    main = max(range(len(columns)), key=letters.__getitem__, default=0)
    beside = [
        sizes[i] < _BESIDE_SIZE * sizes[main]
        and (column.left >= columns[main].right or column.right <= columns[main].left)
        for i, column in enumerate(columns)
    ]
    first = [column for column, small in zip(columns, beside, strict=True) if small]
    return first + [column for column, small in zip(columns, beside, strict=True) if not small]


def columns_of(segments: Sequence[Segment], limit: float = inf, depth: int = 0) -> Iterator[Column]:
    """Yield the columns of a page or of a part of one that ends at ``limit``, in reading order."""
    ordered = sorted(segments, key=lambda s: (-s.y, s.x))
    edge = _edge(ordered) if depth < _DEEPEST else None
    if edge is None:
        if ordered:
            yield Column(tuple(ordered), limit)
        return
    plain: list[Segment] = []
    for band in _bands(ordered, edge):
        left, right = _sides(band, edge)
        if left and right and _side_by_side(left, right):
            yield from columns_of(plain, limit, depth + 1)
            plain = []
            for upper_left, upper_right in _stacked(left, right):
                yield from columns_of(upper_left, edge, depth + 1)
                yield from columns_of(upper_right, limit, depth + 1)
        else:
            plain += band
    yield from columns_of(plain, limit, depth + 1)


def _edge(segments: Sequence[Segment]) -> float | None:
    """Return the left edge of a right-hand column, the one with most lines on both sides of it."""
    starts = Counter(round(segment.x / _EDGE_STEP) for segment in segments)
    best, best_edge = 0, None
    for step, count in starts.most_common(_MOST_EDGES):
        edge = step * _EDGE_STEP - _SIDE
        if count < _FEWEST_LINES:
            break
        value = 0
        for band in _bands(segments, edge):
            left, right = _sides(band, edge)
            if left and right and _side_by_side(left, right):
                value += min(len(left), len(right))
        if value > best:
            best, best_edge = value, edge
    return best_edge


def _bands(segments: Sequence[Segment], edge: float) -> Iterator[list[Segment]]:
    """Yield the runs of lines between those that cross ``edge``, and each of these by itself."""
    band: list[Segment] = []
    for segment in segments:
        if segment.x < edge < segment.end:
            if band:
                yield band
            yield [segment]
            band = []
        else:
            band.append(segment)
    if band:
        yield band


def _sides(band: Sequence[Segment], edge: float) -> tuple[list[Segment], list[Segment]]:
    return [s for s in band if s.x < edge], [s for s in band if s.x >= edge]


def _side_by_side(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Tell whether two sides are columns, and not the cells of rows that go across.

    Columns are drawn one after the other, not line by line in turn; where they are not, the lines of both are
    those of running text.
    """
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    if min(_width(left), _width(right)) < _NARROWEST or left[-1].y > right[0].y or right[-1].y > left[0].y:
        return False
    sides = sorted([(s.order, 0) for s in left] + [(s.order, 1) for s in right])
    turns = sum(a != b for (_, a), (_, b) in pairwise(sides))
    few = turns <= 2 + 0.15 * min(len(left), len(right))
    by_row = turns > 1 and any(len({round(s.y) for s in side}) <= (turns + 1) / 2 for side in (left, right))
    if (few and not by_row) or all(map(_is_prose, (left, right))):
        return True
    words = median(len(s.words) for s in (*left, *right))
    return words >= _PROSE_WORDS and 1 < len(_stacked(left, right)) <= len(sides) / _STACK_LINES


def _is_prose(side: Sequence[Segment]) -> bool:
    width = _width(side)
    fills = median((s.end - s.x) / width for s in side)
    return (
        len(side) >= _PROSE_LINES
        and fills >= _PROSE_FILL
        and median(len(s.words) for s in side) >= _PROSE_WORDS
    )


def _width(side: Sequence[Segment]) -> float:
    return max(s.end for s in side) - min(s.x for s in side)


def _stacked(left: Sequence[Segment], right: Sequence[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Part two columns where both begin anew further down, as the order of drawing tells."""
    pairs: list[tuple[list[Segment], list[Segment]]] = [([], [])]
    on_left = {id(s) for s in left}
    for segment in sorted((*left, *right), key=lambda s: s.order):
        above, beside = pairs[-1]
        if id(segment) not in on_left:
            beside.append(segment)
            continue
        if beside and segment.y < min(s.y for s in (*above, *beside)):
            pairs.append(([segment], []))
        else:
            above.append(segment)
    tops = [max((s.y for s in (*a, *b)), default=0.0) for a, b in pairs]
    bottoms = [min((s.y for s in (*a, *b)), default=0.0) for a, b in pairs]
    if any(bottom < top for bottom, top in zip(bottoms, tops[1:], strict=False)):
        return [(list(left), list(right))]
    return pairs
