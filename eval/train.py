"""``python -m eval train``: fits what the assistant decides with, on the training letters.

The small network (``eval.network``) sees letters that the encoder behind its features has not: each
half of the training letters is searched by the encoder trained on the other half. How much the
joint reader counts beside it, and where answers begin, comes from the letters held out: a handful of
numbers, and the measures are of each letter with the others' numbers (but for the bar itself).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant import features
from assistant.conversation import resolve
from assistant.question import analyse_last
from assistant.reader import Bars, Reader
from eval.network import UNANSWERABLE, Example, fit, fit_answerable, fit_joint
from index.defaults import BASE_MODEL, DEFAULT_MODEL
from index.encoder import Encoder, FloatArray
from index.letter_index import LetterIndex
from index.sentence_encoder import SentenceEncoder, load_encoder
from index.threads import threads
from index.trained import Trained
from index.training.auc import auc
from index.training.data import (
    FOLDS,
    TrainingQuestion,
    TrainingSet,
    answers,
    digests,
    read_training,
    searched_together,
)
from ingest.console import say
from ingest.letter import Letter

_CANDIDATES = 12
# Beside a group's own questions, as shares of their number: about subjects of no letter, of others.
_FAR = 0.1
_FOREIGN = 0.08
# Of the questions whose first sentence is right, how many the bar for an answer may refuse, on
# held-out letters: one that would be answered wrongly is better refused. On the questions on the
# shipped letter 0.05 refuses no more near misses than 0.032, but twice as many answerable ones.
_REFUSED = 0.032
_OFF_TOPIC = 0.05  # of the near misses, at the bar for a subject that the letter treats
_STANCE_RIGHT = 0.95  # of the yes and no that lead an answer
_FEWEST = 20  # of them, for a bar to mean anything
_NEVER = 2.0  # no probability reaches it
_LEADLESS = 0.3  # of the answerable questions, at the bar for a leading figure


def examples(
    letters: Sequence[Letter], questions: Sequence[TrainingQuestion], encoder: Encoder, seed: int
) -> list[Example]:
    """Search every question about ``letters``, and a share of the others as far misses."""
    chance = np.random.default_rng(seed)
    slugs = {letter.slug for letter in letters}
    index = LetterIndex.build(letters, encoder)
    say(f"{len(letters)} letters indexed")
    own = sum(q.letter in slugs for q in questions)
    far = sum(not q.letter for q in questions)
    foreign = sum(not q.history and bool(q.letter) for q in questions if q.letter not in slugs)
    found: list[Example] = []
    for question in questions:
        if question.letter in slugs:
            share = 1.0
        elif question.history:
            share = 0.0
        else:
            share = _FOREIGN * own / foreign if question.letter else _FAR * own / far
        if chance.random() < share:
            found.append(_example(question, index, question.letter in slugs))
    return found


def _example(question: TrainingQuestion, index: LetterIndex, own: bool) -> Example:
    text = resolve(question.text, question.history)
    hits = index.search(text, top=_CANDIDATES).hits
    rows = features.of_sentences(analyse_last(question.text, text), hits)
    right = [
        own
        and bool(question.answer)
        and hit.letter.slug == question.letter
        and hit.passage.anchor in question.anchors
        and answers(hit.letter.text[sentence.start : sentence.end], question.answer)
        for hit, sentence, _ in rows
    ]
    return Example(
        np.stack([values for _, _, values in rows]),
        np.array(right),
        np.array([s.reading.log_odds if s.reading else np.nan for _, s, _ in rows], np.float32),
        question.letter,
        question.style if own else "far",
        max(hit.signals.tokens for hit in hits),
        np.array([np.mean(hit.matches) if hit.matches else 1.0 for hit, _, _ in rows], np.float32),
        question.stance if own else "",
        [s.reading.stance.likeliest if s.reading else None for _, s, _ in rows],
    )


def train(work: Path | None, target: Path, *, seed: int = 7) -> dict[str, float]:
    """Fit on the letters of ``index.training``, write to ``target`` and return the measures.

    ``work`` holds the encoders of the folds, as ``index train`` leaves them; with None the network
    is for models that were not trained, by the one that ships as it came.
    """
    data = read_training()
    with _pool() as pool:
        learned = _all(pool, _folded(data, work), seed)
    network = fit(learned, seed)
    shipped = DEFAULT_MODEL if work else BASE_MODEL
    apart = [data.unseen, *([letter] for letter in data.unseen)]
    with _pool() as pool:
        tested = _all(pool, [(shipped, letters) for letters in apart], seed)
    scores = [Reader.of(network).scores(example.values) for example in tested]
    totals, log_odds = _left_out(tested, scores, sorted(data.held_out))
    scale, joint = fit_joint(tested, scores)
    scores = [scale * of_network for of_network in scores]
    network["layers"][-1] = [(scale * np.array(part)).tolist() for part in network["layers"][-1]]
    bars = _bars(tested, totals, log_odds)
    measures = _measures(tested, totals, log_odds, bars.answer)
    alone = [float(np.logaddexp.reduce(of_network)) for of_network in scores]
    measures |= {f"{k}, network alone": v for k, v in _measures(tested, scores, alone, bars.answer).items()}
    fields = {
        "features": list(features.NAMES),
        "bars": asdict(bars),
        "joint": asdict(joint),
        "answerable": asdict(fit_answerable(tested, scores)),
        "seed": seed,
        "measures": measures,
        "folds": [_digest(_fold(work, k)) for k in range(FOLDS)] if work else [],
        "weights": load_encoder(shipped).weights,
        "data": digests(),
    } | network
    write(fields, target)
    return measures


def write(fields: Mapping[str, Any], target: Path) -> None:
    """Write what was fitted beside ``target`` and rename it into place."""
    beside = target.with_suffix(".tmp")
    beside.write_text(json.dumps(_rounded(fields)) + "\n", encoding="utf-8")
    beside.replace(target)


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(mp_context=get_context("spawn"))


def _folded(data: TrainingSet, work: Path | None) -> list[tuple[str, list[Letter]]]:
    """Return the letters as they are searched, each by an encoder (model or file) that has not seen it."""
    if work is None:
        return [(BASE_MODEL, letters) for letters in searched_together(data.seen)]
    paths = [_fold(work, number) for number in range(FOLDS)]
    searches = data.searches([Trained.load(path).letters for path in paths])
    return [(str(paths[number]), letters) for number, letters in searches]


def _all(
    pool: ProcessPoolExecutor, searches: Sequence[tuple[str, Sequence[Letter]]], seed: int
) -> list[Example]:
    found = pool.map(_searched, *zip(*searches, strict=True), repeat(seed))
    return [example for of_letters in found for example in of_letters]


def _searched(encoder: str, letters: Sequence[Letter], seed: int) -> list[Example]:
    """Search ``letters`` in a process of its own; ``encoder`` is a model's name or a file of weights."""
    data = _training()
    held_out = letters[0].slug in data.held_out
    questions = data.unseen_questions if held_out else data.seen_questions
    with threads(1):
        return examples(letters, questions, _encoder(encoder), seed)


_training = cache(read_training)


@cache
def _encoder(name: str) -> Encoder:
    path = Path(name)
    return SentenceEncoder.trained(Trained.load(path)) if path.suffix == ".npz" else load_encoder(name)


def _left_out(
    data: Sequence[Example], scores: Sequence[FloatArray], slugs: Sequence[str]
) -> tuple[list[FloatArray], list[float]]:
    """Return for each question the log-odds of its sentences, and that any of them answers.

    They are fitted without the letter that the question is about. Questions about letters that were
    not searched are shared out over the letters that were.
    """
    turn = np.array(
        [slugs.index(e.letter) if e.letter in slugs else i % len(slugs) for i, e in enumerate(data)]
    )
    totals: dict[int, FloatArray] = {}
    log_odds: dict[int, float] = {}
    for out in range(len(slugs)):
        kept = np.flatnonzero(turn != out).tolist()
        examples = [data[i] for i in kept]
        scale, joint = fit_joint(examples, [scores[i] for i in kept])
        answerable = fit_answerable(examples, [scale * scores[i] for i in kept])
        for i in np.flatnonzero(turn == out).tolist():
            readings = data[i].readings
            read = joint.slope * np.nan_to_num(readings) + joint.offset
            totals[i] = scale * scores[i] + np.where(np.isnan(readings), joint.unread, read)
            log_odds[i] = answerable.of(scale * scores[i], readings[~np.isnan(readings)])
    order = range(len(data))
    return [totals[i] for i in order], [log_odds[i] for i in order]


def _bars(data: Sequence[Example], totals: Sequence[FloatArray], log_odds: Sequence[float]) -> Bars:
    styles = np.array([e.style for e in data])
    answerable = ~np.isin(styles, UNANSWERABLE)
    right = _right(data, totals)
    similarity = np.array([e.similarity for e in data])
    matches = np.array([e.matches[total.argmax()] for e, total in zip(data, totals, strict=True)])
    return Bars(
        answer=float(np.quantile(np.array(log_odds)[right], _REFUSED)),
        topical=float(np.quantile(similarity[styles == "near"], _OFF_TOPIC)),
        lead=float(np.quantile(matches[answerable], _LEADLESS)),
        stance=_stance_bar(data, totals),
    )


def _stance_bar(data: Sequence[Example], totals: Sequence[FloatArray]) -> float:
    """Return the least probability from which on a yes or no is right for _STANCE_RIGHT of them.

    "Not clear yet" is no untruth where "no" is meant: nothing is known or promised yet.
    """
    said = [
        (first[1], first[0] == e.stance or (first[0], e.stance) == ("unclear", "no"))
        for e, total in zip(data, totals, strict=True)
        if e.stance and (first := e.stances[int(total.argmax())])
    ]
    said.sort(reverse=True)
    right = np.cumsum([correct for _, correct in said]) / np.arange(1, len(said) + 1)
    enough = np.flatnonzero(right >= _STANCE_RIGHT)
    return said[enough[-1]][0] if len(enough) and enough[-1] + 1 >= _FEWEST else _NEVER


def _right(data: Sequence[Example], totals: Sequence[FloatArray]) -> npt.NDArray[np.bool_]:
    """Tell of each question whether the sentence with the highest of ``totals`` answers it."""
    return np.array([e.answers[total.argmax()] for e, total in zip(data, totals, strict=True)])


def _measures(
    data: Sequence[Example], totals: Sequence[FloatArray], log_odds: Sequence[float], bar: float
) -> dict[str, float]:
    styles, odds = np.array([e.style for e in data]), np.array(log_odds)
    right = _right(data, totals)
    answerable = ~np.isin(styles, UNANSWERABLE)
    measures = {"refused_answerable": float((odds[answerable] < bar).mean())}
    measures |= {"first_sentence_right": float(right[answerable].mean())}
    for style in UNANSWERABLE:
        measures[f"auc_{style}"] = auc(odds[answerable], odds[styles == style])
        measures[f"refused_{style}"] = float((odds[styles == style] < bar).mean())
    return measures


def _fold(work: Path | None, number: int) -> Path:
    return (work or Path()) / f"fold-{number}.npz"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return {k: _rounded(v) for k, v in value.items()} if isinstance(value, dict) else value
