"""Plots as SVG, drawn here: a page that needs no network and no library can show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from eval.report.breakdown import Share

Point = tuple[float, float]
_WIDTH, _HEIGHT = 560, 320  # user units; the page scales them
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 26, 14, 52
_ROW, _NAMES, _COUNTS = 26, 150, 74


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; ``style`` is a class of the page's style sheet."""

    points: Sequence[Point]
    style: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high`` with its name; ``percent`` shows shares as percentages.

    ``ticks`` are places with their words; without them there are five at equal distances.
    """

    name: str
    low: float = 0.0
    high: float = 1.0
    percent: bool = True
    ticks: tuple[tuple[float, str], ...] = ()

    @property
    def marks(self) -> tuple[tuple[float, str], ...]:
        """The places that are marked, with their words."""
        steps = [self.low + (self.high - self.low) * step / 4 for step in range(5)]
        return self.ticks or tuple((step, self._label(step)) for step in steps)

    def place(self, value: float, length: float) -> float:
        """Return how far ``value`` is along an axis of ``length``."""
        span = self.high - self.low or 1.0
        return length * (min(max(value, self.low), self.high) - self.low) / span

    def _label(self, value: float) -> str:
        return f"{100 * value:.0f}%" if self.percent else f"{value:.0f}"


def bars(found: Sequence[Share], title: str) -> str:
    """Return a bar a share, with its 95% interval as a thin line, and how many of how many."""
    height = _ROW * len(found) + 34
    room = _WIDTH - _NAMES - _COUNTS
    parts = [_grid(room, _ROW * len(found))]
    for number, share in enumerate(found):
        y = _ROW * number + 6
        low, high = (room * end for end in share.interval)
        middle = y + 8
        parts += [
            _text(_NAMES - 10, middle + 4, share.name, "end"),
            _tag("rect", x=_NAMES, y=y, width=max(1.0, room * share.value), height=16, cls="bar"),
            _tag("line", x1=_NAMES + low, x2=_NAMES + high, y1=middle, y2=middle, cls="whisker"),
            _text(_WIDTH - 4, middle + 4, f"{share.right} van {share.count}", "end"),
        ]
    return _svg(title, height, parts)


def _grid(room: float, height: float) -> str:
    lines = []
    for tenth in range(0, 101, 25):
        x = _NAMES + room * tenth / 100
        lines.append(_tag("line", x1=x, x2=x, y1=0, y2=height + 4, cls="grid"))
        lines.append(_text(x, height + 22, f"{tenth}%", "middle"))
    return "".join(lines)


def curves(
    lines: Sequence[Line],
    across: Axis,
    up: Axis,
    title: str,
    *,
    dots: Sequence[Point] = (),
    low_names: bool = False,
) -> str:
    """Return lines in one frame, with ``dots`` on top.

    The lines' names stand at the top left, or with ``low_names`` at the bottom right.
    """
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def at(point: Point) -> Point:
        return _LEFT + across.place(point[0], wide), _TOP + high - up.place(point[1], high)

    parts: list[str] = []
    for y, words in up.marks:
        _, py = at((across.low, y))
        parts.append(_tag("line", x1=_LEFT, x2=_LEFT + wide, y1=py, y2=py, cls="grid"))
        parts.append(_text(_LEFT - 8, py + 4, words, "end"))
    for x, words in across.marks:
        parts.append(_text(at((x, up.low))[0], _TOP + high + 20, words, "middle"))
    for line in lines:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, line.points))
        parts.append(_tag("polyline", points=path, cls=line.style))
    parts += [_tag("circle", cx=at(dot)[0], cy=at(dot)[1], r=4.5, cls="dot") for dot in dots]
    parts.append(_text(_LEFT + wide / 2, _HEIGHT - 8, across.name, "middle"))
    parts.append(
        f'<text transform="translate(14 {_TOP + high / 2:.0f}) rotate(-90)" text-anchor="middle">'
        f"{escape(up.name)}</text>"
    )
    for number, line in enumerate(line for line in lines if line.name):
        x = _LEFT + (0.6 * wide if low_names else 14)
        y = _TOP + 20 * number + (high - 50 if low_names else 12)
        parts.append(_tag("line", x1=x, x2=x + 26, y1=y, y2=y, cls=line.style))
        parts.append(_text(x + 34, y + 4, line.name, "start"))
    return _svg(title, _HEIGHT, parts)


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {_WIDTH} {height:.0f}">'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _tag(name: str, *, cls: str, **values: float | str) -> str:
    written = (f'{k}="{v if isinstance(v, str) else round(v, 1)}"' for k, v in values.items())
    return f'<{name} class="{cls}" {" ".join(written)}/>'
