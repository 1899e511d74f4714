"""Finds the tables that a page draws with rules, and reads their cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from ingest.pdf.columns import Segment
from ingest.pdf.page import Rule, Word
from ingest.pdf.rows import CELL_GAP, cell_text
from ingest.pdf.table_rows import SIGNS

_NEAR = 3.0  # points between ends that meet
_SAME_EDGE = 8.0  # points between the ends of a table's rules
_SHORTEST = 100.0  # points: shorter rules underline words
_TALLEST = 250.0  # points: a row of a table
_STRIP = 6.0  # points between the columns of a table that has no upright rules
_FEWEST_LEVELS = 3  # rules of such a table: above, under its head, below
_CELL_WORDS = 5  # in most of its cells, or it is text in columns
_FEWEST_CELLS = 3  # rows and rules between columns together
_HEAD_STEP = 1.5  # of the letter size, a head stands above its rule at most
_MOST_RULES = 3_000  # a drawing, and no table, has more


def grids_of(
    lines: Sequence[Sequence[Word]], rules: Sequence[Rule]
) -> tuple[list[Segment], list[list[Word]]]:
    """Return the rows of the tables on a page, and the lines that stand outside of them."""
    if len(rules) > _MOST_RULES:
        return [], [list(line) for line in lines]
    found: list[Segment] = []
    rest = [list(line) for line in lines]
    for levels in _stacks(_level(rules)):
        inside = [
            [w for w in line if levels[-1].bottom < w.y < levels[0].top and _within(w, levels[0])]
            for line in rest
        ]
        inside = [line for line in inside if line]
        rows = _rows(inside, levels, rules)
        if not rows:
            continue
        if head := _head(rest, rows, levels[0]):
            rows.insert(0, Segment(head, _cells([head], _strips([*inside, head]))))
            inside.append(head)
        found += rows
        taken = {id(word) for line in inside for word in line}
        rest = [kept for line in rest if (kept := [word for word in line if id(word) not in taken])]
    return found, rest


def _head(lines: Sequence[Sequence[Word]], rows: Sequence[Segment], top: Rule) -> list[Word]:
    """Return the words of a head that stands above the uppermost rule of a table; [] for none."""
    above = [line for line in lines if top.top < line[0].y < top.top + _HEAD_STEP * line[0].style.size]
    if len(above) != 1 or not all(_within(word, top) for word in above[0]):
        return []
    strips = _strips([[word for row in rows for word in row.words], above[0]])
    cells = _cells(above, strips)
    fits = len(strips) + 1 == len(rows[0].cells) and sum(map(bool, cells)) >= len(strips)
    return list(above[0]) if fits else []


def _level(rules: Sequence[Rule]) -> list[Rule]:
    """Return the level rules from the top, those that meet joined."""
    joined: list[Rule] = []
    for rule in sorted((r for r in rules if r.level), key=lambda r: (-round(r.top), r.left)):
        last = joined[-1] if joined else None
        if last and abs(last.top - rule.top) < _NEAR and rule.left <= last.right + _NEAR:
            joined[-1] = last._replace(left=min(last.left, rule.left), right=max(last.right, rule.right))
        else:
            joined.append(rule)
    return [rule for rule in joined if rule.right - rule.left >= _SHORTEST]


def _stacks(levels: Sequence[Rule]) -> list[list[Rule]]:
    """Group rules of one width that stand under each other, as those of a table do."""
    stacks: list[list[Rule]] = []
    for rule in levels:
        for stack in stacks:
            last = stack[-1]
            same = (
                abs(last.left - rule.left) < _SAME_EDGE
                and abs(last.right - rule.right) < _SAME_EDGE
                and last.top - rule.top < _TALLEST
            )
            if same:
                if last.top - rule.top > _NEAR:
                    stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) > 1]


def _within(word: Word, rule: Rule) -> bool:
    return rule.left - _NEAR <= word.x and word.end <= rule.right + _NEAR


def _rows(lines: Sequence[Sequence[Word]], levels: Sequence[Rule], rules: Sequence[Rule]) -> list[Segment]:
    top, bottom = levels[0].top, levels[-1].bottom
    uprights = sorted(
        r.left
        for r in rules
        if not r.level
        and min(r.top, top) - max(r.bottom, bottom) > 0
        and levels[0].left + _NEAR < r.left < levels[0].right - _NEAR
    )
    edges = [x for i, x in enumerate(uprights) if not i or x - uprights[i - 1] > _NEAR]
    drawn = bool(edges)
    edges = edges or _strips(lines)
    if not edges:
        return []
    rows: list[Segment] = []
    for upper, lower in pairwise(levels):
        band = [line for line in lines if lower.bottom < line[0].y < upper.top]
        for part in [band] if drawn else _parted(band, edges):
            cells = _cells(part, edges)
            if any(cells):
                rows.append(Segment([word for line in part for word in line], cells))
    if drawn:  # one row may be the rest of a table that began elsewhere
        return rows if len(rows) + len(edges) >= _FEWEST_CELLS else []
    words = [len(cell.split()) for row in rows for cell in row.cells if cell]
    return rows if len(levels) >= _FEWEST_LEVELS and words and median(words) <= _CELL_WORDS else []


def _strips(lines: Sequence[Sequence[Word]]) -> list[float]:
    """Return the middles of the strips that no word stands in."""
    words = sorted((word for line in lines for word in line), key=lambda w: w.x)
    edges, reach = [], words[0].end if words else 0.0
    for word in words:
        if word.x - reach > max(_STRIP, CELL_GAP * word.style.size / 2):
            edges.append((word.x + reach) / 2)
        reach = max(reach, word.end)
    return edges


def _parted(band: Sequence[Sequence[Word]], edges: Sequence[float]) -> list[list[Sequence[Word]]]:
    """Part the lines between two rules into rows, each at a line that reaches the last column."""
    heads = [line for line in band if any(w.x > edges[-1] and w.text not in SIGNS for w in line)]
    rows: list[list[Sequence[Word]]] = [[] for _ in heads]
    for line in band if heads else ():
        rows[min(range(len(heads)), key=lambda i: abs(heads[i][0].y - line[0].y))].append(line)
    return rows


def _cells(lines: Sequence[Sequence[Word]], edges: Sequence[float]) -> tuple[str, ...]:
    cells: list[list[str]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        for place, words in groupby(line, key=lambda w: sum(edge < (w.x + w.end) / 2 for edge in edges)):
            cells[place].append(cell_text(list(words)))
    return tuple("\n".join(cell) for cell in cells)
