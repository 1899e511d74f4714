"""The assistant: a question with its history in, an answer with its places out."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant import messages, overview
from assistant.abstain import names_person, verdict
from assistant.answer import Answer, Status
from assistant.changes import all_changes, on_subject, pair_asked, subject_of
from assistant.compose import compose
from assistant.conversation import plain, resolve
from assistant.draft import Draft
from assistant.formalities import of_letter
from assistant.gather import gathered
from assistant.outcome import Outcome, merged
from assistant.parts import split
from assistant.places import chapters_named, without_chapters
from assistant.premise import taken_for_granted
from assistant.question import Question, analyse_last
from assistant.reader import Reader, Reading
from assistant.refuse import refuse
from assistant.scope import judge
from assistant.settings import Settings
from index.encoder import Progress
from index.letter_index import LetterIndex, Search
from index.workspace import Notify, Workspace
from ingest.errors import LetterError
from ingest.letter import Letter
from ingest.letter_store import unknown_letter

# Of how well any passage meets the question's naming words, what one of the chapter named must reach.
_AS_WELL = 0.75


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

    def renewed(self, *, notify: Notify = _silent, progress: Progress | None = None) -> Assistant:
        """Return an assistant for the letters as they are now, with the model that is loaded already.

        Raises a VraagbaakError when a letter or the index cannot be used.
        """
        workspace = Workspace(self._settings.home, notify, progress)
        return Assistant(workspace.open(self._index.encoder), self._reader, self._settings)

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
        outcomes = self.outcomes(question, history, documents)
        return replace(
            merged(outcomes),
            question=question,
            resolved_question=self._resolve(question, history),
            timing_ms=outcomes[0].after(outcomes[1:]).timing_ms | _timing(started),
        )

    def outcomes(
        self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()
    ) -> list[Outcome]:
        """Answer each of the questions asked in one, before they are made one answer."""
        outcomes = self._compared(question, documents)
        if not outcomes:
            asked = split(plain(question))
            for number in range(len(asked)):
                outcomes.append(self._part(asked, number, history, documents, outcomes))
        return outcomes

    def _part(
        self,
        asked: Sequence[str],
        number: int,
        history: Sequence[str],
        documents: Sequence[str],
        former: Sequence[Outcome],
    ) -> Outcome:
        """Answer one of the questions ``asked`` in one; ``former`` came of those before it.

        A later one may lean on the one before it in ways that its words do not show: it is asked alone
        and after the one before. What the reader is surest of counts, but what only says the former
        answer again gives way to what does not.
        """
        part, partly = asked[number], len(asked) > 1
        texts = [self._resolve(part, [*history, *asked[:number]])]
        if number:
            texts.append(part if texts[0] != part else f"{asked[number - 1]} {part}")
        outcomes = [self._placed(analyse_last(part, text), part, documents, partly=partly) for text in texts]
        best = max(outcomes, key=lambda outcome: (not outcome.repeats(former), outcome.probability))
        return best.after(other for other in outcomes if other is not best)

    def _compared(self, question: str, documents: Sequence[str]) -> list[Outcome]:
        """Answer a question for what changed between two letters; nothing for another question."""
        pair = pair_asked(question, self._chosen(documents), self._index.letters)
        if pair is None:
            return []
        subject = subject_of(question)
        if not subject:
            asked = analyse_last(question, question)
            return [Outcome(asked, question, "answered", all_changes(*pair), (), 1.0, 1.0, {})]
        about = messages.ABOUT.format(subject=subject)
        older, newer = (
            self._outcome(analyse_last(about, about), about, [letter.slug], (), partly=True)
            for letter in pair
        )
        draft = on_subject(pair, older.draft, newer.draft)
        status = "answered" if draft else newer.status
        return [replace(newer, draft=draft, status=status).after([older])]

    def _resolve(self, question: str, history: Sequence[str]) -> str:
        """Make ``question`` stand alone; earlier turns that were no questions do not count."""
        limit = self._settings.max_question_characters
        return resolve(plain(question), [earlier for earlier in history if judge(earlier, limit) is None])

    def _chosen(self, documents: Sequence[str]) -> tuple[Letter, ...]:
        """Return the letters named by ``documents``; without names those that no other replaced.

        Raises LetterError.
        """
        known = {letter.slug: letter for letter in self._index.letters}
        for slug in documents:
            if slug not in known:
                raise LetterError(unknown_letter(slug, list(known)))
        current = [slug for slug, letter in known.items() if letter.replaced_by not in known]
        return tuple(known[slug] for slug in documents or current)

    def _placed(self, question: Question, last: str, documents: Sequence[str], *, partly: bool) -> Outcome:
        """Answer from the chapters that ``last`` names, from elsewhere if they have no answer."""
        if question.kind in ("summary", "navigation"):
            return self._outcome(question, last, documents, (), partly=partly)
        chapters = chapters_named(last)
        if not chapters:
            return self._outcome(question, last, documents, (), partly=partly)
        subject = replace(question, text=without_chapters(question.text))
        outcome = self._outcome(subject, last, documents, chapters, partly=partly)
        anywhere = self._outcome(subject, last, documents, (), partly=partly)
        if outcome.draft is not None and outcome.meets >= _AS_WELL * anywhere.meets:
            return outcome.after([anywhere])
        if anywhere.draft is not None:
            anywhere.draft.note("premise", messages.ELSEWHERE)
        return anywhere.after([outcome])

    def _outcome(
        self,
        question: Question,
        last: str,
        documents: Sequence[str],
        chapters: Collection[int],
        *,
        partly: bool,
    ) -> Outcome:
        """Search and read for ``question``, which stands alone; ``last`` is what was asked last."""
        found, reading, timing = self._read(question, documents, chapters)
        status: Status = "answered"
        letters = self._chosen(documents or self._settings.documents)
        draft = overview.summarise(last, letters) if question.kind == "summary" else None
        draft = draft or of_letter(last, letters) or gathered(question, last, letters)
        if draft is None and question.kind == "summary" and chapters_named(last):
            status = "not_in_letter"  # there is no such chapter
        elif draft is None:
            status = verdict(question, reading, found.hits, self._reader.bars)
            if status == "answered" and question.kind == "navigation":
                draft = overview.locate(reading.candidates[0].span)
            elif status == "answered":
                draft = compose(question, reading.candidates, bars=self._reader.bars, partly=partly)
                draft = self._denied(question, last, documents) or draft
        sure = self._reader.certainty.of(reading)
        return Outcome(question, last, status, draft, found.hits, reading.probability, sure, timing)

    def _read(
        self, question: Question, documents: Sequence[str], chapters: Collection[int] = ()
    ) -> tuple[Search, Reading, dict[str, float]]:
        """Search and read; the milliseconds are by stage."""
        # A name stands in few words, such as a signature, and ranks low.
        top = self._settings.candidates * (2 if question.wants_person else 1)
        slugs = [letter.slug for letter in self._chosen(documents or self._settings.documents)]
        found = self._index.search(question.text, top=top, documents=slugs, chapters=chapters)
        started = time.perf_counter()
        reading = self._reader.read(question, found.hits)
        if question.wants_person:
            reading = reading.led_by(lambda c: names_person(c, question))
        read = 1000 * (time.perf_counter() - started)
        return found, reading, {"retrieve": sum(found.timing_ms.values()), **found.timing_ms, "read": read}

    def _denied(self, question: Question, last: str, documents: Sequence[str]) -> Draft | None:
        """Return what the letter says where it denies what a question for a reason takes for granted."""
        claim = taken_for_granted(last)
        if claim is None:
            return None
        text = question.text.removesuffix(last) + claim
        asked = analyse_last(claim, text)
        found, reading, _ = self._read(asked, documents)
        if verdict(asked, reading, found.hits, self._reader.bars) != "answered":
            return None
        draft = compose(asked, reading.candidates, bars=self._reader.bars)
        if draft.lead != messages.STANCES["no"]:
            return None
        draft.lead = messages.DENIED
        return draft


def _timing(started: float) -> dict[str, float]:
    return {"total": 1000 * (time.perf_counter() - started)}
