"""Fits the assistant's small network: which of the sentences found answers, if any.

The network scores every sentence of the best passages; beside them stands "no answer" with score
0, and the loss is the negative log-likelihood of the right choice (softmax over the candidates and
the null answer, as in the SQuAD 2.0 baselines of Devlin et al., 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from assistant.reader import Answerable, Certainty, Joint
from eval.calibration import Numbers
from index.encoder import FloatArray

UNANSWERABLE = ("near", "far")  # styles
_HIDDEN = 24
_EPOCHS = 60
_NETWORKS = 4  # trained from other seeds and averaged: one wider network


@dataclass(frozen=True, slots=True)
class Example:
    """One question: ``values`` (sentences, features), which sentences answer, its letter and style.

    ``readings`` holds the joint reader's log-odds, not-a-number where it did not read a sentence.
    ``stance`` is what the answer says to a question for yes or no ("" otherwise), ``stances`` the
    likeliest that the joint reader makes of each sentence with its probability, where it read it.
    ``matches`` says how well each sentence's passage meets the question's naming words (mean
    cosine), ``similarity`` is the token similarity of the best passage.
    """

    values: FloatArray
    answers: npt.NDArray[np.bool_]
    readings: FloatArray
    letter: str
    style: str
    similarity: float
    matches: FloatArray
    stance: str = ""
    stances: Sequence[tuple[str, float] | None] = ()


def fit(data: Sequence[Example], seed: int) -> dict[str, Any]:
    """Return mean, scale and layers of the average of several networks fitted on ``data``."""
    seeds = range(seed, seed + _NETWORKS)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        networks = list(pool.map(_fit_one, repeat(data), seeds))
    (inner, outer) = zip(*(network["layers"] for network in networks), strict=True)
    layers = [
        [np.concatenate([w for w, _ in inner], axis=1), np.concatenate([b for _, b in inner])],
        [
            np.concatenate([w for w, _ in outer]) / _NETWORKS,
            np.mean([b for _, b in outer], axis=0),
        ],
    ]
    return networks[0] | {"layers": [[w.tolist(), b.tolist()] for w, b in layers]}


def _fit_one(data: Sequence[Example], seed: int) -> dict[str, Any]:
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    flat = np.concatenate([e.values for e in data])
    mean, scale = flat.mean(axis=0), np.maximum(flat.std(axis=0), 1e-3)
    longest = max(len(e.values) for e in data)
    x = torch.zeros(len(data), longest, len(mean))
    real = torch.zeros(len(data), longest, dtype=torch.bool)
    gold = torch.zeros(len(data), longest, dtype=torch.bool)
    for i, example in enumerate(data):
        n = len(example.values)
        x[i, :n] = torch.from_numpy((example.values - mean) / scale)
        real[i, :n] = True
        gold[i, :n] = torch.from_numpy(example.answers)
    network = torch.nn.Sequential(
        torch.nn.Linear(len(mean), _HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.1),
        torch.nn.Linear(_HIDDEN, 1),
    )
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=0.02)
    steps = _EPOCHS * (len(data) // 64 + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=6e-3, total_steps=steps)
    network.train()
    for _ in range(_EPOCHS):
        for batch in torch.split(torch.randperm(len(data)), 64):
            scores = network(x[batch])[..., 0].masked_fill(~real[batch], -1e9)
            loss = _loss(scores, gold[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    layers = [m for m in network if isinstance(m, torch.nn.Linear)]
    return {
        "mean": mean.tolist(),
        "scale": scale.tolist(),
        "layers": [[m.weight.detach().T.numpy(), m.bias.detach().numpy()] for m in layers],
    }


def _loss(scores: Tensor, gold: Tensor) -> Tensor:
    null = torch.zeros(len(scores), 1)
    everything = torch.logsumexp(torch.cat([scores, null], 1), 1)
    has_answer = gold.any(1)
    right = torch.logsumexp(scores.masked_fill(~gold, -1e9), 1)
    return (everything - torch.where(has_answer, right, torch.zeros_like(right))).mean()


def fit_joint(data: Sequence[Example], scores: Sequence[FloatArray]) -> tuple[float, Joint]:
    """Return how much the network's ``scores`` and the joint reader's log-odds count together.

    The first is what to multiply the network's scores by. Four numbers, so that a few held-out
    letters are enough to fit them.
    """
    numbers = torch.tensor([0.5, 0.5, 0.0, -1.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([numbers], max_iter=200, line_search_fn="strong_wolfe")
    network = _rows(scores, -1e9)
    readings = _rows([e.readings for e in data], -1e9)
    right = _rows([e.answers.astype(np.float32) for e in data], 0.0) > 0
    real = network > -1e9

    def closure() -> Tensor:
        optimiser.zero_grad()
        read = torch.where(readings.isnan(), numbers[3], numbers[1] * readings.nan_to_num() + numbers[2])
        loss = _loss((numbers[0] * network + read).masked_fill(~real, -1e9), right)
        loss.backward()
        return loss

    optimiser.step(closure)
    scale, slope, offset, unread = numbers.detach().tolist()
    return scale, Joint(slope, offset, unread)


def fit_answerable(data: Sequence[Example], scores: Sequence[FloatArray]) -> Answerable:
    """Return how the network's ``scores`` and the readings tell whether any sentence answers.

    Logistic regression on two numbers a question: what ``fit_joint`` gives is fitted to choose a
    sentence and tells answerable questions from near misses less well.
    """
    sums = torch.tensor(
        [
            [
                np.logaddexp.reduce(s),
                np.logaddexp.reduce(r) if len(r := e.readings[~np.isnan(e.readings)]) else 0.0,
            ]
            for e, s in zip(data, scores, strict=True)
        ],
        dtype=torch.float32,
    )
    answerable = torch.tensor([e.style not in UNANSWERABLE for e in data], dtype=torch.float32)
    numbers = torch.tensor([1.0, 0.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([numbers], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        logits = sums @ numbers[:2] + numbers[2]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, answerable)
        loss.backward()
        return loss

    optimiser.step(closure)
    return Answerable(*numbers.detach().tolist())


def fit_certainty(scores: Numbers, right: Numbers, weights: Numbers) -> Certainty:
    """Return the logistic of answers' ``scores`` that best tells which are ``right``, weighed."""
    x, y, w = (torch.tensor(values, dtype=torch.float64) for values in (scores, right, weights))
    numbers = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([numbers], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        logits = numbers[0] * x + numbers[1]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, y, weight=w)
        loss.backward()
        return loss

    optimiser.step(closure)
    return Certainty(*numbers.detach().tolist())


def _rows(values: Sequence[FloatArray], padding: float) -> Tensor:
    rows = [torch.from_numpy(row) for row in values]
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=padding)
