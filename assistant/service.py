"""The assistant: a question with its history in, an answer with its places out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import messages, overview
from assistant.abstain import names_person, verdict
from assistant.answer import Answer, Citation, Status
from assistant.compose import compose
from assistant.conversation import plain, resolve
from assistant.draft import Draft, Span, citation_of
from assistant.gather import gathered
from assistant.language import is_dutch
from assistant.parts import split
from assistant.question import Question, analyse_last
from assistant.reader import Reader
from assistant.refuse import refuse
from assistant.scope import judge
from assistant.settings import Settings
from index.encoder import Progress
from index.hit import Hit
from index.letter_index import LetterIndex, Search
from index.workspace import Notify, Workspace
from ingest.errors import LetterError
from ingest.letter import Letter
from ingest.letter_store import unknown_letter

_NEAREST = 3  # places shown with a refusal


def _silent(_: str) -> None:
    """Take a message and do nothing."""


class Assistant:
    """Answers questions from an index of letters; safe to use from several threads."""

    def __init__(self, index: LetterIndex, reader: Reader, settings: Settings) -> None:
        self._index = index
        self._reader = reader
        self._settings = settings
        self._chosen(settings.documents)

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
        return cls(index, Reader.load(joint=index.encoder.reader is not None), settings)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The letters it answers from when a question names none."""
        return self._chosen(self._settings.documents)

    @property
    def reader(self) -> Reader:
        """The reader it ranks sentences with."""
        return self._reader

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
        slugs = [letter.slug for letter in self._chosen(documents or self._settings.documents)]
        return self._index.search(self._resolve(question, history), top=top, documents=slugs)

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        """Answer ``question``; ``history`` holds the earlier questions, oldest first.

        Raises LetterError when a letter in ``documents`` is not there.
        """
        started = time.perf_counter()
        refused = refuse(question, self._settings.max_question_characters)
        if refused:
            return replace(refused, timing_ms=_timing(started))
        resolved = self._resolve(question, history)
        asked = split(resolved)
        if len(asked) == 1:
            outcomes = [self._outcome(analyse_last(plain(question), resolved), question, documents)]
        else:
            outcomes = [
                self._outcome(analyse_last(part, resolve(part, asked[:i])), part, documents, partly=True)
                for i, part in enumerate(asked)
            ]
        timing = {stage: sum(o.timing_ms[stage] for o in outcomes) for stage in outcomes[0].timing_ms}
        return replace(
            _merged(outcomes),
            question=question,
            resolved_question=resolved,
            timing_ms=timing | _timing(started),
        )

    def _resolve(self, question: str, history: Sequence[str]) -> str:
        """Make ``question`` stand alone; earlier turns that were no questions do not count."""
        limit = self._settings.max_question_characters
        return resolve(plain(question), [earlier for earlier in history if judge(earlier, limit) is None])

    def _chosen(self, documents: Sequence[str]) -> tuple[Letter, ...]:
        """Return the letters named by ``documents``, all when none is. Raises LetterError."""
        known = {letter.slug: letter for letter in self._index.letters}
        for slug in documents:
            if slug not in known:
                raise LetterError(unknown_letter(slug, list(known)))
        return tuple(known[slug] for slug in documents or known)

    def _outcome(
        self, question: Question, last: str, documents: Sequence[str], *, partly: bool = False
    ) -> _Outcome:
        """Search and read for ``question``, which stands alone; ``last`` is what was asked last."""
        # A name stands in few words, such as a signature, and ranks low.
        top = self._settings.candidates * (2 if question.wants_person else 1)
        found = self.search(question.text, documents=documents, top=top)
        started = time.perf_counter()
        reading = self._reader.read(question, found.hits)
        if question.wants_person:
            reading = reading.led_by(lambda c: names_person(c, question))
        status: Status = "answered"
        letters = self._chosen(documents or self._settings.documents)
        draft = overview.summarise(last, letters) if question.kind == "summary" else None
        draft = draft or gathered(question, last, letters)
        if draft is None:
            status = verdict(question, reading, found.hits, self._reader.bars)
            if status == "answered" and question.kind == "navigation":
                draft = overview.locate(reading.candidates[0].span)
            elif status == "answered":
                draft = compose(question, reading.candidates, bars=self._reader.bars, partly=partly)
        retrieve = sum(found.timing_ms.values())
        timing = {"retrieve": retrieve} | found.timing_ms | {"read": 1000 * (time.perf_counter() - started)}
        return _Outcome(question, last, status, draft, found.hits, reading.probability, timing)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one question, as ``asked``; ``draft`` is None for a refusal."""

    question: Question
    asked: str
    status: Status
    draft: Draft | None
    hits: Sequence[Hit]
    probability: float
    timing_ms: dict[str, float]


def _merged(outcomes: Sequence[_Outcome]) -> Answer:
    """Return one answer; a part that the letter does not answer is said."""
    first = outcomes[0]
    whole = first.draft if len(outcomes) == 1 else Draft()
    drafts = [o.draft for o in outcomes if o.draft is not None]
    if not drafts or whole is None:
        stated = [o for o in outcomes if o.status == "not_stated"]  # the nearest no of several
        return _refused((stated or list(outcomes))[0])
    if len(outcomes) > 1:
        for draft in drafts:
            whole.absorb(draft)
        for outcome in outcomes:
            if outcome.draft is None:
                whole.note("premise", messages.PARTLY.format(part=outcome.asked))
    if not all(is_dutch(outcome.question.text) for outcome in outcomes):
        whole.note("language", messages.LANGUAGE)
    return Answer(
        question=first.question.text,
        resolved_question=first.question.text,
        status="answered",
        answer=whole.text,
        statements=tuple(whole.statements),
        citations=tuple(whole.citations),
        notes=tuple(whole.notes),
        confidence=round(max(o.probability for o in outcomes), 3),
    )


def _refused(outcome: _Outcome) -> Answer:
    text = messages.NOT_STATED if outcome.status == "not_stated" else messages.NOT_IN_LETTER
    return Answer(
        question=outcome.question.text,
        resolved_question=outcome.question.text,
        status=outcome.status,
        answer=text,
        nearest=_nearest(outcome.hits),
        confidence=round(1 - outcome.probability, 3),
    )


def _nearest(hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """Return the best sentence of each of the best passages, those of other sections first."""
    seen: set[tuple[str, int, tuple[str, ...]]] = set()
    others: list[Hit] = []
    chosen: list[Hit] = []
    for hit in hits:
        place = (hit.letter.slug, hit.part.chapter, hit.part.section)
        (others if place in seen else chosen).append(hit)
        seen.add(place)
    nearest: list[Citation] = []
    for marker, hit in enumerate([*chosen, *others][:_NEAREST], start=1):
        best = max(hit.sentences, key=lambda s: s.score)
        span = Span(hit.letter, hit.part, hit.passage, best.start, best.end)
        nearest.append(citation_of(span, marker))
    return tuple(nearest)


def _timing(started: float) -> dict[str, float]:
    return {"total": 1000 * (time.perf_counter() - started)}
