"""Our BM25 is the one that bm25s computes, whether by text or by term, in parts or at once."""

from __future__ import annotations

import bm25s
import numpy as np
import pytest

from index.analysis import ngrams
from index.lexical import Counts, Postings, Query, Statistics
from ingest.letter import Letter

QUESTION = "Hoeveel gemeenten krijgen extra geld voor de gemeenten?"


@pytest.fixture(scope="module")
def texts(letter: Letter) -> list[str]:
    return [passage.text for _, passage in letter.places]


@pytest.fixture(scope="module")
def counts(texts: list[str]) -> Counts:
    return Counts.of(texts, ngrams)


def query(statistics: Statistics) -> Query:
    found = ngrams(QUESTION)
    return statistics.query({term: float(found.count(term)) for term in found})


def test_scores_are_those_of_bm25s(texts: list[str], counts: Counts) -> None:
    reference = bm25s.BM25(k1=1.2, b=0.5, method="lucene")
    reference.index([ngrams(text) for text in texts], show_progress=False)
    known = [term for term in ngrams(QUESTION) if term in reference.vocab_dict]
    statistics = Statistics.of(counts)
    scores = statistics.scores(query(statistics), counts)
    assert scores == pytest.approx(reference.get_scores(known), rel=1e-4, abs=1e-5)
    assert scores.max() > 5


def test_postings_give_the_same_scores(counts: Counts) -> None:
    statistics = Statistics.of(counts)
    scores = Postings.of(counts, statistics).scores(query(statistics), len(counts.bounds) - 1)
    assert scores == pytest.approx(statistics.scores(query(statistics), counts), rel=2e-3, abs=1e-5)


def test_statistics_of_parts_join_to_those_of_all(texts: list[str], counts: Counts) -> None:
    parts = [Counts.of(some, ngrams) for some in (texts[:100], texts[100:101], texts[101:])]
    statistics, whole = Statistics.joined([Statistics.of(part) for part in parts]), Statistics.of(counts)
    assert (statistics.texts, statistics.length) == (whole.texts, whole.length)
    assert np.array_equal(statistics.terms, whole.terms)
    assert np.array_equal(statistics.holding, whole.holding)
    joined = Counts.joined(parts)
    assert np.array_equal(joined.terms, counts.terms)
    assert np.array_equal(joined.bounds, counts.bounds)
    assert np.array_equal(joined.lengths, counts.lengths)


def test_some_texts_of_many(counts: Counts) -> None:
    some = counts.only(slice(5, 8))
    assert np.array_equal(some.lengths, counts.lengths[5:8])
    assert np.array_equal(some.terms, counts.terms[counts.bounds[5] : counts.bounds[8]])


def test_what_no_text_holds_scores_nothing(counts: Counts) -> None:
    statistics = Statistics.of(counts)
    assert "qqqq" not in statistics and " geld"[:5] in statistics
    nothing = statistics.query({"qqqq": 1.0})
    assert not len(nothing.terms)
    assert not statistics.scores(nothing, counts).any()


def test_texts_without_a_term() -> None:
    counts = Counts.of(["", "geld"], ngrams)
    statistics = Statistics.of(counts)
    assert statistics.scores(statistics.query({" geld"[:4]: 1.0}), counts)[0] == 0
    assert counts.lengths.tolist()[0] == 0
