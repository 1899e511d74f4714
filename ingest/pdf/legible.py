"""Which pages of a PDF hold text that can be read, which are scans, and what to tell the user of them."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from ingest.pdf.page import Drawing

_SCAN = 0.4  # of the page, that a scan covers
_STAMP = 60  # letters: a scanned page may have a number or a stamp set over it
_UNKNOWN = 0.3  # of the letters
_FEWEST = 200  # letters, to judge a page by its vowels
_MOST_ODD = 0.3  # of what is no digit or punctuation; text of any European language has hardly any
_ORDINARY = frozenset(string.punctuation + "–—‘’‚“”„…•·€£°§´`«»")
_VOWELS = (0.2, 0.6)  # of the letters; Dutch has 0.38
_VOWEL = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE)


def is_scan(drawing: Drawing) -> bool:
    """Tell whether a page is a picture without text."""
    return _letters(drawing) < _STAMP and drawing.pictured >= _SCAN


def is_garbled(drawing: Drawing) -> bool:
    """Tell whether the letters of a page are none, for its file does not say what its glyphs stand for."""
    text = "".join(word.text for word in drawing.words)
    count = len(text)
    if text.count("\ufffd") > _UNKNOWN * count:
        return True
    letters = [c for c in text if c.isalpha()]
    odd = sum(not c.isalnum() and c not in _ORDINARY for c in text)
    if len(letters) + odd < _FEWEST:
        return False
    vowels = len(_VOWEL.findall("".join(letters))) / max(1, len(letters))
    return odd > _MOST_ODD * (len(letters) + odd) or not _VOWELS[0] < vowels < _VOWELS[1]


def notes(scans: Sequence[int], garbled: Sequence[int], *, installed: bool) -> tuple[str, ...]:
    """Word what could not be read; ``installed`` tells whether there is a program that reads scans."""
    said = []
    if scans:
        help_ = (
            "Maak er met een scherpere scan of een ander programma voor tekstherkenning (OCR) tekst van en "
            "voeg de brief opnieuw toe."
            if installed
            else "Installeer het programma tesseract, of maak er zelf met tekstherkenning (OCR) tekst van. "
            "Voeg de brief daarna opnieuw toe."
        )
        what = "een scan" if len(scans) == 1 else "scans"
        said.append(f"{_pages(scans)} {what} zonder tekst en niet gelezen. {help_}")
    if garbled:
        said.append(
            f"{_pages(garbled)} niet te lezen: het bestand is daar beschadigd of zegt niet welke letters er "
            "staan. Sla de brief opnieuw op als PDF en voeg hem opnieuw toe."
        )
    return tuple(said)


def _pages(numbers: Sequence[int]) -> str:
    """Return "Bladzijde 3 is" or "Bladzijden 1 tot en met 4 en 7 zijn"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [
        str(run[0]) if len(run) == 1 else f"{run[0]} {'en' if len(run) == 2 else 'tot en met'} {run[-1]}"
        for run in runs
    ]
    listed = ", ".join(parts[:-1]) + (" en " if parts[1:] else "") + parts[-1]
    return f"Bladzijde {listed} is" if len(numbers) == 1 else f"Bladzijden {listed} zijn"


def _letters(drawing: Drawing) -> int:
    return sum(len(word.text) for word in drawing.words)
