"""A question that asks two things is taken apart."""

from __future__ import annotations

import pytest

from assistant.parts import split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Hoeveel gaat er naar de politie en hoeveel naar de brandweer?",
            ("Hoeveel gaat er naar de politie?", "Hoeveel gaat er naar de brandweer?"),
        ),
        (
            "Komt er geld voor sport en voor cultuur?",
            ("Komt er geld voor sport?", "Komt er geld voor cultuur?"),
        ),
        (
            "Waar gaat meer geld heen: de weg of het spoor?",
            ("Waar gaat geld heen de weg?", "Waar gaat geld heen het spoor?"),
        ),
        ("Wat staat er over wonen en bouwen?", ("Wat staat er over wonen en bouwen?",)),
        (
            "Wat gaat er naar het spoor en wat naar de fiets?",
            ("Wat gaat er naar het spoor?", "Wat gaat er naar de fiets?"),
        ),
        (
            "Wordt de korting zowel bij de jeugd als bij ouderen teruggedraaid?",
            ("Wordt de korting bij de jeugd teruggedraaid?", "Wordt de korting bij ouderen teruggedraaid?"),
        ),
        (
            "Vanaf wanneer komt er geld bij, en tot welke datum kan ik het vragen?",
            ("Vanaf wanneer komt er geld bij?", "tot welke datum kan ik het vragen?"),
        ),
        ("Wat wil de coalitie? En hoe?", ("Wat wil de coalitie?", "En hoe?")),
        ("Ik hoorde van een plan. Wat kost dat?", ("Ik hoorde van een plan. Wat kost dat?",)),
        ("Loopt het tot begin 2027 of tot maart 2027?", ("Loopt het tot begin 2027 of tot maart 2027?",)),
        ("Wie? Wat? Waar? Wanneer?", ("Wie? Wat? Waar? Wanneer?",)),
        ("", ("",)),
    ],
)
def test_split(text: str, parts: tuple[str, ...]) -> None:
    assert split(text) == parts
