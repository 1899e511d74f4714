"""Answers about the letter's build: what a chapter is about, and where a subject stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, Span
from assistant.places import chapters_named
from index.analysis import words
from ingest.letter import Letter, Part
from ingest.sentences import sentence_spans

_MAX_STATEMENTS = 9
_MAX_WORDS = 260
# The letter itself, with no subject after it: its opening says what it is about.
_WHOLE_LETTER = re.compile(
    r"\b(?:aanbiedings|begeleidende |inleidende )?brief\b(?!.*\b(?:over|zegt|staat)\s+\w)", re.IGNORECASE
)


def summarise(question: str, letters: Sequence[Letter]) -> Draft | None:
    """Return key sentences of the chapter that ``question`` names, None when it names none."""
    for letter in letters:
        chapter = _chapter_asked(question, letter)
        if chapter is not None:
            return _of_parts([part for part in letter.parts if part.chapter == chapter], letter)
    return None


def locate(span: Span) -> Draft:
    """Return the words of ``span`` with the place where they stand as the lead."""
    draft = Draft()
    place = " › ".join(step for step in (*span.part.section, span.part.heading) if step)
    under = f", onder ‘{place}’" if place else ""
    draft.state(span)
    page = f", pagina {span.passage.page}" if span.passage.page else ""
    draft.lead = f"{span.part.name}{under}, alinea {span.passage.number}{page}."
    return draft


def _chapter_asked(question: str, letter: Letter) -> int | None:
    numbers = {part.chapter for part in letter.parts}
    if named := numbers & chapters_named(question):
        return min(named)
    asked = f" {' '.join(words(question))} "
    for part in letter.parts:
        title = " ".join(words(part.chapter_title))
        if title and f" {title} " in asked:
            return part.chapter
    if _WHOLE_LETTER.search(question):
        return min(numbers)
    return None


def _of_parts(parts: Sequence[Part], letter: Letter) -> Draft | None:
    """Take the opening sentence of each heading; with many of them of each section, or outer one."""
    openings: list[Span] = []
    for part in parts:
        passage = next((p for p in part.passages if p.kind in ("text", "list")), None)
        if passage:
            start, end = sentence_spans(passage.text)[0]
            openings.append(Span(letter, part, passage, passage.start + start, passage.start + end))
    if not openings:
        return None
    chosen = openings
    for depth in (None, 1):
        if len(chosen) > _MAX_STATEMENTS:
            first = {span.part.section[:depth]: span for span in reversed(openings)}
            chosen = sorted(first.values(), key=lambda span: span.start)
    if len(chosen) > _MAX_STATEMENTS:
        step = len(chosen) / _MAX_STATEMENTS
        chosen = [chosen[int(i * step)] for i in range(_MAX_STATEMENTS)]
    draft, total = Draft(), 0
    for span in chosen:
        total += span.words
        if draft.statements and total > _MAX_WORDS:
            break
        draft.state(span)
    return draft
