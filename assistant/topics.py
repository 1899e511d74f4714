"""A letter's own titles as the subjects of questions."""

from __future__ import annotations

import re
from collections import Counter

from ingest.letter import Letter, Voice

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


def question_about(topic: str, voice: Voice | None) -> str:
    """Return the question what is said of ``topic``: by the agreement, by the sender, or by any."""
    return (_FORMS[voice] if voice else _PLAIN_FORM).format(topic=topic)


class Casing:
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
