"""Tells a Dutch question from an English or German one by its small words."""

from __future__ import annotations

from index.analysis import words

_DUTCH = frozenset(
    "aan als bij dan dat de deze die dit een en er gaat geld het hoe hoeveel in is kan komt krijgt met "
    "moet naar niet of om onder ook op over staat te tot uit van vanaf voor waar waarom wanneer wat we "
    "welk welke wie wil wordt zijn".split()
)
_ENGLISH = frozenset(
    "a an and are at by do does for from have how i in is it many much of on or that the their there "
    "they this to was we what when where which who why will with you".split()
)
_GERMAN = frozenset(
    "auf bei das der die ein eine es für gibt hat ich ist mit nicht sind und viel von wann warum was "
    "welche welcher wer werden wie wird wo zu zum zur".split()
)


def is_dutch(text: str) -> bool:
    """Tell whether ``text`` reads as Dutch; a few bare words count as Dutch."""
    asked = words(text)
    dutch, english, german = (sum(w in small for w in asked) for small in (_DUTCH, _ENGLISH, _GERMAN))
    return dutch >= max(english, german) or max(english, german) < 2
