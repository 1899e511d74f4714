"""Two places that give different figures for the same thing are found, and others are not."""

from __future__ import annotations

import pytest

from assistant.contradiction import either_or, other_figure
from assistant.question import analyse
from assistant.reader import Candidate
from index.hit import Hit, ScoredSentence, Signals
from ingest.outline import outline
from ingest.text import split_lines

NOTHING = Signals(0.0, 0.0, 0.0, 0.0)
ASKED = analyse("Hoeveel zwembaden sluiten er?")
FIRST = "Volgens onze telling sluiten 41 zwembaden de deuren."


def candidates(*texts: str) -> list[Candidate]:
    """A paragraph a text, each a little less likely to answer than the one before."""
    letter = outline(split_lines("\n\n".join(texts)), "brief")
    return [
        Candidate(
            Hit(letter, part, p, 0.0, 0.0, 0.0, NOTHING, (), ()),
            ScoredSentence(p.start, p.end, 0.0, NOTHING, ()),
            -0.1 * i,
        )
        for i, (part, p) in enumerate(letter.places)
    ]


@pytest.mark.parametrize(
    "other",
    ["Wij verwachten dat 47 zwembaden de deuren sluiten.", "De telling: 47 zwembaden sluiten de deuren."],
)
def test_another_figure_for_the_same(other: str) -> None:
    found = other_figure(ASKED, candidates(FIRST, "Niets.", other), bar=0.0)
    assert found is not None
    assert found.text == other


@pytest.mark.parametrize(
    "other",
    [
        "Volgens onze telling sluiten 41 zwembaden de deuren, niet meer.",
        "Er zijn 47 zwembaden met een glijbaan.",
        "Volgens onze telling sluiten 47 sporthallen de deuren.",
        "Volgens onze telling sluiten 41 zwembaden en later nog 6 zwembaden de deuren.",
    ],
)
def test_what_does_not_contradict(other: str) -> None:
    assert other_figure(ASKED, candidates(FIRST, other), bar=0.0) is None


def test_figures_of_different_years_do_not_contradict() -> None:
    both = candidates("In 2027 komt er € 3 miljoen voor wegen.", "In 2030 komt er € 5 miljoen voor wegen.")
    assert other_figure(analyse("Hoeveel geld komt er voor wegen?"), both, bar=0.0) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("De bouw van huizen kost ruim € 2,6 miljard.", "De bouw van huizen kost € 2.634 miljoen."),
        ("De bouw van huizen kost € 5 miljoen per jaar.", "De bouw van huizen kost € 20 miljoen."),
        ("De bouw van huizen kost € 5 miljoen.", "De bouw van huizen gaat in 3 fasen."),
    ],
)
def test_rounded_yearly_and_other_figures_do_not_contradict(one: str, other: str) -> None:
    assert other_figure(analyse("Hoeveel kost de bouw van huizen?"), candidates(one, other), bar=0.0) is None


def test_what_meets_the_question_badly_does_not_count() -> None:
    both = candidates("Naar de weg gaat € 3 miljoen.", "Naar die weg gaat € 5 miljoen.")
    assert other_figure(analyse("Hoeveel geld gaat er naar de weg?"), both, bar=1.1) is None


def test_what_is_counted_may_go_by_another_name() -> None:
    both = candidates(
        "Er worden 27 gemalen vernieuwd.", "Het budget is er om 24 gemalen te laten vernieuwen, vernieuwd."
    )
    assert other_figure(analyse("Hoeveel pompen worden er vernieuwd?"), both, bar=0.0) is not None


def test_years_are_compared_where_one_is_asked_for() -> None:
    both = candidates("De regeling geldt tot 2030.", "De regeling geldt tot 2032.")
    assert other_figure(analyse("Tot wanneer geldt de regeling?"), both, bar=0.0) is not None
    assert other_figure(analyse("Wat is de regeling?"), both, bar=0.0) is None


def test_nothing_to_compare() -> None:
    assert other_figure(ASKED, [], bar=0.0) is None
    assert other_figure(ASKED, candidates(FIRST), bar=0.0) is None


EARLY, LATE = "De regeling loopt tot 2027.", "Vanaf maart 2027 ontstaan anders problemen met de opvang."


def test_two_dates_of_the_question_are_both_found() -> None:
    asked = analyse("Loopt de regeling nou tot begin 2027 of tot maart 2027?")
    found = either_or(asked, candidates("De regeling loopt nog.", EARLY, "In 2026 niet.", LATE))
    assert [c.text for c in found] == [EARLY, LATE]


@pytest.mark.parametrize(
    "question",
    [
        "Loopt de regeling tot 2027?",
        "Loopt de regeling tot 2027 of tot 2031?",  # the second is nowhere
        "Loopt de regeling tot maart 2027 of tot maart 2027?",
        "Is het plan van 2027 of niet?",
    ],
)
def test_without_two_figures_that_stand_there_nothing_is_set_against(question: str) -> None:
    assert either_or(analyse(question), candidates(EARLY, LATE)) == []
