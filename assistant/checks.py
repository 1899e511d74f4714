"""What staff check: an answer in the queue, the claims it makes, and their verdict on each."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answer import Answer, Citation
from index.analysis import words
from ingest.letter import Letter, Part, Passage, Voice

Source = Literal["feedback", "run", "typed"]
Judgement = Literal["right", "wrong", "incomplete"]
ClaimKind = Literal["lead", "statement", "note", "refusal"]

MAX_REMARK_CHARACTERS = 2000
_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_INITIALS = re.compile(r"[^\W\d_](?:[^\W\d_]|[.\- ])*")
_MAX_INITIALS = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing an answer says that can be right or wrong, with the citations that carry it."""

    kind: ClaimKind
    text: str
    citations: tuple[Citation, ...]
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a letter; ``text`` is kept with it, so that a change of the letter shows."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What staff say of one claim; ``place`` is the paragraph that should have been cited."""

    judgement: Judgement | None = None
    remark: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The verdicts on all claims of an answer, in their order; ``at`` is ISO 8601 in UTC.

    ``unanswerable`` says that the letters do not answer the question, though an answer was given.
    """

    initials: str
    at: str
    verdicts: tuple[Verdict, ...]
    unanswerable: bool = False

    @property
    def complete(self) -> bool:
        """Whether every claim has a verdict."""
        return all(verdict.judgement for verdict in self.verdicts)

    @property
    def approves(self) -> bool:
        """Whether the answer is right as it stands."""
        return not self.unanswerable and all(v.judgement == "right" for v in self.verdicts)

    def same_as(self, other: Check | None) -> bool:
        """Tell whether ``other`` is the same check but for its time, as after a double submit."""
        return other is not None and self == replace(other, at=self.at)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader of an answer thought of it."""

    at: str
    useful: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Change:
    """One saving of a check: who, when, and what was there before."""

    at: str
    who: str
    before: Check | None
    after: Check


@dataclass(frozen=True, slots=True)
class Item:
    """An answer in the queue; ``version`` goes up with every check that is saved."""

    number: int
    version: int
    source: Source
    added: str
    open: bool
    question: str
    history: tuple[str, ...]
    answer: Answer
    check: Check | None
    feedback: tuple[Feedback, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What there is to judge."""
        return claims(self.answer)


def claims(answer: Answer) -> tuple[Claim, ...]:
    """Return what ``answer`` says, in reading order: its lead, its statements, its notes that cite.

    A refusal makes one claim: that the letters do not answer; beside it stand the nearest places. Checks
    are stored by the order of the claims: a change here needs a migration of the store.
    """
    if not answer.statements and not answer.citations:
        return (Claim("refusal", answer.answer, answer.nearest),)
    by_marker = {citation.marker: citation for citation in answer.citations}

    def cited(markers: tuple[int, ...]) -> tuple[Citation, ...]:
        return tuple(by_marker[marker] for marker in dict.fromkeys(markers) if marker in by_marker)

    found: list[Claim] = []
    if answer.lead:
        markers = tuple(int(marker) for marker in _MARKER.findall(answer.lead))
        found.append(Claim("lead", _MARKER.sub("", answer.lead), cited(markers)))
    found += [Claim("statement", s.text, cited(s.markers), s.voice) for s in answer.statements]
    found += [Claim("note", n.text, cited(n.markers)) for n in answer.notes if n.markers]
    return tuple(found) or (Claim("lead", answer.answer, answer.citations),)


def key_of(answer: Answer) -> str:
    """Return a digest of question, answer and cited paragraphs: other than before when any of them is.

    Questions that differ in case, accents or punctuation only count as the same.
    """
    cited = answer.citations or answer.nearest
    content = (
        " ".join(words(answer.resolved_question)),
        answer.status,
        answer.answer,
        [(s.text, s.markers, s.voice) for s in answer.statements],
        [(n.kind, n.text, n.markers) for n in answer.notes],
        [(c.marker, c.document, c.voice, c.quote, c.passage) for c in cited],
    )
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def still_there(answer: Answer, letters: Mapping[str, Letter]) -> bool:
    """Tell whether every paragraph that ``answer`` cites stands in the letters as it did."""
    cited = answer.citations or answer.nearest
    there = {
        (slug, passage.text)
        for slug in {citation.document for citation in cited}
        if slug in letters
        for _, passage in letters[slug].places
    }
    return all((citation.document, citation.passage) in there for citation in cited)


def passage_at(
    letters: Mapping[str, Letter], document: str, start: int, end: int
) -> tuple[Letter, Part, Passage] | None:
    """Return the paragraph with exactly these offsets, None when there is none."""
    letter = letters.get(document)
    for part, passage in letter.places if letter else ():
        if letter and (passage.start, passage.end) == (start, end):
            return letter, part, passage
    return None


def are_initials(text: str) -> bool:
    """Tell whether ``text`` can be somebody's initials: a few letters, with dots, hyphens or spaces."""
    return len(text) <= _MAX_INITIALS and _INITIALS.fullmatch(text) is not None
