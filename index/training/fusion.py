"""Fits the weights of the fusion: how the signals of a search are added up.

Softmax regression: the right passage (or sentence) against all others of the index, over their
standardised signals. Letters are searched several at a time, by an encoder that has not seen them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from index.encoder import FloatArray
from index.fusion import Blend, Weights, standardise
from index.letter_index import LetterIndex
from index.training.data import TrainingQuestion, answers
from index.units import units_of

_SIGNALS = ("dense", "words", "pieces", "tokens")
_PENALTY = 0.002  # on the squared weights
_STEPS = 300
_QUESTIONS = 100  # of one index: five weights ask for no more
_READING = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)  # what is tried for the reader's weight
_LOOKED_AT = 20  # passages of a search, when that weight is fitted


@dataclass(frozen=True, slots=True)
class Searched:
    """The standardised signals of one question, and which texts are right.

    ``passages`` (passages, 4) and ``sentences`` (sentences, 4) in the order of the signals; ``first``
    is each passage's first sentence.
    """

    passages: FloatArray
    sentences: FloatArray
    first: npt.NDArray[np.int64]
    right_passages: npt.NDArray[np.bool_]
    right_sentences: npt.NDArray[np.bool_]


def searched(
    index: LetterIndex, questions: Sequence[TrainingQuestion], chance: np.random.Generator
) -> list[Searched]:
    """Search ``index`` for some of those of ``questions`` that its letters answer."""
    units = units_of(index.letters)
    slugs = {letter.slug for letter in index.letters}
    own = [question for question in questions if question.answer and question.letter in slugs]
    first = np.cumsum([0, *(len(unit.sentences) for unit in units)])[:-1]
    found: list[Searched] = []
    for number in chance.permutation(len(own))[:_QUESTIONS]:
        question = own[number]
        signals = index.signals(question.standalone)
        passages = [u.letter.slug == question.letter and u.passage.anchor in question.anchors for u in units]
        sentences = [
            right and answers(unit.passage.text[start:end], question.answer)
            for unit, right in zip(units, passages, strict=True)
            for start, end in unit.sentences
        ]
        found.append(
            Searched(
                _columns(signals.passages),
                _columns(signals.sentences),
                first,
                np.array(passages),
                np.array(sentences),
            )
        )
    return found


def _columns(signals: dict[str, FloatArray]) -> FloatArray:
    everything = np.ones(len(signals["dense"]), bool)
    return np.stack([standardise(signals[name], everything) for name in _SIGNALS], axis=1)


def fit(data: Sequence[Searched]) -> Weights:
    """Return the weights under which what is right in ``data`` scores best."""
    sentence = _regression(
        [d.sentences for d in data], [d.right_sentences for d in data], start=(1, 0, 0, 0.3)
    )
    rows: list[FloatArray] = []
    for d in data:
        best = np.maximum.reduceat(d.sentences @ sentence, d.first)
        best = standardise(best, np.ones(len(best), bool))
        rows.append(np.concatenate([d.passages, best[:, None]], axis=1))
    passage = _regression(rows, [d.right_passages for d in data], start=(0.15, 0.1, 0.25, 1.05, 0.85))
    return replace(
        Weights(),
        passage=Blend(*passage[:4].tolist()),
        sentence=Blend(*sentence.tolist()),
        best_sentence=float(passage[4]),
    )


def _regression(
    rows: Sequence[FloatArray], right: Sequence[npt.NDArray[np.bool_]], start: Sequence[float]
) -> FloatArray:
    weights = torch.tensor(start, dtype=torch.float32, requires_grad=True)
    kept = [i for i, r in enumerate(right) if r.any()]
    values = [torch.from_numpy(rows[i]) for i in kept]
    gold = [torch.from_numpy(right[i]) for i in kept]
    optimiser = torch.optim.LBFGS([weights], max_iter=_STEPS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        losses = []
        for value, mask in zip(values, gold, strict=True):
            scores = value @ weights
            losses.append(torch.logsumexp(scores, 0) - torch.logsumexp(scores[mask], 0))
        loss = torch.stack(losses).mean() + _PENALTY * (weights**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    fitted: FloatArray = weights.detach().numpy()
    return fitted


def fit_reading(index: LetterIndex, questions: Sequence[TrainingQuestion]) -> float:
    """Return the weight of the reader under which most right passages come first."""
    right = np.zeros(len(_READING))
    slugs = {letter.slug for letter in index.letters}
    for question in questions:
        if question.answer and question.letter in slugs:
            hits = index.search(question.standalone, top=_LOOKED_AT).hits
            gold = [h.letter.slug == question.letter and h.passage.anchor in question.anchors for h in hits]
            fused, answering = np.array([(h.fused, h.answering) for h in hits]).T
            right += [gold[int((fused + weight * answering).argmax())] for weight in _READING]
    return _READING[int(right.argmax())]


def write(path: Path, model: str, digest: str, weights: Weights) -> None:
    """Put the weights for ``model``, whose own have this ``digest``, into the file at ``path``."""
    fitted = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    fields = {"weights": digest} | asdict(weights)
    for name in ("passage", "sentence"):
        fields[name] = {k: round(v, 3) for k, v in fields[name].items()}
    fitted[model] = {k: round(v, 3) if isinstance(v, float) else v for k, v in fields.items()}
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)
