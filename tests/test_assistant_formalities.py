"""Who signed the letter, to whom it is and of what date are read from its head and its foot."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.formalities import of_letter
from ingest.letter import Letter
from ingest.letter_store import read_letter


@pytest.mark.parametrize(
    "question",
    [
        "Wie ondertekende de brief?",
        "Wie heeft deze ledenbrief ondertekend?",
        "Door wie is de brief geschreven?",
        "Van wie is deze brief?",
        "Wie zijn de ondertekenaars?",
    ],
)
def test_signatures_answer_who_signed(question: str, letter: Letter) -> None:
    draft = of_letter(question, [letter])
    assert draft
    assert [s.text.split("\n")[0] for s in draft.statements] == [
        "Vereniging van Nederlandse Gemeenten",
        "dr. mr. L.K. Geluk",
        "Sharon A.M. Dijksma",
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Aan wie is de brief gericht?", "Geachte leden"),
        ("Van welke datum is deze brief?", "Datum: 9 oktober 2028"),
        ("Wanneer is de brief verstuurd?", "Datum: 9 oktober 2028"),
    ],
)
def test_the_head_answers_to_whom_and_when(question: str, expected: str) -> None:
    second = read_letter(Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt")
    draft = of_letter(question, [second])
    assert draft
    assert any(expected in s.text for s in draft.statements)


@pytest.mark.parametrize(
    "question",
    [
        "Wie tekent het convenant over de jeugdzorg?",
        "Wanneer staat er meer over in een volgende brief?",
        "Aan wie wordt de toeslag betaald?",
        "Wie schrijft de nieuwe wet?",
    ],
)
def test_other_questions_are_not_about_the_letter_itself(question: str, letter: Letter) -> None:
    assert of_letter(question, [letter]) is None


def test_a_date_that_is_not_there_is_not_made_up(letter: Letter) -> None:
    assert of_letter("Van welke datum is deze brief?", [letter]) is None
