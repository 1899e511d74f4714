"""Letters as a searchable index: built, saved, loaded and searched."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from index.abbreviations import abbreviations
from index.analysis import Thesaurus, terms
from index.encoder import Encoder, Encoding, FloatArray, Progress
from index.fusion import Mask, Weights, standardise
from index.hit import Hit, Reading, ScoredSentence, Signals
from index.lexical import LexicalIndex
from index.storage import FORMAT, IndexDamaged, IndexStore, Manifest, check
from index.tables import Tables
from index.units import units_of
from ingest.letter import Letter

# Sentences read together with the question: some 7 ms each. On the letters held out ten found the
# right one first no more often than seven.
READ = 6


@dataclass(frozen=True, slots=True)
class Found:
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
        tables: Tables,
        *,
        thesaurus: Thesaurus | None = None,
        weights: Weights | None = None,
    ) -> None:
        self.letters = tuple(letters)
        self.encoder = encoder
        self._units = units_of(letters)
        self._tables = tables
        self._weights = weights or Weights.of(encoder.name)
        self._thesaurus = (thesaurus or Thesaurus.load()).extended(
            pair for letter in letters for pair in abbreviations(letter.text)
        )
        counts = [len(unit.sentences) for unit in self._units]
        self._first = np.cumsum([0, *counts])[:-1]  # each passage's first sentence
        self._owner = np.repeat(np.arange(len(counts)), counts)
        self._slugs = np.array([unit.letter.slug for unit in self._units])
        self._chapters = np.array([unit.part.chapter for unit in self._units])

    @classmethod
    def build(
        cls,
        letters: Sequence[Letter],
        encoder: Encoder,
        *,
        weights: Weights | None = None,
    ) -> LetterIndex:
        """Embed and index every passage and sentence of ``letters`` in memory.

        ``weights`` are those of the fusion; by default the ones fitted for the encoder.
        """
        return cls(letters, encoder, Tables.build(units_of(letters), encoder, None), weights=weights)

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
        tables = Tables.build(units, encoder, progress)
        manifest = Manifest(
            format=FORMAT,
            model=encoder.name,
            weights=encoder.weights,
            dimension=encoder.dimension,
            letters={letter.slug: letter.digest for letter in letters},
            passages=len(units),
            sentences=sum(len(unit.sentences) for unit in units),
            files={},
        )

        name = hashlib.sha256(f"{manifest}{time.time_ns()}".encode()).hexdigest()[:16]
        return store.publish(name, manifest, tables.save)

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
            tables = Tables.load(folder, rows, read=encoder.reader is not None)
        except (OSError, RuntimeError, ValueError) as error:
            # Another program can replace the index between the check and the reading.
            raise IndexDamaged(
                "De index is niet te lezen. Maak hem opnieuw met 'vraagbaak index build'."
            ) from error
        return cls(letters, encoder, tables, thesaurus=thesaurus)

    def search(
        self,
        question: str,
        *,
        top: int = 10,
        documents: Collection[str] = (),
        chapters: Collection[int] = (),
        read: bool = True,
    ) -> Search:
        """Return the ``top`` passages for ``question``, of the letters ``documents`` (default all).

        With ``chapters`` only theirs, of which there may be none. The best sentences are ``read``
        together with the question where the model has a reader.
        """
        started = time.perf_counter()
        encoding = self.encoder.encode([question], "query")[0]
        encoded = time.perf_counter()
        found = self._signals(question, encoding)
        allowed = np.isin(self._slugs, list(documents)) if documents else np.ones(len(self._units), bool)
        wanted = allowed & np.isin(self._chapters, list(chapters)) if chapters else allowed
        sentence_scores = self._weights.sentence.score(found.sentences, allowed[self._owner])
        best = np.maximum.reduceat(sentence_scores, self._first)
        fused = self._weights.passage.score(found.passages, allowed)
        fused += self._weights.best_sentence * standardise(best, allowed)
        ranked = time.perf_counter()
        readings = self._read(encoding, fused, sentence_scores, wanted) if read else {}
        answering = self._answering(readings)
        scores = fused + self._weights.reading * answering
        order = [int(i) for i in np.argsort(-scores, kind="stable") if wanted[i]][:top]
        hits = tuple(self._hit(i, fused, sentence_scores, answering, found, readings) for i in order)
        done = time.perf_counter()
        stages = {"encode": encoded - started, "rank": ranked - encoded, "join": done - ranked}
        return Search(hits, {stage: 1000 * seconds for stage, seconds in stages.items()})

    def _read(
        self, encoding: Encoding, fused: FloatArray, sentence_scores: FloatArray, wanted: Mask
    ) -> dict[int, Reading]:
        """Read the best sentences together with the question, where the model can."""
        reader, middle = self.encoder.reader, self._tables.middle
        if reader is None or middle is None or encoding.middle is None or not wanted.any():
            return {}
        worth = sentence_scores + self._weights.owner * fused[self._owner]
        worth[~wanted[self._owner]] = -np.inf
        best = [int(j) for j in np.argsort(-worth, kind="stable")[:READ] if wanted[self._owner[j]]]
        # A passage's segments are its titles and then its sentences; one may lie beyond the model's limit.
        segments = {j: j + int(self._owner[j]) + 1 for j in best}
        states = {j: found for j, segment in segments.items() if len(found := middle.states(segment))}
        candidates = [(int(self._owner[j]), found) for j, found in states.items()]
        readings: dict[int, Reading] = {}
        for j, read in zip(states, reader.read(encoding.middle, candidates), strict=True):
            unit = self._units[self._owner[j]]
            start, end = (
                max(0, at - unit.shift) for at in middle.characters(segments[j], read.first, read.last)
            )
            start = end - len(unit.passage.text[start:end].lstrip())
            base = unit.passage.start
            readings[j] = Reading(read.score, base + start, base + end, read.stance)
        return readings

    def _answering(self, readings: dict[int, Reading]) -> FloatArray:
        """Return the probability of each passage to be the one that answers, (passages,)."""
        odds = np.zeros(len(self._units), np.float32)
        for j, reading in readings.items():
            odds[self._owner[j]] += np.exp(min(reading.log_odds, 50.0))
        total = float(odds.sum())
        return odds / total if total else odds

    def signals(self, question: str) -> Found:
        """Return how every passage and sentence meets ``question``, before fusion."""
        return self._signals(question, self.encoder.encode([question], "query")[0])

    def _signals(self, question: str, encoding: Encoding) -> Found:
        count = len(self._units)
        synonyms = " ".join(self._thesaurus.expand(question))
        both = {
            "dense": self._tables.dense.scores(encoding.vector),
            "words": self._lexical(self._tables.words, question, synonyms),
            "pieces": self._lexical(self._tables.pieces, question, synonyms),
        }
        matches = self._tables.tokens.matches(encoding.tokens)
        # A passage's segments are its titles and then its sentences.
        starts = self._first + np.arange(count)
        of_passages = np.maximum.reduceat(matches, starts, axis=1)
        of_sentences = np.delete(matches, starts, axis=1)
        naming = _naming_words(question, encoding)
        return Found(
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

    def _hit(
        self,
        i: int,
        fused: FloatArray,
        sentence_scores: FloatArray,
        answering: FloatArray,
        found: Found,
        readings: dict[int, Reading],
    ) -> Hit:
        unit = self._units[i]
        base, first = unit.passage.start, int(self._first[i])
        sentences = tuple(
            ScoredSentence(
                base + start,
                base + end,
                float(sentence_scores[j]),
                _at(found.sentences, j),
                tuple(found.sentence_matches[:, j].tolist()),
                readings.get(j),
            )
            for j, (start, end) in enumerate(unit.sentences, start=first)
        )
        return Hit(
            unit.letter,
            unit.part,
            unit.passage,
            float(fused[i] + self._weights.reading * answering[i]),
            float(fused[i]),
            float(answering[i]),
            _at(found.passages, i),
            tuple(found.passage_matches[:, i].tolist()),
            sentences,
        )


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
