"""BM25 over words and over pieces of words, with bm25s."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import bm25s
import numpy as np

from index.analysis import ngrams, terms
from index.compounds import Compounds
from index.encoder import FloatArray

Analyser = Callable[[str], list[str]]


def by_words(vocabulary: Collection[str]) -> Analyser:
    """Return what cuts a text into stems and, for compounds, those of their parts."""
    return Compounds(vocabulary).terms


def by_pieces(_: Collection[str]) -> Analyser:
    """Return what cuts a text into character n-grams."""
    return ngrams


class LexicalIndex:
    """Scores every text against a query by BM25 (Robertson; bm25s's "lucene" variant)."""

    def __init__(self, retriever: bm25s.BM25, analyse: Analyser, count: int) -> None:
        self._retriever = retriever
        self._analyse = analyse
        self._known = set(retriever.vocab_dict)
        self._count = count

    @classmethod
    def words(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index the stems of ``texts`` and of the parts of their compounds."""
        return cls._build(texts, by_words({term for text in texts for term in terms(text)}))

    @classmethod
    def pieces(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index the character n-grams of ``texts``."""
        return cls._build(texts, ngrams)

    @classmethod
    def _build(cls, texts: Sequence[str], analyse: Analyser) -> LexicalIndex:
        # b below the usual 0.75: paragraphs differ little in length and titles count in all.
        retriever = bm25s.BM25(k1=1.2, b=0.5, method="lucene")
        retriever.index([analyse(text) for text in texts], show_progress=False)
        return cls(retriever, analyse, len(texts))

    @classmethod
    def load(cls, folder: Path, cut: Callable[[Collection[str]], Analyser], count: int) -> LexicalIndex:
        """Read an index that ``save`` wrote; ``cut`` makes the analyser from its vocabulary."""
        retriever = bm25s.BM25.load(folder, show_progress=False)
        return cls(retriever, cut(retriever.vocab_dict), count)

    def save(self, folder: Path) -> None:
        """Write the index as files into ``folder``."""
        self._retriever.save(folder, show_progress=False)

    def scores(self, query: str) -> FloatArray:
        """Return the score of every text, shape (texts,), 0 where nothing is shared."""
        tokens = [token for token in self._analyse(query) if token in self._known]
        if not tokens:
            return np.zeros(self._count, np.float32)
        return np.asarray(self._retriever.get_scores(tokens), np.float32)
