"""Letters as a searchable index: built, saved, loaded and searched."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from index.analysis import Thesaurus, ngrams, terms
from index.building import create
from index.compounds import Compounds
from index.encoder import Encoder, Encoding, FloatArray, Progress
from index.fusion import Mask, Weights
from index.hit import Hit, Reading, ScoredSentence, Signals
from index.scoring import Asked, Found
from index.shard import Shard
from index.storage import IndexDamaged, IndexStore, Manifest, check
from index.tables import EXACT, Tables
from index.units import Unit, units_of
from ingest.letter import Letter

# Sentences read together with the question: some 7 ms each. On the letters held out ten found the
# right one first no more often than seven.
READ = 6


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
        self.tables = tables
        self.weights = weights or Weights.of(encoder.name)
        explained = [pair for shard in tables.shards for pair in shard.about.abbreviations]
        self._thesaurus = (thesaurus or Thesaurus.load()).extended(dict.fromkeys(explained))
        self._compounds = Compounds(tables.words)
        self._places = [list(letter.places) for letter in self.letters]
        self._chapters = np.array([part.chapter for places in self._places for part, _ in places])

    @classmethod
    def build(
        cls,
        letters: Sequence[Letter],
        encoder: Encoder,
        *,
        weights: Weights | None = None,
        exact: float = math.inf,
    ) -> LetterIndex:
        """Embed and index every passage and sentence of ``letters`` in memory.

        ``weights`` are those of the fusion; by default the ones fitted for the encoder. Up to ``exact``
        passages each is scored by every signal; above it only candidates are. An index on disk has a
        bound there.
        """
        shards = {letter.slug: Shard.build(units_of([letter]), encoder) for letter in letters}
        return cls(letters, encoder, Tables.build(shards, exact), weights=weights)

    @classmethod
    def create(
        cls,
        letters: Sequence[Letter],
        encoder: Encoder,
        store: IndexStore,
        *,
        progress: Progress | None = None,
        thorough: bool = False,
        exact: float = EXACT,
    ) -> Manifest:
        """Make the index of ``letters`` the current one of ``store``; see ``building.create``."""
        return create(letters, encoder, store, progress=progress, thorough=thorough, exact=exact)

    @classmethod
    def load(
        cls,
        letters: Sequence[Letter],
        encoder: Encoder,
        store: IndexStore,
        *,
        thesaurus: Thesaurus | None = None,
        exact: float = EXACT,
    ) -> LetterIndex:
        """Read the current index of ``store``, which must be of ``letters`` and ``encoder``.

        Raises IndexMissing, IndexForeign (another model) or IndexDamaged (also: other letters).
        """
        folder, manifest = store.open()
        check(manifest, letters, encoder)
        try:
            shards = {
                letter.slug: Shard.open(store.shard(manifest.shards[letter.slug])) for letter in letters
            }
            tables = Tables.load(folder, shards, exact)
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            # Another program can replace the index between the check and the reading.
            raise IndexDamaged(
                "De index is niet te lezen. Maak hem opnieuw met 'vraagbaak index build'."
            ) from error
        counts = [sum(len(part.passages) for part in letter.parts) for letter in letters]
        if counts != [shard.passages for shard in shards.values()]:
            raise IndexDamaged(
                "De index past niet bij de brieven. Maak hem opnieuw met 'vraagbaak index build'."
            )
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
        letters = tuple(
            n for n, letter in enumerate(self.letters) if not documents or letter.slug in documents
        )
        among = self.tables.of_letters(letters)
        if chapters:
            among &= np.isin(self._chapters, list(chapters))
        if not among.any():
            return Search((), {"encode": 1000 * (encoded - started), "rank": 0.0, "join": 0.0})
        found, usual = self.tables.found(self.asked(question, encoding), letters, among)
        wanted = among[found.numbers]
        fused, sentence_scores = self.weights.score(found, usual)
        ranked = time.perf_counter()
        readings = self._read(encoding, found, fused, sentence_scores, wanted) if read else {}
        answering = _answering(readings, found)
        scores = fused + self.weights.reading * answering
        order = [int(i) for i in np.argsort(-scores, kind="stable") if wanted[i]][:top]
        hits = tuple(self._hit(i, fused, sentence_scores, answering, found, readings) for i in order)
        done = time.perf_counter()
        stages = {"encode": encoded - started, "rank": ranked - encoded, "join": done - ranked}
        return Search(hits, {stage: 1000 * seconds for stage, seconds in stages.items()})

    def _read(
        self,
        encoding: Encoding,
        found: Found,
        fused: FloatArray,
        sentence_scores: FloatArray,
        wanted: Mask,
    ) -> dict[int, Reading]:
        """Read the best sentences together with the question, where the model can."""
        reader = self.encoder.reader
        if reader is None or encoding.middle is None or not wanted.any():
            return {}
        worth = sentence_scores + self.weights.owner * fused[found.owner]
        worth[~wanted[found.owner]] = -np.inf
        best = [int(j) for j in np.argsort(-worth, kind="stable")[:READ] if wanted[found.owner[j]]]
        states = {}
        for j in best:
            letter, passage = self.tables.letter_of(int(found.numbers[found.owner[j]]))
            kept = self.tables.shards[letter].states(passage, slice(*found.tokens[j].tolist()))
            if len(kept[0]):
                states[j] = kept
        candidates = [(int(found.owner[j]), kept) for j, (kept, _) in states.items()]
        readings: dict[int, Reading] = {}
        for j, read in zip(states, reader.read(encoding.middle, candidates), strict=True):
            unit = self._unit(int(found.numbers[found.owner[j]]))
            offsets = states[j][1]
            start, end = (
                max(0, int(at) - unit.shift) for at in (offsets[read.first, 0], offsets[read.last, 1])
            )
            start = end - len(unit.passage.text[start:end].lstrip())
            base = unit.passage.start
            readings[j] = Reading(read.score, base + start, base + end, read.stance)
        return readings

    def signals(self, question: str) -> Found:
        """Return how every passage and sentence meets ``question``, before fusion."""
        return self.tables.everything(self.asked(question, self.encoder.encode([question], "query")[0]))

    def asked(self, question: str, encoding: Encoding) -> Asked:
        """Return ``question`` as it is scored, with the synonyms of its words."""
        synonyms = " ".join(self._thesaurus.expand(question))
        words, pieces = (
            _weighted(cut(question), cut(synonyms), self.weights.synonyms)
            for cut in (self._compounds.terms, ngrams)
        )
        return Asked(
            encoding.vector,
            encoding.tokens,
            self.tables.words.query(words),
            self.tables.pieces.query(pieces),
            _naming_words(question, encoding),
        )

    def _unit(self, number: int) -> Unit:
        letter, passage = self.tables.letter_of(number)
        return Unit(self.letters[letter], *self._places[letter][passage], ())

    def _hit(
        self,
        i: int,
        fused: FloatArray,
        sentence_scores: FloatArray,
        answering: FloatArray,
        found: Found,
        readings: dict[int, Reading],
    ) -> Hit:
        unit = self._unit(int(found.numbers[i]))
        base = unit.passage.start
        sentences = tuple(
            ScoredSentence(
                base + int(found.spans[j, 0]),
                base + int(found.spans[j, 1]),
                float(sentence_scores[j]),
                _at(found.sentences, j),
                tuple(found.sentence_matches[:, j].tolist()),
                readings.get(j),
            )
            for j in np.flatnonzero(found.owner == i).tolist()
        )
        return Hit(
            unit.letter,
            unit.part,
            unit.passage,
            float(fused[i] + self.weights.reading * answering[i]),
            float(fused[i]),
            float(answering[i]),
            _at(found.passages, i),
            tuple(found.passage_matches[:, i].tolist()),
            sentences,
        )


def _answering(readings: dict[int, Reading], found: Found) -> FloatArray:
    """Return the probability of each passage to be the one that answers, (passages,)."""
    odds = np.zeros(len(found.numbers), np.float32)
    for j, reading in readings.items():
        odds[found.owner[j]] += np.exp(min(reading.log_odds, 50.0))
    total = float(odds.sum())
    return odds / total if total else odds


def _weighted(terms: Sequence[str], synonyms: Sequence[str], weight: float) -> dict[str, float]:
    """Return how much each term of a query counts: those of its synonyms by ``weight``."""
    counted: dict[str, float] = {}
    for term in terms:
        counted[term] = counted.get(term, 0.0) + 1.0
    for term in synonyms:
        counted[term] = counted.get(term, 0.0) + weight
    return counted


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
