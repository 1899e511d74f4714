"""Token-level scoring: each word of the question seeks its best match in a text.

"Late interaction" (Khattab and Zaharia, ColBERT, 2020), over the token vectors of the embedding
model with their common mean subtracted, which e5's narrow cone of vectors needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.arrays import joined_bounds
from index.encoder import FloatArray

_AT_ONCE = 256  # tokens, 400 kB as numbers of 384 dimensions


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token vectors as they are kept: differences from their letter's mean, a byte a number.

    ``values`` (tokens, dimension) times ``steps`` (tokens,) are the differences; ``bounds`` (segments
    + 1,) says where each segment begins: the titles of a passage, or a sentence.
    """

    values: npt.NDArray[np.int8]
    steps: FloatArray
    bounds: npt.NDArray[np.int64]

    @classmethod
    def of(cls, segments: Sequence[FloatArray], mean: FloatArray) -> Tokens:
        """Keep token vectors, one array (tokens, dimension) a segment, none of them empty."""
        differences = np.concatenate(segments) - mean
        steps = np.maximum(np.abs(differences).max(axis=1) / 127, 1e-12).astype(np.float32)
        values = np.rint(differences / steps[:, None]).astype(np.int8)
        return cls(values, steps, np.cumsum([0, *(len(segment) for segment in segments)]))

    @classmethod
    def joined(cls, parts: Sequence[Tokens]) -> Tokens:
        """Return the tokens of all parts, one after the other."""
        return cls(
            np.concatenate([part.values for part in parts]),
            np.concatenate([part.steps for part in parts]),
            joined_bounds([part.bounds for part in parts]),
        )

    def only(self, segments: slice) -> Tokens:
        """Return the tokens of some segments that follow each other."""
        bounds = self.bounds[segments.start : segments.stop + 1]
        tokens = slice(bounds[0], bounds[-1])
        return Tokens(self.values[tokens], self.steps[tokens], bounds - bounds[0])


class TokenIndex:
    """Tokens of passages from one or more letters, ready to be matched.

    The vector of a token is its difference d from the mean of its letter, plus that letter's
    ``shift`` from the ``mean`` of the collection. Its cosine with a query q is (q·d + q·shift) /
    |d + shift|, so that shifts cost nothing a token but one product.

    Tokens stay bytes and become numbers to reckon with some hundreds at a time: those fit the
    processor's cache, which makes a match quicker than with all of them as numbers in memory.
    """

    def __init__(
        self,
        tokens: Tokens,
        mean: FloatArray,
        shifts: Sequence[tuple[int, FloatArray]],
    ) -> None:
        """``shifts`` gives, for each run of tokens of one letter, their number and the letter's shift."""
        self._mean = mean
        self._tokens = tokens
        self._shifts = np.stack([shift for _, shift in shifts])
        counts = [count for count, _ in shifts]
        self._run = np.repeat(np.arange(len(counts)), counts)
        self._lengths: FloatArray | None = None  # |d + shift| of each token, from the first match on

    def matches(self, query_tokens: FloatArray) -> FloatArray:
        """Return the best cosine of each query token in each segment, (query tokens, segments).

        A query of no tokens matches nothing, as one token that is like none would.
        """
        if not len(query_tokens):
            return np.zeros((1, len(self._tokens.bounds) - 1), np.float32)
        query = unit(query_tokens - self._mean)
        count = len(self._tokens.values)
        similarity = np.empty((len(query), count), np.float32)
        lengths = np.empty(count, np.float32) if self._lengths is None else self._lengths
        for part, values in self._numbers():
            similarity[:, part] = query @ values.T
            if self._lengths is None:
                lengths[part] = np.sqrt(self._squares(part, values))
        self._lengths = lengths
        inverse = 1 / np.maximum(lengths, 1e-9)
        similarity *= self._tokens.steps * inverse
        if self._shifts.any():
            similarity += (query @ self._shifts.T)[:, self._run] * inverse
        return np.maximum.reduceat(similarity, self._tokens.bounds[:-1], axis=1)

    def _squares(self, part: slice, values: FloatArray) -> FloatArray:
        """Return |d + shift|² of some tokens."""
        steps = self._tokens.steps[part]
        squares: FloatArray = steps**2 * np.vecdot(values, values)
        if self._shifts.any():
            runs = self._run[part]
            shifts = self._shifts[runs[0] : runs[-1] + 1]
            along = (shifts @ values.T)[runs - runs[0], np.arange(len(runs))]
            squares += 2 * steps * along + np.vecdot(shifts, shifts)[runs - runs[0]]
        return squares.clip(min=0)

    def _numbers(self) -> Iterator[tuple[slice, FloatArray]]:
        """Yield some tokens at a time as numbers, which hold until the next are asked for."""
        values = self._tokens.values
        room = np.empty((min(_AT_ONCE, len(values)), values.shape[1]), np.float32)
        for first in range(0, len(values), _AT_ONCE):
            part = slice(first, min(len(values), first + _AT_ONCE))
            numbers = room[: part.stop - part.start]
            np.copyto(numbers, values[part])
            yield part, numbers


def unit(vectors: FloatArray) -> FloatArray:
    """Return ``vectors``, shape (n, dimension), at unit length."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: FloatArray = vectors / np.maximum(norms, 1e-9)
    return scaled
