"""Questions to go on with after an answer: each was asked, and the letter answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answer import Answer, Citation
from assistant.topics import Casing, question_about
from ingest.letter import Letter, Part

FOLLOW_UPS = 3
_TRIED = 6  # candidates asked at most: some 100 ms each
_Section = tuple[int, tuple[str, ...]]


def follow_ups(answer: Answer, letters: Sequence[Letter], ask: Callable[[str], Answer]) -> list[str]:
    """Return questions about the other half of what was cited first, and about the sections beside it.

    Only those that ``ask`` answers from the section they are about.
    """
    letter = next((x for x in letters for c in answer.citations[:1] if x.slug == c.document), None)
    if letter is None:
        return []
    found: list[str] = []
    for tried, (question, section) in enumerate(_candidates(answer.citations, letter)):
        if len(found) == FOLLOW_UPS or tried == _TRIED:
            break
        if question != answer.question and question not in found:
            given = ask(question)
            if given.status == "answered" and any(_section(c) == section for c in given.citations):
                found.append(question)
    return found


def _candidates(citations: Sequence[Citation], letter: Letter) -> Iterator[tuple[str, _Section]]:
    sections: dict[_Section, list[Part]] = {}
    for part in letter.parts:
        if part.section:
            sections.setdefault((part.chapter, part.section), []).append(part)
    order = list(sections)
    here = _section(citations[0])
    if here not in sections:
        return
    casing = Casing(letter)
    cited = {c.voice for c in citations if _section(c) == here}
    place = order.index(here)
    beside = [order[i] for i in (place + 1, place - 1) if 0 <= i < len(order) and order[i][0] == here[0]]
    for section in (here, *beside):
        topic = casing.inside_sentence(section[1][-1])
        if not topic:
            continue
        halves = [part.voice for part in sections[section] if part.heading]
        for voice in dict.fromkeys(halves) or [None]:
            if section != here or (voice is not None and voice not in cited):
                yield question_about(topic, voice), section
                break


def _section(citation: Citation) -> _Section:
    return citation.chapter, citation.section
