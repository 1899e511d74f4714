"""BM25 over words and over pieces of words: counts by letter, statistics by collection.

A term is known by a number of 32 bits (CRC-32), so that letters can be put together without a common
vocabulary; of 400,000 terms some twenty share theirs with another. Scores are those of Lucene's BM25
(Kamphuis et al., "Which BM25 do you mean?", 2020).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.analysis import ngrams, terms
from index.arrays import joined_bounds
from index.compounds import Compounds
from index.encoder import FloatArray

Numbers = npt.NDArray[np.uint32]
Analyser = Callable[[str], list[str]]

_K1 = 1.2
_B = 0.5  # below the usual 0.75: paragraphs differ little in length and titles count in all
_FILTER = 1 << 16  # terms that differ from all of a query in their last 16 bits are passed over


def word_analyser(texts: Iterable[str]) -> Analyser:
    """Return what cuts a text into stems, and for compounds those of their parts, as ``texts`` know them."""
    return Compounds(frozenset(term for text in texts for term in terms(text))).terms


piece_analyser: Analyser = ngrams


@dataclass(frozen=True, slots=True)
class Query:
    """The terms that are sought, in ascending order, and what each counts for."""

    terms: Numbers
    weights: FloatArray


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each term stands in each text: text ``i`` has the entries bounds[i] to bounds[i + 1].

    ``lengths`` (texts,) are the terms of each text, repeated ones too.
    """

    terms: Numbers
    frequencies: npt.NDArray[np.uint8]
    bounds: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int32]

    @classmethod
    def of(cls, texts: Iterable[str], analyse: Analyser) -> Counts:
        """Count the terms of ``texts``."""
        counted = [np.unique(_numbers(analyse(text)), return_counts=True) for text in texts]
        return cls(
            np.concatenate([_numbers([]), *(found for found, _ in counted)]),
            np.concatenate([_numbers([]), *(times for _, times in counted)]).clip(max=255).astype(np.uint8),
            np.cumsum([0, *(len(found) for found, _ in counted)]),
            np.array([times.sum() for _, times in counted], np.int32),
        )

    @classmethod
    def joined(cls, parts: Sequence[Counts]) -> Counts:
        """Return the counts of all texts, one part after the other."""
        return cls(
            np.concatenate([part.terms for part in parts]),
            np.concatenate([part.frequencies for part in parts]),
            joined_bounds([part.bounds for part in parts]),
            np.concatenate([part.lengths for part in parts]),
        )

    def only(self, texts: slice) -> Counts:
        """Return the counts of some texts that follow each other."""
        bounds = self.bounds[texts.start : texts.stop + 1]
        entries = slice(bounds[0], bounds[-1])
        return Counts(self.terms[entries], self.frequencies[entries], bounds - bounds[0], self.lengths[texts])


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 asks of a collection: how many texts with how many terms; in how many each term stands."""

    texts: int
    length: int
    terms: Numbers
    holding: npt.NDArray[np.int64]

    @classmethod
    def of(cls, counts: Counts) -> Statistics:
        """Return the statistics of one letter."""
        found, holding = np.unique(counts.terms, return_counts=True)
        return cls(len(counts.bounds) - 1, int(counts.lengths.sum(dtype=np.int64)), found, holding)

    @classmethod
    def joined(cls, parts: Sequence[Statistics]) -> Statistics:
        """Return the statistics of several letters together."""
        terms = np.concatenate([part.terms for part in parts])
        order = np.argsort(terms, kind="stable")
        found, first = np.unique(terms[order], return_index=True)
        holding = np.concatenate([part.holding for part in parts])[order]
        return cls(
            sum(part.texts for part in parts),
            sum(part.length for part in parts),
            found,
            np.add.reduceat(holding, first) if len(found) else holding,
        )

    def __contains__(self, term: object) -> bool:
        """Whether any text holds ``term``."""
        number = _numbers([str(term)])
        return bool(len(_places(number, self.terms)[0]))

    @property
    def mean_length(self) -> float:
        """The terms of a text, on average."""
        return max(1.0, self.length / max(1, self.texts))

    def query(self, terms: Mapping[str, float]) -> Query:
        """Return ``terms``, each with how much it counts, as a query: those that any text holds."""
        counted: dict[int, float] = {}
        for term, times in terms.items():
            number = crc32(term.encode())
            counted[number] = counted.get(number, 0.0) + times
        sought = np.array(sorted(counted), np.uint32)
        which, places = _places(sought, self.terms)
        sought, holding = sought[which], self.holding[places]
        rarity = np.log(1 + (self.texts - holding + 0.5) / (holding + 0.5))
        return Query(sought, (rarity * [counted[int(term)] for term in sought]).astype(np.float32))

    def scores(self, query: Query, counts: Counts) -> FloatArray:
        """Return the score of every text of ``counts``, shape (texts,), 0 where nothing is shared."""
        near = np.zeros(_FILTER, bool)
        near[query.terms & (_FILTER - 1)] = True
        entries = np.flatnonzero(near[counts.terms & (_FILTER - 1)])
        which, places = _places(counts.terms[entries], query.terms)
        entries = entries[which]
        texts = np.searchsorted(counts.bounds, entries, side="right") - 1
        impacts = self.impacts(counts.frequencies[entries], counts.lengths[texts])
        size = len(counts.bounds) - 1
        return np.bincount(texts, query.weights[places] * impacts, size).astype(np.float32)

    def impacts(self, frequencies: npt.NDArray[np.uint8], lengths: npt.NDArray[np.int32]) -> FloatArray:
        """Return what terms count for that stand ``frequencies`` times in texts of ``lengths``."""
        times = frequencies.astype(np.float64)
        relative = lengths / self.mean_length
        saturated = times / (times + _K1 * (1 - _B + _B * relative))
        return saturated.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Postings:
    """The texts that hold each term, with what it counts for there: quick for many texts.

    Term ``i`` has the entries bounds[i] to bounds[i + 1].
    """

    terms: Numbers
    bounds: npt.NDArray[np.int64]
    texts: npt.NDArray[np.int32]
    impacts: npt.NDArray[np.float16]

    @classmethod
    def of(cls, counts: Counts, statistics: Statistics) -> Postings:
        """Turn ``counts`` by text into postings by term."""
        order = np.argsort(counts.terms, kind="stable")
        found, first = np.unique(counts.terms[order], return_index=True)
        sizes = np.diff(counts.bounds)
        texts = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        impacts = statistics.impacts(counts.frequencies, np.repeat(counts.lengths, sizes))
        return cls(found, np.append(first, len(order)), texts[order], impacts[order].astype(np.float16))

    def scores(self, query: Query, size: int) -> FloatArray:
        """Return the score of every text, of which there are ``size``."""
        total = np.zeros(size, np.float32)
        for which, place in zip(*_places(query.terms, self.terms), strict=True):
            entries = slice(*self.bounds[place : place + 2])
            total[self.texts[entries]] += query.weights[which] * self.impacts[entries]
        return total


def _numbers(terms: Sequence[str]) -> Numbers:
    return np.fromiter((crc32(term.encode()) for term in terms), np.uint32, len(terms))


def _places(sought: Numbers, among: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return which of ``sought`` are in ``among``, and where; ``among`` is in ascending order."""
    if not len(among):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    places = np.minimum(np.searchsorted(among, sought), len(among) - 1)
    which = np.flatnonzero(among[places] == sought)
    return which, places[which]
