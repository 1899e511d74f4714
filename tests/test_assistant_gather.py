"""Questions for every place get a sentence of each section that names the subject."""

from __future__ import annotations

import pytest

from assistant.gather import gathered
from assistant.question import analyse
from ingest.letter import Letter
from ingest.letter_store import read_letter

TEXT = """Hoofdstuk 1 – Zorg

Jeugd

Voor de jeugd komt er € 5 miljoen bij. De XYZ-regeling vervalt in 2028.

Ouderen

De XYZ-regeling blijft voor ouderen bestaan. Er is € 15 miljoen voor dagopvang.

Hoofdstuk 2 – Wonen

Bouwen

Voor bouwgrond is € 5 miljoen nodig. Niemand weet wie dat betaalt.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    path = tmp_path_factory.mktemp("brief") / "brief.txt"
    path.write_text(TEXT, encoding="utf-8")
    return read_letter(path)


def quotes(question: str, letter: Letter) -> list[str] | None:
    draft = gathered(analyse(question), question, [letter])
    return draft and [citation.quote for citation in draft.citations]


def test_a_name_is_found_in_every_section(small: Letter) -> None:
    assert quotes("Op welke plekken komt de XYZ-regeling terug?", small) == [
        "De XYZ-regeling vervalt in 2028.",
        "De XYZ-regeling blijft voor ouderen bestaan.",
    ]


def test_a_figure_is_not_a_piece_of_another(small: Letter) -> None:
    found = quotes("Voor welke onderwerpen noemt de brief een bedrag van 5 miljoen?", small)
    assert found == ["Voor de jeugd komt er € 5 miljoen bij.", "Voor bouwgrond is € 5 miljoen nodig."]


def test_only_the_chapters_asked_for(small: Letter) -> None:
    asked = "Wat staat er in de hoofdstukken {} over 5 miljoen?"
    assert quotes(asked.format("1 en 2"), small) is not None
    assert quotes(asked.format("1 en 3"), small) is None


def test_as_many_as_are_asked_for(letter: Letter) -> None:
    every = quotes("Bij welke onderwerpen wordt een bedrag van 100 miljoen genoemd?", letter)
    assert every is not None
    assert len(every) > 2
    assert len(quotes("Welke twee dingen krijgen 100 miljoen?", letter) or ()) == 2


@pytest.mark.parametrize(
    "question",
    [
        "Wat gebeurt er met de XYZ-regeling?",
        "Noem alle plekken",
        "Waar?",
        "Vervallen alle plannen voor de XYZ-regeling?",
        "In welke plaatsen geldt de XYZ-regeling?",
        "Op welke plekken noemt de brief de XYZ-regeling voor scholen?",
    ],
)
def test_other_questions_are_not_gathered(question: str, small: Letter) -> None:
    assert quotes(question, small) is None


def test_a_follow_up_is_not_gathered_again(small: Letter) -> None:
    whole = "Op welke plekken komt de XYZ-regeling terug? En vanaf wanneer?"
    assert gathered(analyse(whole), "En vanaf wanneer?", [small]) is None


def test_a_single_place_is_answered_as_ever(small: Letter) -> None:
    assert quotes("Waar gaat het overal over dagopvang?", small) is None


def test_it_says_how_many_there_are_when_not_all_are_shown(letter: Letter) -> None:
    question = "Op welke plekken noemt de brief gemeenten?"
    draft = gathered(analyse(question), question, [letter])
    assert draft is not None
    assert f"Hier staan er {len(draft.statements)}" in draft.lead
    assert len(draft.statements) <= 7
