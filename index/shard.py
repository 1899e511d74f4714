"""What the encoder makes of one letter: kept once, never changed.

A shard is named after what was encoded, so a letter whose texts stay the same keeps its own. Only
small tables of it are held in memory; its passages are read from disk as they are wanted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.abbreviations import abbreviations
from index.arrays import Arrays, named, read_arrays, write_arrays
from index.block import VECTORS_AT, Block
from index.encoder import Encoder, Encoding, FloatArray, Progress
from index.lexical import Counts, Statistics
from index.storage import FORMAT, IndexDamaged
from index.units import Unit

# Together they are a shard on disk; the last two are read a passage at a time.
ABOUT, PLACES, COUNTS, RECORDS, STATES = "about.json", "places.npz", "counts.npz", "records.bin", "states.bin"

_CHANGED = "De index is veranderd sinds Vraagbaak startte, of beschadigd. Start Vraagbaak opnieuw."

Read = Callable[[int, int], bytes]  # the bytes from one place to another


@dataclass(frozen=True, slots=True)
class About:
    """What holds for a whole shard: the widths of its vectors and of the states that a reader reads.

    ``hidden`` is 0 where the model has no reader; ``abbreviations`` are those that the letter explains.
    """

    dimension: int
    hidden: int
    abbreviations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where each passage begins, (passages + 1,): its byte among the records, its token, its segment.

    ``total`` is the sum of the letter's token vectors.
    """

    bytes: npt.NDArray[np.int64]
    tokens: npt.NDArray[np.int64]
    segments: npt.NDArray[np.int64]
    total: npt.NDArray[np.float64]


class Shard:
    """The passages of one letter as vectors, counts and states.

    ``counts`` gives what a collection's statistics are made of: the Statistics of "words" and "pieces",
    and the Counts of "titled", the words of whole passages with their titles.
    """

    def __init__(
        self,
        name: str,
        about: About,
        places: Places,
        *,
        counts: Callable[[], Arrays],
        records: Read,
        states: Read,
    ) -> None:
        self.name = name
        self.about = about
        self.places = places
        self.counts = counts
        self._records = records
        self._states = states

    @classmethod
    def build(cls, units: Sequence[Unit], encoder: Encoder, progress: Progress | None = None) -> Shard:
        """Encode the passages of one letter, at least one, and keep the outcome in memory."""
        encodings = encoder.encode([unit.text for unit in units], "passage", progress)
        which = [unit.segments(e.offsets) for unit, e in zip(units, encodings, strict=True)]
        tokens = _segments(units, which, [e.tokens for e in encodings])
        flat = np.concatenate(tokens)
        total = flat.sum(axis=0, dtype=np.float64)
        block = Block.of(units, encodings, tokens, mean_of(total, len(flat)))
        records = [block.passage(number).pack() for number in range(len(units))]
        data = b"".join(records)
        states = b""
        hidden = 0
        if encoder.reader is not None:
            read = [_states(encoding) for encoding in encodings]
            hidden = read[0].dtype["state"].shape[0]
            states = np.concatenate(_segments(units, which, read)).tobytes()
        ends = np.append(block.starts, len(block.spans))
        titled = Counts.joined([block.words.only(slice(s, s + 1)) for s in block.starts])
        counts = (
            named("words", Statistics.of(block.words))
            | named("pieces", Statistics.of(block.pieces))
            | named("titled", titled)
        )
        text = "\n".join(unit.text for unit in units)
        return cls(
            shard_name(units, encoder),
            About(encoder.dimension, hidden, tuple(abbreviations(text))),
            Places(np.cumsum([0, *map(len, records)]), block.tokens.bounds[ends], ends, total),
            counts=lambda: counts,
            records=lambda start, end: data[start:end],
            states=lambda start, end: states[start:end],
        )

    @classmethod
    def open(cls, folder: Path) -> Shard:
        """Return the shard that ``save`` wrote. Raises OSError, ValueError, KeyError or TypeError."""
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        pairs = tuple((short, long) for short, long in about.pop("abbreviations"))
        return cls(
            folder.name,
            About(**about, abbreviations=pairs),
            Places(**read_arrays(folder / PLACES)),
            counts=partial(read_arrays, folder / COUNTS),
            records=partial(_read, folder / RECORDS),
            states=partial(_read, folder / STATES),
        )

    def save(self, folder: Path) -> None:
        """Write the shard as files into ``folder``."""
        (folder / ABOUT).write_text(json.dumps(asdict(self.about), ensure_ascii=False), encoding="utf-8")
        write_arrays(folder / PLACES, asdict(self.places))
        write_arrays(folder / COUNTS, self.counts())
        (folder / RECORDS).write_bytes(self._records(0, int(self.places.bytes[-1])))
        size = _state(self.about.hidden).itemsize if self.about.hidden else 0
        (folder / STATES).write_bytes(self._states(0, size * int(self.places.tokens[-1])))

    @property
    def passages(self) -> int:
        """The number of passages."""
        return len(self.places.bytes) - 1

    @property
    def segments(self) -> int:
        """The number of segments: one a passage and one a sentence."""
        return int(self.places.segments[-1])

    @property
    def mean(self) -> FloatArray:
        """The mean of the letter's token vectors, around which they are kept."""
        return mean_of(self.places.total, int(self.places.tokens[-1]))

    def block(self, passage: int) -> Block:
        """Return one passage. Raises IndexDamaged."""
        return Block.unpack(self._records(*self.places.bytes[passage : passage + 2]), self.about.dimension)

    def blocks(self) -> list[Block]:
        """Return every passage. Raises IndexDamaged."""
        data = memoryview(self._records(0, int(self.places.bytes[-1])))
        bounds = self.places.bytes.tolist()
        return [Block.unpack(data[a:b], self.about.dimension) for a, b in pairwise(bounds)]

    def vectors(self) -> FloatArray:
        """Return the vectors of all segments, (segments, dimension). Raises IndexDamaged."""
        sizes = np.diff(self.places.segments) * self.about.dimension * 4
        starts = self.places.bytes[:-1] + VECTORS_AT
        parts = [self._records(a, a + size) for a, size in zip(starts, sizes, strict=True)]
        return np.frombuffer(b"".join(parts), np.float32).reshape(-1, self.about.dimension)

    def states(self, passage: int, tokens: slice) -> tuple[FloatArray, npt.NDArray[np.int32]]:
        """Return the states (tokens, hidden) and offsets (tokens, 2) of some tokens of a passage.

        What lies beyond the model's limit has none. Raises IndexDamaged.
        """
        kind = _state(self.about.hidden)
        first = int(self.places.tokens[passage])
        data = self._states(kind.itemsize * (first + tokens.start), kind.itemsize * (first + tokens.stop))
        found = np.frombuffer(data, kind)
        found = found[found["offsets"][:, 1] > 0]
        return found["state"].astype(np.float32), found["offsets"]


def shard_name(units: Sequence[Unit], encoder: Encoder) -> str:
    """Return the name of the shard of a letter: a digest of what is encoded, and of by what."""
    made_by = (FORMAT, encoder.name, encoder.weights, encoder.dimension, encoder.reader is not None)
    texts = [(unit.text, unit.sentences) for unit in units]
    return hashlib.sha256(repr((made_by, texts)).encode()).hexdigest()[:32]


def mean_of(total: npt.NDArray[np.float64], tokens: int) -> FloatArray:
    """Return the mean of so many ``tokens`` whose vectors add up to ``total``."""
    mean: FloatArray = (total / max(1, tokens)).astype(np.float32)
    return mean


def _segments(
    units: Sequence[Unit], which: Sequence[npt.NDArray[np.int64]], rows: Sequence[npt.NDArray[Any]]
) -> list[npt.NDArray[Any]]:
    """Cut the rows of each passage, one a token, into those of its titles and of each sentence.

    Titles or words beyond the model's limit have one row of zeros.
    """
    return [
        kept
        if len(kept := of_passage[where == i])
        else np.zeros((1, *of_passage.shape[1:]), of_passage.dtype)
        for unit, where, of_passage in zip(units, which, rows, strict=True)
        for i in range(1 + len(unit.sentences))
    ]


def _state(hidden: int) -> np.dtype[Any]:
    return np.dtype([("offsets", np.int32, (2,)), ("state", np.float16, (hidden,))])


def _states(encoding: Encoding) -> npt.NDArray[Any]:
    """Return the middle states of an encoding's tokens, each with the characters that it covers."""
    if encoding.middle is None:
        raise ValueError("the model has a reader but gave no middle states")
    rows = np.zeros(len(encoding.offsets), _state(encoding.middle.shape[1]))
    rows["offsets"] = encoding.offsets
    rows["state"] = encoding.middle
    return rows


def _read(path: Path, start: int, end: int) -> bytes:
    # Opened for each piece: nothing is held of a thousand letters, and on Windows none is locked. By the
    # system's own calls, for a file object costs as much again.
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(file, start, os.SEEK_SET)
            data = os.read(file, int(end - start))
        finally:
            os.close(file)
    except OSError as error:
        raise IndexDamaged(_CHANGED) from error
    if len(data) != end - start:
        raise IndexDamaged(_CHANGED)
    return data
