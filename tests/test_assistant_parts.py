"""A question that asks two things is taken apart."""

from __future__ import annotations

import pytest

from assistant.parts import split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Hoeveel gaat er naar de politie en hoeveel naar de brandweer?",
            ("Hoeveel gaat er naar de politie?", "hoeveel naar de brandweer?"),
        ),
        (
            "Komt er geld voor sport en voor cultuur?",
            ("Komt er geld voor sport?", "Komt er geld voor cultuur?"),
        ),
        (
            "Waar gaat meer geld heen: de weg of het spoor?",
            ("Waar gaat meer geld heen de weg?", "Waar gaat meer geld heen het spoor?"),
        ),
        ("Wat staat er over wonen en bouwen?", ("Wat staat er over wonen en bouwen?",)),
        ("Wat wil de coalitie? En hoe?", ("Wat wil de coalitie? En hoe?",)),
        ("", ("",)),
    ],
)
def test_split(text: str, parts: tuple[str, ...]) -> None:
    assert split(text) == parts
