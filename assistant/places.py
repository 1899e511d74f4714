"""The chapters that a question names: "in hoofdstuk 5", "het vierde hoofdstuk", "de aanbiedingsbrief"."""

from __future__ import annotations

import re

from assistant.numbers import NUMBER_WORDS

# "een" after it is an article: "in dat hoofdstuk een bedrag".
_COUNT = rf"(?:\d+|{'|'.join(word for word in NUMBER_WORDS if word != 'een')})"
_NUMBERED = re.compile(
    rf"\b(?:hoofdstuk(?:ken)?|deel)\s+(?P<numbers>{_COUNT}(?:(?:,\s*|\s+en\s+|\s+of\s+){_COUNT})*)\b",
    re.IGNORECASE,
)
_ORDINALS = dict(
    zip(
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende".split(),
        range(1, 11),
        strict=True,
    )
)
_ORDINAL = re.compile(rf"\b(?P<ordinal>{'|'.join(_ORDINALS)})\s+hoofdstuk\b", re.IGNORECASE)
_COVER = re.compile(r"\b(?:aanbiedings|begeleidende |inleidende )brief\b", re.IGNORECASE)
_BEFORE = r"\b(?:in|uit|van|volgens|de|het)\s+"
_WORD = re.compile(r"\w+")
COVER = 0  # the chapter number of what comes before the first chapter


def chapters_named(question: str) -> frozenset[int]:
    """Return the numbers of the chapters that ``question`` names, COVER for the covering letter."""
    named = {
        number
        for match in _NUMBERED.finditer(question)
        for word in _WORD.findall(match["numbers"])
        if (number := int(word) if word.isdigit() else NUMBER_WORDS.get(word.lower(), -1)) >= 0
    }
    named |= {_ORDINALS[match["ordinal"].lower()] for match in _ORDINAL.finditer(question)}
    return frozenset(named | {COVER} if _COVER.search(question) else named)


def without_chapters(question: str) -> str:
    """Return ``question`` without the names of chapters, which are not what it is about."""
    for named in (_NUMBERED, _ORDINAL, _COVER):
        question = re.sub(rf"(?:{_BEFORE})*{named.pattern}", " ", question, flags=re.IGNORECASE)
    return " ".join(question.split())
