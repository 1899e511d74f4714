"""Reads off how well a sentence meets a question, as numbers for the reader's model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from assistant.evidence import asks_evidence, counts, has_caveat, has_day, new_names, points_back, spans
from assistant.question import Question
from index.analysis import STOP_WORDS, ngrams, stem, words
from index.encoder import FloatArray
from index.hit import Hit, ScoredSentence

_KINDS = (
    "amount count share date duration who place reason definition list yesno how keyword explain"
).split()

NAMES: tuple[str, ...] = (
    "passage_gap",
    "passage_rank",
    "passage_dense",
    "passage_tokens",
    "passage_words",
    "passage_pieces",
    "sentence_gap",
    "sentence_best",
    "sentence_dense",
    "sentence_tokens",
    "sentence_words",
    "sentence_pieces",
    "passage_coverage",
    "sentence_coverage",
    "uncovered_words",
    "passage_weakest",
    "passage_match",
    "sentence_weakest",
    "sentence_match",
    "weakest_anywhere",
    "names_unknown",
    "counted_here",
    "counted_missing",
    "day_missing",
    "person_missing",
    "names_missing",
    "years_asked",
    "years_in_sentence",
    "years_in_passage",
    "evidence_in_sentence",
    "evidence_in_passage",
    "evidence_missing",
    "voice_match",
    "voice_clash",
    "caveat",
    "points_back",
    "position",
    "length",
    "question_length",
    *(f"kind_{kind}" for kind in _KINDS),
    *(
        f"kind_{kind}_has"
        for kind in ("amount", "count", "share", "date", "duration", "who", "place", "reason")
    ),
)


def of_sentences(question: Question, hits: Sequence[Hit]) -> list[tuple[Hit, ScoredSentence, FloatArray]]:
    """Return every sentence of ``hits`` with its features, shape (len(NAMES),), as ranked before reading."""
    if not hits:
        return []
    best_passage = max(hit.fused for hit in hits)
    order = sorted(hits, key=lambda hit: -hit.fused)  # as ranked before the reader's word
    best_sentence = max(s.score for hit in hits for s in hit.sentences)
    asked = [stem(word) for word in question.content]
    weakest_anywhere = _weakest(np.max([hit.matches for hit in hits], axis=0).tolist())
    rows: list[tuple[Hit, ScoredSentence, FloatArray]] = []
    for rank, hit in enumerate(order):
        place = " ".join((hit.part.chapter_title, *hit.part.section))
        unknown = _missing(question.names, hit.letter.text)
        in_passage = _known(f"{place} {hit.passage.text}")
        passage_coverage = _coverage(asked, in_passage)
        top = max(s.score for s in hit.sentences)
        for number, sentence in enumerate(hit.sentences):
            text = _readable(hit, sentence)
            has = bool(spans(question.kind, text))
            counted = bool(question.counted) and counts(question.counted, text)
            has_in_passage = has or bool(spans(question.kind, hit.passage.text))
            values = {
                "passage_gap": hit.fused - best_passage,
                "passage_rank": 1.0 / (1 + rank),
                "passage_dense": hit.signals.dense,
                "passage_tokens": hit.signals.tokens,
                "passage_words": hit.signals.words / (1 + len(asked)),
                "passage_pieces": hit.signals.pieces / (1 + len(" ".join(asked))),
                "sentence_gap": sentence.score - best_sentence,
                "sentence_best": float(sentence.score == top),
                "sentence_dense": sentence.signals.dense,
                "sentence_tokens": sentence.signals.tokens,
                "sentence_words": sentence.signals.words / (1 + len(asked)),
                "sentence_pieces": sentence.signals.pieces / (1 + len(" ".join(asked))),
                "passage_coverage": passage_coverage,
                "sentence_coverage": _coverage(asked, _known(text)),
                "uncovered_words": float(len(asked)) * (1 - passage_coverage),
                "passage_weakest": _weakest(hit.matches),
                "passage_match": _mean(hit.matches),
                "sentence_weakest": _weakest(sentence.matches),
                "sentence_match": _mean(sentence.matches),
                "weakest_anywhere": weakest_anywhere,
                "names_unknown": unknown,
                "counted_here": float(counted),
                "counted_missing": float(question.kind == "count" and not counted),
                "day_missing": float(question.wants_day and not has_day(text)),
                "person_missing": float(question.wants_person and not new_names(text, question.text)),
                "names_missing": _missing(question.names, f"{place} {hit.passage.text}"),
                "years_asked": float(bool(question.years)),
                "years_in_sentence": _share_of(question.years, text),
                "years_in_passage": _share_of(question.years, hit.passage.text),
                "evidence_in_sentence": float(has),
                "evidence_in_passage": float(has_in_passage),
                "evidence_missing": float(asks_evidence(question.kind) and not has),
                "voice_match": float(question.voice == hit.part.voice),
                "voice_clash": float(question.voice not in (None, hit.part.voice)),
                "caveat": float(has_caveat(text)),
                "points_back": float(points_back(text)),
                "position": number / len(hit.sentences),
                "length": len(text.split()) / 30,
                "question_length": len(asked) / 8,
                f"kind_{question.kind}": 1.0,
                f"kind_{question.kind}_has": float(has),
            }
            rows.append((hit, sentence, np.array([values.get(n, 0.0) for n in NAMES], np.float32)))
    return rows


def _readable(hit: Hit, sentence: ScoredSentence) -> str:
    """Return the words of a sentence; a row of a table comes with its caption and heads."""
    text = hit.letter.text[sentence.start : sentence.end]
    table = hit.passage.table
    return " ".join((table.caption, *table.columns, text)) if table else text


@lru_cache(maxsize=20_000)
def _known(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems and the five-letter pieces of ``text``; most texts come back every question."""
    return frozenset(stem(word) for word in words(text)), frozenset(ngrams(text, (5,)))


def _weakest(matches: Sequence[float]) -> float:
    return min(matches, default=0.0)


def _mean(matches: Sequence[float]) -> float:
    return sum(matches) / len(matches) if matches else 0.0


def _coverage(asked: Sequence[str], known: tuple[frozenset[str], frozenset[str]]) -> float:
    """Return the share of the stems ``asked`` that stand in a text, whole or inside a compound."""
    if not asked:
        return 0.0
    stems, pieces = known
    found = 0.0
    for term in asked:
        grams = ngrams(term, (5,)) if term not in STOP_WORDS else []
        near = sum(g in pieces for g in grams) / len(grams) if grams else 0.0
        found += 1.0 if term in stems else (0.7 if near >= 0.6 else 0.0)
    return found / len(asked)


def _missing(names: Sequence[str], text: str) -> float:
    """Return the share of ``names`` of which no word stands in ``text``."""
    if not names:
        return 0.0
    stems, _ = _known(text)
    return sum(not any(stem(w) in stems for w in words(name)) for name in names) / len(names)


def mentions(text: str, name: str) -> bool:
    """Tell whether a word of ``name`` stands in ``text``, whole or, misspelt, for most of its pieces."""
    stems, pieces = _known(text)
    for word in words(name):
        grams = ngrams(word, (5,))
        if not grams:
            continue
        if stem(word) in stems or sum(gram in pieces for gram in grams) >= 0.6 * len(grams):
            return True
    return False


def _share_of(years: Sequence[str], text: str) -> float:
    return sum(year in text for year in years) / len(years) if years else 0.0
