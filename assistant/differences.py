"""Figures, names and negations that stand in one text and not in the other, with their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.numbers import NUMBER_WORDS
from index.analysis import STOP_WORDS, words

Kind = Literal["figure", "name", "negation"]

_SCALES = {"duizend": 1e3, "miljoen": 1e6, "mln": 1e6, "miljard": 1e9, "mld": 1e9}
_NUMBERS = "|".join(word for word, number in NUMBER_WORDS.items() if number > 1)  # "een" is an article too
_FIGURE = re.compile(
    rf"(?:(?P<money>€|EUR)\s?)?(?<![\w,.])(?P<digits>\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?|(?:{_NUMBERS})\b)"
    rf"(?:\s?(?P<scale>{'|'.join(_SCALES)})\b)?(?:\s?(?P<unit>%|(?:procent|euro)\b))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'\-\u2010\u2011]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;•\n])[\s‘’'\"“”(]*$")
_NEGATIONS = frozenset("geen niet niets niemand nergens nooit noch zonder".split())
_UNITS = {"€": "€", "eur": "€", "euro": "€", "%": "%", "procent": "%"}


@dataclass(frozen=True, slots=True)
class Detail:
    """A figure, name or negation; ``value`` is equal for the same thing written otherwise."""

    kind: Kind
    value: str
    start: int
    end: int


def details(text: str, small: Collection[str] = ()) -> list[Detail]:
    """Return the figures, names and negations of ``text`` in reading order.

    A capital at the start of a sentence makes no name, unless there are more capitals in the word, or
    ``small``, the words that are known to be written without one, are given and the word is not there.
    """
    return sorted([*_figures(text), *_names(text, small)], key=lambda detail: detail.start)


def missing(text: str, others: str, small: Collection[str] = ()) -> list[Detail]:
    """Return the details of ``text`` that ``others`` does not have.

    A figure without a unit ("2,9 miljard") is the same as one with it. ``small`` is as for ``details``.
    """
    there = details(others)
    spelled = set(words(others))
    return [
        detail
        for detail in details(text, small)
        if not any(_same(detail, other) for other in there)
        and not (detail.kind == "name" and spelled.issuperset(detail.value.split()))
    ]


def _same(one: Detail, other: Detail) -> bool:
    if one.kind != other.kind or one.kind != "figure":
        return (one.kind, one.value) == (other.kind, other.value)
    values = {one.value, other.value}
    bare = {value.rstrip("€%") for value in values}
    return len(values) == 1 or (len(bare) == 1 and bare <= values)


def _figures(text: str) -> Iterator[Detail]:
    for found in _FIGURE.finditer(text):
        digits = found["digits"].lower()
        value = NUMBER_WORDS.get(digits) or float(digits.replace(".", "").replace(",", "."))
        value *= _SCALES.get((found["scale"] or "").lower(), 1.0)
        unit = _UNITS.get((found["money"] or found["unit"] or "").lower(), "")
        yield Detail("figure", f"{value:.10g}{unit}", *found.span())


def _names(text: str, small: Collection[str]) -> Iterator[Detail]:
    for found in _WORD.finditer(text):
        word = found.group()
        plain = " ".join(words(word))
        if plain in _NEGATIONS:
            yield Detail("negation", plain, *found.span())
        elif word != word.lower() and plain not in STOP_WORDS:
            common = plain in small if small else word[1:] == word[1:].lower()
            if not (common and _SENTENCE_START.search(text, 0, found.start())):
                yield Detail("name", plain, *found.span())


def small_words(text: str) -> frozenset[str]:
    """Return the words that ``text`` writes without a capital, for ``details``."""
    return frozenset(word for found in _WORD.findall(text) if found == found.lower() for word in words(found))
