"""Mends words that were broken at the end of a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

SOFT = "\u00ad"  # the file says that the hyphen is none of the word's own
_AFTER_HANGING = re.compile(r"(?:en|of|tot|maar|als|noch|dan|respectievelijk)\b")
_WORD = re.compile(r"[\w’'-]+")
_LAST = re.compile(r"[^\W\d_]+$")
_HEAD = re.compile(r"[\w’'-]+-$")
# Vowels that would be read as one: there the hyphen is spelling ("zee-egel"; Leidraad, rule 6.C).
_CLASHES = frozenset("aa ae ai au ee ei eu ie ii ij oe oi oo ou ui uu".split())

_VOWEL = re.compile(r"[aeiouyàâäèéêëïîöôü]")
# How Dutch syllables begin; what begins otherwise is an abbreviation ("mbo-student").
_ONSET = re.compile(
    r"(?:[bcdfghjklmnpqrstvwxz]|[bcfgkp][lr]|[dtvw]r|ch|chr|gn|kn|kw|dw|tw|zw|th|tj|ts|pn|ps|pt|qu|rh|sch|schr|sc|scr|"
    r"sf|sh|sj|sk|sl|sm|sn|sp|spl|spr|squ|st|str|sv|sw|vl|wh)?(?=[aeiouyàâäèéêëïîöôü])"
)
_NOT_DENIED = re.compile(r"t?emin\b|t?ig")
# Two adjectives side by side ("sociaal-economische").
_ADJECTIVE = re.compile(r"\w{2}(?:lijk|isch|iek|aal|eel|ief|air)$")
_INFLECTED = re.compile(r"(?:lijke?|ische?|ieke?|aal|ale|eel|ele|ief|ieve|aire?)$")


class Hyphens:
    """Tells by a letter's own words whether a hyphen at a line's end belongs to the word.

    Where neither form of a word comes back in the letter, its spelling decides, and else its other lines: in
    a letter that was hyphenated by machine most of them hold words that come back unbroken. Where such
    hyphens are known for what they are, those of another kind are the words' own.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = Counter(word.lower() for line in lines for word in _WORD.findall(line))
        broken = [parts for row, text in pairwise(lines) if (parts := _parts(row, text))]
        whole = sum(self._words[(head + tail).lower()] > 0 for head, tail in broken)
        kept = sum(self._words[f"{head}-{tail}".lower()] > 0 for head, tail in broken)
        self._by_machine = whole > kept and sum(line.endswith(SOFT) for line in lines) <= len(broken)

    def mended(self, text: str) -> str:
        """Return the lines of a table's cell as one; a narrow cell breaks words without a hyphen too."""
        return reduce(self._join_in_cell, text.split("\n"))

    def _join_in_cell(self, row: str, text: str) -> str:
        head, tail = _LAST.search(row), _WORD.match(text)
        if head and tail and self._words[(head.group() + tail.group()).lower()] > 0:
            only_here = self._words[head.group().lower()] <= 1
            if only_here:
                return row + text
        return self.join(row, text)

    def join(self, row: str, text: str) -> str:
        """Add the line ``text`` to ``row``, which ran on into it."""
        if row.endswith(SOFT):
            return row.rstrip(f"-{SOFT}") + text
        if not row.endswith("-") or not row[-2:-1].isalpha():
            return f"{row} {text}"
        if _AFTER_HANGING.match(text) and text[0].islower():
            return f"{row} {text}"
        parts = _parts(row, text)
        return row[:-1] + text if parts and self._is_one(*parts) else row + text

    def _is_one(self, head: str, tail: str) -> bool:
        """Tell whether ``head`` and ``tail`` are one word without a hyphen."""
        whole, hyphenated = (self._words[(head + mark + tail).lower()] for mark in ("", "-"))
        if whole or hyphenated:
            return whole >= hyphenated
        last, first = head.rsplit("-", maxsplit=1)[-1], tail.split("-", maxsplit=1)[0]
        plain = (last.islower() or last.istitle()) and first.islower()
        return self._by_machine and plain and not _is_spelt_apart(last.lower(), first)


def _is_spelt_apart(head: str, tail: str) -> bool:
    """Tell whether a hyphen belongs between ``head`` and ``tail``: Leidraad, rules 6.C, 6.G, 6.H and 6.J."""
    abbreviation = not _VOWEL.search(head) or not _ONSET.match(head)
    denied = head == "niet" and not _NOT_DENIED.match(tail)
    paired = _ADJECTIVE.search(head) and _INFLECTED.search(tail)
    return head[-1] + tail[0] in _CLASHES or abbreviation or denied or bool(paired)


def _parts(row: str, text: str) -> tuple[str, str] | None:
    """Return the pieces of the word that ``row`` ends and ``text`` begins with, None for no broken word."""
    head, tail = _HEAD.search(row), _WORD.match(text)
    return (head.group()[:-1], tail.group()) if head and tail and head.group() != "-" else None
