"""How passages meet a question: every signal of some passages that are at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.block import Block
from index.dense import DenseIndex
from index.encoder import FloatArray
from index.lexical import Query, Statistics
from index.rerank import TokenIndex

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is scored; ``naming`` (naming words, tokens) averages the tokens of each."""

    vector: FloatArray
    tokens: FloatArray
    words: Query
    pieces: Query
    naming: FloatArray


@dataclass(frozen=True, slots=True)
class Found:
    """The raw scores of some passages and of their sentences, by the name of the signal.

    ``numbers`` are the passages' own in the index. Sentences stand in the same order; ``first`` is
    each passage's first, ``owner`` each sentence's passage, ``spans`` its characters and ``tokens``
    its tokens in there. The matches (naming words, texts) say how well each naming word is met.
    """

    numbers: Numbers
    first: Numbers
    owner: Numbers
    spans: npt.NDArray[np.int32]
    tokens: Numbers
    passages: dict[str, FloatArray]
    sentences: dict[str, FloatArray]
    passage_matches: FloatArray
    sentence_matches: FloatArray


@dataclass(frozen=True, slots=True)
class Part:
    """Passages of one letter by their ``numbers`` in the index.

    ``shift`` is how far the mean of the letter's tokens lies from that of all letters.
    """

    numbers: Numbers
    blocks: Sequence[Block]
    shift: FloatArray


class Prepared:
    """Passages in memory, ready to be scored; ``mean`` is that of the tokens of all letters."""

    def __init__(self, parts: Sequence[Part], mean: FloatArray) -> None:
        self.numbers = np.concatenate([part.numbers for part in parts])
        self._block = block = Block.joined([block for part in parts for block in part.blocks])
        runs = [(sum(len(block.tokens.values) for block in part.blocks), part.shift) for part in parts]
        self._tokens = TokenIndex(block.tokens, mean, runs)
        self._dense = DenseIndex.build(block.vectors)

    def found(self, asked: Asked, words: Statistics, pieces: Statistics) -> Found:
        """Score every passage and sentence; ``words`` and ``pieces`` are the statistics of all letters."""
        block = self._block
        heads = np.zeros(len(block.spans), bool)
        heads[block.starts] = True
        counts = np.diff(np.append(block.starts, len(heads))) - 1
        matches = self._tokens.matches(asked.tokens)
        of_passages = np.maximum.reduceat(matches, block.starts, axis=1)
        of_sentences = matches[:, ~heads]
        both = {
            "dense": self._dense.scores(asked.vector),
            "words": words.scores(asked.words, block.words),
            "pieces": pieces.scores(asked.pieces, block.pieces),
        }
        bounds = block.tokens.bounds
        owner = np.repeat(np.arange(len(counts)), counts)
        tokens = np.stack([bounds[:-1], bounds[1:]], axis=1)[~heads] - bounds[block.starts][owner][:, None]
        return Found(
            self.numbers,
            np.cumsum([0, *counts])[:-1],
            owner,
            block.spans[~heads],
            tokens,
            {name: scores[heads] for name, scores in both.items()} | {"tokens": of_passages.mean(axis=0)},
            {name: scores[~heads] for name, scores in both.items()} | {"tokens": of_sentences.mean(axis=0)},
            asked.naming @ of_passages,
            asked.naming @ of_sentences,
        )


def joined(parts: Sequence[Found]) -> Found:
    """Return what all ``parts`` hold, one after the other."""
    passages = np.cumsum([0, *(len(part.numbers) for part in parts)])
    sentences = np.cumsum([0, *(len(part.owner) for part in parts)])
    return Found(
        np.concatenate([part.numbers for part in parts]),
        np.concatenate([p.first + before for p, before in zip(parts, sentences[:-1], strict=True)]),
        np.concatenate([p.owner + before for p, before in zip(parts, passages[:-1], strict=True)]),
        np.concatenate([part.spans for part in parts]),
        np.concatenate([part.tokens for part in parts]),
        {n: np.concatenate([part.passages[n] for part in parts]) for n in parts[0].passages},
        {n: np.concatenate([part.sentences[n] for part in parts]) for n in parts[0].sentences},
        np.concatenate([part.passage_matches for part in parts], axis=1),
        np.concatenate([part.sentence_matches for part in parts], axis=1),
    )
