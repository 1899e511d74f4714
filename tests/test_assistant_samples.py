"""Sample questions: from the letter's own titles, spread, and written as Dutch is written."""

from __future__ import annotations

import pytest

from assistant.samples import sample_questions
from ingest.letter import Letter, Part, Passage, Voice


def part(title: str, text: str, *, chapter: int = 1, heading: str = "", voice: Voice = "vng") -> Part:
    """A part of one paragraph."""
    passage = Passage(text, 0, len(text), page=1, number=1, anchor="a")
    return Part(chapter, "Hoofdstuk", (title,), "", heading, voice, 1, (passage,))


def halves(title: str, text: str, chapter: int = 1) -> tuple[Part, Part]:
    """A section with what the agreement says and what it means."""
    return (
        part(title, text, chapter=chapter, heading="Wat staat er in het akkoord?", voice="akkoord"),
        part(title, text, chapter=chapter, heading="Wat betekent dit voor gemeenten?"),
    )


def letter_of(*parts: Part) -> Letter:
    """A letter of ``parts``; its offsets do not matter here."""
    return Letter("brief", "Brief", "", 1, parts)


def test_shipped_letter_gets_four_different_questions(letter: Letter) -> None:
    questions = sample_questions(letter)
    assert len(set(questions)) == 4
    assert all(question.endswith("?") and question.startswith("Wat ") for question in questions)


def test_questions_take_both_voices_by_turns(letter: Letter) -> None:
    questions = sample_questions(letter)
    assert ["betekent" in question for question in questions] == [False, True, False, True]


def test_questions_are_about_sections_of_different_chapters(letter: Letter) -> None:
    titles = {title.lower(): part.chapter for part in letter.parts for title in part.section if part.heading}
    chapters = [
        {chapter for title, chapter in titles.items() if question.lower().endswith(f" {title}?")}
        for question in sample_questions(letter)
    ]
    assert all(chapters)
    assert len(set.union(*chapters)) >= 4


@pytest.mark.parametrize("count", [0, 1, 3, 1000])
def test_never_more_than_asked_for(letter: Letter, count: int) -> None:
    questions = sample_questions(letter, count)
    assert len(questions) <= count
    assert len(questions) == len(set(questions))


@pytest.mark.parametrize(
    ("title", "text", "topic"),
    [
        ("Huishoudelijke hulp", "De huishoudelijke hulp verandert.", "huishoudelijke hulp"),
        ("Wmo", "Volgens de Wmo mag dat.", "Wmo"),
        ("GGZ", "De zorg verandert.", "GGZ"),
        ("Europa en de wereld", "Ook in Europa gebeurt dat.", "Europa en de wereld"),
        ("VN-verdrag handicap", "Er is een verdrag.", "VN-verdrag handicap"),
    ],
)
def test_first_letter_follows_the_running_text(title: str, text: str, topic: str) -> None:
    assert sample_questions(letter_of(part(title, text))) == [f"Wat staat er in de brief over {topic}?"]


@pytest.mark.parametrize(
    "title",
    [
        "Op koers voor het klimaat",  # a slogan
        "Werk, inkomen en zorg",  # a list
        "Een lange titel van wel acht woorden lang",
        "Gelijke Behandeling",  # a capital inside that the text does not explain
        "Onbekend",  # the text does not show how it is written
    ],
)
def test_title_that_fits_no_sentence_gives_no_question(title: str) -> None:
    assert sample_questions(letter_of(part(title, "Op werk gelijke behandeling een lange titel."))) == []


def test_letter_without_halves_is_asked_what_it_says() -> None:
    questions = sample_questions(letter_of(part("Afval", "Over afval en water."), part("Water", "water")))
    assert questions == [
        "Wat staat er in de brief over afval?",
        "Wat staat er in de brief over water?",
    ]


def test_section_without_both_halves_is_passed_over() -> None:
    parts = (*halves("Afval", "Het afval en het water."), part("Water", "Het water."))
    assert sample_questions(letter_of(*parts)) == ["Wat staat er in het akkoord over afval?"]


def test_letter_without_sections_gives_no_questions() -> None:
    assert sample_questions(letter_of()) == []
