"""Puts the lines of a table without rules together into rows, labels and cells that run over lines included.

Beside the figures of a row its label stands at the top, in the middle or at the bottom, in all rows alike. So
each of these is tried, with the labels between two rows of figures parted in every way, and the one in
which the labels stand where they should is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.pdf.columns import Segment
from ingest.pdf.rows import cell_text

Line = list[Segment]

SIGNS = ("€", "$")
_FIGURE = re.compile(
    r"(?:[€$]\s?)?[-–+]?\d[\d.,]*\s?(?:%|procent|mln\.?|mld\.?|miljoen|miljard)?|n\.v\.t\.|[-–€]"
)
DENSE = 1.5  # of the letter size, between the lines of one label
_UNLABELLED = 5.0  # of the letter size: what a row without a label costs where others have one


def is_figure(segment: Segment) -> bool:
    """Tell whether ``segment`` is an amount, a number, a percentage or what stands for none."""
    return bool(_FIGURE.fullmatch(cell_text(segment.words)))


def apart(one: Segment, other: Segment) -> float:
    """Return how far two pieces are from standing under each other, 0 when they do."""
    return max(0.0, one.x - other.end, other.x - one.end)


def _is_currency(line: Line) -> bool:
    """Tell whether the figures of a row come only on the next line, under their signs."""
    return len(line) > 1 and all(cell_text(segment.words) in SIGNS for segment in line[-2:])


def rows_of(lines: Sequence[Line], heads: Sequence[int], cuts: Sequence[int] = ()) -> list[Segment]:
    """Return the rows of the table that ``lines`` are; those at ``heads`` have cells, others only a label.

    ``cuts`` are the lines that begin another column; what a row has on either side of one is aligned alone.
    """
    cores: list[list[int]] = []
    for i in heads:
        if cores and _is_currency(lines[cores[-1][-1]]):
            cores[-1].append(i)
        else:
            cores.append([i])
    parts = [bisect_right(cuts, i) for i in range(len(lines))]
    tries = [_grouped(lines, cores, parts, height) for height in (_top, _middle, _bottom)]
    _, groups = min(tries, key=lambda tried: tried[0])
    widest = max((lines[i] for i in heads), key=len)
    bare = is_figure(widest[0]) and any(not is_figure(line[0]) for line in lines)  # no label in the widest
    rows = []
    for group in groups:
        cells: list[dict[int, str]] = [{} for _ in range(len(widest) + bare)]  # their lines
        for i in group:
            for segment in lines[i]:
                label = i not in heads or (bare and not is_figure(segment))
                place = 0 if label else _nearest(segment, widest) + bare
                before = cells[place].get(i, "")
                cells[place][i] = f"{before} {cell_text(segment.words)}".strip()
        words = [word for i in group for segment in lines[i] for word in segment.words]
        rows.append(Segment(words, tuple("\n".join(cell.values()) for cell in cells)))
    return rows


def _grouped(
    lines: Sequence[Line],
    cores: Sequence[Sequence[int]],
    parts: Sequence[int],
    height: Callable[[Sequence[float]], float],
) -> tuple[float, list[list[int]]]:
    """Return what parting the labels among ``cores`` costs at best, and the lines of each row.

    What is counted is how far the ``height`` of a row's label is from that of its figures, in points.
    """
    tried: dict[int, tuple[float, list[list[int]]]] = {0: (0.0, [])}  # by the first line that is left
    for n, core in enumerate(cores):
        last = n + 1 == len(cores)
        stops = [len(lines)] if last else range(core[-1] + 1, cores[n + 1][0] + 1)
        better: dict[int, tuple[float, list[list[int]]]] = {}
        for start, (cost, groups) in tried.items():
            for stop in stops:
                group = list(range(start, stop))
                more = cost + _cost(lines, group, core, parts, height, head=not n)
                if stop not in better or more < better[stop][0]:
                    better[stop] = more, [*groups, group]
        tried = better
    return min(tried.values(), key=lambda found: found[0])


def _cost(
    lines: Sequence[Line],
    group: Sequence[int],
    core: Sequence[int],
    parts: Sequence[int],
    height: Callable[[Sequence[float]], float],
    *,
    head: bool,
) -> float:
    size = lines[core[0]][0].words[0].style.size
    labels = [i for i in group if i not in core or not is_figure(lines[i][0])]
    if not labels:
        return 0.0 if head else _UNLABELLED * size
    torn = sum(max(0.0, lines[i][0].y - lines[j][0].y - DENSE * size) for i, j in pairwise(labels))
    beside = [lines[i][0].y for i in labels if parts[i] == parts[core[0]]]
    return torn + (abs(height(beside) - height([lines[i][0].y for i in core])) if beside else 0.0)


def _top(heights: Sequence[float]) -> float:
    return max(heights)


def _middle(heights: Sequence[float]) -> float:
    return (max(heights) + min(heights)) / 2


def _bottom(heights: Sequence[float]) -> float:
    return min(heights)


def _nearest(segment: Segment, row: Line) -> int:
    """Return which piece of ``row`` stands nearest to ``segment``."""
    middle = segment.x + segment.end
    return min(range(len(row)), key=lambda n: (apart(segment, row[n]), abs(middle - row[n].x - row[n].end)))
