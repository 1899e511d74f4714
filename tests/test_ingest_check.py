"""What looks odd in an outline is said; a sound letter gives nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.about import described
from ingest.check import oddities
from ingest.letter import Letter
from ingest.letter_store import read_letter
from ingest.outline import outline
from ingest.text import split_lines

HEAD = "Datum: 12 maart 2027\n\nGeachte leden,\n\n"


def said(body: str) -> list[str]:
    lines = split_lines(HEAD + body)
    return [oddity.text for oddity in oddities(described(outline(lines, "stuk"), lines))]


def test_a_sound_letter_has_nothing_odd() -> None:
    letter = read_letter(Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt")
    assert oddities(letter) == ()


def test_the_shipped_letter_lacks_only_its_date(letter: Letter) -> None:
    whole = [oddity.text for oddity in oddities(letter) if oddity.start is None]
    assert whole == ["De datum van de brief is niet gevonden. Vul hem zelf in."]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Er komt veel geld bij voor de kust. " * 250, "Er zijn geen titels gevonden"),
        ("Geld\n\n" + "Er komt veel geld bij voor de kust en voor het strand. " * 60, "Deze alinea is lang"),
        ("Geld\n\nEr is geld.\n\nvoor de kust en het strand.", "begint met een kleine letter"),
        ("Geld\n\nEr is geld voor de \ufffd\ufffdst.", "tekens die niet te lezen zijn"),
        (
            "Hoofdstuk 1 – Geld\n\nEr is geld.\n\nHoofdstuk 3 – Kust\n\nEr is zand.",
            "Na hoofdstuk 1 komt hoofdstuk 3",
        ),
    ],
)
def test_what_is_odd_is_said(body: str, expected: str) -> None:
    assert any(expected in text for text in said(body)), said(body)
