"""``python -m eval train``: fits the reader's small network on training letters.

The network scores every sentence of the best passages; beside them stands "no answer" with score
0, and the loss is the negative log-likelihood of the right choice (softmax over the candidates and
the null answer, as in the SQuAD 2.0 baselines of Devlin et al., 2019). Whole letters are held out
to measure it, then the shipped weights are fitted on all of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant import features
from assistant.conversation import resolve
from assistant.question import analyse_last
from assistant.reader import Reader
from eval.training import TrainingQuestion, read_training
from index.encoder import Encoder, FloatArray
from index.letter_index import LetterIndex
from ingest.console import say
from ingest.letter import Letter

_GROUPS = 4  # letters searched together, so that an index holds some 210 paragraphs
_CANDIDATES = 12
_FAR = 0.15  # far misses: the share of another group's questions asked of a group
_HIDDEN = 24
_EPOCHS = 60
_NETWORKS = 4  # trained from other seeds and averaged: one wider network
_REFUSED = 0.045  # of the answerable questions, at the threshold, on held-out letters


@dataclass(frozen=True, slots=True)
class Example:
    """One question: features (sentences, features), which sentences answer, and its kind."""

    values: FloatArray
    answers: npt.NDArray[np.bool_]
    group: int
    style: str


def examples(
    letters: Sequence[Letter], questions: Sequence[TrainingQuestion], encoder: Encoder, seed: int
) -> list[Example]:
    """Search every question among its group of letters, and a share of foreign ones as far misses."""
    chance = np.random.default_rng(seed)
    found: list[Example] = []
    for group in range(_GROUPS):
        members = letters[group::_GROUPS]
        slugs = {letter.slug for letter in members}
        index = LetterIndex.build(members, encoder)
        say(f"Group {group + 1} of {_GROUPS}: {len(members)} letters indexed")
        for question in questions:
            own = question.letter in slugs
            if not own and (question.history or chance.random() > _FAR / (_GROUPS - 1)):
                continue
            found.append(_example(question, index, group, own))
    return found


def _example(question: TrainingQuestion, index: LetterIndex, group: int, own: bool) -> Example:
    text = resolve(question.text, question.history)
    hits = index.search(text, top=_CANDIDATES).hits
    rows = features.of_sentences(analyse_last(question.text, text), hits)
    answers = [
        own
        and bool(question.answer)
        and hit.letter.slug == question.letter
        and hit.passage.anchor in question.anchors
        and _overlaps(hit.letter.text[sentence.start : sentence.end], question.answer)
        for hit, sentence, _ in rows
    ]
    style = question.style if own else "far"
    return Example(np.stack([v for _, _, v in rows]), np.array(answers), group, style)


def _overlaps(sentence: str, answer: str) -> bool:
    return sentence.strip() in answer or answer.strip() in sentence


def fit(data: Sequence[Example], seed: int) -> dict[str, Any]:
    """Return mean, scale and layers of the average of several networks fitted on ``data``."""
    networks = [_fit_one(data, seed + i) for i in range(_NETWORKS)]
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
    import torch

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


def _loss(scores: Any, gold: Any) -> Any:
    import torch

    null = torch.zeros(len(scores), 1)
    everything = torch.logsumexp(torch.cat([scores, null], 1), 1)
    has_answer = gold.any(1)
    right = torch.logsumexp(scores.masked_fill(~gold, -1e9), 1)
    return (everything - torch.where(has_answer, right, torch.zeros_like(right))).mean()


def train(folder: Path, target: Path, encoder: Encoder, *, seed: int = 7) -> dict[str, float]:
    """Fit the reader on the letters in ``folder``, write it to ``target`` and return its measures.

    The measures, and the threshold for an answer, are from letters that were held out.
    """
    letters, questions = read_training(folder)
    data = examples(letters, questions, encoder, seed)
    log_odds, right = np.zeros(len(data)), np.zeros(len(data), bool)
    for group in range(_GROUPS):
        network = fit([e for e in data if e.group != group], seed)
        for i, example in enumerate(data):
            if example.group == group:
                scores = apply(network, example.values)
                log_odds[i] = np.logaddexp.reduce(scores)
                right[i] = example.answers[scores.argmax()]
    styles = np.array([e.style for e in data])
    answerable = ~np.isin(styles, ("near", "far"))
    measures = {
        "first_sentence_right": float(right[answerable].mean()),
        "auc_near": _auc(log_odds[answerable], log_odds[styles == "near"]),
        "auc_far": _auc(log_odds[answerable], log_odds[styles == "far"]),
    }
    threshold = float(np.quantile(log_odds[answerable], _REFUSED))
    for style in ("near", "far"):
        measures[f"refused_{style}"] = float((log_odds[styles == style] < threshold).mean())
    fields = {
        "features": list(features.NAMES),
        "threshold": threshold,
        "seed": seed,
        "data": {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.glob("*.json"))},
        "measures": measures,
    } | fit(data, seed)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(_rounded(fields), indent=None) + "\n", encoding="utf-8")
    return measures


def apply(network: dict[str, Any], values: FloatArray) -> FloatArray:
    """Return the log-odds of each row of features."""
    return Reader.of(network, threshold=0.0).scores(values)


def _auc(above: npt.NDArray[np.float64], below: npt.NDArray[np.float64]) -> float:
    """Return the chance that a random one of ``above`` exceeds a random one of ``below``."""
    ranks = np.concatenate([above, below]).argsort().argsort()[: len(above)]
    return float((ranks.sum() - len(above) * (len(above) - 1) / 2) / (len(above) * len(below)))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return {k: _rounded(v) for k, v in value.items()} if isinstance(value, dict) else value
