"""Sample questions for the start of a conversation, made from a letter's own titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.letter import Letter, Part, Voice

_MAX_WORDS = 4
_WORD = re.compile(r"\w[\w’'-]*")
_MID_SENTENCE = re.compile(r"(?<=[\w,;)’'] )\w[\w’'-]*")
# Dutch words that open a slogan ("Op weg naar …", "Wij zijn …"), which fits no question.
_SLOGAN_STARTS = re.compile(
    r"(?:aan|bij|door|een|hoe|in|meer|met|na|naar|naast|om|onder|onze|op|over|samen|tot|uit|van|"
    r"verder|via|voor|waarom|wat|we|wie|wij|zijn|zonder)\b",
    re.IGNORECASE,
)
_FORMS: dict[Voice, str] = {
    "akkoord": "Wat staat er in het akkoord over {topic}?",
    "vng": "Wat betekent het akkoord voor gemeenten bij {topic}?",
}
_PLAIN_FORM = "Wat staat er in de brief over {topic}?"


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
        (_FORMS[halves[i % 2]] if has_halves else _PLAIN_FORM).format(topic=topic.text)
        for i, topic in enumerate(chosen)
    ]


def _topics(letter: Letter, halves: tuple[Voice, ...]) -> Iterator[tuple[int, _Topic]]:
    """Yield the sections that have every one of ``halves``, with their chapter."""
    sections: dict[tuple[int, tuple[str, ...]], list[Part]] = defaultdict(list)
    for part in letter.parts:
        if part.section:
            sections[part.chapter, part.section].append(part)
    casing = _Casing(letter)
    for order, ((chapter, section), parts) in enumerate(sections.items()):
        voices = {part.voice for part in parts if part.heading}
        text = casing.inside_sentence(section[-1])
        if text and voices.issuperset(halves):
            weight = sum(len(passage.text) for part in parts for passage in part.passages)
            yield chapter, _Topic(text, weight, order)


class _Casing:
    """Knows from the letter's running text which words are written with a capital."""

    def __init__(self, letter: Letter) -> None:
        texts = [passage.text for _, passage in letter.places]
        self._anywhere = Counter(word for text in texts for word in _WORD.findall(text))
        self._inside = Counter(word for text in texts for word in _MID_SENTENCE.findall(text))

    def inside_sentence(self, title: str) -> str:
        """Return ``title`` as it is written inside a sentence, "" when it does not fit in one."""
        words = title.split()
        if not 1 <= len(words) <= _MAX_WORDS or not _WORD.fullmatch(words[0]):
            return ""
        if _SLOGAN_STARTS.match(title) or re.search(r"[^\w\s’'-]", title):
            return ""
        if not all(self._is_name(word) for word in words[1:] if word != word.lower()):
            return ""
        if self._is_name(words[0]):
            return title
        lowered = words[0][0].lower() + words[0][1:]
        return " ".join([lowered, *words[1:]]) if self._anywhere[lowered] else ""

    def _is_name(self, word: str) -> bool:
        """Tell whether the letter writes ``word`` with its capitals in the middle of a sentence."""
        if word[1:] != word[1:].lower():
            return True  # an abbreviation, or a name with a capital inside
        return self._inside[word] > self._anywhere[word[0].lower() + word[1:]]
