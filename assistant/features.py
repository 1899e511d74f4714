"""Reads off how well a sentence meets a question, as numbers for the reader's model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.evidence import asks_evidence, has_caveat, points_back, spans
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
    """Return every sentence of ``hits`` with its features, shape (len(NAMES),), in rank order."""
    if not hits:
        return []
    best_passage = hits[0].score
    best_sentence = max(s.score for hit in hits for s in hit.sentences)
    asked = [stem(word) for word in question.content]
    rows: list[tuple[Hit, ScoredSentence, FloatArray]] = []
    for rank, hit in enumerate(hits):
        place = " ".join((hit.part.chapter_title, *hit.part.section))
        in_passage = _known(f"{place} {hit.passage.text}")
        passage_coverage = _coverage(asked, in_passage)
        top = max(s.score for s in hit.sentences)
        for number, sentence in enumerate(hit.sentences):
            text = hit.letter.text[sentence.start : sentence.end]
            has = bool(spans(question.kind, text))
            has_in_passage = has or bool(spans(question.kind, hit.passage.text))
            values = {
                "passage_gap": hit.score - best_passage,
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


def _known(text: str) -> tuple[set[str], set[str]]:
    return {stem(word) for word in words(text)}, set(ngrams(text, (5,)))


def _coverage(asked: Sequence[str], known: tuple[set[str], set[str]]) -> float:
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
    known = {stem(word) for word in words(text)}
    return sum(not any(stem(w) in known for w in words(name)) for name in names) / len(names)


def _share_of(years: Sequence[str], text: str) -> float:
    return sum(year in text for year in years) / len(years) if years else 0.0
