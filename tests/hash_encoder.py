"""A small encoder for tests of files and locks: each word has a fixed vector of its own."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.encoder import Encoding, FloatArray, Progress, Role


class HashEncoder:
    """Sums pseudo-random word vectors: equal words give equal vectors, on every machine."""

    def __init__(self, name: str = "hash", dimension: int = 16, weights: str = "") -> None:
        self.name = name
        self.weights = weights
        self.dimension = dimension
        self.reader = None

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> list[Encoding]:
        encodings = []
        for done, text in enumerate(texts, start=1):
            spans = [match.span() for match in re.finditer(r"\w+", text)]
            vectors = [_vector(text[a:b].lower(), self.dimension) for a, b in spans]
            tokens = np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)
            total = tokens.sum(axis=0) + 1e-6
            unit = (total / np.linalg.norm(total)).astype(np.float32)
            offsets = np.array(spans, np.int32).reshape(-1, 2)
            encodings.append(Encoding(unit, tokens, offsets))
            if progress is not None:
                progress(done, len(texts))
        return encodings


@lru_cache(maxsize=20_000)
def _vector(word: str, dimension: int) -> FloatArray:
    chance = np.random.default_rng(zlib.crc32(word.encode()))
    return chance.standard_normal(dimension).astype(np.float32)
