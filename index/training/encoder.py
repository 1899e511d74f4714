"""Fine-tunes the upper layers of the default model to find the passage that answers a question.

Every step takes one letter: some of its questions against all its passages, so that what a
question is told apart from are the letter's other passages, the hardest negatives there are. The
loss is InfoNCE (van den Oord et al., 2018) four times over: on the mean vectors and on the tokens'
best matches (ColBERT's MaxSim), of passages and of sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from index.training.descent import AfterEpoch, descend
from index.training.states import Half, LetterStates
from index.transformer import Layer

_TEMPERATURE = 0.03
_RATE = 5e-5
_QUESTIONS = 90  # a step
_CHUNK = 10  # texts a forward pass, of like lengths
_SENTENCES = 0.5  # the sentences' share in the loss, beside 1 for the passages


@dataclass(frozen=True, slots=True)
class Scores:
    """Cosines of questions with passages and with sentences, each (questions, texts)."""

    passage_dense: Tensor
    passage_tokens: Tensor
    sentence_dense: Tensor
    sentence_tokens: Tensor


class UpperLayers(nn.Module):
    """The layers that are trained, on top of the frozen ones."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, texts: Sequence[Half]) -> list[Tensor]:
        """Return the last states (tokens, hidden) of each text."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: dict[int, Tensor] = {}
        for start in range(0, len(order), _CHUNK):
            chunk = order[start : start + _CHUNK]
            states, real = padded([texts[i] for i in chunk])
            for layer in self.layers:
                states = layer(states, real[:, None, None, :])
            found.update((i, states[row, : len(texts[i])]) for row, i in enumerate(chunk))
        return [found[i] for i in range(len(texts))]

    def scores(self, data: LetterStates, questions: Sequence[int]) -> Scores:
        """Score the chosen questions of a letter against all its passages and sentences."""
        passages = self([text.states for text in data.passages])
        asked = self([data.questions[i].states for i in questions])
        own = [states[torch.from_numpy(t.own)] for states, t in zip(passages, data.passages, strict=True)]
        flat = torch.cat(own)
        mean = flat.detach().mean(0)
        # Segments are numbered over the letter: titles and sentences of each passage in turn.
        counts = [1 + len(unit.sentences) for unit in data.units]
        first = np.cumsum([0, *counts])
        segment = torch.from_numpy(
            np.concatenate([which + base for which, base in zip(data.segments, first, strict=False)])
        )
        passage_of = torch.repeat_interleave(torch.arange(len(counts)), torch.tensor(counts))
        sentences = torch.from_numpy(np.setdiff1d(np.arange(first[-1]), first[:-1]))

        words = [
            states[torch.from_numpy(data.questions[i].own)]
            for states, i in zip(asked, questions, strict=True)
        ]
        lengths = torch.tensor([len(w) for w in words])
        asker = torch.repeat_interleave(torch.arange(len(words)), lengths)
        similarity = _unit(torch.cat(words) - mean) @ _unit(flat - mean).T
        of_segments = _best(similarity, segment, int(first[-1]))
        of_passages = _best(of_segments, passage_of, len(counts))

        def per_question(matches: Tensor) -> Tensor:
            total = torch.zeros(len(words), matches.shape[1]).index_add(0, asker, matches)
            return total / lengths[:, None]

        vectors = _unit(torch.stack([states.mean(0) for states in asked]))
        sums = torch.zeros(int(first[-1]), flat.shape[1]).index_add(0, segment, flat)
        return Scores(
            vectors @ _unit(torch.stack([states.mean(0) for states in passages])).T,
            per_question(of_passages),
            vectors @ _unit(sums)[sentences].T,
            per_question(of_segments)[:, sentences],
        )


def fit(
    upper: UpperLayers, letters: Sequence[LetterStates], *, epochs: int, seed: int, after_epoch: AfterEpoch
) -> None:
    """Train ``upper`` on the answerable questions of ``letters``."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    plan = [_steps(letters, chance) for _ in range(epochs)]
    descend(
        upper,
        [{"params": list(upper.parameters()), "lr": _RATE}],
        ([partial(_loss, upper, *step) for step in steps] for steps in plan),
        steps=sum(map(len, plan)),
        after_epoch=after_epoch,
    )


def _steps(
    letters: Sequence[LetterStates], chance: np.random.Generator
) -> list[tuple[LetterStates, list[int]]]:
    steps: list[tuple[LetterStates, list[int]]] = []
    for data in letters:
        answerable = chance.permutation([i for i, gold in enumerate(data.gold) if gold.passages])
        parts = np.array_split(answerable, max(1, round(len(answerable) / _QUESTIONS)))
        steps += [(data, part.tolist()) for part in parts]
    return [steps[i] for i in chance.permutation(len(steps))]


def _loss(upper: UpperLayers, data: LetterStates, questions: Sequence[int]) -> Tensor:
    scores = upper.scores(data, questions)
    passages = gold_mask([data.gold[i].passages for i in questions], scores.passage_dense)
    sentences = gold_mask([data.gold[i].sentences for i in questions], scores.sentence_dense)
    whole = _info_nce(scores.passage_dense, passages) + _info_nce(scores.passage_tokens, passages)
    parts = _info_nce(scores.sentence_dense, sentences) + _info_nce(scores.sentence_tokens, sentences)
    return whole + _SENTENCES * parts


def gold_mask(gold: Sequence[Sequence[int]], scores: Tensor) -> Tensor:
    """Return which texts are right for each question, bool, in the shape of ``scores``."""
    mask = torch.zeros(scores.shape, dtype=torch.bool)
    for row, right in enumerate(gold):
        mask[row, list(right)] = True
    return mask


def _info_nce(scores: Tensor, gold: Tensor) -> Tensor:
    """Return the mean negative log-likelihood of the right texts; questions without any are left out."""
    with_gold = gold.any(1)
    logits, right = scores[with_gold] / _TEMPERATURE, gold[with_gold]
    if not len(logits):
        return scores.sum() * 0
    return (torch.logsumexp(logits, 1) - torch.logsumexp(logits.masked_fill(~right, -1e9), 1)).mean()


def padded(texts: Sequence[Half]) -> tuple[Tensor, Tensor]:
    """Return texts as one tensor (texts, tokens, hidden), and which of its tokens are real."""
    states = torch.zeros(len(texts), max(map(len, texts)), texts[0].shape[1])
    real = torch.zeros(states.shape[:2], dtype=torch.bool)
    for row, text in enumerate(texts):
        states[row, : len(text)] = torch.from_numpy(text.astype(np.float32))
        real[row, : len(text)] = True
    return states, real


def _best(scores: Tensor, group: Tensor, groups: int) -> Tensor:
    """Return the highest score in each group of columns, (rows, groups)."""
    empty = torch.full((len(scores), groups), -1.0)
    return empty.scatter_reduce(1, group[None].expand(len(scores), -1), scores, "amax")


def _unit(vectors: Tensor) -> Tensor:
    return F.normalize(vectors, dim=-1)
