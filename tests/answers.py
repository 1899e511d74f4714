"""Answers made of a real letter without a model: the passage that shares most words with a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Statement, Status
from index.analysis import terms
from ingest.letter import Letter, Part, Passage
from ingest.sentences import sentence_spans


def cite(letter: Letter, place: tuple[Part, Passage], marker: int = 1) -> Citation:
    """Cite the first sentence of a passage."""
    part, passage = place
    start, end = (passage.start + at for at in sentence_spans(passage.text)[0])
    return Citation.of(letter, part, passage, marker=marker, start=start, end=end)


def answer_of(letter: Letter, question: str, *places: int, status: Status = "answered") -> Answer:
    """State the first sentences of the passages with these numbers; refuse with them as nearest."""
    all_places = list(letter.places)
    citations = tuple(cite(letter, all_places[place], n) for n, place in enumerate(places, start=1))
    if status != "answered":
        return Answer(question, question, status, "Dat staat niet in de brief.", nearest=citations)
    statements = tuple(Statement(c.quote, (c.marker,), c.voice) for c in citations)
    text = "\n".join(f"{s.text} [{s.markers[0]}]" for s in statements)
    return Answer(question, question, status, text, statements, citations)


class WordFinder:
    """Answers with the passages that share most words with the question; refuses when none does."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        self._terms = [set(terms(passage.text)) for _, passage in letter.places]

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        if not question.strip():
            return Answer(question, question, "invalid", "U hebt nog geen vraag gesteld. Typ een vraag.")
        resolved = " ".join([*history, question])
        shared = [len(own & set(terms(resolved))) for own in self._terms]
        best = sorted(range(len(shared)), key=lambda n: -shared[n])[:2]
        status: Status = "answered" if shared[best[0]] else "not_stated"
        answer = answer_of(self._letter, question, *best, status=status)
        return replace(answer, resolved_question=resolved)
