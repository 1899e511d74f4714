"""Letters as a searchable index: built, saved, loaded and searched."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.analysis import Thesaurus, ngrams, terms
from index.dense import DenseIndex
from index.encoder import Encoder, Encoding, FloatArray, Progress
from index.fusion import Weights, standardise
from index.hit import Hit, ScoredSentence, Signals
from index.lexical import LexicalIndex
from index.rerank import TokenIndex
from index.storage import FORMAT, IndexDamaged, IndexForeign, IndexStore, Manifest
from index.units import Unit, units_of
from ingest.letter import Letter


@dataclass(frozen=True, slots=True)
class _Tables:
    """The parts of an index; rows are all passages, then all sentences in the same order."""

    dense: DenseIndex
    words: LexicalIndex
    pieces: LexicalIndex
    tokens: TokenIndex


@dataclass(frozen=True, slots=True)
class _Found:
    """The raw scores of all passages and of all sentences, by the name of the signal.

    The matches (naming words, texts) say how well each naming word of the question is met.
    """

    passages: dict[str, FloatArray]
    sentences: dict[str, FloatArray]
    passage_matches: FloatArray
    sentence_matches: FloatArray


@dataclass(frozen=True, slots=True)
class Search:
    """One search: the hits, best first, and what each stage cost in milliseconds."""

    hits: tuple[Hit, ...]
    timing_ms: dict[str, float]


class LetterIndex:
    """Search over the paragraphs of letters by meaning, words, pieces of words and tokens."""

    def __init__(
        self,
        letters: Sequence[Letter],
        encoder: Encoder,
        tables: _Tables,
        *,
        thesaurus: Thesaurus | None = None,
    ) -> None:
        self.letters = tuple(letters)
        self.encoder = encoder
        self._units = units_of(letters)
        self._tables = tables
        self._weights = Weights()
        self._thesaurus = thesaurus or Thesaurus.load()
        counts = [len(unit.sentences) for unit in self._units]
        self._first = np.cumsum([0, *counts])[:-1]  # each passage's first sentence
        self._owner = np.repeat(np.arange(len(counts)), counts)
        self._slugs = np.array([unit.letter.slug for unit in self._units])

    @classmethod
    def build(
        cls,
        letters: Sequence[Letter],
        encoder: Encoder,
    ) -> LetterIndex:
        """Embed and index every passage and sentence of ``letters`` in memory."""
        return cls(letters, encoder, _tables(units_of(letters), encoder, None))

    @classmethod
    def create(
        cls,
        letters: Sequence[Letter],
        encoder: Encoder,
        store: IndexStore,
        *,
        progress: Progress | None = None,
    ) -> Manifest:
        """Build an index and make it the current one of ``store``; the caller holds its lock."""
        units = units_of(letters)
        tables = _tables(units, encoder, progress)
        manifest = Manifest(
            format=FORMAT,
            model=encoder.name,
            dimension=encoder.dimension,
            letters={letter.slug: letter.digest for letter in letters},
            passages=len(units),
            sentences=sum(len(unit.sentences) for unit in units),
            files={},
        )

        def write(folder: Path) -> None:
            tables.dense.save(folder / "dense.faiss")
            tables.words.save(folder / "words")
            tables.pieces.save(folder / "pieces")
            tables.tokens.save(folder / "tokens")

        name = hashlib.sha256(f"{manifest}{time.time_ns()}".encode()).hexdigest()[:16]
        return store.publish(name, manifest, write)

    @classmethod
    def load(
        cls,
        letters: Sequence[Letter],
        encoder: Encoder,
        store: IndexStore,
        *,
        thesaurus: Thesaurus | None = None,
    ) -> LetterIndex:
        """Read the current index of ``store``, which must be of ``letters`` and ``encoder``.

        Raises IndexMissing, IndexForeign (another model) or IndexDamaged (also: other letters).
        """
        folder, manifest = store.open()
        units = units_of(letters)
        check(manifest, letters, units, encoder)
        rows = manifest.passages + manifest.sentences
        try:
            tables = _Tables(
                dense=DenseIndex.load(folder / "dense.faiss"),
                words=LexicalIndex.load(folder / "words", terms, rows),
                pieces=LexicalIndex.load(folder / "pieces", ngrams, rows),
                tokens=TokenIndex.load(folder / "tokens"),
            )
        except (OSError, RuntimeError, ValueError) as error:
            # Another program can replace the index between the check and the reading.
            raise IndexDamaged(
                "De index is niet te lezen. Maak hem opnieuw met 'vraagbaak index build'."
            ) from error
        return cls(letters, encoder, tables, thesaurus=thesaurus)

    def search(self, question: str, *, top: int = 10, documents: Collection[str] = ()) -> Search:
        """Return the ``top`` passages for ``question``, of the letters ``documents`` (default all)."""
        started = time.perf_counter()
        synonyms = " ".join(self._thesaurus.expand(question))
        encoding = self.encoder.encode([question], "query")[0]
        encoded = time.perf_counter()
        found = self._signals(question, synonyms, encoding)
        allowed = np.isin(self._slugs, list(documents)) if documents else np.ones(len(self._units), bool)
        sentence_scores = self._weights.sentence.score(found.sentences, allowed[self._owner])
        best = np.maximum.reduceat(sentence_scores, self._first)
        scores = self._weights.passage.score(found.passages, allowed)
        scores += self._weights.best_sentence * standardise(best, allowed)
        order = [int(i) for i in np.argsort(-scores, kind="stable") if allowed[i]][:top]
        hits = tuple(self._hit(i, scores, sentence_scores, found) for i in order)
        done = time.perf_counter()
        return Search(hits, {"encode": 1000 * (encoded - started), "rank": 1000 * (done - encoded)})

    def _signals(self, question: str, synonyms: str, encoding: Encoding) -> _Found:
        count = len(self._units)
        both = {
            "dense": self._tables.dense.scores(encoding.vector),
            "words": self._lexical(self._tables.words, question, synonyms),
            "pieces": self._lexical(self._tables.pieces, question, synonyms),
        }
        tokens = encoding.tokens
        if not len(tokens):  # a question of no tokens matches nothing, everywhere alike
            tokens = np.zeros((1, self.encoder.dimension), np.float32)
        matches = self._tables.tokens.matches(tokens)
        # A passage's segments are its titles and then its sentences.
        starts = self._first + np.arange(count)
        of_passages = np.maximum.reduceat(matches, starts, axis=1)
        of_sentences = np.delete(matches, starts, axis=1)
        naming = _naming_words(question, encoding)
        return _Found(
            {n: v[:count] for n, v in both.items()} | {"tokens": of_passages.mean(axis=0)},
            {n: v[count:] for n, v in both.items()} | {"tokens": of_sentences.mean(axis=0)},
            naming @ of_passages,
            naming @ of_sentences,
        )

    def _lexical(self, index: LexicalIndex, question: str, synonyms: str) -> FloatArray:
        scores = index.scores(question)
        if synonyms:
            scores = scores + self._weights.synonyms * index.scores(synonyms)
        return scores

    def _hit(self, i: int, scores: FloatArray, sentence_scores: FloatArray, found: _Found) -> Hit:
        unit = self._units[i]
        base, first = unit.passage.start, int(self._first[i])
        sentences = tuple(
            ScoredSentence(
                base + start,
                base + end,
                float(sentence_scores[j]),
                _at(found.sentences, j),
                tuple(found.sentence_matches[:, j].tolist()),
            )
            for j, (start, end) in enumerate(unit.sentences, start=first)
        )
        return Hit(
            unit.letter,
            unit.part,
            unit.passage,
            float(scores[i]),
            _at(found.passages, i),
            tuple(found.passage_matches[:, i].tolist()),
            sentences,
        )


def check(manifest: Manifest, letters: Sequence[Letter], units: Sequence[Unit], encoder: Encoder) -> None:
    """Compare an index with what is asked of it. Raises IndexForeign or IndexDamaged."""
    if manifest.model != encoder.name:
        raise IndexForeign(
            f"De index is gemaakt met het model '{manifest.model}', niet met '{encoder.name}'. Maak hem "
            f"opnieuw met 'vraagbaak index build --model {encoder.name}', of vraag met --model "
            f"{manifest.model}."
        )
    found = (manifest.letters, manifest.passages, manifest.sentences, manifest.dimension)
    expected = (
        {letter.slug: letter.digest for letter in letters},
        len(units),
        sum(len(unit.sentences) for unit in units),
        encoder.dimension,
    )
    if found != expected:
        raise IndexDamaged("De index hoort bij andere brieven. Maak hem opnieuw met 'vraagbaak index build'.")


def _at(signals: dict[str, FloatArray], i: int) -> Signals:
    return Signals(**{name: float(values[i]) for name, values in signals.items()})


def _naming_words(question: str, encoding: Encoding) -> FloatArray:
    """Return the matrix (naming words, tokens) that averages the tokens of each naming word."""
    rows = []
    for match in re.finditer(r"[\w'’.,%-]+", question):
        if not terms(match.group()):
            continue
        inside = (encoding.offsets[:, 0] < match.end()) & (encoding.offsets[:, 1] > match.start())
        if inside.any():
            rows.append(inside / inside.sum())
    return np.array(rows, np.float32).reshape(len(rows), max(1, len(encoding.tokens)))


def _tables(units: Sequence[Unit], encoder: Encoder, progress: Progress | None) -> _Tables:
    passages = [unit.text for unit in units]
    sentences = [unit.passage.text[a:b] for unit in units for a, b in unit.sentences]
    encodings = encoder.encode(passages, "passage", progress)
    segments = [_segments(unit, e) for unit, e in zip(units, encodings, strict=True)]
    # A sentence's vector is the mean of its tokens as they stand in their paragraph ("late
    # chunking", Günther et al., 2024): half the work of embedding each by itself. On 929 questions
    # of five training letters recall@1 by the best sentence was 0.58 instead of 0.51, and that of
    # the whole ranking 0.66 instead of 0.67.
    vectors = [e.vector for e in encodings]
    vectors += [_unit(s.mean(axis=0)) for of_passage in segments for s in of_passage[1:]]
    return _Tables(
        dense=DenseIndex.build(np.stack(vectors)),
        words=LexicalIndex.words(passages + sentences),
        pieces=LexicalIndex.pieces(passages + sentences),
        tokens=TokenIndex.build([segment for of_passage in segments for segment in of_passage]),
    )


def _segments(unit: Unit, encoding: Encoding) -> list[FloatArray]:
    """Cut the token vectors of a passage into those of its titles and of each sentence."""
    shift = len(unit.text) - len(unit.passage.text)
    edges = [0, *(shift + start for start, _ in unit.sentences)]
    which = np.searchsorted(edges, encoding.offsets[:, 0], side="right") - 1
    blank = np.zeros((1, encoding.tokens.shape[1]), np.float32)  # titles or words beyond the limit
    segments = [encoding.tokens[which == i] for i in range(len(edges))]
    return [segment if len(segment) else blank for segment in segments]


def _unit(vector: FloatArray) -> FloatArray:
    unit: FloatArray = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return unit
