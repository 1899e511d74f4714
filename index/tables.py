"""The parts of an index: the shards of its letters, what is counted over all of them, and candidates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.arrays import named, read_arrays, table, write_arrays
from index.candidates import Candidates
from index.encoder import FloatArray
from index.fusion import Mask
from index.lexical import Counts, Postings, Statistics
from index.scoring import Asked, Found, Numbers, Part, Prepared, joined
from index.shard import Shard, mean_of
from index.threads import single

# Up to so many passages every one is scored by every signal, above it only candidates are: scoring the
# tokens of 1,000 takes some 50 ms, that of candidates 20.
EXACT = 1_000
# Passages that say what scores are usual, where only candidates are scored. On 88 questions about 26
# training letters the best passage was that of a full search for 0.98 with 256, for 0.97 with 128.
_BACKGROUND = 128
_TABLES = "tables.npz"


class Tables:
    """Scores the passages of letters, both known by their number in reading order.

    ``mean`` is that of all token vectors, ``words`` and ``pieces`` are the statistics of all texts;
    ``candidates`` is None where every passage is scored. Up to ``exact`` passages they all are.
    """

    def __init__(
        self,
        shards: Sequence[Shard],
        *,
        mean: FloatArray,
        words: Statistics,
        pieces: Statistics,
        candidates: Candidates | None,
        exact: float,
    ) -> None:
        self.shards = tuple(shards)
        self.words = words
        self.pieces = pieces
        self._mean = mean
        self.candidates = candidates
        self._exact = exact
        self._firsts = np.cumsum([0, *(shard.passages for shard in shards)])
        self._owner = np.repeat(np.arange(len(self.shards)), np.diff(self._firsts))
        # Of the two last choices of letters: 45 MB for each letter scored whole.
        self._whole = lru_cache(maxsize=2)(self._prepare_whole)
        self._background = lru_cache(maxsize=2)(self._prepare_background)

    @classmethod
    def build(cls, shards: Mapping[str, Shard], exact: float, former: Path | None = None) -> Tables:
        """Count over the ``shards`` of letters, by slug; ``former`` is the folder of an earlier index."""
        counts = [shard.counts() for shard in shards.values()]
        words, pieces = (
            Statistics.joined([table(Statistics, name, of_shard) for of_shard in counts])
            for name in ("words", "pieces")
        )
        tokens = sum(int(shard.places.tokens[-1]) for shard in shards.values())
        total = np.sum([shard.places.total for shard in shards.values()], axis=0)
        candidates = None
        if sum(shard.passages for shard in shards.values()) > exact:
            titled = Counts.joined([table(Counts, "titled", of_shard) for of_shard in counts])
            candidates = Candidates.build(
                shards, Postings.of(titled, words), Candidates.former(former) if former else None
            )
        return cls(
            list(shards.values()),
            mean=mean_of(total, tokens),
            words=words,
            pieces=pieces,
            candidates=candidates,
            exact=exact,
        )

    @classmethod
    def load(cls, folder: Path, shards: Mapping[str, Shard], exact: float) -> Tables:
        """Read what ``save`` wrote. Raises OSError, RuntimeError, ValueError or KeyError."""
        arrays = read_arrays(folder / _TABLES)
        large = sum(shard.passages for shard in shards.values()) > exact
        return cls(
            list(shards.values()),
            mean=arrays["mean"],
            words=table(Statistics, "words", arrays),
            pieces=table(Statistics, "pieces", arrays),
            candidates=Candidates.load(folder, shards) if large else None,
            exact=exact,
        )

    def save(self, folder: Path) -> None:
        """Write what is not in the shards into ``folder``."""
        arrays = {"mean": self._mean} | named("words", self.words) | named("pieces", self.pieces)
        write_arrays(folder / _TABLES, arrays)
        if self.candidates is not None:
            self.candidates.save(folder)

    def letter_of(self, passage: int) -> tuple[int, int]:
        """Return the letter of a passage, and the number it has there."""
        letter = int(self._owner[passage])
        return letter, passage - int(self._firsts[letter])

    def of_letters(self, letters: Sequence[int]) -> Mask:
        """Return which passages are of ``letters``."""
        chosen = np.zeros(len(self.shards), bool)
        chosen[list(letters)] = True
        return chosen[self._owner]

    def found(self, asked: Asked, letters: tuple[int, ...], wanted: Mask) -> tuple[Found, Mask]:
        """Score passages of ``letters``, with all those ``wanted`` that can be of use.

        Also returns which of them say what scores are usual in these letters: all, or a sample.
        """
        with single():
            return self._found(asked, letters, wanted)

    def _found(self, asked: Asked, letters: tuple[int, ...], wanted: Mask) -> tuple[Found, Mask]:
        if self.candidates is None:
            return self.everything(asked), self.of_letters(letters)
        if sum(self.shards[letter].passages for letter in letters) <= self._exact:
            found = self._score(self._whole(letters), asked)
            return found, np.ones(len(found.numbers), bool)
        background = self._background(letters)
        found = self._score(background, asked)
        usual = len(found.numbers)
        best = self.candidates.find(asked.vector, asked.words, wanted)
        new = np.setdiff1d(best, background.numbers)
        if len(new):
            found = joined([found, self._score(self._prepare(new), asked)])
        return found, np.arange(len(found.numbers)) < usual

    def by_letter(self, asked: Sequence[Asked]) -> Iterator[list[Found]]:
        """Score every passage, a letter at a time, for several questions at once."""
        for n in range(len(self.shards)):
            prepared = self._prepare_whole((n,))
            yield [self._score(prepared, one) for one in asked]

    def everything(self, asked: Asked) -> Found:
        """Score every passage, however many there are."""
        return self._score(self._whole(tuple(range(len(self.shards)))), asked)

    def _score(self, prepared: Prepared, asked: Asked) -> Found:
        return prepared.found(asked, self.words, self.pieces)

    def _prepare_whole(self, letters: tuple[int, ...]) -> Prepared:
        return Prepared(
            [
                Part(np.arange(*self._firsts[n : n + 2]), self.shards[n].blocks(), self._shift(n))
                for n in letters
            ],
            self._mean,
        )

    def _prepare_background(self, letters: tuple[int, ...]) -> Prepared:
        """Prepare evenly spaced passages of ``letters``."""
        passages = np.flatnonzero(self.of_letters(letters))
        return self._prepare(passages[:: max(1, len(passages) // _BACKGROUND)])

    def _prepare(self, passages: Numbers) -> Prepared:
        parts = []
        owners = self._owner[passages]
        for n in np.unique(owners).tolist():
            own = passages[owners == n]
            blocks = [self.shards[n].block(passage) for passage in (own - self._firsts[n]).tolist()]
            parts.append(Part(own, blocks, self._shift(n)))
        return Prepared(parts, self._mean)

    def _shift(self, letter: int) -> FloatArray:
        return self.shards[letter].mean - self._mean
