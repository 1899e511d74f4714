"""The first stage of a search among very many passages: some hundreds that are worth a closer look."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.arrays import named, table
from index.dense import SAMPLE, NearIndex
from index.encoder import FloatArray
from index.fusion import Mask
from index.lexical import Postings, Query
from index.shard import Shard

# On 88 questions about 26 training letters searched together 250 and 50 held 0.96 of the ten best passages
# of a full search, 120 and 30 held 0.95 of them and as many of the three best and of those that answer.
_NEAR = 120  # passages and sentences by meaning
_WORDS = 30  # passages by words
_FREE = 0.5  # of the numbers in use: with more that are not, the lists are made anew

_VECTORS, _ROWS, _POSTINGS = "near.faiss", "near.json", "postings"

Rows = dict[str, tuple[str, int, int]]  # of a letter: its shard, and the first and last (exclusive) vector


class Candidates:
    """Finds candidates by the vectors of passages and sentences, and by the words of passages.

    ``rows`` says which numbers the vectors of each letter have: a letter keeps its own when others come
    and go.
    """

    def __init__(self, near: NearIndex, rows: Rows, postings: Postings, shards: Mapping[str, Shard]) -> None:
        self.near = near
        self.rows = rows
        self._postings = postings
        self._count = sum(shard.passages for shard in shards.values())
        size = max((end for _, _, end in rows.values()), default=0)
        self._passages = np.full(size, -1, np.int64)  # that each vector belongs to
        before = 0
        for slug, shard in shards.items():
            _, first, end = rows[slug]
            counts = np.diff(shard.places.segments)
            self._passages[first:end] = np.repeat(np.arange(before, before + shard.passages), counts)
            before += shard.passages

    @classmethod
    def build(
        cls, shards: Mapping[str, Shard], postings: Postings, former: tuple[NearIndex, Rows] | None
    ) -> Candidates:
        """Index the letters, by slug; the vectors that ``former`` holds of them are not read again."""
        near, rows = _updated(shards, former)
        return cls(near, rows, postings, shards)

    @staticmethod
    def former(folder: Path) -> tuple[NearIndex, Rows] | None:
        """Return the vectors of an earlier index in ``folder``, None where there are none to be had."""
        try:
            return NearIndex.load(folder / _VECTORS, change=True), _read_rows(folder)
        except (OSError, RuntimeError, ValueError):
            return None

    @classmethod
    def load(cls, folder: Path, shards: Mapping[str, Shard]) -> Candidates:
        """Read what ``save`` wrote. Raises OSError, RuntimeError, ValueError, KeyError or TypeError."""
        arrays = {path.stem: np.load(path, mmap_mode="r") for path in folder.glob(f"{_POSTINGS}.*.npy")}
        return cls(
            NearIndex.load(folder / _VECTORS), _read_rows(folder), table(Postings, _POSTINGS, arrays), shards
        )

    def save(self, folder: Path) -> None:
        """Write the index as files into ``folder``."""
        self.near.save(folder / _VECTORS)
        (folder / _ROWS).write_text(json.dumps(self.rows), encoding="utf-8")
        for name, array in named(_POSTINGS, self._postings).items():
            np.save(folder / f"{name}.npy", array)

    def find(self, vector: FloatArray, words: Query, wanted: Mask) -> npt.NDArray[np.int64]:
        """Return the candidates among the passages ``wanted``, in reading order."""
        everything = bool(wanted.all())
        rows = None if everything else (self._passages >= 0) & wanted[self._passages]
        near = self._passages[self.near.nearest(vector, _NEAR, rows)]
        scores = self._postings.scores(words, self._count)
        scores[~wanted] = 0
        best = np.argpartition(-scores, _WORDS)[:_WORDS] if len(scores) > _WORDS else np.arange(len(scores))
        return np.union1d(near, best[scores[best] > 0])


def _read_rows(folder: Path) -> Rows:
    rows = json.loads((folder / _ROWS).read_text(encoding="utf-8"))
    return {slug: (name, int(first), int(end)) for slug, (name, first, end) in rows.items()}


def _updated(shards: Mapping[str, Shard], former: tuple[NearIndex, Rows] | None) -> tuple[NearIndex, Rows]:
    """Return the vectors of ``shards``: those of ``former``, less what is gone, with what is new."""
    size = sum(shard.segments for shard in shards.values())
    near, known = former or (None, {})
    used = max((end for _, _, end in known.values()), default=0)
    if near is None or not near.suits(size) or size < _FREE * used:
        near, known, used = NearIndex.empty(_sample(shards.values(), size), size), {}, 0
    rows = {slug: row for slug, row in known.items() if slug in shards and row[0] == shards[slug].name}
    for slug, (_, first, end) in known.items():
        if slug not in rows:
            near.drop(first, end)
    for slug, shard in shards.items():
        if slug not in rows:
            near.add(shard.vectors(), used)
            rows[slug] = (shard.name, used, used + shard.segments)
            used += shard.segments
    return near, rows


def _sample(shards: Iterable[Shard], size: int) -> FloatArray:
    """Return evenly spaced vectors, about as many as lists are made from."""
    step = max(1, size // SAMPLE)
    return np.concatenate([shard.vectors()[::step] for shard in shards])
