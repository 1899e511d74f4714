"""Chapters that a question names are found, and its answer is looked for there first."""

from __future__ import annotations

import pytest

from assistant import messages
from assistant.places import COVER, chapters_named, without_chapters
from assistant.service import Assistant


@pytest.mark.parametrize(
    ("question", "chapters"),
    [
        ("Wat staat er in hoofdstuk 5 over wonen?", {5}),
        ("Wat staat er in de hoofdstukken 2, 3 en 4?", {2, 3, 4}),
        ("Wat zegt hoofdstuk twee?", {2}),
        ("Welk bedrag noemt het vierde hoofdstuk?", {4}),
        ("Wat schrijft de aanbiedingsbrief over geld?", {COVER}),
        ("In welk hoofdstuk gaat het over water?", set()),
        ("Wat staat er in de brief over 5 gemeenten?", set()),
        ("Krijgt elk deel een eigen bedrag?", set()),
    ],
)
def test_chapters_named(question: str, chapters: set[int]) -> None:
    assert chapters_named(question) == chapters


def test_a_question_without_its_chapters() -> None:
    assert without_chapters("Wat staat er in hoofdstuk 3 en 5 over geld?") == "Wat staat er over geld?"
    assert without_chapters("Wat zegt de aanbiedingsbrief over geld?") == "Wat zegt over geld?"


def test_the_answer_comes_from_the_chapter_that_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("Wat zegt de aanbiedingsbrief over jeugdzorg?")
    assert answer.status == "answered"
    assert {citation.chapter for citation in answer.citations} == {COVER}


def test_an_answer_from_elsewhere_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("Wat staat er in hoofdstuk 2 over kerncentrales?")
    assert answer.status == "answered"
    assert messages.ELSEWHERE in [note.text for note in answer.notes]
    assert 2 not in {citation.chapter for citation in answer.citations}


def test_a_chapter_that_is_not_there_is_not_summarised(assistant: Assistant) -> None:
    assert assistant.ask("Wat staat er in hoofdstuk 12?").status == "not_in_letter"
