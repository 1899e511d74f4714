"""What stands on a printed page: words with their place and type, rules, and the rows that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Style(NamedTuple):
    """How a word is set; ``size`` in points. A tuple, for a letter has tens of thousands of words."""

    size: float
    bold: bool
    italic: bool
    underlined: bool
    face: str
    colour: str


class Tag(NamedTuple):
    """The element of a tagged PDF that text belongs to, counted in the order of the document; 0 is none.

    ``level`` is that of a title; ``cell`` is the column of a table, from 1.
    """

    block: int = 0
    level: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0


UNTAGGED = Tag()


@dataclass(slots=True)
class Word:
    """Letters drawn side by side, in points from the page's lower left corner, the page upright.

    ``spaced`` says that a space was drawn before it, ``order`` counts the words as they were drawn, and
    ``raised`` says that it is a small one above the baseline of its neighbour.
    """

    text: str
    x: float
    y: float
    end: float
    style: Style
    spaced: bool = False
    order: int = 0
    raised: bool = False
    tag: Tag = UNTAGGED


class Rule(NamedTuple):
    """A drawn line, level or upright, by its corners."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn on one page, as far as it matters here."""

    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    pictured: float  # how much of the page pictures cover, 0 to 1


# What stands for a page that cannot be read: one letter of which nobody knows what it is.
DAMAGED = Drawing((Word("\ufffd", 0.0, 0.0, 0.0, Style(1.0, False, False, False, "", "")),), (), 0.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it stands on the page.

    ``style`` is that of most of its letters, ``styles`` are all of them, ``lead`` that of its first word.
    ``left`` and ``right`` are the edges of what stands in its column, ``limit`` is where the next column
    begins. ``first`` is how wide its first word is, ``spread`` the usual space between its words in parts of
    the letter size (0 for one word), and ``even`` says that these spaces are all alike. ``marks`` are raised
    numbers that may refer to a footnote; each stands between two NULs in ``text``. ``cells`` are those of a
    table's row with their lines, ``tag`` is that of most of its letters. ``room`` is how much, in points,
    stays white below the last one of a column.
    """

    text: str
    page: int
    x: float
    y: float
    end: float
    style: Style
    styles: frozenset[Style]
    lead: Style
    left: float
    right: float
    limit: float
    first: float
    spread: float = 0.0
    even: bool = False
    marks: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    tag: Tag = UNTAGGED
    room: float = 0.0
