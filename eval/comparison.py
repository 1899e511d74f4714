"""This run against a former one, on the questions that both were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.baseline import Baseline, rows
from eval.measures import MEASURES, Columns, Measure
from eval.run import Result


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a difference's interval is drawn: its ``level`` (0.95), from how many resamples, which seed."""

    level: float
    resamples: int
    seed: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a measure was and is, with the interval of the difference."""

    measure: Measure
    old: float
    new: float
    low: float
    high: float

    @property
    def change(self) -> float:
        """How much higher it is."""
        return self.new - self.old

    @property
    def is_worse(self) -> bool:
        """Whether it is worse by more than chance: the whole interval is on the wrong side."""
        return self.high < 0 if self.measure.better == "higher" else self.low > 0

    @property
    def is_better(self) -> bool:
        """Whether it is better by more than chance."""
        return self.low > 0 if self.measure.better == "higher" else self.high < 0


@dataclass(frozen=True, slots=True)
class Pair:
    """The rows of the questions that two runs share; ``clusters`` names the paragraph each is about."""

    ids: tuple[str, ...]
    clusters: tuple[str, ...]
    old: Columns
    new: Columns

    @classmethod
    def of(cls, baseline: Baseline, result: Result) -> Pair:
        """Pair the questions that are in both runs, with the same gold."""
        before = {key: i for i, key in enumerate(zip(baseline.ids, baseline.digests, strict=True))}
        both = [
            (before[v.case.id, v.case.digest], i, v)
            for i, v in enumerate(result.verdicts)
            if (v.case.id, v.case.digest) in before
        ]
        olds, news = [i for i, _, _ in both], [i for _, i, _ in both]
        return cls(
            tuple(v.case.id for _, _, v in both),
            tuple(v.gold.cluster for _, _, v in both),
            {name: column[olds] for name, column in baseline.columns.items()},
            {name: rows(result.columns[name], news) for name in baseline.columns},
        )

    @classmethod
    def joined(cls, pairs: Sequence[Pair]) -> Pair:
        """Return the questions of several sets as one."""
        shared = [n for n in pairs[0].old if all(n in pair.old for pair in pairs)]
        return cls(
            tuple(i for pair in pairs for i in pair.ids),
            tuple(c for pair in pairs for c in pair.clusters),
            {name: np.concatenate([pair.old[name] for pair in pairs]) for name in shared},
            {name: np.concatenate([pair.new[name] for pair in pairs]) for name in shared},
        )

    def turned(self, right: float) -> list[str]:
        """Return the questions whose answer became right (1) or wrong (0)."""
        old, new = self.old["right"], self.new["right"]
        return [name for name, a, b in zip(self.ids, old, new, strict=True) if a != b and b == right]


def differences(pair: Pair, sampling: Sampling) -> dict[str, Difference]:
    """Return the difference of every measure that both runs have, by name.

    The interval is a percentile bootstrap of the paired difference (Efron and Tibshirani, 1993, chapter
    13). Paragraphs are drawn, each with all its questions: those on one paragraph go right or wrong
    together. A question on no paragraph is drawn by itself.
    """
    _, owner = np.unique(pair.clusters, return_inverse=True)
    members = [np.flatnonzero(owner == number) for number in range(owner.max() + 1)]
    chance = np.random.default_rng(sampling.seed)
    draws = [
        np.concatenate([members[c] for c in chance.integers(len(members), size=len(members))])
        for _ in range(sampling.resamples)
    ]
    found: dict[str, Difference] = {}
    for name, measure in MEASURES.items():
        if set(measure.columns) <= set(pair.old):
            difference = _difference(measure, pair, draws, sampling.level)
            if difference is not None:
                found[name] = difference
    return found


def _difference(measure: Measure, pair: Pair, draws: Sequence[np.ndarray], level: float) -> Difference | None:
    old, new = ({c: table[c] for c in measure.columns} for table in (pair.old, pair.new))
    before, now = measure.of(old), measure.of(new)
    if before is None or now is None:
        return None
    if all(np.array_equal(old[c], new[c], equal_nan=True) for c in measure.columns):
        return Difference(measure, before, now, 0.0, 0.0)
    changes: list[float] = []
    for draw in draws:
        a = measure.of({c: values[draw] for c, values in old.items()})
        b = measure.of({c: values[draw] for c, values in new.items()})
        if a is not None and b is not None:
            changes.append(b - a)
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(changes, [tail, 100 - tail])
    return Difference(measure, before, now, float(low), float(high))
