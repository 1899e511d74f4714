"""What a question for a reason takes for granted: "Waarom stopt X?" → "Stopt X?"."""

from __future__ import annotations

import re

_WHY = re.compile(
    r"(?:en |maar |dus )?(?:waarom|hoezo|om welke reden)\s+(?P<claim>\w+\b.{8,})", re.IGNORECASE
)
_HOW_COME = re.compile(
    r"(?:en |maar |dus )?(?:hoe komt het|wat is de reden|hoe kan het)\s+dat\s+(?P<claim>\w+\b.{8,})",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:niet|geen|nooit|niemand|nergens|niets)\b", re.IGNORECASE)


def taken_for_granted(question: str) -> str | None:
    """Return the question that must be answered with yes for ``question`` to make sense.

    None where it asks for no reason, or takes for granted that something is not so: of a denial it
    cannot be told well whether a sentence denies it.
    """
    text = question.strip()
    if _NEGATION.search(text):
        return None
    if match := _WHY.fullmatch(text):
        claim = match["claim"]
        return claim[0].upper() + claim[1:]
    if match := _HOW_COME.fullmatch(text):
        return f"Klopt het dat {match['claim']}"
    return None
