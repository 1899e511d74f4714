"""Which letters a question in the chat is put to: those that were chosen, of a period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.about import parse_date
from ingest.errors import LetterError
from ingest.letter import Letter

_YEAR = re.compile(r"(?:19|20)\d\d")


def current(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters that no other of them replaced."""
    slugs = {letter.slug for letter in letters}
    return [letter for letter in letters if letter.replaced_by not in slugs]


def documents(letters: Sequence[Letter], chosen: Sequence[str], since: str, until: str) -> list[str]:
    """Return the slugs of the letters to search; none means all that count.

    ``since`` and ``until`` are as typed: a date, a year or nothing. Raises LetterError when one is
    neither, or when no letter is left.
    """
    if not (since.strip() or until.strip()):
        return list(chosen)
    first, last = _day(since, date.min, first=True), _day(until, date.max, first=False)
    found = [
        letter.slug
        for letter in letters
        if letter.date and first <= letter.date <= last
        if letter.slug in (chosen or [other.slug for other in current(letters)])
    ]
    if not found:
        raise LetterError(
            "In deze periode is er geen brief. Kies een andere periode, of maak de vakken leeg."
        )
    return found


def _day(text: str, otherwise: date, *, first: bool) -> date:
    text = text.strip()
    if not text:
        return otherwise
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1) if first else date(int(text), 12, 31)
    found = parse_date(text)
    if found is None:
        raise LetterError(f"'{text}' is geen datum. Schrijf een jaar, of een datum zoals 30-1-2026.")
    return found
