"""What is read of a letter's date, sender, kind and language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.about import described, parse_date
from ingest.letter import Letter
from ingest.letter_store import read_letter
from ingest.outline import outline
from ingest.text import split_lines

SECOND = Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"
BODY = "\n\nGeachte leden,\n\nDeze brief gaat over geld voor de kust en voor het strand.\n"


def letter_of(text: str) -> Letter:
    lines = split_lines(text)
    return described(outline(lines, "stuk"), lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 maart 2027", date(2027, 3, 12)),
        ("op 1 mrt. 2027 en daarna", date(2027, 3, 1)),
        ("3-4-2026", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("31 februari 2026", None),
        ("maart 2026", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Datum: 12 maart 2027", date(2027, 3, 12)),
        ("Datum\n12 maart 2027", date(2027, 3, 12)),
        ("Den Haag, 12 maart 2027", date(2027, 3, 12)),
        ("12-03-2027", date(2027, 3, 12)),
        ("Op 12 maart 2027 verscheen het plan voor de kust.", None),
        ("Vergaderdatum van de raad", None),
    ],
)
def test_only_a_date_of_the_letter_itself_counts(head: str, expected: date | None) -> None:
    assert letter_of(head + BODY).date == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Van: de heer J. de Vries", "de heer J. de Vries"),
        ("Bond van Kustgemeenten", "Bond van Kustgemeenten"),
        ("Aan: Gemeente Zeekerke", ""),
        ("Waterschap Ouderwaard is er blij mee, en dat zegt het ook.", ""),
    ],
)
def test_the_sender_is_who_is_named_above_the_letter(head: str, expected: str) -> None:
    assert letter_of(head + BODY).sender == expected


def test_the_sender_may_stand_under_the_letter(letter: Letter) -> None:
    assert (letter.sender, letter.kind, letter.language) == (
        "Vereniging van Nederlandse Gemeenten",
        "ledenbrief",
        "nl",
    )


def test_a_letter_of_another_body_is_described() -> None:
    found = read_letter(SECOND)
    assert (found.sender, found.date, found.kind) == (
        "Verbond van Poldergemeenten",
        date(2028, 10, 9),
        "brief",
    )


def test_an_english_letter_is_seen() -> None:
    text = "Dear members,\n\nThis is what the plan means for you and how much of the money there is for it."
    assert letter_of(text).language == "en"
