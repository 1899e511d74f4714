"""The measures have the values that were worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from eval.baseline import Baseline
from eval.calibration import aurc, bins, calibration_error, risk_coverage
from eval.cases import Case, Evidence
from eval.comparison import Pair, Sampling, differences
from eval.gold import Gold, Place
from eval.measures import MEASURES
from eval.ranking import ranking_values
from ingest.letter import Letter, Part, Passage

SAMPLING = Sampling(level=0.95, resamples=400, seed=7)


def case(name: str, groups: int = 1) -> Case:
    evidence = tuple((Evidence(1, "", "x"),) for _ in range(groups))
    return Case(name, f"Vraag {name}?", (), "fact", "plain", True, evidence, (), ())


def gold(*groups: tuple[str, ...]) -> Gold:
    """A question whose groups of evidence are the passages of these anchors."""
    letter = Letter("l", "", "", 1, ())
    part = Part(1, "", (), "", "", "vng", 1, ())

    def place(anchor: str) -> Place:
        return Place(letter, part, Passage("", 0, 0, 1, 1, anchor))

    return Gold(case("q", len(groups)), tuple(tuple(map(place, group)) for group in groups))


def ranking(*anchors: str) -> list[str]:
    return [f"l#{anchor}" for anchor in anchors]


def test_recall_mrr_and_ndcg() -> None:
    (values,) = ranking_values([gold(("c",))], [ranking("a", "b", "c", "d")])
    assert values["recall@1"] == 0
    assert values["recall@3"] == values["recall@5"] == values["recall@10"] == 1
    assert values["MRR"] == pytest.approx(1 / 3)
    assert values["nDCG@10"] == pytest.approx(1 / np.log2(4))


def test_each_group_counts_and_of_its_places_the_best_one() -> None:
    (values,) = ranking_values([gold(("x", "b"), ("d",))], [ranking("a", "b", "c", "d", "x")])
    assert values["recall@3"] == 0.5
    assert values["recall@5"] == 1
    assert values["MRR"] == 0.5


def test_a_question_without_results_counts_as_nothing_found() -> None:
    values = ranking_values([gold(("a",)), gold(("b",)), gold()], [ranking("a"), [], []])
    assert [v.get("recall@1") for v in values] == [1, 0, None]
    assert set(values[1].values()) == {0}


def test_risk_and_coverage() -> None:
    confidence, right = np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 0.0, 1.0, 1.0])
    assert risk_coverage(confidence, right).tolist() == [0, 1 / 2, 1 / 3, 1 / 4]
    assert aurc(confidence, right) == pytest.approx((1 / 2 + 1 / 3 + 1 / 4) / 4)


def test_answers_of_equal_confidence_cannot_be_told_apart() -> None:
    for right in ([1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0]):
        assert risk_coverage(np.full(4, 0.5), np.array(right)).tolist() == [0.5] * 4


def test_calibration_error() -> None:
    confidence = np.repeat([0.2, 0.9], 10)
    right = np.array([1.0] * 2 + [0.0] * 8 + [1.0] * 9 + [0.0])
    assert [b.count for b in bins(confidence, right)] == [2] * 10
    assert calibration_error(np.full(20, 0.75), np.tile([1.0, 1.0, 1.0, 0.0], 5)) == pytest.approx(0.25)
    assert calibration_error(np.array([1.0, 0.0]), np.array([1.0, 0.0])) == 0


def test_every_measure_has_a_label_and_takes_columns_with_gaps() -> None:
    for measure in MEASURES.values():
        column = np.array([1.0, np.nan, 0.0, 1.0])
        assert measure.label
        assert measure.of(dict.fromkeys(measure.columns, column)) is not None
        assert measure.of(dict.fromkeys(measure.columns, np.full(3, np.nan))) is None


def pair(old: list[float], new: list[float], clusters: list[str] | None = None) -> Pair:
    ids = tuple(f"q{i}" for i in range(len(old)))
    tables = ({"right": np.array(values)} for values in (old, new))
    return Pair(ids, tuple(clusters or ids), *tables)


def test_equal_runs_differ_by_nothing() -> None:
    change = differences(pair([1.0, 0.0] * 20, [1.0, 0.0] * 20), SAMPLING)["right"]
    assert (change.low, change.high, change.is_worse, change.is_better) == (0, 0, False, False)


def test_a_large_loss_is_more_than_chance_and_a_small_one_is_not() -> None:
    old = [1.0] * 40
    assert differences(pair(old, [0.0] * 12 + [1.0] * 28), SAMPLING)["right"].is_worse
    assert not differences(pair(old, [0.0] + [1.0] * 39), SAMPLING)["right"].is_worse
    assert differences(pair([0.0] * 12 + [1.0] * 28, old), SAMPLING)["right"].is_better


def test_questions_on_one_paragraph_count_as_one_draw() -> None:
    old, new = [1.0] * 40, [0.0] * 6 + [1.0] * 34
    alone = differences(pair(old, new), SAMPLING)["right"]
    together = differences(pair(old, new, ["p"] * 6 + [f"q{i}" for i in range(34)]), SAMPLING)["right"]
    assert alone.is_worse
    assert not together.is_worse


def test_what_turned_is_named() -> None:
    changed = pair([1.0, 0.0, 1.0], [0.0, 1.0, 1.0])
    assert changed.turned(0) == ["q0"]
    assert changed.turned(1) == ["q1"]


def test_several_sets_are_compared_as_one() -> None:
    both = Pair.joined([pair([1.0], [0.0]), pair([1.0, 1.0], [1.0, 1.0])])
    assert differences(both, SAMPLING)["right"].new == pytest.approx(2 / 3)


def test_a_baseline_comes_back_as_it_was_saved(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "b.json"
    kept = Baseline(("a", "b"), ("1", "2"), {"right": np.array([1.0, 0.0]), "MRR": np.array([0.25, np.nan])})
    kept.save(path)
    found = Baseline.load(path)
    assert found is not None
    assert (found.ids, found.digests) == (kept.ids, kept.digests)
    for name, column in kept.columns.items():
        assert np.array_equal(found.columns[name], column, equal_nan=True)
