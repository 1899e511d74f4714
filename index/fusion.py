"""How the signals of one search are added up: standardised, weighted and summed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import FloatArray
from index.scoring import Found

FITTED = Path(__file__).parent / "data" / "fusion.json"

Mask = npt.NDArray[np.bool_]


def standardise(scores: FloatArray, allowed: Mask) -> FloatArray:
    """Return z-scores over the ``allowed`` texts; all zero where every score is the same."""
    chosen = scores[allowed]
    if not len(chosen) or (spread := float(chosen.std())) < 1e-9:
        return np.zeros_like(scores)
    return (scores - float(chosen.mean())) / spread


@dataclass(frozen=True, slots=True)
class Blend:
    """The weight of each signal's z-score in a sum."""

    dense: float
    words: float
    pieces: float
    tokens: float

    def score(self, signals: Mapping[str, FloatArray], allowed: Mask) -> FloatArray:
        """Return one score a text."""
        total = np.zeros(len(allowed), np.float32)
        for name, scores in signals.items():
            if weight := getattr(self, name):
                total += weight * standardise(scores, allowed)
        return total


@dataclass(frozen=True, slots=True)
class Weights:
    """How passages and sentences are scored; ``index train`` fits them on training letters.

    What stands here is for models that no weights were fitted for: fitted for the default model
    before it was trained, on 16 letters, where letters held out in turn gave recall@1 0.64 against
    0.58 for weights set by hand.
    """

    passage: Blend = Blend(dense=0.15, words=0.1, pieces=0.25, tokens=1.05)
    sentence: Blend = Blend(dense=1.0, words=0.0, pieces=0.0, tokens=0.3)
    best_sentence: float = 0.85  # of the best sentence's z-score in that of its passage
    synonyms: float = 0.5  # of a synonym's BM25 score beside the question's own
    owner: float = 0.5  # of a passage's score in what its sentences are worth reading
    reading: float = 0.0  # of the reader's probability that a passage answers best

    def score(self, found: Found, usual: Mask) -> tuple[FloatArray, FloatArray]:
        """Return one score a passage and one a sentence; the passages ``usual`` say what scores are."""
        of_sentences = self.sentence.score(found.sentences, usual[found.owner])
        best = np.maximum.reduceat(of_sentences, found.first)
        of_passages = self.passage.score(found.passages, usual)
        return of_passages + self.best_sentence * standardise(best, usual), of_sentences

    @classmethod
    def of(cls, model: str) -> Weights:
        """Return the weights fitted for ``model``, else those for any."""
        fitted = json.loads(FITTED.read_text(encoding="utf-8")).get(model)
        if fitted is None:
            return cls()
        fitted.pop("weights")  # of the model that they were fitted with; a test compares
        passage, sentence = (Blend(**fitted.pop(name)) for name in ("passage", "sentence"))
        return cls(passage, sentence, **fitted)
