"""Mends words that were broken at the end of a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# After these a hyphen at a line's end is a hanging one: "zorg-" / "en welzijn".
_AFTER_HANGING = re.compile(r"(?:en|of|tot|maar|als|noch|dan|respectievelijk)\b")
_WORD = re.compile(r"[\w’'-]+")


class Hyphens:
    """Tells by a letter's own words whether a hyphen at a line's end belongs to the word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words = Counter(word.lower() for line in lines for word in _WORD.findall(line))

    def join(self, row: str, text: str) -> str:
        """Add the line ``text`` to ``row``, which ran on into it."""
        if not row.endswith("-") or not row[-2:-1].isalpha():
            return f"{row} {text}"
        if _AFTER_HANGING.match(text) and text[0].islower():
            return f"{row} {text}"
        head = re.search(r"[\w’'-]+-$", row)
        tail = _WORD.match(text)
        if head and tail and self._words[(head.group()[:-1] + tail.group()).lower()]:
            return row[:-1] + text
        return row + text
