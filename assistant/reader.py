"""Ranks sentences by how well they answer, and says how sure it is that one does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

import numpy as np

from assistant import features
from assistant.draft import Span
from assistant.question import Question
from index.encoder import FloatArray
from index.hit import Hit, ScoredSentence
from index.hit import Reading as ScoredReading

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with the readers' ``score``: the log-odds of its answering against no answer."""

    hit: Hit
    sentence: ScoredSentence
    score: float

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.span.text

    @property
    def span(self) -> Span:
        """The place of the sentence."""
        hit = self.hit
        return Span(hit.letter, hit.part, hit.passage, self.sentence.start, self.sentence.end)


@dataclass(frozen=True, slots=True)
class Reading:
    """The candidates, best first, and the ``log_odds`` that any of them answers."""

    candidates: tuple[Candidate, ...]
    log_odds: float

    def led_by(self, wanted: Callable[[Candidate], bool]) -> Reading:
        """Return the reading with the ``wanted`` candidates first, the rarest shared words in front."""
        first = sorted(filter(wanted, self.candidates), key=lambda c: -c.sentence.signals.words)
        rest = [c for c in self.candidates if c not in first]
        return replace(self, candidates=(*first, *rest)) if first else self

    @property
    def probability(self) -> float:
        """The probability that one of the candidates answers."""
        return _probability(self.log_odds)


def _probability(log_odds: float) -> float:
    return 1 / (1 + float(np.exp(-log_odds)))


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the small network: ``weights`` (inputs, outputs), ``bias`` (outputs,)."""

    weights: FloatArray
    bias: FloatArray


@dataclass(frozen=True, slots=True)
class Joint:
    """How the joint reader's log-odds count: ``slope`` times them plus ``offset``.

    A sentence that it did not read gets ``unread`` instead.
    """

    slope: float = 0.0
    offset: float = 0.0
    unread: float = 0.0

    def of(self, reading: ScoredReading | None) -> float:
        """Return what to add to a sentence's score."""
        return self.unread if reading is None else self.offset + self.slope * reading.log_odds


@dataclass(frozen=True, slots=True)
class Answerable:
    """How the log-odds that any sentence answers come from what the two readers make of all.

    Each reader counts with the log of the summed odds of its sentences, times its number here.
    """

    network: float = 1.0
    joint: float = 0.0
    offset: float = 0.0

    def of(self, network: FloatArray, joint: FloatArray) -> float:
        """Return the log-odds; ``joint`` holds those of the sentences that were read, maybe none."""
        read = float(np.logaddexp.reduce(joint)) if len(joint) else 0.0
        return self.offset + self.network * float(np.logaddexp.reduce(network)) + self.joint * read


@dataclass(frozen=True, slots=True)
class Certainty:
    """How likely it is that an answer is right: a logistic of its first sentence's log-odds (Platt, 1999).

    That *any* sentence answers, which ``Answerable`` tells, is another thing than that the one chosen does.
    Fitted by ``eval calibrate`` on whole answers.
    """

    slope: float = 1.0
    offset: float = 0.0

    def of(self, reading: Reading) -> float:
        """Return the probability that an answer led by the first of the candidates is right."""
        if not reading.candidates:
            return 0.0
        return _probability(self.slope * reading.candidates[0].score + self.offset)


@dataclass(frozen=True, slots=True)
class Bars:
    """Where answers begin, fitted with the network.

    ``answer``: the least log-odds for an answer. ``topical``: the least token similarity of the
    best passage for a subject the letter treats. ``lead``: how well a passage must meet the
    question's naming words for its figure to lead the answer (mean cosine). ``stance``: the least
    probability of a yes or no for it to lead.
    """

    answer: float
    topical: float
    lead: float
    stance: float


class Reader:
    """A small network over the features of ``assistant.features``, beside the joint reader.

    Trained by ``eval train``; its ``certainty`` by ``eval calibrate``.
    """

    def __init__(
        self,
        mean: FloatArray,
        scale: FloatArray,
        layers: Sequence[Layer],
        *,
        joint: Joint | None = None,
        answerable: Answerable | None = None,
        bars: Bars | None = None,
        certainty: Certainty | None = None,
    ) -> None:
        self._mean = mean
        self._scale = scale
        self._layers = layers
        self._joint = joint or Joint()
        self._answerable = answerable or Answerable()
        self.bars = bars or Bars(0.0, 0.0, 0.0, 2.0)
        self.certainty = certainty or Certainty()

    @classmethod
    def load(cls, *, joint: bool) -> Reader:
        """Read the shipped weights: those for a model with a ``joint`` reader, or for any other.

        Raises ValueError when they are of other features.
        """
        path = _DATA / ("reader.json" if joint else "reader-plain.json")
        fields = json.loads(path.read_text(encoding="utf-8"))
        if (
            tuple(fields["features"]) != features.NAMES
            or not {"joint", "answerable", "bars", "certainty"} <= fields.keys()
            or fields["bars"].keys() != {bar.name for bar in dataclass_fields(Bars)}
        ):
            raise ValueError(f"{path.name} is of other features; run 'python -m eval train'")
        return cls.of(fields)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Reader:
        """Return the reader with the ``mean``, ``scale`` and ``layers`` in ``fields``, and what else."""
        return cls(
            np.array(fields["mean"], np.float32),
            np.array(fields["scale"], np.float32),
            [Layer(np.array(w, np.float32), np.array(b, np.float32)) for w, b in fields["layers"]],
            joint=Joint(**fields["joint"]) if "joint" in fields else None,
            answerable=Answerable(**fields["answerable"]) if "answerable" in fields else None,
            bars=Bars(**fields["bars"]) if "bars" in fields else None,
            certainty=Certainty(**fields["certainty"]) if "certainty" in fields else None,
        )

    def read(self, question: Question, hits: Sequence[Hit]) -> Reading:
        """Score every sentence of ``hits`` for ``question``."""
        rows = features.of_sentences(question, hits)
        if not rows:
            return Reading((), -np.inf)
        network = self.scores(np.stack([values for _, _, values in rows]))
        scores = network + np.array([self._joint.of(s.reading) for _, s, _ in rows], np.float32)
        read = np.array([s.reading.log_odds for _, s, _ in rows if s.reading], np.float32)
        found = [
            Candidate(hit, sentence, float(score))
            for (hit, sentence, _), score in zip(rows, scores, strict=True)
        ]
        found.sort(key=lambda c: -c.score)
        return Reading(tuple(found), self._answerable.of(network, read))

    def scores(self, values: FloatArray) -> FloatArray:
        """Return what the network makes of each row of features, shape (rows,)."""
        x = (values - self._mean) / self._scale
        for layer in self._layers[:-1]:
            x = np.maximum(x @ layer.weights + layer.bias, np.float32(0))
        scores = x @ self._layers[-1].weights + self._layers[-1].bias
        return scores[:, 0].astype(np.float32)
