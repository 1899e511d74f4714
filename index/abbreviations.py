"""Abbreviations and the words that a letter itself explains them with: "… ondersteuning (Wmo)".

The method is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (2003): the letters of the short form are sought from right to left
in the words before its brackets, the first of them at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# The short form in brackets, and the line's words before it.
_BRACKETS = re.compile(r"([^\n().;:]{3,120}) \(([A-Za-z][A-Za-z0-9-]{1,9})\)")


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield each short form in ``text`` with its long form, once each."""
    seen: set[str] = set()
    for match in _BRACKETS.finditer(text):
        before, short = match.groups()
        if short in seen or not any(c.isupper() for c in short):
            continue
        long = _long_form(short, before)
        if long:
            seen.add(short)
            yield short, long


def _long_form(short: str, before: str) -> str:
    """Return the last words of ``before`` that spell ``short``, or ""."""
    count = min(len(short) + 5, 2 * len(short))
    words = before.split()[-count:]
    text = " ".join(words)
    at = len(text)
    for number, letter in enumerate(reversed(short.lower()), start=1):
        if not letter.isalnum():
            continue
        at -= 1
        last = number == len(short)
        while at >= 0 and (text[at].lower() != letter or (last and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    long = text[at:]
    return long if len(long) > len(short) and short not in long.split() else ""
