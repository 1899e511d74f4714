"""Letters in any number, made from one: for measuring what a large collection costs.

A copy has the sections of each chapter in another order, one in ten of its paragraphs dropped, other
digits in all its figures and years, and the names in it exchanged. Paragraphs keep their anchors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from index.encoder import Encoder, Encoding, FloatArray, PassageReader, Progress, Role
from index.units import units_of
from ingest.letter import Letter, Part, Passage

_KEPT = 0.9
_NOISE = 0.1  # of a number's usual size
_BANK = 1_000_003  # random numbers that are drawn once and used again from another place

_DIGITS = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zë]{3,}")  # a capital inside a sentence


def copy(letter: Letter, number: int) -> Letter:
    """Return copy ``number`` of ``letter``, the same one each time."""
    chance = np.random.default_rng(number)
    names = sorted(set(_NAME.findall(letter.text)))
    others = dict(zip(names, chance.permutation(names).tolist(), strict=True))
    parts: list[Part] = []
    for _, chapter in groupby(letter.parts, key=lambda part: part.chapter):
        sections = [list(of_section) for _, of_section in groupby(chapter, key=lambda part: part.section)]
        parts += [part for n in chance.permutation(len(sections)) for part in sections[n]]
    text = ""
    copied: list[Part] = []
    for part in parts:
        passages: list[Passage] = []
        for passage in part.passages:
            if passages and chance.random() > _KEPT:
                continue
            words = _altered(passage.text, others, chance)
            start = len(text)
            passages.append(replace(passage, text=words, start=start, end=start + len(words), table=None))
            text += words + "\n\n"
        copied.append(replace(part, passages=tuple(passages)))
    return replace(letter, slug=f"{letter.slug}-{number}", text=text, parts=tuple(copied))


def _altered(text: str, names: Mapping[str, str], chance: np.random.Generator) -> str:
    def digits(match: re.Match[str]) -> str:
        figure = match.group()
        return figure[0] + "".join(str(n) for n in chance.integers(0, 10, len(figure) - 1))

    return _NAME.sub(lambda match: names[match.group()], _DIGITS.sub(digits, text))


class PerturbedEncoder:
    """Encodes a letter, and gives its copies those same encodings with noise: quick, and not real.

    Everything else is as by ``encoder``, which also encodes all texts that are of no copy.
    """

    def __init__(self, encoder: Encoder, letter: Letter, copies: Sequence[Letter]) -> None:
        self.name = encoder.name
        self.weights = encoder.weights
        self.dimension = encoder.dimension
        self.reader: PassageReader | None = encoder.reader
        self._encoder = encoder
        originals = {unit.passage.anchor: unit.text for unit in units_of([letter])}
        encoded = encoder.encode(list(originals.values()), "passage")
        by_anchor = dict(zip(originals, zip(originals.values(), encoded, strict=True), strict=True))
        self._origins = {unit.text: by_anchor[unit.passage.anchor] for unit in units_of(copies)}
        self._chance = np.random.default_rng(0)
        self._bank = self._chance.standard_normal(_BANK).astype(np.float32) * _NOISE

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> list[Encoding]:
        """Return one encoding a text, in order."""
        if role == "query" or any(text not in self._origins for text in texts):
            return self._encoder.encode(texts, role, progress)
        return [self._perturbed(text, *self._origins[text]) for text in texts]

    def _perturbed(self, text: str, original: str, encoding: Encoding) -> Encoding:
        vector = self._noisy(encoding.vector)
        return Encoding(
            vector / np.linalg.norm(vector),
            self._noisy(encoding.tokens),
            (encoding.offsets * (len(text) / len(original))).astype(np.int32),
            None if encoding.middle is None else self._noisy(encoding.middle),
        )

    def _noisy(self, values: FloatArray) -> FloatArray:
        start = int(self._chance.integers(0, _BANK // 2))
        noise = np.resize(self._bank[start:], values.shape)
        noisy: FloatArray = np.add(values, noise * values.std(), dtype=np.float32)
        return noisy


class RecordedEncoder:
    """Gives the encodings of questions as they were recorded, without a model or a reader."""

    def __init__(self, encoder: Encoder, questions: Mapping[str, Encoding]) -> None:
        self.name = encoder.name
        self.weights = encoder.weights
        self.dimension = encoder.dimension
        self.reader: PassageReader | None = None
        self.questions = questions

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> list[Encoding]:
        """Return one encoding a question, in order."""
        return [self.questions[text] for text in texts]
