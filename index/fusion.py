"""How the signals of one search are added up: standardised, weighted and summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoder import FloatArray

Mask = npt.NDArray[np.bool_]


def standardise(scores: FloatArray, allowed: Mask) -> FloatArray:
    """Return z-scores over the ``allowed`` texts; all zero where every score is the same."""
    chosen = scores[allowed]
    if not len(chosen) or (spread := float(chosen.std())) < 1e-9:
        return np.zeros_like(scores)
    return (scores - float(chosen.mean())) / spread


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each signal's z-score."""

    dense: float = 1.0
    words: float = 0.5
    pieces: float = 0.5
    tokens: float = 1.0
    sentence: float = 0.5  # of the best sentence's score in that of its passage
    synonyms: float = 0.5  # of a synonym's BM25 score beside the question's own

    def passage_scores(
        self, signals: Mapping[str, FloatArray], best_sentence: FloatArray, allowed: Mask
    ) -> FloatArray:
        """Return one score a passage from its own signals and its best sentence."""
        return self._sum(signals, allowed) + self.sentence * standardise(best_sentence, allowed)

    def sentence_scores(self, signals: Mapping[str, FloatArray], allowed: Mask) -> FloatArray:
        """Return one score a sentence."""
        return self._sum(signals, allowed)

    def _sum(self, signals: Mapping[str, FloatArray], allowed: Mask) -> FloatArray:
        total = np.zeros(len(allowed), np.float32)
        for name, scores in signals.items():
            total += getattr(self, name) * standardise(scores, allowed)
        return total
