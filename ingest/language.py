"""Tells Dutch from English and German by their small words."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

Language = Literal["nl", "en", "de"]

_SMALL_WORDS: dict[Language, frozenset[str]] = {
    "nl": frozenset(
        "aan als bij dan dat de deze die dit een en er gaat geld het hoe hoeveel in is kan komt krijgt met "
        "moet naar niet of om onder ook op over staat te tot uit van vanaf voor waar waarom wanneer wat we "
        "welk welke wie wil wordt zijn".split()
    ),
    "en": frozenset(
        "a an and are at by do does for from have how i in is it many much of on or that the their there "
        "they this to was we what when where which who why will with you".split()
    ),
    "de": frozenset(
        "auf bei das der die ein eine es für gibt hat ich ist mit nicht sind und viel von wann warum was "
        "welche welcher wer werden wie wird wo zu zum zur".split()
    ),
}


def small_words(text: str) -> dict[Language, int]:
    """Return how many words of ``text`` are small words of each language."""
    counts = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    return {language: sum(counts[word] for word in small) for language, small in _SMALL_WORDS.items()}


def language_of(text: str) -> Language:
    """Return the language whose small words ``text`` has most of; Dutch where none has more."""
    counts = small_words(text)
    return max(counts, key=lambda language: counts[language])
