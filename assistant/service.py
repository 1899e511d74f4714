"""The assistant: a question with its history in, an answer with its places out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant import messages, overview
from assistant.abstain import verdict
from assistant.answer import Answer, Citation, Status
from assistant.compose import compose
from assistant.conversation import resolve
from assistant.draft import Draft, Span, citation_of
from assistant.language import is_dutch
from assistant.question import Question, analyse_last
from assistant.reader import Reader
from assistant.scope import judge
from assistant.settings import Settings
from index.encoder import Progress
from index.hit import Hit
from index.letter_index import LetterIndex, Search
from index.workspace import Notify, Workspace
from ingest.errors import LetterError
from ingest.letter import Letter
from ingest.library import unknown_letter

_NEAREST = 3  # places shown with a refusal
_TOPICAL = 0.42  # token similarity of the best passage, from which the letter treats the subject


def _silent(_: str) -> None:
    """Take a message and do nothing."""


class Assistant:
    """Answers questions from an index of letters; safe to use from several threads."""

    def __init__(self, index: LetterIndex, reader: Reader, settings: Settings) -> None:
        self._index = index
        self._reader = reader
        self._settings = settings

    @classmethod
    def load(
        cls,
        settings: Settings | None = None,
        *,
        notify: Notify = _silent,
        progress: Progress | None = None,
    ) -> Assistant:
        """Load the model and the index, which is built when there is none yet.

        ``notify`` gets a line of Dutch at each step. Raises a VraagbaakError when a letter, the
        model or the index cannot be used.
        """
        from index.sentence_encoder import load_encoder

        settings = settings or Settings()
        workspace = Workspace(settings.home, notify, progress)
        workspace.letters()  # a missing letter is said before the model takes its seconds
        notify("Het taalmodel wordt geladen. Dat duurt ongeveer 10 seconden.")
        index = workspace.open(load_encoder(settings.model))
        return cls(index, Reader.load(), settings)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters it answers from."""
        return self._index.letters

    @property
    def index(self) -> LetterIndex:
        """The index it searches."""
        return self._index

    def search(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        documents: Sequence[str] = (),
        top: int = 10,
    ) -> Search:
        """Return the passages for ``question`` as ranked, before any answer is made.

        Raises LetterError when a letter in ``documents`` is not there.
        """
        known = [letter.slug for letter in self.letters]
        for slug in documents:
            if slug not in known:
                raise LetterError(unknown_letter(slug, known))
        return self._index.search(resolve(question, history), top=top, documents=documents)

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        """Answer ``question``; ``history`` holds the earlier questions, oldest first.

        Raises LetterError when a letter in ``documents`` is not there.
        """
        started = time.perf_counter()
        refused = judge(question, self._settings.max_question_characters)
        if refused:
            status, text = messages.refusal(refused, self._settings.max_question_characters)
            return Answer(question, question.strip(), status, text, timing_ms=_timing(started))
        resolved = resolve(question, history)
        found = self.search(resolved, documents=documents, top=self._settings.candidates)
        read_from = time.perf_counter()
        answer = self._answer(analyse_last(question, resolved), question, found.hits, documents)
        timing = found.timing_ms | {"read": 1000 * (time.perf_counter() - read_from)}
        return replace(
            answer,
            question=question,
            resolved_question=resolved,
            timing_ms=timing | _timing(started),
        )

    def _answer(self, question: Question, last: str, hits: Sequence[Hit], documents: Sequence[str]) -> Answer:
        """Answer ``question``, which stands alone; ``last`` is what was asked last."""
        if question.kind == "summary":
            letters = [x for x in self.letters if not documents or x.slug in documents]
            draft = overview.summarise(last, letters)
            if draft:
                return _answered(question, draft, 1.0)
        reading = self._reader.read(question, hits)
        status = verdict(reading, hits, threshold=self._reader.threshold, topical=_TOPICAL)
        if status != "answered":
            return _refused(question, status, hits, 1 - reading.probability)
        if question.kind == "navigation":
            best = reading.candidates[0]
            span = Span(
                best.hit.letter,
                best.hit.part,
                best.hit.passage,
                best.sentence.start,
                best.sentence.end,
            )
            return _answered(question, overview.locate(span), reading.probability)
        return _answered(question, compose(question, reading.candidates), reading.probability)


def _answered(question: Question, draft: Draft, confidence: float) -> Answer:
    if not is_dutch(question.text):
        draft.note("language", messages.LANGUAGE)
    return Answer(
        question=question.text,
        resolved_question=question.text,
        status="answered",
        answer=draft.text,
        statements=tuple(draft.statements),
        citations=tuple(draft.citations),
        notes=tuple(draft.notes),
        confidence=round(confidence, 3),
    )


def _refused(question: Question, status: Status, hits: Sequence[Hit], confidence: float) -> Answer:
    return Answer(
        question=question.text,
        resolved_question=question.text,
        status=status,
        answer=messages.NOT_STATED if status == "not_stated" else messages.NOT_IN_LETTER,
        nearest=_nearest(hits),
        confidence=round(confidence, 3),
    )


def _nearest(hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """Return the best sentence of each of the best passages, of different sections first."""
    seen: set[tuple[int, tuple[str, ...]]] = set()
    nearest: list[Citation] = []
    for hit in hits:
        place = (hit.part.chapter, hit.part.section)
        if place in seen or len(nearest) == _NEAREST:
            continue
        seen.add(place)
        best = max(hit.sentences, key=lambda s: s.score)
        span = Span(hit.letter, hit.part, hit.passage, best.start, best.end)
        nearest.append(citation_of(span, len(nearest) + 1))
    return tuple(nearest)


def _timing(started: float) -> dict[str, float]:
    return {"total": 1000 * (time.perf_counter() - started)}
