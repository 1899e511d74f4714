"""The parts of an index: what they are built from, and their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.dense import DenseIndex
from index.encoder import Encoder, Encoding, FloatArray, Progress
from index.lexical import LexicalIndex, by_pieces, by_words
from index.middle import MiddleStates
from index.rerank import TokenIndex
from index.units import Unit


@dataclass(frozen=True, slots=True)
class Tables:
    """The parts of an index; rows are all passages, then all sentences in the same order.

    ``tokens`` and ``middle`` have segments instead: each passage's titles and then its sentences.
    ``middle`` is None where the model has no reader.
    """

    dense: DenseIndex
    words: LexicalIndex
    pieces: LexicalIndex
    tokens: TokenIndex
    middle: MiddleStates | None

    @classmethod
    def build(cls, units: Sequence[Unit], encoder: Encoder, progress: Progress | None) -> Tables:
        """Embed and index ``units``."""
        passages = [unit.text for unit in units]
        sentences = [unit.passage.text[a:b] for unit in units for a, b in unit.sentences]
        encodings = encoder.encode(passages, "passage", progress)
        segments = [_segments(unit, e) for unit, e in zip(units, encodings, strict=True)]
        # A sentence's vector is the mean of its tokens as they stand in their paragraph ("late
        # chunking", Günther et al., 2024): half the work of embedding each by itself. On 929 questions
        # of five training letters recall@1 by the best sentence was 0.58 instead of 0.51, and that of
        # the whole ranking 0.66 instead of 0.67 (before training).
        vectors = [e.vector for e in encodings]
        vectors += [_unit(s.mean(axis=0)) for of_passage in segments for s in of_passage[1:]]
        return cls(
            dense=DenseIndex.build(np.stack(vectors)),
            words=LexicalIndex.words(passages + sentences),
            pieces=LexicalIndex.pieces(passages + sentences),
            tokens=TokenIndex.build([segment for of_passage in segments for segment in of_passage]),
            middle=None if encoder.reader is None else MiddleStates.build(_middle(units, encodings)),
        )

    @classmethod
    def load(cls, folder: Path, rows: int, *, read: bool) -> Tables:
        """Read what ``save`` wrote, the middle states only to ``read``.

        Raises OSError, RuntimeError or ValueError.
        """
        return cls(
            dense=DenseIndex.load(folder / "dense.faiss"),
            words=LexicalIndex.load(folder / "words", by_words, rows),
            pieces=LexicalIndex.load(folder / "pieces", by_pieces, rows),
            tokens=TokenIndex.load(folder / "tokens"),
            middle=MiddleStates.load(folder / "middle") if read else None,
        )

    def save(self, folder: Path) -> None:
        """Write every part into ``folder``."""
        self.dense.save(folder / "dense.faiss")
        self.words.save(folder / "words")
        self.pieces.save(folder / "pieces")
        self.tokens.save(folder / "tokens")
        if self.middle is not None:
            self.middle.save(folder / "middle")


def _segments(unit: Unit, encoding: Encoding) -> list[FloatArray]:
    """Cut the token vectors of a passage into those of its titles and of each sentence."""
    blank = np.zeros((1, encoding.tokens.shape[1]), np.float32)  # titles or words beyond the limit
    which = unit.segments(encoding.offsets)
    segments = [encoding.tokens[which == i] for i in range(1 + len(unit.sentences))]
    return [segment if len(segment) else blank for segment in segments]


def _middle(
    units: Sequence[Unit], encodings: Sequence[Encoding]
) -> list[tuple[FloatArray, npt.NDArray[np.int32]]]:
    """Return the middle states and offsets of the same segments, none beyond the model's limit."""
    segments: list[tuple[FloatArray, npt.NDArray[np.int32]]] = []
    for unit, encoding in zip(units, encodings, strict=True):
        which = unit.segments(encoding.offsets)
        for i in range(1 + len(unit.sentences)):
            kept = which == i
            if encoding.middle is not None and kept.any():
                segments.append((encoding.middle[kept], encoding.offsets[kept]))
            else:
                segments.append((encoding.tokens[:0], encoding.offsets[:0]))
    return segments


def _unit(vector: FloatArray) -> FloatArray:
    unit: FloatArray = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return unit
