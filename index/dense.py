"""Inner-product search over unit vectors, with FAISS: every score, or the nearest of very many."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import FloatArray

# Above this many vectors the exact search takes more than 10 ms on one thread; see the README for the
# recall of what comes in its place.
FLAT = 100_000
_LISTS = 1024  # of vectors that lie near each other: 1,000 a list at a million
_PROBES = 32  # of those lists that are looked into
_FILTERED = 4  # times as many where only some vectors are wanted
SAMPLE = 64 * _LISTS  # vectors that the lists are made from


class DenseIndex:
    """A flat FAISS index: exact, and under 1 ms up to 10,000 vectors of 384 dimensions."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: FloatArray) -> DenseIndex:
        """Index ``vectors``, shape (texts, dimension), each of unit length."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @property
    def count(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    def scores(self, vector: FloatArray) -> FloatArray:
        """Return the cosine of ``vector`` with every indexed vector, in the order of indexing."""
        result = np.full(self.count, -1.0, np.float32)
        if self.count:
            scores, ids = self._index.search(vector[None, :].astype(np.float32), self.count)
            result[ids[0]] = scores[0]
        return result


class NearIndex:
    """Finds the nearest of many vectors, each known by its number.

    Up to FLAT vectors exactly; above it in inverted lists of vectors in 8 bits a number, which stay on
    disk, and to which vectors can be added and taken away without making the lists anew.
    """

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def empty(cls, sample: FloatArray, expected: int) -> NearIndex:
        """Return an index for the ``expected`` number of vectors, of which ``sample`` is typical."""
        dimension = sample.shape[1]
        if expected <= FLAT:
            return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))
        lists = min(_LISTS, max(1, len(sample) // 39))  # FAISS asks for 39 vectors a list
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension),
            dimension,
            lists,
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
        )
        index.train(np.ascontiguousarray(sample, np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path, *, change: bool = False) -> NearIndex:
        """Read an index that ``save`` wrote; the vectors stay on disk unless it is to ``change``.

        Raises RuntimeError when it cannot be read.
        """
        # FAISS maps inverted lists on POSIX systems only.
        mapped = not change and sys.platform != "win32"
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP if mapped else 0))

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        faiss.write_index(self._index, str(path))

    @property
    def count(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    def suits(self, expected: int) -> bool:
        """Whether it is of the kind for so many vectors."""
        return isinstance(self._index, faiss.IndexIDMap2) == (expected <= FLAT)

    def add(self, vectors: FloatArray, first: int) -> None:
        """Take in ``vectors``, numbered from ``first`` on."""
        numbers = np.arange(first, first + len(vectors))
        self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), numbers)

    def drop(self, first: int, end: int) -> None:
        """Take out the vectors numbered ``first`` up to ``end``."""
        self._index.remove_ids(faiss.IDSelectorRange(first, end))

    def nearest(
        self, vector: FloatArray, count: int, wanted: npt.NDArray[np.bool_] | None = None
    ) -> npt.NDArray[np.int64]:
        """Return the numbers of the ``count`` nearest vectors, of those ``wanted`` by number, best first."""
        options: dict[str, Any] = {}
        if wanted is not None:
            bits = np.packbits(wanted, bitorder="little")
            options["sel"] = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
        if isinstance(self._index, faiss.IndexIDMap2):
            parameters = faiss.SearchParameters(**options)
        else:
            probes = _PROBES * (_FILTERED if wanted is not None else 1)
            parameters = faiss.SearchParametersIVF(nprobe=probes, **options)  # type: ignore[call-arg]
        _, found = self._index.search(vector[None, :].astype(np.float32), count, params=parameters)
        return np.asarray(found[0][found[0] >= 0], np.int64)
