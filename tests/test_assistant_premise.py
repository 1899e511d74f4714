"""What a question for a reason takes for granted, and what is said when the letter denies it."""

from __future__ import annotations

import pytest

from assistant.premise import taken_for_granted


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Waarom stopt de gemeente met het zwembad?", "Stopt de gemeente met het zwembad?"),
        ("En waarom gaat de huur omhoog?", "Gaat de huur omhoog?"),
        ("Hoe komt het dat de wet later ingaat?", "Klopt het dat de wet later ingaat?"),
        ("Waarom gaat de wet niet door?", None),
        ("Waarom?", None),
        ("Wanneer gaat de wet in?", None),
    ],
)
def test_what_is_taken_for_granted(question: str, claim: str | None) -> None:
    assert taken_for_granted(question) == claim
