"""Token-level scoring: each word of the question seeks its best match in a text.

"Late interaction" (Khattab and Zaharia, ColBERT, 2020), over the token vectors of the embedding
model with their common mean subtracted, which e5's narrow cone of vectors needs.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import FloatArray


class TokenIndex:
    """The token vectors of all texts, one after the other, in half precision on disk.

    ``bounds`` (segments + 1,) says where each segment begins; a segment is a sentence.
    """

    def __init__(
        self, vectors: npt.NDArray[np.float16], mean: FloatArray, bounds: npt.NDArray[np.int64]
    ) -> None:
        self._vectors = vectors.astype(np.float32)
        self._mean = mean
        self._bounds = bounds

    @classmethod
    def build(cls, segments: list[FloatArray]) -> TokenIndex:
        """Index token vectors, one array (tokens, dimension) a segment, none of them empty."""
        flat = np.concatenate(segments)
        mean = flat.mean(axis=0, dtype=np.float64).astype(np.float32)
        bounds = np.cumsum([0, *(len(s) for s in segments)]).astype(np.int64)
        return cls(_unit(flat - mean).astype(np.float16), mean, bounds)

    @classmethod
    def load(cls, folder: Path) -> TokenIndex:
        """Read what ``save`` wrote."""
        parts = [np.load(folder / f"{name}.npy") for name in ("vectors", "mean", "bounds")]
        return cls(*parts)

    def save(self, folder: Path) -> None:
        """Write the index as files into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "vectors.npy", self._vectors.astype(np.float16))
        np.save(folder / "mean.npy", self._mean)
        np.save(folder / "bounds.npy", self._bounds)

    def matches(self, query_tokens: FloatArray) -> FloatArray:
        """Return the best cosine of each query token in each segment, (query tokens, segments).

        A query of no tokens matches nothing, as one token that is like none would.
        """
        if not len(query_tokens):
            return np.zeros((1, len(self._bounds) - 1), np.float32)
        query = _unit(query_tokens - self._mean)
        similarity = query @ self._vectors.T
        return np.maximum.reduceat(similarity, self._bounds[:-1], axis=1)


def _unit(vectors: FloatArray) -> FloatArray:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: FloatArray = vectors / np.maximum(norms, 1e-9)
    return unit
