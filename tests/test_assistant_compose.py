"""Which figure leads an answer, and what comes along with a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.compose import compose
from assistant.question import analyse
from assistant.reader import Bars, Candidate
from index.hit import Hit, Reading, ScoredSentence, Signals
from index.stance import Stance
from ingest.letter import Letter
from ingest.outline import outline
from ingest.sentences import sentence_spans
from ingest.text import split_lines

BARS = Bars(answer=0.0, topical=0.0, lead=0.0, stance=0.8)
NOTHING = Signals(0.0, 0.0, 0.0, 0.0)


def letter_of(text: str) -> Letter:
    return outline(split_lines(text), "brief")


def candidates(letter: Letter, *scores: float) -> list[Candidate]:
    """Every sentence of the letter as a candidate, with ``scores`` for the first ones, else -9."""
    found: list[Candidate] = []
    for part, passage in letter.places:
        sentences = tuple(
            ScoredSentence(passage.start + a, passage.start + b, 0.0, NOTHING, ())
            for a, b in sentence_spans(passage.text)
        )
        hit = Hit(letter, part, passage, 0.0, 0.0, 0.0, NOTHING, (), sentences)
        found += [Candidate(hit, sentence, -9.0) for sentence in sentences]
    scored = [
        Candidate(c.hit, c.sentence, scores[i] if i < len(scores) else -9.0) for i, c in enumerate(found)
    ]
    return sorted(scored, key=lambda c: -c.score)


@pytest.mark.parametrize(
    ("question", "text", "lead"),
    [
        ("Hoeveel geld is er?", "Er is € 3 miljoen voor de weg.", "€ 3 miljoen"),
        ("Hoeveel geld is er?", "Er is € 3 miljoen en later € 5 miljoen.", ""),
        ("Hoeveel geld is er in 2029?", "Er is € 2 miljard in 2028 en € 3 miljard in 2029.", "€ 3 miljard"),
        ("Hoeveel geld is er in 2029?", "In 2028 is er € 2 miljard en in 2029 € 3 miljard.", ""),
        ("Hoeveel geld is er in 2029?", "In 2027 is er € 2 miljard.", ""),
        ("Wanneer begint het?", "Aan het begin staat de gemeente.", ""),
        ("Wanneer begint het?", "Het begint op 1 mei 2028.", "1 mei 2028"),
        ("Wat is het plan?", "Er is € 3 miljoen voor de weg.", ""),
    ],
)
def test_lead(question: str, text: str, lead: str) -> None:
    assert compose(analyse(question), candidates(letter_of(text), 1.0), bars=BARS).lead == lead


@pytest.mark.parametrize(
    ("question", "stance", "lead"),
    [
        ("Komt er een weg?", Stance(0.9, 0.05, 0.0), "Ja."),
        ("Komt er een weg?", Stance(0.05, 0.85, 0.1), "Nee."),
        ("Komt er een weg?", Stance(0.0, 0.1, 0.9), "Dat is nog niet duidelijk."),
        ("Komt er een weg?", Stance(0.6, 0.1, 0.0), ""),
        ("Waarom komt er een weg?", Stance(0.9, 0.05, 0.0), ""),
        ("Komt er een weg of een spoor?", Stance(0.9, 0.05, 0.0), ""),
        ("Duurt het tot begin 2027 of tot maart 2028?", Stance(0.9, 0.05, 0.0), ""),
        ("Is dat verplicht of vrijwillig?", Stance(0.9, 0.05, 0.0), ""),
        ("Komt die weg er of niet?", Stance(0.9, 0.05, 0.0), "Ja."),
    ],
)
def test_a_yes_or_no_leads_where_the_reader_is_sure(question: str, stance: Stance, lead: str) -> None:
    (first,) = candidates(letter_of("De weg wordt aangelegd."), 1.0)
    read = replace(first.sentence, reading=Reading(1.0, 0, 5, stance))
    assert compose(analyse(question), [replace(first, sentence=read)], bars=BARS).lead == lead


def test_a_sentence_that_points_back_brings_the_one_before() -> None:
    draft = compose(
        analyse("Hoe hoog?"),
        candidates(letter_of("De kosten stijgen. Die lopen op tot € 3."), -9, 1),
        bars=BARS,
    )
    assert [s.text for s in draft.statements] == ["De kosten stijgen. Die lopen op tot € 3."]


def test_an_item_brings_its_lead_in() -> None:
    letter = letter_of("De coalitie wil niet:\n- meer regels;\n- meer kosten.")
    draft = compose(analyse("Wat vindt men van regels?"), candidates(letter, -9, -9, 1), bars=BARS)
    assert draft.statements[0].text.startswith("De coalitie wil niet:")


def test_two_figures_for_the_same_are_both_shown() -> None:
    letter = letter_of("Naar de nieuwe weg gaat € 3 miljoen.\n\nVoor de nieuwe weg is € 5 miljoen bestemd.")
    draft = compose(analyse("Hoeveel geld gaat er naar de weg?"), candidates(letter, 2.0, 0.4), bars=BARS)
    (note,) = draft.notes
    assert (note.kind, note.markers) == ("contradiction", (1, 2))
    assert [s.text for s in draft.statements][1] == "Voor de nieuwe weg is € 5 miljoen bestemd."
    assert draft.lead == "€ 3 miljoen"


def test_a_far_worse_sentence_stays_out() -> None:
    letter = letter_of("De weg gaat open.\n\nDe brug gaat dicht.")
    draft = compose(analyse("Wat gaat open?"), candidates(letter, 1.0, -3.0), bars=BARS)
    assert [s.text for s in draft.statements] == ["De weg gaat open."]


def test_the_caveat_of_the_same_section_comes_along() -> None:
    letter = letter_of("Weg\n\nEr komt een weg naar zee.\n\nVooralsnog is onduidelijk wie betaalt.")
    draft = compose(analyse("Komt er een weg?"), candidates(letter, 2.0, -4.0), bars=BARS)
    assert [(n.kind, n.text) for n in draft.notes] == [("caveat", "Vooralsnog is onduidelijk wie betaalt.")]
    assert draft.text.endswith("Let op: Vooralsnog is onduidelijk wie betaalt. [2]")
