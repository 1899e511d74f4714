"""An answer in the making: statements and notes, each tied to numbered citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Citation, Note, NoteKind, Statement
from ingest.letter import Letter, Part, Passage

_OPENINGS: dict[NoteKind, str] = {"caveat": "Let op: ", "contradiction": "Let op: "}
_BULLET = re.compile(r"^• ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one passage; ``start`` and ``end`` are offsets in the letter's text."""

    letter: Letter
    part: Part
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the span, verbatim."""
        return self.letter.text[self.start : self.end]

    @property
    def words(self) -> int:
        """How many words the span holds."""
        return len(self.text.split())

    def holds(self, other: Span) -> bool:
        """Tell whether ``other`` lies within this span."""
        return self.letter is other.letter and self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Tell whether both lie in one passage and overlap or follow each other directly."""
        if self.passage is not other.passage:
            return False
        first, second = sorted((self, other), key=lambda span: span.start)
        return not self.letter.text[first.end : second.start].strip() or second.start < first.end

    def join(self, other: Span) -> Span:
        """Return the stretch that holds both."""
        start, end = min(self.start, other.start), max(self.end, other.end)
        return Span(self.letter, self.part, self.passage, start, end)


@dataclass(slots=True)
class Draft:
    """Collects what an answer says; a span that is cited twice keeps its number.

    ``lead`` are the decisive words of the first statement, which go before it.
    """

    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    lead: str = ""

    def cite(self, span: Span) -> int:
        """Return the number of the citation of ``span``."""
        for citation in self.citations:
            if (citation.document, citation.start, citation.end) == (
                span.letter.slug,
                span.start,
                span.end,
            ):
                return citation.marker
        marker = len(self.citations) + 1
        self.citations.append(citation_of(span, marker))
        return marker

    def state(self, span: Span) -> None:
        """Add a statement: the words of ``span``."""
        marker = self.cite(span)
        self.statements.append(Statement(tidy(span.text), (marker,), span.part.voice))

    def note(self, kind: NoteKind, text: str, *spans: Span) -> None:
        """Add a remark that rests on ``spans``."""
        self.remark(kind, text, [self.cite(span) for span in spans])

    def remark(self, kind: NoteKind, text: str, markers: Sequence[int]) -> None:
        """Add a remark on the citations with these numbers."""
        self.notes.append(Note(kind, text, tuple(markers)))

    def absorb(self, other: Draft) -> None:
        """Add what ``other`` says, with its citations renumbered; its lead is left out."""
        numbers = {}
        for citation in other.citations:
            same = next((c for c in self.citations if c == replace(citation, marker=c.marker)), None)
            if same is None:
                same = replace(citation, marker=len(self.citations) + 1)
                self.citations.append(same)
            numbers[citation.marker] = same.marker
        for statement in other.statements:
            moved = replace(statement, markers=tuple(numbers[m] for m in statement.markers))
            if moved not in self.statements:
                self.statements.append(moved)
        for note in other.notes:
            brought = replace(note, markers=tuple(numbers[m] for m in note.markers))
            if brought not in self.notes:
                self.notes.append(brought)

    @property
    def text(self) -> str:
        """Statements and notes as plain text with [1] markers, a line each."""
        lines = [f"{s.text} {_marks(s.markers)}" for s in self.statements]
        if self.lead:
            lines.insert(0, f"{self.lead} {_marks(self.statements[0].markers)}")
        lines += [f"{_OPENINGS.get(n.kind, '')}{n.text} {_marks(n.markers)}".strip() for n in self.notes]
        return "\n".join(lines)


def citation_of(span: Span, marker: int) -> Citation:
    """Return the citation of ``span``."""
    return Citation.of(span.letter, span.part, span.passage, marker=marker, start=span.start, end=span.end)


def tidy(text: str) -> str:
    """Return a single list item without its bullet; a whole list keeps its form."""
    return text[2:] if text.startswith("• ") and len(_BULLET.findall(text)) == 1 else text


def _marks(markers: tuple[int, ...]) -> str:
    return "".join(f"[{marker}]" for marker in markers)
