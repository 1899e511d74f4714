"""``python -m eval train``: fits what the assistant decides with, on the training letters.

The small network (``eval.network``) sees letters that the encoder behind its features has not: each
half of the training letters is searched by the encoder trained on the other half. How much the
joint reader counts beside it, and where answers begin, comes from the letters held out of all
training, each in turn left out where it is measured.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant import features
from assistant.conversation import resolve
from assistant.question import analyse_last
from assistant.reader import Bars, Joint, Reader
from eval.network import Example, fit, fit_joint
from index.defaults import DEFAULT_MODEL
from index.encoder import Encoder, FloatArray
from index.letter_index import LetterIndex
from index.sentence_encoder import SentenceEncoder, load_encoder
from index.trained import Trained
from index.training.auc import auc
from index.training.data import TrainingQuestion, answers, read_training
from index.training.run import FOLDS
from ingest.console import say
from ingest.letter import Letter

_GROUPS = 2  # a fold's letters are searched in groups of five or six: some 230 paragraphs
_CANDIDATES = 12
_FAR = 0.15  # far misses: the share of another group's questions asked of a group
_REFUSED = 0.045  # of the answerable questions, at the bar for an answer, on held-out letters
_LEADLESS = 0.3  # of the answerable questions, at the bar for a leading figure


def examples(
    letters: Sequence[Letter], questions: Sequence[TrainingQuestion], encoder: Encoder, seed: int
) -> list[Example]:
    """Search every question among ``letters``, and a share of foreign ones as far misses."""
    chance = np.random.default_rng(seed)
    slugs = {letter.slug for letter in letters}
    index = LetterIndex.build(letters, encoder)
    say(f"{len(letters)} letters indexed")
    found: list[Example] = []
    foreign = sum(q.letter not in slugs for q in questions)
    share = _FAR * (len(questions) - foreign) / max(1, foreign)
    for question in questions:
        own = question.letter in slugs
        if own or (not question.history and chance.random() < share):
            found.append(_example(question, index, own))
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
        float(np.mean(hits[0].matches)) if hits[0].matches else 1.0,
    )


def train(work: Path, target: Path, *, seed: int = 7) -> dict[str, float]:
    """Fit on the letters of ``index.training``, write to ``target`` and return the measures.

    ``work`` holds the encoders of the folds, as ``index train`` leaves them.
    """
    data = read_training()
    seen = [letter for letter in data.letters if letter.slug not in data.held_out]
    held = [letter for letter in data.letters if letter.slug in data.held_out]
    learned: list[Example] = []
    for fold in range(FOLDS):
        encoder = SentenceEncoder.trained(Trained.load(work / f"fold-{fold}.npz"))
        rest = [letter for letter in seen if letter not in seen[fold::FOLDS]]
        for group in range(_GROUPS):
            learned += examples(rest[group::_GROUPS], data.questions, encoder, seed)
    network = fit(learned, seed)
    tested = examples(held, data.questions, load_encoder(DEFAULT_MODEL), seed)
    scores = [Reader.of(network).scores(example.values) for example in tested]

    homes = np.array([e.letter for e in tested])
    log_odds, right = np.zeros(len(tested)), np.zeros(len(tested), bool)
    for out in sorted(set(homes)):
        kept = np.flatnonzero(homes != out)
        scale, joint = fit_joint([tested[i] for i in kept], [scores[i] for i in kept])
        for i in np.flatnonzero(homes == out):
            total = _total(scores[i], tested[i].readings, scale, joint)
            log_odds[i] = np.logaddexp.reduce(total)
            right[i] = tested[i].answers[total.argmax()]
    scale, joint = fit_joint(tested, scores)
    network["layers"][-1] = [(scale * np.array(part)).tolist() for part in network["layers"][-1]]

    styles = np.array([e.style for e in tested])
    answerable, near, far = ~np.isin(styles, ("near", "far")), styles == "near", styles == "far"
    alone = np.array([np.logaddexp.reduce(s) for s in scores])
    bar = float(np.quantile(log_odds[answerable], _REFUSED))
    measures = {
        "first_sentence_right": float(right[answerable].mean()),
        "auc_near": auc(log_odds[answerable], log_odds[near]),
        "auc_far": auc(log_odds[answerable], log_odds[far]),
        "auc_near_network_alone": auc(alone[answerable], alone[near]),
        "first_sentence_right_network_alone": float(
            np.mean(
                [
                    e.answers[s.argmax()]
                    for e, s in zip(tested, scores, strict=True)
                    if e.style not in ("near", "far")
                ]
            )
        ),
        "refused_near": float((log_odds[near] < bar).mean()),
        "refused_far": float((log_odds[far] < bar).mean()),
    }
    similarity = np.array([e.similarity for e in tested])
    match = np.array([e.match for e in tested])
    bars = Bars(
        bar, _parting(similarity[near], similarity[far]), float(np.quantile(match[answerable], _LEADLESS))
    )
    fields = {
        "features": list(features.NAMES),
        "bars": asdict(bars),
        "joint": asdict(joint),
        "seed": seed,
        "measures": measures,
        "folds": [hashlib.sha256((work / f"fold-{k}.npz").read_bytes()).hexdigest() for k in range(FOLDS)],
    } | network
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(_rounded(fields), indent=None) + "\n", encoding="utf-8")
    return measures


def _total(scores: FloatArray, readings: FloatArray, scale: float, joint: Joint) -> FloatArray:
    read = np.where(np.isnan(readings), joint.unread, joint.slope * np.nan_to_num(readings) + joint.offset)
    total: FloatArray = (scale * scores + read).astype(np.float32)
    return total


def _parting(above: npt.NDArray[np.float64], below: npt.NDArray[np.float64]) -> float:
    """Return the bar that tells two samples apart best, both counting alike."""
    bars = np.unique(np.concatenate([above, below]))
    return float(max(bars, key=lambda bar: (above >= bar).mean() + (below < bar).mean()))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return {k: _rounded(v) for k, v in value.items()} if isinstance(value, dict) else value
