"""What a search gives back: passages with their place, their sentences and how they scored."""

from __future__ import annotations

from dataclasses import dataclass

from index.stance import Stance
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
class Reading:
    """What the reader makes of a sentence: the log-odds that it answers, against no answer at all.

    ``start`` and ``end`` are offsets in the letter's text of the words that settle the question;
    ``stance`` is of use where that asks for yes or no.
    """

    log_odds: float
    start: int
    end: int
    stance: Stance


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of a passage; ``start`` and ``end`` are offsets in the letter's text.

    ``matches`` holds, for each naming word of the question, the cosine of its best match here.
    ``reading`` is there for the few best sentences of a search, where the model has a reader.
    """

    start: int
    end: int
    score: float
    signals: Signals
    matches: tuple[float, ...]
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found; ``score`` orders the hits of one search and means nothing across searches.

    It adds to ``fused``, the sum of the signals, the reader's word: ``answering`` is its probability
    that this of all passages answers, were there an answer; 0 where it did not read. ``matches`` is
    as for a sentence, over the whole passage and its titles.
    """

    letter: Letter
    part: Part
    passage: Passage
    score: float
    fused: float
    answering: float
    signals: Signals
    matches: tuple[float, ...]
    sentences: tuple[ScoredSentence, ...]
