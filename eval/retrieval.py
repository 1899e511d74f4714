"""``python -m eval retrieval``: how each part of the search finds the passage that answers.

Every system ranks the same passages for the same questions. What is measured: the right passage
among the first k (recall@k; questions that one passage answers), its mean reciprocal rank, how well
the system's own best score tells answerable questions from near misses (AUC), how well the words
read as the answer agree with the right ones (F1 of words), and the milliseconds of a question.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

import numpy as np

from assistant.conversation import resolve
from assistant.question import analyse_last
from assistant.reader import Reader
from eval.cases import Case
from eval.matching import in_section, stands_in
from index.defaults import BASE_MODEL, DEFAULT_MODEL
from index.encoder import Encoder
from index.letter_index import LetterIndex
from index.scoring import Found
from index.sentence_encoder import load_encoder
from index.training.auc import auc
from index.training.data import TrainingQuestion, read_training
from index.units import Unit, units_of
from index.workspace import Workspace
from ingest.console import say
from ingest.home import default_home
from ingest.letter import Letter

_DEPTH = 50  # passages ranked by a search
_KS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Query:
    """A question that stands alone; ``last`` is what was asked last.

    ``right`` are the numbers of the passages that answer, none for a near miss; ``span`` the words
    that settle it, "" where the set does not say.
    """

    text: str
    last: str
    right: frozenset[int]
    single: bool
    span: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages by number, best first; the confidence that one answers; the words read as answer."""

    passages: Sequence[int]
    confidence: float
    answer: str = ""


Rank = Callable[[Query], Ranking]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a system made of a question, and how long it took."""

    query: Query
    ranking: Ranking
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one system; None where a set cannot tell."""

    recall: tuple[float, ...]
    reciprocal_rank: float
    auc: float | None
    span_f1: float | None
    milliseconds: float | None


def compare(sets: Mapping[str, Sequence[Case]]) -> Iterator[tuple[str, str]]:
    """Yield a table for the training letters held out, and one for each set on the home's letters.

    A letter held out is searched by itself, as a question to one letter is; the home's together.
    """
    data = read_training()
    held_out = [letter for letter in data.letters if letter.slug in data.held_out]
    letters = Workspace(default_home(), say).letters()
    base, trained = load_encoder(BASE_MODEL), load_encoder(DEFAULT_MODEL)
    reader = Reader.load(joint=True)
    asked = [([letter], of_training(data.questions, units_of([letter]))) for letter in held_out]
    yield f"{len(held_out)} letters held out", _table(asked, base, trained, reader)
    for name, cases in sets.items():
        yield name, _table([(letters, of_cases(cases, units_of(letters)))], base, trained, reader)


def _table(
    asked: Sequence[tuple[Sequence[Letter], Sequence[Query]]], base: Encoder, trained: Encoder, reader: Reader
) -> str:
    """Return the table of every system, each tried on all questions, on the letters beside them."""
    outcomes: dict[str, list[Outcome]] = {}
    timed: set[str] = set()
    for letters, queries in asked:
        plain, ours = LetterIndex.build(letters, base), LetterIndex.build(letters, trained)
        as_it_came, trained_ones = cache(plain.signals), cache(ours.signals)
        signals = {
            "BM25": by_signal(as_it_came, "words"),
            "e5-small as it came": by_signal(as_it_came, "dense"),
            "e5-small as it came, tokens": by_signal(as_it_came, "tokens"),
            "trained": by_signal(trained_ones, "dense"),
            "trained, tokens": by_signal(trained_ones, "tokens"),
        }
        searches = {
            "e5-small as it came, all signals": by_search(plain, read=False),
            "trained, all signals": by_search(ours, read=False),
            "the whole, with the readers": by_search(ours, read=True, reader=reader),
        }
        timed = set(searches)
        for name, rank in (signals | searches).items():
            outcomes.setdefault(name, []).extend(answers(rank, queries))
    return table({name: measure(found, timed=name in timed) for name, found in outcomes.items()})


def of_training(questions: Iterable[TrainingQuestion], units: Sequence[Unit]) -> list[Query]:
    """Return the questions on the letters of ``units``."""
    slugs = {unit.letter.slug for unit in units}
    return [
        Query(
            resolve(q.text, q.history),
            q.text,
            frozenset(
                i
                for i, u in enumerate(units)
                if q.answer and u.letter.slug == q.letter and u.passage.anchor in q.anchors
            ),
            len(q.anchors) == 1,
            q.span,
        )
        for q in questions
        if q.letter in slugs
    ]


def of_cases(cases: Iterable[Case], units: Sequence[Unit]) -> list[Query]:
    """Return the answerable cases and the near misses: those of the kind "near"."""
    queries: list[Query] = []
    for case in cases:
        right = frozenset(
            i
            for i, u in enumerate(units)
            for group in case.evidence
            for e in group
            if case.answerable
            and stands_in(e.snippet, u.passage.text)
            and in_section(e, u.part.chapter, u.part.section)
        )
        if right or (not case.answerable and "near" in (case.kind, case.style)):
            text = resolve(case.question, case.history)
            queries.append(Query(text, case.question, right, len(case.evidence) == 1, ""))
    return queries


def by_signal(signals: Callable[[str], Found], name: str) -> Rank:
    """Rank by one signal of the passages alone."""

    def rank(query: Query) -> Ranking:
        scores = signals(query.text).passages[name]
        return Ranking(np.argsort(-scores, kind="stable").tolist(), float(scores.max()))

    return rank


def by_search(index: LetterIndex, *, read: bool, reader: Reader | None = None) -> Rank:
    """Rank by the whole search, with the joint reader's word or (not ``read``) without.

    The confidence is the best score, or the log-odds of the assistant's ``reader``.
    """
    numbers = {(u.letter.slug, u.passage.anchor): i for i, u in enumerate(units_of(index.letters))}

    def rank(query: Query) -> Ranking:
        hits = index.search(query.text, top=_DEPTH, read=read).hits
        order = [numbers[hit.letter.slug, hit.passage.anchor] for hit in hits]
        if reader is None:
            return Ranking(order, hits[0].fused)
        reading = reader.read(analyse_last(query.last, query.text), hits[:12])
        best = reading.candidates[0]
        words = best.sentence.reading
        answer = best.hit.letter.text[words.start : words.end] if words else best.text
        return Ranking(order, reading.log_odds, answer)

    return rank


def answers(rank: Rank, queries: Iterable[Query]) -> Iterator[Outcome]:
    """Ask every question of one system."""
    for query in queries:
        started = time.perf_counter()
        ranking = rank(query)
        yield Outcome(query, ranking, 1000 * (time.perf_counter() - started))


def measure(outcomes: Sequence[Outcome], *, timed: bool = True) -> Row:
    """Return the measures of one system; without ``timed`` what it takes says nothing of it."""
    ranks: list[int] = []
    above: list[float] = []
    below: list[float] = []
    overlaps: list[float] = []
    for outcome in outcomes:
        query, ranking = outcome.query, outcome.ranking
        (above if query.right else below).append(ranking.confidence)
        if query.right and query.single:
            places = [n for n, passage in enumerate(ranking.passages) if passage in query.right]
            ranks.append(places[0] if places else 10**6)
        if query.right and query.span and ranking.answer:
            overlaps.append(_f1(ranking.answer, query.span))
    found = np.array(ranks)
    return Row(
        tuple(float((found < k).mean()) for k in _KS),
        float((1 / (1 + found)).mean()),
        auc(np.array(above), np.array(below)) if below else None,
        float(np.mean(overlaps)) if overlaps else None,
        median(outcome.milliseconds for outcome in outcomes) if timed else None,
    )


def table(rows: dict[str, Row]) -> str:
    """Return the rows as a table in Markdown."""
    heads = ["", *(f"recall@{k}" for k in _KS), "MRR", "AUC", "span F1", "ms"]
    lines = [heads, ["---"] * len(heads)]
    for name, row in rows.items():
        cells = [f"{value:.2f}" for value in (*row.recall, row.reciprocal_rank)]
        cells += ["–" if value is None else f"{value:.2f}" for value in (row.auc, row.span_f1)]
        lines.append([name, *cells, "–" if row.milliseconds is None else f"{row.milliseconds:.0f}"])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _f1(found: str, wanted: str) -> float:
    """Return the F1 of the words of two answers, as SQuAD measures it (Rajpurkar et al., 2016)."""
    one, other = found.lower().split(), wanted.lower().split()
    shared = sum(min(one.count(word), other.count(word)) for word in set(one))
    return 2 * shared / (len(one) + len(other))
