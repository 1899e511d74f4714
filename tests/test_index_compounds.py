"""Compounds are taken apart by the letter's own words, abbreviations by its own explanations."""

from __future__ import annotations

import pytest

from index.abbreviations import abbreviations
from index.analysis import stem
from index.compounds import Compounds
from index.lexical import Counts, Statistics, word_analyser

KNOWN = [stem(word) for word in "zorg kosten rijk bijdrage boeken fonds jeugd gemeente raad".split()]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("zorgkosten", ["zorg", "kosten"]),
        ("rijksbijdrage", ["rijk", "bijdrage"]),
        ("boekenfonds", ["boek", "fonds"]),
        ("zorg", []),
        ("zorgtaken", []),
        ("taakkosten", []),
        ("", []),
    ],
)
def test_a_compound_has_two_known_parts(word: str, parts: list[str]) -> None:
    assert Compounds(KNOWN).parts(word) == [stem(part) for part in parts]


def test_terms_hold_the_compound_and_its_parts() -> None:
    assert Compounds(KNOWN).terms("de zorgkosten") == [stem("zorgkosten"), stem("zorg"), stem("kosten")]


def test_a_compound_in_the_question_finds_its_parts_in_the_text() -> None:
    texts = ["De kosten van de zorg lopen op.", "Het weer is mooi."]
    counts = Counts.of(texts, word_analyser(texts))
    statistics = Statistics.of(counts)
    sought = dict.fromkeys(Compounds(statistics).terms("zorgkosten"), 1.0)
    scores = statistics.scores(statistics.query(sought), counts)
    assert scores[0] > 0 == scores[1]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "de Wet maatschappelijke ondersteuning (Wmo) en meer",
            [("Wmo", "Wet maatschappelijke ondersteuning")],
        ),
        (
            "Leven Lang Ontwikkelen (LLO). Later weer Leven Lang Ontwikkelen (LLO)",
            [("LLO", "Leven Lang Ontwikkelen")],
        ),
        ("de jeugdgezondheidszorg (JGZ)", [("JGZ", "jeugdgezondheidszorg")]),
        ("een bedrag (2026) en een fonds (zie bijlage)", []),
        ("iets heel anders (XQZ)", []),
        ("", []),
    ],
)
def test_abbreviations_come_with_their_words(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(abbreviations(text)) == pairs
