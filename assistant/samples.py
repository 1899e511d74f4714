"""Sample questions for the start of a conversation, made from a letter's own titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.topics import Casing, question_about
from ingest.letter import Letter, Part, Voice


@dataclass(frozen=True, slots=True)
class _Topic:
    """A section's title as it stands inside a sentence; ``weight`` is its length in characters."""

    text: str
    weight: int
    order: int


def sample_questions(letter: Letter, count: int = 4) -> list[str]:
    """Return up to ``count`` questions that the letter answers, in reading order.

    They are spread over the chapters, about the sections with most text; where the letter has
    halves, by turns about what the agreement says and what it means for municipalities.
    """
    halves: tuple[Voice, ...] = ("akkoord", "vng")
    has_halves = any(part.heading and part.voice == "akkoord" for part in letter.parts)
    by_chapter: dict[int, list[_Topic]] = defaultdict(list)
    for chapter, topic in _topics(letter, halves if has_halves else ()):
        by_chapter[chapter].append(topic)
    for topics in by_chapter.values():
        topics.sort(key=lambda topic: -topic.weight)
    rounds = max(map(len, by_chapter.values()), default=0)
    spread = [topics[i] for i in range(rounds) for topics in by_chapter.values() if i < len(topics)]
    chosen = sorted(spread[:count], key=lambda topic: topic.order)
    return [
        question_about(topic.text, halves[i % 2] if has_halves else None) for i, topic in enumerate(chosen)
    ]


def _topics(letter: Letter, halves: tuple[Voice, ...]) -> Iterator[tuple[int, _Topic]]:
    """Yield the sections that have every one of ``halves``, with their chapter."""
    sections: dict[tuple[int, tuple[str, ...]], list[Part]] = defaultdict(list)
    for part in letter.parts:
        if part.section:
            sections[part.chapter, part.section].append(part)
    casing = Casing(letter)
    for order, ((chapter, section), parts) in enumerate(sections.items()):
        voices = {part.voice for part in parts if part.heading}
        text = casing.inside_sentence(section[-1])
        if text and voices.issuperset(halves):
            weight = sum(len(passage.text) for part in parts for passage in part.passages)
            yield chapter, _Topic(text, weight, order)
