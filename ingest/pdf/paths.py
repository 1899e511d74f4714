"""Gathers the lines and thin bars that a page draws: the rules of its tables and under its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.pdf.geometry import Matrix, Point, around, edges, point
from ingest.pdf.page import Rule

_THIN = 3.0  # points: a filled bar no wider is a rule
_MOST = 20_000  # a page with more is a drawing or a map
_FILLING = (b"f", b"F", b"f*")
_STROKING = (b"S", b"s", b"B", b"B*", b"b", b"b*")


@dataclass(slots=True)
class Paths:
    """The path that is being drawn, and the rules of those that were painted."""

    rules: list[Rule] = field(default_factory=list)
    _points: list[Point] = field(default_factory=list)
    _boxes: list[Rule] = field(default_factory=list)

    def rectangle(self, x: float, y: float, width: float, height: float, ctm: Matrix) -> None:
        """Add a rectangle to the path."""
        if len(self._boxes) < _MOST:
            self._boxes.append(around([point(ctm, x, y), point(ctm, x + width, y + height)]))

    def move(self, x: float, y: float, ctm: Matrix) -> None:
        """Begin another part of the path."""
        self._close()
        self._points = [point(ctm, x, y)]

    def line(self, x: float, y: float, ctm: Matrix) -> None:
        """Draw on in a straight line."""
        if len(self._points) < _MOST:
            self._points.append(point(ctm, x, y))

    def paint(self, operator: bytes) -> None:
        """End the path; keep what ``operator`` makes visible of it as a line."""
        self._close()
        for box in self._boxes if len(self.rules) < _MOST else ():
            if min(box.right - box.left, box.top - box.bottom) <= _THIN:
                self.rules += [box] if operator in _FILLING + _STROKING else []
            elif operator in _STROKING:
                self.rules += edges(box)
        self._points, self._boxes = [], []

    def _close(self) -> None:
        if len(self._points) > 1 and len(self._boxes) < _MOST:
            self._boxes.append(around(self._points))
