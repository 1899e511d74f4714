"""Matrices, quarter turns and boxes of drawn pages (ISO 32000-1, 8.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ingest.pdf.page import Rule

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SLANT = math.radians(3)  # a scan set straight is off by no more


def matrix(numbers: Sequence[Any]) -> Matrix:
    """Return the first six of ``numbers`` as a matrix. Raises ValueError when there are fewer."""
    a, b, c, d, e, f = map(float, numbers[:6])
    return (a, b, c, d, e, f)


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does ``one`` first and ``other`` after it."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def moved(one: Matrix, x: float, y: float) -> Matrix:
    """Return ``one`` with its origin at (x, y) of its own."""
    a, b, c, d, e, f = one
    return (a, b, c, d, x * a + y * c + e, x * b + y * d + f)


def point(one: Matrix, x: float, y: float) -> Point:
    """Return where ``one`` puts (x, y)."""
    a, b, c, d, e, f = one
    return (x * a + y * c + e, x * b + y * d + f)


def quarter(along: float, up: float) -> int | None:
    """Return the quarter turns of a baseline in that direction, None for one that slants."""
    turns = math.atan2(up, along) / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) * math.pi / 2 < _SLANT else None


def turned(x: float, y: float, quarters: int) -> Point:
    """Return the point on the page turned back by ``quarters``."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarters]


def turned_rule(rule: Rule, quarters: int) -> Rule:
    """Return the rule on the page turned back by ``quarters``."""
    return around([turned(rule.left, rule.bottom, quarters), turned(rule.right, rule.top, quarters)])


def around(points: Sequence[Point]) -> Rule:
    """Return the box around ``points``."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rule(min(xs), min(ys), max(xs), max(ys))


def edges(box: Rule) -> list[Rule]:
    """Return the four sides of a box."""
    left, bottom, right, top = box
    return [
        Rule(left, bottom, right, bottom),
        Rule(left, top, right, top),
        Rule(left, bottom, left, top),
        Rule(right, bottom, right, top),
    ]
