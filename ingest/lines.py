"""What a single line of a letter looks like: chapter, numbered title, question, list item, cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.letter import Voice

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_CHAPTER = re.compile(
    r"(?:Hoofdstuk|HOOFDSTUK|Deel|DEEL)\s+(?P<number>\d{1,2}|[IVXL]+)\b"
    r"(?:\s*[.:–—-]\s*(?P<title>.*)|\s+(?P<bare>[A-ZÀ-Þ(‘“].*))?"
)
_ANNEX = re.compile(
    r"bijlage(?:\s+(?P<number>\d{1,2}|[A-Z]|[IVXL]+)\b)?\s*(?:[.:–—-]\s*(?P<title>.*))?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[(\"‘“]?[A-ZÀ-Þ].*)")
_BULLET = re.compile(r"[•●▪○◦‣■□*–—-]\s+(?=\S)")
_ENUMERATOR = re.compile(r"(?:\d{1,2}[.)]|[a-z][.)]|[ivx]{1,4}[.)])\s+(?=\S)")
_CELL = r"(?:[€$]\s?)?[-–+]?\d[\d.,]*(?:\s?(?:%|procent|mln\.?|mld\.?|miljoen|miljard))?|n\.v\.t\.|[-–]"
_CELLS = re.compile(rf"(?P<label>.*?)\s*(?P<cells>(?:(?<!\S)(?:{_CELL})(?:\s+|$)){{2,}})$")
_LONGEST_ROW = 500  # characters
_ONE_CELL = re.compile(_CELL)
_CLOSING = re.compile(
    r"(?:met (?:vriendelijke|hartelijke|collegiale|de meeste) (?:groet|hoogachting)|hoogachtend)"
    r"(?: namens [^.]{1,60})?[,.]?",
    re.IGNORECASE,
)
# A heading that reports what another's plan says; every other one is the sender's own word.
_PLAN = (
    r"(?:het kabinet|de coalitie(?:partijen)?|het rijk|de minister|de regering|de (?:wet|nota|agenda)|"
    r"het (?:[\w-]*akkoord|advies|plan|convenant|programma|voorstel))"
)
_REPORTING = re.compile(
    rf"wat (?:staat (?:er )?in |stelt .+ voor|(?:wil|willen|doet|zegt|schrijft|regelt) {_PLAN}\b)",
    re.IGNORECASE,
)
# One that names no plan reports too, unless it asks for the sender's or the reader's part.
_DECIDED = re.compile(
    r"wat (?:verandert|gaat er veranderen|wordt (?:er )?(?:anders|geregeld)|"
    r"is (?:er )?(?:afgesproken|besloten|geregeld|nieuw|het (?:plan|voorstel|besluit)))|"
    r"(?:de |het )?(?:afspraken|inhoud|kern|voorstel|besluit|plannen)\b",
    re.IGNORECASE,
)
_OWN_WORD = re.compile(
    r"\b(?:ons|onze|wij|we|uw?|jullie|bestuur|vereniging|leden|gemeenten?)\b", re.IGNORECASE
)

_SALUTATION = re.compile(r"(?:geachte|beste|l\.s\.)\b.*,?", re.IGNORECASE)

SENTENCE_END = re.compile(r"[.!?…][\"'’”)\]]*$")


@dataclass(frozen=True, slots=True)
class Cells:
    """A line of a table: the words before its cells, and the cells."""

    label: str
    cells: tuple[str, ...]


def chapter_of(text: str) -> tuple[int | None, str] | None:
    """Return (number, title) of a chapter line, None for another line; an annex has no number."""
    if len(text) > 150 or SENTENCE_END.search(text):
        return None
    if match := _CHAPTER.fullmatch(text):
        number = match["number"]
        title = (match["title"] or match["bare"] or "").strip()
        return int(number) if number.isdigit() else _roman(number), title
    if (match := _ANNEX.fullmatch(text)) and text[0] == "B":
        name = f"Bijlage {match['number'] or ''}".strip()
        title = (match["title"] or "").strip()
        return None, f"{name}: {title}" if title else name
    return None


def numbered_title(text: str) -> tuple[str, str] | None:
    """Return ("2.1", title) of a line that begins with a section number, else None."""
    match = _NUMBERED.fullmatch(text)
    return (match["number"], match["title"]) if match else None


def bullet(text: str) -> str:
    """Return the bullet or enumerator ("•", "-", "1.", "a)") that ``text`` begins with, or ""."""
    match = _BULLET.match(text) or _ENUMERATOR.match(text)
    return match.group() if match else ""


def is_enumerator(mark: str) -> bool:
    """Tell whether a mark of ``bullet`` is a number or letter, which is part of the letter's words."""
    return bool(_ENUMERATOR.match(f"{mark.strip()} x"))


@lru_cache(1024)
def cells_of(text: str) -> Cells | None:
    """Return the cells of a line that ends in two or more figures, None for running text."""
    if len(text) > _LONGEST_ROW:
        return None
    match = _CELLS.fullmatch(text)
    if not match or SENTENCE_END.search(match["label"]):
        return None
    return Cells(match["label"].strip(), tuple(c.strip() for c in _ONE_CELL.findall(match["cells"])))


def is_question(text: str) -> bool:
    """Tell whether ``text`` is a short question: the heading of a half."""
    return text.endswith("?") and len(text.split()) <= 14 and not SENTENCE_END.search(text[:-1])


def is_salutation(text: str) -> bool:
    """Tell whether ``text`` addresses the reader, as the first line of a letter does."""
    return len(text) <= 120 and bool(_SALUTATION.fullmatch(text)) and text[-1] in ",:"


def is_closing(text: str) -> bool:
    """Tell whether ``text`` is the closing formula of a letter."""
    return bool(_CLOSING.fullmatch(text))


def voice_of(heading: str) -> Voice:
    """Return who speaks under ``heading``: the plan that is reported, or the sender."""
    decided = _DECIDED.match(heading) and not _OWN_WORD.search(heading)
    return "akkoord" if decided or _REPORTING.match(heading) else "vng"


def _roman(number: str) -> int:
    values = [_ROMAN[letter] for letter in number]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
