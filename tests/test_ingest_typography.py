"""Titles are told from running text by their type, and bookmarks say which they are."""

from __future__ import annotations

import pytest
from page_words import BOLD, PLAIN, words

from ingest.pdf.bookmarks import declared
from ingest.pdf.file import Bookmark
from ingest.pdf.page import Row, Style
from ingest.pdf.paragraphs import gaps_before
from ingest.pdf.rows import row_of
from ingest.pdf.typography import ranks

EDGES = (50.0, 550.0, 600.0)
TEXT = "De gemeente bouwt duizend woningen in drie jaar en dat kost veel geld voor iedereen die er woont"


def page(*parts: tuple[str, Style]) -> list[Row]:
    """Return rows under each other, with room before each that is no plain text."""
    rows, y = [], 800.0
    for text, style in parts:
        y -= 12 if text == TEXT else 24
        rows.append(row_of(words(text, 50, y, style), 1, EDGES))
    return rows


def found(rows: list[Row], bookmarks: tuple[Bookmark, ...] = ()) -> list[int]:
    return ranks(rows, gaps_before(rows, PLAIN), PLAIN, declared(rows, bookmarks))


@pytest.mark.parametrize(
    "style",
    [
        PLAIN._replace(size=12.0),
        BOLD,
        PLAIN._replace(colour="0.0 0.3 0.6"),
        PLAIN._replace(italic=True),
        PLAIN._replace(underlined=True),
    ],
)
def test_what_stands_out_is_a_title(style: Style) -> None:
    assert found(page(("Wonen", style), (TEXT, PLAIN), (TEXT, PLAIN))) == [1, 0, 0]


def test_capitals_are_a_title() -> None:
    assert found(page(("WONEN EN WERKEN", PLAIN), (TEXT, PLAIN), (TEXT, PLAIN))) == [1, 0, 0]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("Dit is een vette zin.", BOLD),
        ("Figuur 2: de wijken", BOLD),
        ("• een punt", BOLD),
        ("www.vereniging.nl/wonen", PLAIN._replace(colour="0 0 1")),
        ("Een ander lettertype", PLAIN._replace(face="Mono")),
        ("Let op:", BOLD),
        ("7", PLAIN._replace(size=20.0)),
    ],
)
def test_what_is_no_title(text: str, style: Style) -> None:
    assert found(page((text, style), (TEXT, PLAIN), (TEXT, PLAIN))) == [0, 0, 0]


def test_bold_words_that_open_a_paragraph_are_no_title() -> None:
    opening = row_of([*words("Huur.", 50, 700, BOLD), *words(TEXT, 90, 700)], 1, EDGES)
    assert found([opening, *page((TEXT, PLAIN))]) == [0, 0]
    rows = page(("Een vette aanhef die doorgaat op de volgende regel", BOLD))
    rows.append(row_of([*words("en hier", 50, 764, BOLD), *words(TEXT, 100, 764)], 1, EDGES))
    assert found([*rows, *page((TEXT, PLAIN))])[:2] == [0, 0]


def test_larger_stands_above_bold_and_bold_above_colour() -> None:
    large, coloured = BOLD._replace(size=14.0), BOLD._replace(colour="0 0 1")
    rows = page(
        ("Een", large), ("Twee", BOLD), ("Drie", coloured), (TEXT, PLAIN), ("Vier", BOLD), (TEXT, PLAIN)
    )
    assert found(rows) == [1, 2, 3, 0, 2, 0]


def test_bookmarks_give_titles_and_levels() -> None:
    rows = page(
        ("Wonen", PLAIN), (TEXT, PLAIN), ("Huur", PLAIN), (TEXT, PLAIN), ("Werken", PLAIN), (TEXT, PLAIN)
    )
    marks = (
        Bookmark("Wonen", 1, 1),
        Bookmark("1.1 Huur", 2, 1),
        Bookmark("huur", 2, 1),
        Bookmark("WERKEN", 1, 1),
    )
    assert found(rows, marks) == [1, 0, 2, 0, 1, 0]


def test_bookmarks_that_name_no_lines_are_passed_over() -> None:
    rows = page(("Wonen", BOLD), (TEXT, PLAIN))
    assert found(rows, (Bookmark("Microsoft Word - brief.docx", 1, 1), Bookmark("Wonen", 1, 1))) == [1, 0]
