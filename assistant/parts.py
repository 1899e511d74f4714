"""A question that asks two things → the questions it holds."""

from __future__ import annotations

import re

# "Hoeveel … en hoeveel …?"
_TWO_QUESTIONS = re.compile(
    r"(?P<first>.{12,}?)(?:,?\s+en\s+(?=hoeveel|welke?|wanneer|waarom)|,\s+en\s+(?=wat|wie|waar|hoe))"
    r"(?P<second>\w+\b.{8,})",
    re.IGNORECASE,
)
# "Komt er geld voor sport en voor cultuur?"
_SAME_PREPOSITION = re.compile(
    r"(?P<stem>.{6,}?\b)(?P<preposition>voor|bij|over|aan|van|naar)\s+(?P<first>[^,?]+?)\s+(?:en|of|als)\s+"
    r"(?P=preposition)\s+(?P<second>[^?]+)",
    re.IGNORECASE,
)
# "Waar gaat meer geld heen: de weg of het spoor?"
_CHOICE = re.compile(r"(?P<stem>.{8,}?):\s+(?P<first>[^?]+?)\s+of\s+(?P<second>[^?]+)")


def split(question: str) -> tuple[str, ...]:
    """Return the questions that ``question`` holds: two, or the question itself."""
    text = question.strip().rstrip("?").strip()
    if text.count("?"):
        return (question,)
    for pattern in (_CHOICE, _SAME_PREPOSITION, _TWO_QUESTIONS):
        if match := pattern.fullmatch(text):
            fields = match.groupdict()
            opening = " ".join(fields[k].strip() for k in ("stem", "preposition") if k in fields)
            return tuple(f"{opening} {fields[name]}?".strip() for name in ("first", "second"))
    return (question,)
