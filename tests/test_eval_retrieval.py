"""The measures of the search say what they should of rankings known beforehand."""

from __future__ import annotations

import pytest

from eval.cases import Case, Evidence
from eval.retrieval import Query, Rank, Ranking, Row, answers, by_signal, measure, of_cases, table
from hash_encoder import HashEncoder
from index.letter_index import LetterIndex
from index.training.auc import auc
from index.units import units_of
from ingest.letter import Letter


def query(*right: int, span: str = "", single: bool = True) -> Query:
    return Query("vraag", "vraag", frozenset(right), single, span)


def measured(rank: Rank, queries: list[Query]) -> Row:
    return measure(list(answers(rank, queries)))


def test_recall_counts_the_first_right_passage() -> None:
    row = measured(lambda _: Ranking([4, 2, 7, 1], 0.5), [query(4), query(7), query(9), query(2, 1)])
    assert row.recall == (0.25, 0.75, 0.75, 0.75)
    assert row.reciprocal_rank == pytest.approx((1 + 1 / 3 + 1 / 2) / 4, abs=1e-5)
    assert (row.auc, row.span_f1) == (None, None)


def test_questions_over_several_passages_do_not_count_for_recall() -> None:
    row = measured(lambda _: Ranking([0], 0.5), [query(0), query(1, 2, single=False)])
    assert row.recall[0] == 1.0


def test_near_misses_count_for_the_auc_only() -> None:
    confidence = iter((3.0, 1.0, 2.0))
    row = measured(lambda _: Ranking([0], next(confidence)), [query(0), query(0), query()])
    assert row.auc == 0.5
    assert row.recall[0] == 1.0


@pytest.mark.parametrize(
    ("answer", "f1"), [("€ 3 miljoen", 1.0), ("niets daarvan", 0.0), ("dat is € 3 miljoen per jaar", 0.6)]
)
def test_span_f1_is_of_words(answer: str, f1: float) -> None:
    row = measured(lambda _: Ranking([0], 0.0, answer), [query(0, span="€ 3 miljoen")])
    assert row.span_f1 == pytest.approx(f1)


def test_auc() -> None:
    import numpy as np

    assert auc(np.array([3.0, 4.0]), np.array([1.0, 2.0])) == 1.0
    assert auc(np.array([1.0, 4.0]), np.array([2.0, 3.0])) == 0.5


def test_cases_become_queries_on_the_passages_that_hold_their_evidence(letter: Letter) -> None:
    part, passage = list(letter.places)[40]
    case = Case(
        "a", "Waar?", (), "fact", "plain", True, ((Evidence(part.chapter, "", passage.text[:60]),),), (), ()
    )
    far = Case("b", "Weer?", (), "unanswerable", "far", False, (), (), ())
    near = Case("c", "Hoeveel?", (), "unanswerable", "near", False, (), (), ())
    found = of_cases([case, far, near], units_of([letter]))
    assert [sorted(q.right) for q in found] == [[40], []]


def test_a_signal_ranks_the_passage_with_the_words_first(letter: Letter) -> None:
    index = LetterIndex.build([letter], HashEncoder())
    _, passage = list(letter.places)[40]
    ranking = by_signal(index.signals, "words")(Query(passage.text, passage.text, frozenset({40}), True, ""))
    assert ranking.passages[0] == 40


def test_table_has_a_line_a_system() -> None:
    lines = table({"BM25": Row((0.1, 0.2, 0.3, 0.4), 0.25, None, 0.5, 12.4)}).splitlines()
    assert lines[2] == "| BM25 | 0.10 | 0.20 | 0.30 | 0.40 | 0.25 | – | 0.50 | 12 |"
