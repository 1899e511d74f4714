"""The answer and its parts, as the contract of the README gives them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ingest.letter import Letter, Part, Passage, Voice, chapter_name

Status = Literal["answered", "not_stated", "not_in_letter", "out_of_scope", "invalid"]
NoteKind = Literal["caveat", "contradiction", "premise", "language"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with its exact place; ``start`` and ``end`` are its offsets in the letter's text."""

    marker: int
    document: str
    chapter: int
    chapter_title: str
    section: tuple[str, ...]
    section_number: str
    heading: str
    paragraph: int
    page: int
    quote: str
    passage: str
    passage_start: int
    start: int
    end: int
    voice: Voice
    anchor: str

    @classmethod
    def of(
        cls, letter: Letter, part: Part, passage: Passage, *, marker: int, start: int, end: int
    ) -> Citation:
        """Cite ``letter.text[start:end]``, which lies inside ``passage``."""
        return cls(
            marker=marker,
            document=letter.slug,
            chapter=part.chapter,
            chapter_title=part.chapter_title,
            section=part.section,
            section_number=part.section_number,
            heading=part.heading,
            paragraph=passage.number,
            page=passage.page,
            quote=letter.text[start:end],
            passage=passage.text,
            passage_start=passage.start,
            start=start,
            end=end,
            voice=part.voice,
            anchor=passage.anchor,
        )

    @property
    def chapter_name(self) -> str:
        """The chapter as one says it."""
        return chapter_name(self.chapter, self.chapter_title)

    @property
    def label(self) -> str:
        """The place in words, e.g. "Hoofdstuk 5 › Mbo › Wat staat er in het akkoord? › alinea 1 (p. 24)"."""
        section = f"{self.section_number} {self.section[-1]}".strip() if self.section else ""
        page = f" (p. {self.page})" if self.page else ""  # a Word file may not say
        steps = [self.chapter_name, section, self.heading, f"alinea {self.paragraph}{page}"]
        return " › ".join(step for step in steps if step)

    @property
    def url(self) -> str:
        """The address of the paragraph on the letter's page."""
        return f"/brief/{self.document}#{self.anchor}"

    def to_dict(self) -> dict[str, Any]:
        """Return the citation as the contract's JSON object."""
        fields = asdict(self)
        del fields["passage_start"], fields["anchor"]
        return fields | {"section": list(self.section), "label": self.label, "url": self.url}


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the answer says, with the numbers of the citations that carry it."""

    text: str
    markers: tuple[int, ...]
    voice: Voice


@dataclass(frozen=True, slots=True)
class Note:
    """A remark beside the answer, such as the caveat of a cited passage."""

    kind: NoteKind
    text: str
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question; ``timing_ms`` is in milliseconds per stage."""

    question: str
    resolved_question: str
    status: Status
    answer: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    confidence: float = 0.0
    timing_ms: dict[str, float] = field(default_factory=dict)
    id: str = ""

    @property
    def lead(self) -> str:
        """What it says before its first statement: the decisive figure or words, or all of a refusal."""
        if not self.statements:
            return self.answer
        before, found, _ = self.answer.partition(self.statements[0].text)
        return before.strip() if found else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as the contract's JSON object."""
        return {
            "id": self.id,
            "question": self.question,
            "resolved_question": self.resolved_question,
            "status": self.status,
            "answer": self.answer,
            "statements": [asdict(s) | {"markers": list(s.markers)} for s in self.statements],
            "citations": [c.to_dict() for c in self.citations],
            "nearest": [c.to_dict() for c in self.nearest],
            "notes": [asdict(n) | {"markers": list(n.markers)} for n in self.notes],
            "confidence": self.confidence,
            "timing_ms": self.timing_ms,
        }
