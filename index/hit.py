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
    """A sentence of a passage; ``start`` and ``end`` are offsets in the letter's text.

    ``matches`` holds, for each naming word of the question, the cosine of its best match here.
    """

    start: int
    end: int
    score: float
    signals: Signals
    matches: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found; ``score`` orders the hits of one search and means nothing across searches.

    ``matches`` is as for a sentence, over the whole passage and its titles.
    """

    letter: Letter
    part: Part
    passage: Passage
    score: float
    signals: Signals
    matches: tuple[float, ...]
    sentences: tuple[ScoredSentence, ...]
