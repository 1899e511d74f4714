"""Follows the drawing operators of a page (ISO 32000-1, chapters 8 and 9): → its words and rules."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ingest.pdf.content import Content, Font, text_string
from ingest.pdf.geometry import (
    IDENTITY,
    Matrix,
    around,
    matrix,
    moved,
    point,
    quarter,
    times,
    turned,
    turned_rule,
)
from ingest.pdf.page import UNTAGGED, Drawing, Style, Tag, Word
from ingest.pdf.paths import Paths
from ingest.text import clean

_WORD_GAP = 0.17  # of the letter size: a wider gap is a space; kerning stays under 0.1
_DEEPEST = 12  # forms within forms,
_MOST_FORMS = 2_000  # and on one page in all
_MOST_OPERATORS = 2_000_000  # on a page; one that places every letter by itself has 30,000
_PAINTING = frozenset((b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"n"))
_INVISIBLE = (3, 7)  # text rendering modes that draw nothing: the text under a scan
_STROKED = (2, 6)  # filled and stroked: how programs make a bold that the font lacks
# Ligatures that a font may give as one character.
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st"}


@dataclass(slots=True)
class _State:
    ctm: Matrix
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    colour: str = ""


@dataclass(slots=True)
class _Mark:
    """Marked content that is open: whether it is no text, the words that stand for it, what it belongs to."""

    artifact: bool
    actual: str | None
    tag: Tag


@dataclass(slots=True)
class _Run:
    """The word that is being drawn."""

    word: Word
    pen: float  # where the next letter is expected
    key: tuple[Any, ...]


class _Drawn(NamedTuple):
    """A word, the quarter turns of its baseline, whether it shows, and whether it is marked as no text."""

    word: Word
    turn: int
    seen: bool
    artifact: bool


@dataclass(slots=True)
class Pen:
    """Draws one page; ``box`` (left, bottom, right, top) is what is seen of it."""

    box: tuple[float, float, float, float]
    _marks: list[_Mark] = field(default_factory=list)
    _drawn: list[_Drawn] = field(default_factory=list)
    _paths: Paths = field(default_factory=Paths)
    _pictured: float = 0.0
    _run: _Run | None = None
    _spaced: bool = False
    _forms: int = 0
    _operators: int = 0

    def draw(self, content: Content) -> Drawing:
        """Return what ``content`` puts on the page, with the way most of its words stand as upright.

        Raises RecursionError when that takes more operators than any page has.
        """
        self._follow(content, _State(IDENTITY), 0)
        self._end_word()
        turns = Counter[int]()
        for drawn in self._drawn:
            turns[drawn.turn] += len(drawn.word.text)
        upright = turns.most_common(1)[0][0] if turns else 0
        words = [drawn for drawn in self._drawn if drawn.turn == upright]
        seen = [drawn for drawn in words if drawn.seen]
        hidden = [drawn for drawn in words if not drawn.seen]
        words = hidden if _letters(hidden) > _letters(seen) else seen  # hidden: the text laid under a scan
        text = [drawn for drawn in words if not drawn.artifact]
        if 2 * _letters(text) > _letters(words):  # else the marks mean nothing
            words = text
        rules = tuple(turned_rule(rule, upright) for rule in self._paths.rules)
        return Drawing(tuple(drawn.word for drawn in words), rules, min(1.0, self._pictured))

    def _follow(self, content: Content, state: _State, depth: int) -> None:
        stack: list[_State] = []
        tm = tlm = IDENTITY
        for operands, operator in content.operations:
            self._operators += 1
            if self._operators > _MOST_OPERATORS:
                raise RecursionError("no page has that many operators")
            try:
                if operator == b"Tj":
                    tm = self._show(operands[0], tm, state)
                elif operator == b"TJ":
                    for piece in operands[0]:
                        if isinstance(piece, bytes):
                            tm = self._show(piece, tm, state)
                        elif isinstance(piece, (int, float)):
                            tm = moved(tm, -float(piece) / 1000 * state.size * state.scale, 0)
                elif operator in (b"Td", b"TD"):
                    if operator == b"TD":
                        state.leading = -float(operands[1])
                    tm = tlm = moved(tlm, float(operands[0]), float(operands[1]))
                elif operator == b"Tm":
                    tm = tlm = matrix(operands)
                elif operator == b"T*":
                    tm = tlm = moved(tlm, 0, -state.leading)
                elif operator in (b"'", b'"'):
                    if operator == b'"':
                        state.word_spacing, state.spacing = float(operands[0]), float(operands[1])
                    tm = tlm = moved(tlm, 0, -state.leading)
                    tm = self._show(operands[-1], tm, state)
                elif operator == b"BT":
                    tm = tlm = IDENTITY
                elif operator == b"q":
                    stack.append(replace(state))
                elif operator == b"Q":
                    if stack:
                        state = stack.pop()
                elif operator == b"cm":
                    state.ctm = times(matrix(operands), state.ctm)
                elif operator == b"Do":
                    self._paint(operands[0], content, state, depth)
                elif operator in (b"BDC", b"BMC"):
                    self._open_mark(operands, content)
                elif operator == b"EMC":
                    if self._marks:
                        self._marks.pop()
                else:
                    self._set(operator, operands, content, state)
            except (TypeError, ValueError, IndexError, AttributeError, OverflowError):
                continue  # an operator with operands of another kind draws nothing

    def _set(self, operator: bytes, operands: Sequence[Any], content: Content, state: _State) -> None:
        """Change the state of text and colour, or add to the path."""
        if operator == b"Tf":
            state.font, state.size = content.fonts.get(str(operands[0])), float(operands[1])
        elif operator == b"Tc":
            state.spacing = float(operands[0])
        elif operator == b"Tw":
            state.word_spacing = float(operands[0])
        elif operator == b"Tz":
            state.scale = float(operands[0]) / 100
        elif operator == b"TL":
            state.leading = float(operands[0])
        elif operator == b"Ts":
            state.rise = float(operands[0])
        elif operator == b"Tr":
            state.mode = int(operands[0])
        elif operator in (b"rg", b"g", b"k", b"sc", b"scn"):
            state.colour = _colour(operands)
        elif operator == b"re":
            x, y, width, height = map(float, operands[:4])
            self._paths.rectangle(x, y, width, height, state.ctm)
        elif operator == b"m":
            self._paths.move(float(operands[0]), float(operands[1]), state.ctm)
        elif operator == b"l":
            self._paths.line(float(operands[0]), float(operands[1]), state.ctm)
        elif operator in _PAINTING:
            self._paths.paint(operator)

    def _paint(self, name: Any, content: Content, state: _State, depth: int) -> None:
        if name in content.pictures:
            corners = [point(state.ctm, *corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))]
            left, bottom, right, top = around(corners)
            page = (self.box[2] - self.box[0]) * (self.box[3] - self.box[1])
            self._pictured += (right - left) * (top - bottom) / page if page else 0.0
        elif depth < _DEEPEST and self._forms < _MOST_FORMS and (form := content.form(str(name))):
            self._forms += 1
            self._end_word()
            self._follow(form, replace(state, ctm=times(form.matrix, state.ctm)), depth + 1)
            self._end_word()

    @property
    def _mark(self) -> _Mark:
        return self._marks[-1] if self._marks else _Mark(False, None, UNTAGGED)

    def _open_mark(self, operands: Sequence[Any], content: Content) -> None:
        outer = self._mark
        properties = content.properties(operands[1]) if len(operands) > 1 else {}
        actual = properties.get("/ActualText")
        words = text_string(actual) if actual is not None else outer.actual
        tag = content.tags.get(properties.get("/MCID", -1), outer.tag)
        self._marks.append(_Mark(outer.artifact or operands[0] == "/Artifact", words, tag))

    def _show(self, data: Any, tm: Matrix, state: _State) -> Matrix:
        """Draw the codes in ``data`` and return the text matrix after them."""
        if state.font is None or not isinstance(data, bytes):
            return tm
        mark = self._mark
        place = times(tm, state.ctm)
        along, upwards = math.hypot(*place[:2]), math.hypot(*place[2:4])
        turn = quarter(*place[:2])
        advance = 0.0
        for glyph in state.font.glyphs(data):
            step = glyph.width * state.size + state.spacing + (state.word_spacing if glyph.breaks else 0)
            text = glyph.text
            if mark.actual is not None:
                text, mark.actual = mark.actual, ""
            else:
                text = text.replace("\u00ad", "-")  # drawn, so it is seen
            if turn is not None:
                x, y = point(place, advance * state.scale, state.rise)
                width = glyph.width * state.size * state.scale * along
                pen = step * state.scale * along
                if self.box[0] - 1 <= x <= self.box[2] + 1 and self.box[1] - 1 <= y <= self.box[3] + 1:
                    self._put(text, (*turned(x, y, turn), width, pen), state, upwards, turn)
            advance += step
        return moved(tm, advance * state.scale, 0)

    def _put(
        self,
        text: str,
        place: tuple[float, float, float, float],
        state: _State,
        upwards: float,
        turn: int,
    ) -> None:
        """Add a glyph to the word that is being drawn, or begin another with it."""
        if text.isspace():
            self._end_word()
            self._spaced = True
            return
        x, y, width, pen = place
        font, run = state.font, self._run
        size = round(abs(state.size) * upwards, 1) or 1.0
        key = (font, size, state.colour, state.mode, turn)
        if (
            run
            and run.key == key
            and abs(run.word.y - y) < 0.05 * size
            and -0.5 * size < x - run.pen < _WORD_GAP * size
        ):
            run.word.text += text
            run.word.end, run.pen = x + width, x + pen
            return
        self._end_word()
        assert font is not None  # _show draws nothing without one
        style = Style(size, font.bold or state.mode in _STROKED, font.italic, False, font.face, state.colour)
        mark = self._mark
        word = Word(text, x, y, x + width, style, self._spaced, len(self._drawn), tag=mark.tag)
        self._run = _Run(word, x + pen, key)
        self._drawn.append(_Drawn(word, turn, state.mode not in _INVISIBLE, mark.artifact))
        self._spaced = False

    def _end_word(self) -> None:
        if self._run:
            word = self._run.word
            soft = word.text.endswith("\u00ad")  # the file says that the hyphen is none of the word's own
            word.text = clean(word.text.translate(_LIGATURES)) + ("\u00ad" if soft else "")
            self._run = None


def _letters(words: Sequence[_Drawn]) -> int:
    return sum(len(drawn.word.text) for drawn in words)


def _colour(operands: Sequence[Any]) -> str:
    """Return the colour as written, "" for black."""
    parts = [round(float(part), 2) for part in operands if isinstance(part, (int, float))]
    black = not any(parts[:3]) if len(parts) < 4 else parts[3] == 1
    return "" if black else " ".join(map(str, parts))
