"""Fits the joint reader: which candidate sentence answers, if any, and with which words.

The loss is the negative log-likelihood of the right candidate, against "no answer" at score 0 (as
in the SQuAD 2.0 baselines of Devlin et al., 2019), plus that of the span's first and last token, and
of what the right candidate says to a question that asks for yes or no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from index.joint import Joined, JointReader, Judged
from index.reading import best_span
from index.stance import STANCES
from index.training.auc import auc
from index.training.descent import AfterEpoch, descend
from index.training.states import LetterStates
from index.transformer import Layer

# Tried on half of 8,395 questions, one epoch, on the letters held out: a rate of 1e-4 finds the right
# sentence first for 0.40, of 2e-4 for 0.45, of 4e-4 for 0.47.
_RATE = 3e-4
_HEADS_RATE = 1e-3
_DROPOUT = 0.1  # as the model was pre-trained; without it the third epoch only learnt by heart
_BATCH = 12
_ALIKE = 12  # batches that are sorted by length together, against padding
_CANDIDATES = 6
_POOL = 20  # the best sentences that training draws a question's wrong candidates from
_FOREIGN = 0.08  # questions about another letter, as a share of a letter's own
_WITHOUT = 0.1  # answerable questions whose answer is not shown: the sentences around it are no answer
# Their shares in the loss: the span, and yes or no.
_SPAN = 0.5
_STANCE = 0.2

Rank = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Case:
    """Question number ``question`` of ``home``, asked of ``data``, whose sentences it ranks."""

    data: LetterStates
    home: LetterStates
    question: int
    ranking: Rank

    @property
    def own(self) -> bool:
        """Whether the question is about the letter that is searched."""
        return self.data is self.home

    @property
    def right(self) -> tuple[int, ...]:
        """The sentences that answer."""
        return self.home.gold[self.question].sentences if self.own else ()

    @property
    def stance(self) -> str:
        """One of STANCES where the question asks for yes or no, else ""."""
        return self.home.gold[self.question].question.stance


def cases(
    letters: Sequence[LetterStates],
    rank: Callable[[LetterStates, LetterStates], Rank],
    chance: np.random.Generator,
) -> list[Case]:
    """Return every question with its letter's sentences as ranked, and some foreign ones."""
    found: list[Case] = []
    for number, data in enumerate(letters):
        order = rank(data, data)
        found += [Case(data, data, i, order[i]) for i in range(len(data.questions))]
        other = letters[(number + 1) % len(letters)]
        if other is data:
            continue
        foreign = chance.choice(
            len(other.questions), max(1, int(_FOREIGN * len(other.questions))), replace=False
        )
        order = rank(data, other)
        found += [Case(data, other, int(i), order[i]) for i in foreign]
    return found


def fit(
    reader: JointReader, data: Sequence[Case], *, epochs: int, seed: int, after_epoch: AfterEpoch
) -> None:
    """Train ``reader`` on ``data``."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    weights = _stance_weights(data)
    for layer in reader.modules():
        if isinstance(layer, Layer):
            layer.dropout = _DROPOUT
    plan = (_batches(data, chance) for _ in range(epochs))
    descend(
        reader,
        [
            {"params": list(reader.layers.parameters()), "lr": _RATE},
            {"params": list(reader.heads().values()), "lr": _HEADS_RATE},
        ],
        ((partial(_loss, reader, weights, *batch) for batch in batches) for batches in plan),
        steps=epochs * -(-len(data) // _BATCH),
        after_epoch=after_epoch,
    )


def _stance_weights(data: Sequence[Case]) -> Tensor:
    """Return a weight for each stance, (4,): the rarer it is, the more one question counts."""
    counts = np.array([sum(case.stance == stance for case in data) for stance in STANCES])
    return torch.tensor(np.sqrt(counts.max(initial=1) / np.maximum(counts, 1)), dtype=torch.float32)


def _batches(
    data: Sequence[Case], chance: np.random.Generator
) -> Iterator[tuple[list[Case], list[list[int]]]]:
    """Draw every case's candidates, and yield batches of cases of like lengths in random order."""
    order = chance.permutation(len(data))
    drawn = [(data[i], _drawn(data[i], chance)) for i in order]
    batches: list[list[tuple[Case, list[int]]]] = []
    for start in range(0, len(drawn), _BATCH * _ALIKE):
        alike = sorted(drawn[start : start + _BATCH * _ALIKE], key=lambda case: _tokens(*case))
        batches += [alike[i : i + _BATCH] for i in range(0, len(alike), _BATCH)]
    for number in chance.permutation(len(batches)):
        yield [case for case, _ in batches[number]], [chosen for _, chosen in batches[number]]


def _tokens(case: Case, chosen: Sequence[int]) -> int:
    return sum(len(_sentence(case.data, i)[1]) for i in chosen)


def _drawn(case: Case, chance: np.random.Generator) -> list[int]:
    """Return the candidates of one step: what answers, and wrong ones from the best of the rest."""
    right = list(case.right)[:3] if chance.random() >= _WITHOUT else []
    wrong = [i for i in case.ranking[:_POOL].tolist() if i not in case.right]
    share = 1 / (3 + np.arange(len(wrong)))
    count = min(_CANDIDATES - len(right), len(wrong))
    drawn = chance.choice(wrong, count, replace=False, p=share / share.sum()).tolist()
    chosen = right + drawn
    return [chosen[i] for i in chance.permutation(len(chosen))]


def join(batch: Sequence[Case], chosen: Sequence[Sequence[int]]) -> Joined:
    """Return the questions of ``batch`` with the sentences ``chosen`` for each."""
    questions, candidates = [], []
    for case, sentences in zip(batch, chosen, strict=True):
        questions.append(_tensor(case.home.questions[case.question].states))
        candidates.append([_sentence(case.data, i) for i in sentences])
    return Joined.of(questions, candidates)


def _sentence(data: LetterStates, number: int) -> tuple[int, Tensor]:
    passage = int(data.owner[number])
    first = int(np.searchsorted(data.owner, passage))
    text = data.passages[passage]
    states = text.states[text.own][data.segments[passage] == number - first + 1]
    return passage, _tensor(states if len(states) else text.states[:1])


def _tensor(states: npt.NDArray[np.float16]) -> Tensor:
    return torch.from_numpy(states.astype(np.float32))


def _loss(
    reader: JointReader, weights: Tensor, batch: Sequence[Case], chosen: Sequence[Sequence[int]]
) -> Tensor:
    joined = join(batch, chosen)
    judged: Judged = reader(joined)
    scores = judged.scores
    right = torch.zeros(scores.shape, dtype=torch.bool)
    for row, (case, sentences) in enumerate(zip(batch, chosen, strict=True)):
        right[row, [n for n, sentence in enumerate(sentences) if sentence in case.right]] = True
    everything = torch.logsumexp(torch.cat([scores, torch.zeros(len(scores), 1)], 1), 1)
    answer = torch.logsumexp(scores.masked_fill(~right, -1e9), 1)
    loss: Tensor = (everything - torch.where(right.any(1), answer, torch.zeros_like(answer))).mean()
    places = [
        (row, *place) for row, case in enumerate(batch) if (place := _edges(case, chosen[row], joined, row))
    ]
    if places:
        rows, begins, ends = (torch.tensor(column) for column in zip(*places, strict=True))
        chances = judged.edges.log_softmax(1)
        loss = loss - _SPAN * (chances[rows, begins, 0] + chances[rows, ends, 1]).mean()
    said = [
        (row, int(right[row].int().argmax()), STANCES.index(case.stance))
        for row, case in enumerate(batch)
        if case.stance and right[row].any()
    ]
    if said:
        rows, candidates, stances = (torch.tensor(column) for column in zip(*said, strict=True))
        loss = loss + _STANCE * cross_entropy(judged.stances[rows, candidates], stances, weights)
    return loss


def _edges(case: Case, chosen: Sequence[int], joined: Joined, row: int) -> tuple[int, int] | None:
    """Return the columns of the span's first and last token, if one candidate holds all of it."""
    gold = case.home.gold[case.question]
    if not case.own or gold.span is None:
        return None
    passage, start, end = gold.span
    data = case.data
    offsets = data.passages[passage].offsets - data.units[passage].shift
    hit = (offsets[:, 0] < end) & (offsets[:, 1] > start)
    first = int(np.searchsorted(data.owner, passage))
    for number, sentence in enumerate(chosen):
        inside = hit[data.segments[passage] == sentence - first + 1]
        if data.owner[sentence] == passage and inside.any() and inside.sum() == hit.sum():
            columns = (joined.sentences[row] == number).nonzero()[:, 0][torch.from_numpy(inside)]
            return int(columns.min()), int(columns.max())
    return None


@dataclass(frozen=True, slots=True)
class Measures:
    """How a reader does on letters it has not seen."""

    first_right: float
    auc_near: float
    auc_foreign: float
    span_f1: float
    stance_right: float


def measure(reader: JointReader, data: Sequence[Case], *, top: int) -> Measures:
    """Read the ``top`` best sentences of every question of ``data``."""
    log_odds, right, overlap = np.zeros(len(data)), np.zeros(len(data), bool), np.zeros(len(data))
    stances: list[bool] = []  # where the first candidate is right and the question asks for yes or no
    with torch.inference_mode():
        for start in range(0, len(data), _BATCH):
            batch = data[start : start + _BATCH]
            chosen = [case.ranking[:top].tolist() for case in batch]
            joined = join(batch, chosen)
            judged: Judged = reader(joined)
            scores = judged.scores
            for row, case in enumerate(batch):
                n = start + row
                log_odds[n] = float(torch.logsumexp(scores[row, : len(chosen[row])], 0))
                best = int(scores[row, : len(chosen[row])].argmax())
                right[n] = chosen[row][best] in case.right
                edges = judged.edges[row][joined.sentences[row] == best]
                overlap[n] = _span_f1(case, chosen[row][best], edges)
                if case.stance and right[n]:
                    stances.append(STANCES[int(judged.stances[row, best].argmax())] == case.stance)
    kind = np.array(["foreign" if not c.own else "answer" if c.right else "near" for c in data])
    answer = kind == "answer"
    return Measures(
        float(right[answer].mean()),
        auc(log_odds[answer], log_odds[kind == "near"]),
        auc(log_odds[answer], log_odds[kind == "foreign"]),
        float(overlap[answer].mean()),
        float(np.mean(stances)) if stances else 0.0,
    )


def _span_f1(case: Case, sentence: int, edges: Tensor) -> float:
    """Return the F1 of characters between the span read in ``sentence`` and the right one."""
    gold = case.home.gold[case.question].span if case.own else None
    data = case.data
    passage = int(data.owner[sentence])
    if gold is None or gold[0] != passage:
        return 0.0
    first = int(np.searchsorted(data.owner, passage))
    own = data.segments[passage] == sentence - first + 1
    offsets = data.passages[passage].offsets[own] - data.units[passage].shift
    if len(offsets) != len(edges):
        return 0.0
    begin, end = best_span(edges)
    found = set(range(int(offsets[begin, 0]), int(offsets[end, 1])))
    wanted = set(range(gold[1], gold[2]))
    shared = len(found & wanted)
    return 2 * shared / (len(found) + len(wanted))
