"""The analysis of words, and the real index over the shipped letter."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.service import Assistant
from index.analysis import Thesaurus, ngrams, terms, words
from index.encoder import Encoder
from index.fusion import Blend, standardise
from index.units import units_of
from ingest.letter import Letter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Oekraïense re-integratie", ["oekraiense", "re", "integratie"]),
        ("fatbike\u2011vrije zones", ["fatbike", "vrije", "zones"]),
        ("€ 1.184,1 in 2026", ["1.184,1", "in", "2026"]),
        ("thema’s en 30%", ["thema's", "en", "30%"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_terms_are_stems_without_small_words() -> None:
    assert terms("de gemeenten krijgen de bibliotheken") == terms("gemeente bibliotheek")


def test_pieces_meet_a_misspelling() -> None:
    right, wrong = set(ngrams("bibliotheken")), set(ngrams("biblioteken"))
    assert len(right & wrong) > 5


def test_thesaurus_gives_the_other_expressions_of_a_group() -> None:
    thesaurus = Thesaurus([["huishoudelijke hulp", "thuishulp"], ["bieb", "bibliotheek"]])
    assert thesaurus.expand("Krijg ik nog thuishulp?") == ["huishoudelijke hulp"]
    assert thesaurus.expand("Wat staat er over sport?") == []


def test_users_can_extend_the_thesaurus(tmp_path: Path) -> None:
    extra = tmp_path / "thesaurus.txt"
    extra.write_text("# eigen woorden\nwijkbus = belbus\n", encoding="utf-8")
    assert Thesaurus.load(extra).expand("Rijdt de belbus nog?") == ["wijkbus"]
    assert Thesaurus.load(extra).expand("Is er nog een bieb?") == ["bibliotheek", "leeszaal"]


def test_standardise_leaves_the_rest_out_and_takes_equal_scores() -> None:
    scores = np.array([1.0, 3.0, 100.0], np.float32)
    allowed = np.array([True, True, False])
    assert standardise(scores, allowed)[:2] == pytest.approx([-1.0, 1.0])
    assert not standardise(np.ones(3, np.float32), allowed).any()


def test_blend_adds_weighted_scores() -> None:
    signals = {"dense": np.array([1.0, 3.0], np.float32), "words": np.array([3.0, 1.0], np.float32)}
    blend = Blend(dense=1.0, words=0.5, pieces=0.0, tokens=0.0)
    assert blend.score(signals, np.array([True, True])) == pytest.approx([-0.5, 0.5])


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Wanneer verdwijnt de huishoudelijke hulp uit de Wmo?", "Huishoudelijke hulp"),
        ("biblioteken zorgplicht", "Bibliotheken"),
        ("Hoe gaat het verder met de legale wietteelt?", "Drugsbeleid"),
        ("Which reports on Europe does the letter mention?", "Europa en de wereld"),
    ],
)
def test_the_right_section_comes_first(assistant: Assistant, question: str, section: str) -> None:
    best = assistant.search(question).hits[0]
    assert best.part.section[-1] == section


def test_scores_fall_strictly_and_hits_are_whole_paragraphs(assistant: Assistant) -> None:
    hits = assistant.search("Hoeveel geld gaat er naar jeugdzorg?", top=50).hits
    scores = [hit.score for hit in hits]
    assert len(hits) == 50
    assert all(a > b for a, b in pairwise(scores))
    for hit in hits:
        assert hit.letter.text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert hit.passage.start <= hit.sentences[0].start
        assert hit.sentences[-1].end == hit.passage.end


def test_same_question_same_ranking(assistant: Assistant) -> None:
    first, second = (assistant.search("Wat gebeurt er met de politie?").hits for _ in range(2))
    assert [h.passage.anchor for h in first] == [h.passage.anchor for h in second]


def test_a_token_with_the_space_before_it_is_of_its_own_sentence(letter: Letter, encoder: Encoder) -> None:
    for unit in units_of([letter])[:20]:
        (encoding,) = encoder.encode([unit.text], "passage")
        segments = unit.segments(encoding.offsets)
        for number, (start, end) in enumerate(unit.sentences, start=1):
            first, last = encoding.offsets[segments == number][[0, -1]]
            covered = unit.text[first[0] : last[1]]
            assert covered.strip() == unit.passage.text[start:end].strip()
