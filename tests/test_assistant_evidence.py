"""Figures, dates and reservations in sentences."""

from __future__ import annotations

import pytest

from assistant.evidence import has_caveat, points_back, spans
from assistant.question import Kind


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("amount", "Er is € 540 miljoen per jaar.", ["€ 540 miljoen"]),
        ("amount", "Dat kost €100 mln en 3 euro.", ["€100 mln", "3 euro"]),
        ("amount", "jaarlijks € 4 à 5 miljard nodig", ["€ 4 à 5 miljard"]),
        ("amount", "Er zijn 30 locaties in 2029.", []),
        ("count", "Het gaat om 14 landen sinds 2026.", ["14"]),
        ("count", "ten minste vier nieuwe kerncentrales", ["vier"]),
        ("count", "100.000 nieuwe woningen", ["100.000"]),
        ("share", "waarvan 30% sociale huur", ["30%"]),
        ("share", "waarvan twee derde betaalbaar", ["twee derde"]),
        ("date", "met ingang van 1 januari 2029", ["1 januari 2029"]),
        ("date", "naar verwachting plaats in april", ["april"]),
        ("duration", "verkort naar één jaar", ["één jaar"]),
    ],
)
def test_spans(kind: Kind, text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in spans(kind, text)] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vooralsnog is onduidelijk wat dit betekent.", True),
        ("Hiervoor is nog geen dekking opgenomen.", True),
        ("Het is nog niet bekend welke middelen komen.", True),
        ("Hoe dit doorwerkt moet nog blijken.", True),
        ("Gemeenten zijn blij met het plan.", False),
    ],
)
def test_caveats(text: str, expected: bool) -> None:
    assert has_caveat(text) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die lopen op van 2 tot 3.", True),
        ("Hiervoor is geld.", True),
        ("Daarna volgt de rest.", True),
        ("De gemeente betaalt.", False),
        ("Diensten zijn online.", False),
    ],
)
def test_a_sentence_that_points_back_needs_the_one_before(sentence: str, expected: bool) -> None:
    assert points_back(sentence) is expected
