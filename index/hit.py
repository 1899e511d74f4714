"""What a search gives back: passages with their place, their sentences and how they scored."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.letter import Letter, Part, Passage


@dataclass(frozen=True, slots=True)
class Signals:
    """How one text met the question, before fusion.

    ``dense`` and ``tokens`` are cosines (mean over the question's tokens for the latter), ``words``
    and ``pieces`` BM25 scores.
    """

    dense: float
    words: float
    pieces: float
    tokens: float


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a passage; ``start`` and ``end`` are offsets in the letter's text."""

    start: int
    end: int
    score: float
    signals: Signals


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found; ``score`` orders the hits of one search and means nothing across searches."""

    letter: Letter
    part: Part
    passage: Passage
    score: float
    signals: Signals
    sentences: tuple[ScoredSentence, ...]
