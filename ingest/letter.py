"""The domain types: a letter, its parts and its paragraphs, each with its exact place."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Voice = Literal["akkoord", "vng"]
PassageKind = Literal["text", "list", "table", "formality"]

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table; ``start`` and ``end`` are offsets in the letter's text."""

    label: str
    cells: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a letter: ``columns`` are the heads of the cells, ``corner`` that of the labels."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    corner: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, the unit of retrieval and citation.

    ``start`` and ``end`` are offsets in the letter's text, ``number`` counts from 1 under the
    heading, ``anchor`` is the paragraph's permanent name on the letter's page.
    """

    text: str
    start: int
    end: int
    page: int
    number: int
    anchor: str
    kind: PassageKind = "text"
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading: ``section`` is the path of titles, outermost first."""

    chapter: int
    chapter_title: str
    section: tuple[str, ...]
    section_number: str
    heading: str
    voice: Voice
    page: int
    passages: tuple[Passage, ...]

    @property
    def name(self) -> str:
        """The chapter as one says it: "Hoofdstuk 2", "Bijlage 1", or the title of the cover letter."""
        return chapter_name(self.chapter, self.chapter_title)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as normalised text with parts that point into it.

    Invariant: ``letter.text[p.start:p.end] == p.text`` for every passage ``p``. ``sender``, ``date``
    and ``kind`` ("ledenbrief", "factsheet") are as far as known; ``language`` is an ISO 639-1 code.
    ``replaced_by`` is the slug of the version that came in its place, "" for a letter that holds.
    """

    slug: str
    title: str
    text: str
    pages: int
    parts: tuple[Part, ...]
    sender: str = ""
    date: date | None = None
    kind: str = ""
    language: str = "nl"
    replaced_by: str = ""

    @property
    def places(self) -> Iterator[tuple[Part, Passage]]:
        """Every passage with its part, in reading order."""
        return ((part, passage) for part in self.parts for passage in part.passages)

    @property
    def dated_title(self) -> str:
        """The title with the letter's date, where that is known: what tells versions apart."""
        return f"{self.title} ({dutch_date(self.date)})" if self.date else self.title

    @property
    def digest(self) -> str:
        """SHA-256 of its text and parts: changes when any citation would."""
        return hashlib.sha256(repr((self.slug, self.text, self.parts)).encode()).hexdigest()


def chapter_name(number: int, title: str) -> str:
    """Return how a chapter is called: annexes and the cover letter go by their own name."""
    if annex := re.match(r"Bijlage(?: \w+)?", title):
        return annex.group()
    return f"Hoofdstuk {number}" if number else title


def dutch_date(day: date) -> str:
    """Return ``day`` as it is written in Dutch: "30 januari 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def slugify(text: str) -> str:
    """Return ``text`` as lower-case ASCII words joined by hyphens, fit for an address."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower()))
