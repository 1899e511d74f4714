"""How much an answer's confidence is worth: risk against coverage, and calibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about one confidence: its mean, the share that is right, how many they are."""

    confidence: float
    right: float
    count: int


def risk_coverage(confidence: Numbers, right: Numbers) -> Numbers:
    """Return the share wrong among the n surest answers, for n = 1 to all.

    Answers of equal confidence cannot be told apart: each counts with the mean of its equals (the curve
    of El-Yaniv and Wiener, JMLR 2010, over any order of these).
    """
    order = np.argsort(-confidence, kind="stable")
    _, group = np.unique(-confidence[order], return_inverse=True)
    mean = np.bincount(group, weights=right[order]) / np.bincount(group)
    wrong: Numbers = 1 - mean[group]
    return np.cumsum(wrong) / np.arange(1, len(wrong) + 1)


def aurc(confidence: Numbers, right: Numbers) -> float:
    """Return the area under the risk-coverage curve: the mean risk over every coverage; 0 is best."""
    return float(risk_coverage(confidence, right).mean()) if len(right) else 0.0


def bins(confidence: Numbers, right: Numbers) -> list[Bin]:
    """Return the answers in at most 10 bins of equal count, by rising confidence.

    Equal counts keep every bin's share about as certain (Nguyen and O'Connor, EMNLP 2015).
    """
    order = np.argsort(confidence, kind="stable")
    return [
        Bin(float(confidence[part].mean()), float(right[part].mean()), len(part))
        for part in np.array_split(order, BINS)
        if len(part)
    ]


def calibration_error(confidence: Numbers, right: Numbers) -> float:
    """Return the expected calibration error: the mean gap of a bin, weighed by its count; 0 is best."""
    if not len(right):
        return 0.0
    return sum(b.count * abs(b.confidence - b.right) for b in bins(confidence, right)) / len(right)
