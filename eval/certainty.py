"""``python -m eval calibrate``: fits how sure an answer may be said to be, on whole answers.

The questions on the training letters that were held out go through the whole assistant, on each letter
by itself and on all together. An answer is right when it cites a passage that answers and the words
that settle the question are within the quote. Two numbers are fitted (Platt, 1999), none of what is
answered changes; the measures are of each letter with the numbers of the others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from assistant.outcome import merged
from assistant.reader import Certainty, Reader
from assistant.service import Assistant
from assistant.settings import Settings
from eval.calibration import Numbers, aurc, calibration_error
from eval.network import fit_certainty
from eval.train import write
from index.letter_index import LetterIndex
from index.sentence_encoder import load_encoder
from index.threads import threads
from index.training.data import TrainingQuestion, TrainingSet, digests, read_training
from ingest.console import say
from ingest.errors import VraagbaakError
from ingest.letter import Letter

# Of the questions that users ask, how many the letter does not answer: an assumption, for in the training
# data they are more. It moves all confidences up or down and leaves their order.
_UNANSWERABLE = 0.25
_EVERY = 3  # of the questions on several letters together, which are asked on each alone too
# Beside a search's own questions, as shares of their number: about other letters, about none.
_FOREIGN = 0.08
_FAR = 0.1


@dataclass(frozen=True, slots=True)
class Tried:
    """A question that was asked, on ``letter`` ("" for none), ``answerable`` from the letters searched.

    ``score`` are the log-odds of the sentence that leads the answer and ``probability`` is that any
    sentence answers; ``answered`` is False for a refusal.
    """

    letter: str
    answerable: bool
    answered: bool
    right: bool
    score: float
    probability: float


def calibrate(target: Path, model: str, *, seed: int = 7) -> dict[str, float]:
    """Fit for the reader in ``target``, write the numbers into it and return the measures.

    Raises VraagbaakError when the reader was fitted with other weights.
    """
    fields = json.loads(target.read_text(encoding="utf-8"))
    weights = load_encoder(model).weights
    if fields.get("weights", weights) != weights:
        raise VraagbaakError(f"'{target}' is van andere gewichten. Voer eerst 'python -m eval train' uit.")
    data = read_training()
    searches = [data.unseen, *([letter] for letter in data.unseen)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        found = pool.map(partial(_tried, model, fields, seed), searches)
        tried = [one for of_search in found for one in of_search]
    certainty, measures = fitted(tried, sorted(data.held_out))
    calibration = {
        "seed": seed,
        "unanswerable": _UNANSWERABLE,
        "asked": len(tried),
        "answered": sum(one.answered for one in tried),
        "measures": measures,
        "weights": weights,
        "data": {
            path: digest for path, digest in digests().items() if Path(path).stem in {*data.held_out, "far"}
        },
    }
    write(fields | {"certainty": asdict(certainty), "calibration": calibration}, target)
    return measures


def fitted(tried: Sequence[Tried], slugs: Sequence[str]) -> tuple[Certainty, dict[str, float]]:
    """Return the numbers fitted on all of ``tried``, and measures with each letter's left out.

    Questions about no letter, or about one not in ``slugs``, are shared out over the letters.
    """
    answerable = np.array([one.answerable for one in tried])
    odds = _UNANSWERABLE / (1 - _UNANSWERABLE)
    weights = np.where(answerable, 1.0, odds * answerable.sum() / max(1, (~answerable).sum()))
    turn = np.array(
        [slugs.index(t.letter) if t.letter in slugs else i % len(slugs) for i, t in enumerate(tried)]
    )
    kept = np.array([one.answered for one in tried])
    scores = np.array([one.score for one in tried])[kept]
    right = np.array([one.right for one in tried], float)[kept]
    weights, turn = weights[kept], turn[kept]
    sure = np.zeros(len(scores))
    for out in range(len(slugs)):
        rest = turn != out
        numbers = fit_certainty(scores[rest], right[rest], weights[rest])
        sure[~rest] = 1 / (1 + np.exp(-numbers.slope * scores[~rest] - numbers.offset))
    anything = np.array([one.probability for one in tried])[kept]
    measures = {f"{name}, that any answers": value for name, value in _measures(anything, right).items()}
    return fit_certainty(scores, right, weights), _measures(sure, right) | measures


def _measures(confidence: Numbers, right: Numbers) -> dict[str, float]:
    return {
        "aurc": aurc(confidence, right),
        "ece": calibration_error(confidence, right),
    }


def _tried(model: str, fields: dict[str, Any], seed: int, letters: Sequence[Letter]) -> list[Tried]:
    """Ask all questions on ``letters``, in a process of its own, and a share of those on others."""
    chance = np.random.default_rng(seed)
    slugs = {letter.slug for letter in letters}
    encoder = load_encoder(model)
    reader = Reader.of({name: part for name, part in fields.items() if name != "certainty"})
    with threads(1):
        assistant = Assistant(LetterIndex.build(letters, encoder), reader, Settings())
        found = [_try(assistant, question, slugs) for question in _asked(read_training(), slugs, chance)]
    say(f"{', '.join(sorted(slugs))}: {len(found)} questions asked")
    return found


def _asked(data: TrainingSet, slugs: set[str], chance: np.random.Generator) -> list[TrainingQuestion]:
    asked = data.unseen_questions
    own = [q for q in asked if q.letter in slugs][:: 1 if len(slugs) == 1 else _EVERY]
    foreign = [q for q in asked if q.letter and q.letter not in slugs and not q.history]
    far = [q for q in asked if not q.letter]
    return own + _some(foreign, _FOREIGN * len(own), chance) + _some(far, _FAR * len(own), chance)


def _some(
    questions: Sequence[TrainingQuestion], count: float, chance: np.random.Generator
) -> list[TrainingQuestion]:
    size = min(len(questions), round(count))
    return [questions[i] for i in chance.choice(len(questions), size, replace=False)] if size else []


def _try(assistant: Assistant, question: TrainingQuestion, slugs: set[str]) -> Tried:
    outcomes = assistant.outcomes(question.text, question.history)
    answer = merged(outcomes)
    answerable = bool(question.answer) and question.letter in slugs
    answered = answer.status == "answered"
    cited = [
        c
        for c in answer.citations
        if (c.document, c.anchor) in {(question.letter, a) for a in question.anchors}
    ]
    sure = min(outcome.certainty for outcome in outcomes)  # of the plain logistic: the score, squeezed
    return Tried(
        question.letter,
        answerable,
        answered,
        answerable and answered and any(question.span in citation.quote for citation in cited),
        float(np.log(sure / (1 - sure))),
        max(outcome.probability for outcome in outcomes),
    )
