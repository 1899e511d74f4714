"""Passages as they are scored: what is kept of each, packed as bytes and put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.encoder import Encoding, FloatArray
from index.lexical import Counts, piece_analyser, word_analyser
from index.rerank import Tokens
from index.units import Unit

VECTORS_AT = 16  # bytes of sizes before the vectors of a packed passage
_ALIGNED = 8  # bytes: a packed passage ends where the next can begin


@dataclass(frozen=True, slots=True)
class Block:
    """One passage or several, in segments: the first of a passage, and then one for each sentence.

    ``starts`` (passages,) are the first segments. Of these, ``vectors`` (segments, dimension),
    ``words`` and ``pieces`` tell of the whole passage with its titles, ``tokens`` of the titles only.
    ``spans`` (segments, 2) are characters of the passage's text.
    """

    starts: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int32]
    vectors: FloatArray
    tokens: Tokens
    words: Counts
    pieces: Counts

    @classmethod
    def of(
        cls,
        units: Sequence[Unit],
        encodings: Sequence[Encoding],
        segments: Sequence[FloatArray],
        mean: FloatArray,
    ) -> Block:
        """Make a block of a letter; ``segments`` are the token vectors of each, ``mean`` is theirs."""
        texts = [text for unit in units for text in unit.texts]
        starts = np.cumsum([0, *(1 + len(unit.sentences) for unit in units)])[:-1]
        # A sentence's vector is the mean of its tokens as they stand in their paragraph ("late
        # chunking", Günther et al., 2024): half the work of embedding each by itself. On 929 questions
        # of five training letters recall@1 by the best sentence was 0.58 instead of 0.51, and that of
        # the whole ranking 0.66 instead of 0.67 (before training).
        vectors = np.stack([_unit(segment.mean(axis=0)) for segment in segments])
        vectors[starts] = [encoding.vector for encoding in encodings]
        return cls(
            starts,
            np.array(
                [span for unit in units for span in ((0, len(unit.passage.text)), *unit.sentences)], np.int32
            ),
            vectors,
            Tokens.of(segments, mean),
            Counts.of(texts, word_analyser(unit.text for unit in units)),
            Counts.of(texts, piece_analyser),
        )

    @classmethod
    def joined(cls, blocks: Sequence[Block]) -> Block:
        """Return the passages of all ``blocks``, at least one, in order."""
        ends = np.cumsum([0, *(len(block.spans) for block in blocks)])
        return cls(
            np.concatenate([b.starts + end for b, end in zip(blocks, ends[:-1], strict=True)]),
            np.concatenate([block.spans for block in blocks]),
            np.concatenate([block.vectors for block in blocks]),
            Tokens.joined([block.tokens for block in blocks]),
            Counts.joined([block.words for block in blocks]),
            Counts.joined([block.pieces for block in blocks]),
        )

    def passage(self, number: int) -> Block:
        """Return one passage."""
        ends = np.append(self.starts, len(self.spans))
        segments = slice(*ends[number : number + 2])
        return Block(
            np.zeros(1, np.int64),
            self.spans[segments],
            self.vectors[segments],
            self.tokens.only(segments),
            self.words.only(segments),
            self.pieces.only(segments),
        )

    def pack(self) -> bytes:
        """Return a single passage as bytes, the vectors first after the sizes."""
        parts = (self.tokens.bounds, self.words.bounds, self.pieces.bounds)
        sizes = [len(self.spans), *(bounds[-1] for bounds in parts)]
        arrays: list[npt.NDArray[Any]] = [
            np.array(sizes, np.int32),
            self.vectors,
            self.spans,
            *(bounds.astype(np.int32) for bounds in parts),
            self.words.lengths,
            self.pieces.lengths,
            self.tokens.steps,
            self.words.terms,
            self.pieces.terms,
            self.tokens.values,
            self.words.frequencies,
            self.pieces.frequencies,
        ]
        data = b"".join(array.tobytes() for array in arrays)
        return data + bytes(-len(data) % _ALIGNED)

    @classmethod
    def unpack(cls, data: bytes | memoryview, dimension: int) -> Block:
        """Return the passage that ``pack`` made into ``data``."""
        segments, tokens, words, pieces = np.frombuffer(data, np.int32, 4).tolist()
        at = VECTORS_AT

        def take(kind: type[np.generic], count: int) -> npt.NDArray[Any]:
            nonlocal at
            found = np.frombuffer(data, kind, count, at)
            at += found.nbytes
            return found

        vectors = take(np.float32, segments * dimension).reshape(segments, dimension)
        spans = take(np.int32, segments * 2).reshape(segments, 2)
        bounds = [take(np.int32, segments + 1) for _ in range(3)]
        lengths = [take(np.int32, segments) for _ in range(2)]
        steps, word_terms, piece_terms = (
            take(np.float32, tokens),
            take(np.uint32, words),
            take(np.uint32, pieces),
        )
        values = take(np.int8, tokens * dimension).reshape(tokens, dimension)
        return cls(
            np.zeros(1, np.int64),
            spans,
            vectors,
            Tokens(values, steps, bounds[0]),
            Counts(word_terms, take(np.uint8, words), bounds[1], lengths[0]),
            Counts(piece_terms, take(np.uint8, pieces), bounds[2], lengths[1]),
        )


def _unit(vector: FloatArray) -> FloatArray:
    unit: FloatArray = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return unit
