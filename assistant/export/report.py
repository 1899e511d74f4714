"""A conversation to take along: what every form of it says, in which order, with which notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.answer import Answer, Citation
from assistant.citing import letter_name, reference
from assistant.messages import NOTES, REFUSALS, VOICE_NAMES
from ingest.errors import VraagbaakError
from ingest.letter import Letter, dutch_date

Role = Literal["read_as", "refusal", "explanation", "lead", "statement", "note", "nearest"]

_MARKER = re.compile(r"\s?\[\d{1,3}\]")
_BULLET = "• "


class EmptyConversationError(VraagbaakError):
    """There is nothing to take along yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said: ``label`` names who says it or what it is, "" where nothing does."""

    role: Role
    label: str
    text: str
    sources: tuple[Citation, ...] = ()

    @property
    def opening(self) -> str:
        """The label as it stands before the text."""
        return f"{self.label}: " if self.label else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A question with the lines of its answer."""

    question: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Answers with the letters that they cite, by slug, taken along on the day ``made``."""

    answers: tuple[Answer, ...]
    letters: Mapping[str, Letter]
    made: date

    @classmethod
    def of(cls, answers: Sequence[Answer], letters: Sequence[Letter], made: date) -> Report:
        """Return the report of ``answers``. Raises EmptyConversationError where there are none."""
        if not answers:
            raise EmptyConversationError(
                "Er is nog geen gesprek om mee te nemen. Stel eerst een vraag in de chat en probeer het "
                "daarna opnieuw."
            )
        return cls(tuple(answers), {letter.slug: letter for letter in letters}, made)

    @property
    def title(self) -> str:
        """What it is called."""
        return "Antwoord van Vraagbaak" if len(self.answers) == 1 else "Gesprek met Vraagbaak"

    @property
    def origin(self) -> str:
        """How it was made, from which letters, and what a reader should do with it."""
        cited = {c.document for a in self.answers for c in (*a.citations, *a.nearest)} or set(self.letters)
        names = [letter_name(letter) for slug, letter in self.letters.items() if slug in cited]
        letters = "; ".join(names)
        verbatim = (
            "De zinnen achter Akkoord en VNG staan letterlijk in de brief"
            if all(map(_is_verbatim, self.answers))
            else "Niet alle zinnen achter Akkoord en VNG staan letterlijk in de brief"
        )
        return (
            f"Gemaakt met Vraagbaak op {dutch_date(self.made)} uit: {letters}. {verbatim}; de noten "
            "zeggen waar. Vraagbaak kan iets missen: controleer de bron voordat u hieruit citeert."
        )

    @property
    def sections(self) -> Iterator[Section]:
        """The questions with their answers, in the order in which they were asked."""
        for answer in self.answers:
            yield Section(answer.question, tuple(_lines(answer)))

    def note(self, citation: Citation, section: Section) -> str:
        """Return the note for ``citation``: the place, and the quote where ``section`` does not say it."""
        letter = self.letters.get(citation.document)
        place = reference(citation, letter) if letter else citation.label  # removed since it was asked
        said = " ".join(word for line in section.lines for word in line.text.split())
        quote = " ".join(citation.quote.removeprefix(_BULLET).split())
        return f"{place}." if quote in said else f"{place}: “{quote}”"


class Numbering:
    """Numbers the notes: a quote that comes back keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}

    def number(self, citation: Citation) -> tuple[int, bool]:
        """Return the number of the note to ``citation``, and whether it is new."""
        key = (citation.document, citation.start, citation.end)
        is_new = key not in self._numbers
        return self._numbers.setdefault(key, len(self._numbers) + 1), is_new


def _is_verbatim(answer: Answer) -> bool:
    quotes = {c.marker: c.quote for c in answer.citations}
    return all(any(s.text in quotes.get(m, "") for m in s.markers) for s in answer.statements)


def _lines(answer: Answer) -> Iterator[Line]:
    sources = {c.marker: c for c in answer.citations}

    def cited(markers: Sequence[int]) -> tuple[Citation, ...]:
        return tuple(sources[marker] for marker in markers if marker in sources)

    if answer.resolved_question not in ("", answer.question):
        yield Line("read_as", "Gelezen als", answer.resolved_question)
    if answer.status in REFUSALS:
        yield Line("refusal", "", REFUSALS[answer.status])
        yield Line("explanation", "", answer.lead)
    elif answer.lead:
        markers = [int(marker) for marker in re.findall(r"\[(\d{1,3})\]", answer.lead)]
        yield Line("lead", "", _MARKER.sub("", answer.lead), cited(markers))
    for statement in answer.statements:
        yield Line("statement", VOICE_NAMES[statement.voice], statement.text, cited(statement.markers))
    for note in answer.notes:
        yield Line("note", NOTES[note.kind], note.text, cited(note.markers))
    for place in answer.nearest:
        yield Line("nearest", VOICE_NAMES[place.voice], place.quote, (place,))
