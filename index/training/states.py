"""What the frozen lower layers make of the training letters: computed once, trained on many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from index.bundled import bundled_model
from index.encoder import Role
from index.sentence_encoder import E5_PROMPTS
from index.training.data import TrainingQuestion, TrainingSet, answers
from index.units import Unit, units_of
from ingest.letter import Letter

_BATCH = 32
Half = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its prefix: ``states`` (tokens, hidden), and which tokens are its ``own``.

    ``offsets`` (own tokens, 2) are the characters that its own tokens cover.
    """

    states: Half
    own: npt.NDArray[np.bool_]
    offsets: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Gold:
    """Where a question is answered: passages, sentences (counted over the letter), and the span.

    ``span`` gives the passage and the first and last character (exclusive) in its text, or None.
    """

    question: TrainingQuestion
    passages: tuple[int, ...]
    sentences: tuple[int, ...]
    span: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class LetterStates:
    """A letter's passages and questions, with the gold.

    ``segments`` holds for each passage which segment each of its own tokens is in: 0 for the
    titles, then its sentences from 1.
    """

    letter: Letter
    units: tuple[Unit, ...]
    passages: tuple[Text, ...]
    segments: tuple[npt.NDArray[np.int64], ...]
    questions: tuple[Text, ...]
    gold: tuple[Gold, ...]

    @property
    def owner(self) -> npt.NDArray[np.int64]:
        """The passage of each sentence of the letter, (sentences,)."""
        return np.repeat(np.arange(len(self.units)), [len(unit.sentences) for unit in self.units])


def lower_states(data: TrainingSet, frozen: int) -> list[LetterStates]:
    """Run the first ``frozen`` layers of the default model over every letter and question."""
    model: Any = bundled_model()[0]
    model.network.encoder.layer = model.network.encoder.layer[:frozen]
    return [_of_letter(letter, data.of(letter), model) for letter in data.letters]


def _of_letter(letter: Letter, questions: Sequence[TrainingQuestion], model: Any) -> LetterStates:
    units = tuple(units_of([letter]))
    passages = _texts([unit.text for unit in units], "passage", model)
    segments = [unit.segments(text.offsets) for unit, text in zip(units, passages, strict=True)]
    return LetterStates(
        letter,
        units,
        tuple(passages),
        tuple(segments),
        tuple(_texts([question.standalone for question in questions], "query", model)),
        tuple(_gold(question, units) for question in questions),
    )


def _texts(texts: Sequence[str], role: Role, model: Any) -> list[Text]:
    prefix = E5_PROMPTS[role]
    found: dict[int, Text] = {}
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    with torch.inference_mode():
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            features = model.preprocess([prefix + texts[i] for i in batch])
            states = model(features)["token_embeddings"].numpy().astype(np.float16)
            for i, of_text, mask, offsets in zip(
                batch, states, features["attention_mask"], features["offset_mapping"], strict=True
            ):
                count = int(mask.sum())
                spans = offsets[:count].numpy() - len(prefix)
                own = (spans[:, 1] > spans[:, 0]) & (spans[:, 1] > 0)
                found[i] = Text(of_text[:count].copy(), own, np.maximum(spans[own], 0).astype(np.int32))
    return [found[i] for i in range(len(texts))]


def _gold(question: TrainingQuestion, units: Sequence[Unit]) -> Gold:
    passages = tuple(i for i, unit in enumerate(units) if unit.passage.anchor in question.anchors)
    if not question.answer:
        return Gold(question, (), (), None)
    sentences: list[int] = []
    span: tuple[int, int, int] | None = None
    number = 0
    for i, unit in enumerate(units):
        text = unit.passage.text
        for start, end in unit.sentences:
            if i in passages and answers(text[start:end], question.answer):
                sentences.append(number)
            number += 1
        if i in passages and span is None and question.answer in text:
            at = text.find(question.span, text.find(question.answer))
            span = (i, at, at + len(question.span)) if at >= 0 else None
    return Gold(question, passages, tuple(sentences), span)
