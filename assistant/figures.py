"""Figures in Dutch sentences as numbers with a unit, so that two places can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.numbers import NUMBER_WORDS
from index.analysis import STOP_WORDS, stem

SCALES = {"duizend": 1e3, "miljoen": 1e6, "mln": 1e6, "miljard": 1e9, "mld": 1e9}
_WORDS = "|".join(word for word, number in NUMBER_WORDS.items() if number > 1)  # "een" is an article too
_FIGURE = re.compile(
    r"(?P<money>(?:€|EUR)\s?)?"
    rf"(?<![\w.,/:-])(?P<digits>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?|\b(?:{_WORDS})\b)(?![:/]\d)"
    rf"(?:\s?(?P<scale>{'|'.join(SCALES)})\b\.?)?(?:\s?(?P<unit>%|(?:procent|euro)\b)|\s(?P<noun>[^\W\d_]{{3,}}))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_COUNTED = STOP_WORDS | frozenset(
    "januari februari maart april mei juni juli augustus september oktober november december derde vierde "
    "nieuwe extra grote kleine andere eerste laatste".split()
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A ``value`` in a ``unit``: "€", "%", or the stem of what is counted.

    ``start`` and ``end`` are offsets of the figure with its sign and scale, without what is counted.
    """

    value: float
    unit: str
    start: int
    end: int


def figures(text: str) -> list[Figure]:
    """Return the figures of ``text`` that have a unit, years left out, in reading order."""
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        digits, scale = match["digits"].lower(), (match["scale"] or "").lower()
        value = NUMBER_WORDS.get(digits) or float(digits.replace(".", "").replace(",", "."))
        value *= SCALES.get(scale, 1.0)
        unit, noun = (match["unit"] or "").lower(), (match["noun"] or "").lower()
        span = match.start(), match.start("noun") - 1 if noun else match.end()
        if match["money"] or unit == "euro":
            found.append(Figure(value, "€", *span))
        elif unit:
            found.append(Figure(value, "%", *span))
        elif noun and noun not in _NOT_COUNTED:
            if scale or not _YEAR.fullmatch(digits):
                found.append(Figure(value, stem(noun), *span))
        elif scale:
            found.append(Figure(value, "€", *span))  # "15 miljard voor …" is about money
    return found
