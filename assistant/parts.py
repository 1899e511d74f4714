"""A question that asks several things → the questions it holds."""

from __future__ import annotations

import re

_MOST = 3  # questions in one
_ASKING = r"(?:hoeveel|hoelang|hoe|wat|wie|waar\w*|wanneer|welke?)"
_PREPOSITION = (
    r"(?:aan|bij|binnen|door|in|met|naar|om|onder|op|over|per|sinds|tegen|tot|uit|van|vanaf|voor|vóór)"
)
# "Hoeveel … en hoeveel …?", "Vanaf wanneer …, en tot welke datum …?"; "en wat" may go on with the
# first question and counts only after a comma.
_TWO_QUESTIONS = re.compile(
    rf"(?P<first>.{{12,}}?)(?:,?\s+en\s+(?=(?:{_PREPOSITION}\s)?(?:hoeveel|hoelang|welke?|wanneer|waarom)\b)|"
    rf",\s+en\s+(?=(?:{_PREPOSITION}\s)?(?:wat|wie|waar\w*|hoe)\b))(?P<second>.{{4,}})",
    re.IGNORECASE,
)
# "Wat gaat er naar de politie en wat naar de brandweer?": the second has no verb of its own.
_SHORTENED = re.compile(
    rf"(?P<stem>.{{8,}}?\b)(?P<preposition>{_PREPOSITION})\s+(?P<first>[^?]+?),?\s+en\s+"
    rf"{_ASKING}\s+(?P=preposition)\s+(?P<second>[^?]+)",
    re.IGNORECASE,
)
# "Komt er geld voor sport en voor cultuur?", "Is er zowel bij de jeugd als bij ouderen bezuinigd?"
_SAME_PREPOSITION = re.compile(
    rf"(?P<stem>.{{6,}}?\b)(?P<preposition>{_PREPOSITION})\s+(?P<first>[^,?]+?),?\s+(?P<link>en|of|als)\s+(?:ook\s+)?"
    r"(?P=preposition)\s+(?P<second>[^?]+)",
    re.IGNORECASE,
)
# "Waar gaat meer geld heen: de weg of het spoor?"
_CHOICE = re.compile(r"(?P<stem>.{8,}?):\s+(?P<first>[^?]+?)\s+of\s+(?P<second>[^?]+)")
_COMPARING = re.compile(r"\s*\b(?:zowel|zo wel|meer|minder)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:word(?:t|en)|werd(?:en)?|is|zijn|was|waren|heeft|hebben)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\s(?:\w*ge\w+|(?:be|ver|ont|her)\w+)[dt]$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_QUESTION = re.compile(r"[^?]*\w[^?]*\?+")


def split(question: str) -> tuple[str, ...]:
    """Return the questions that ``question`` holds, at most three, or the question itself."""
    text = question.strip()
    apart = [part.strip() for part in _QUESTION.findall(text)]
    if len(apart) > 1 and text.endswith("?"):
        return tuple(apart) if len(apart) <= _MOST else (question,)
    text = text.rstrip("?").strip()
    for pattern in (_CHOICE, _SHORTENED, _SAME_PREPOSITION, _TWO_QUESTIONS):
        if match := pattern.fullmatch(text):
            fields = match.groupdict()
            if fields.get("link") == "of" and all(_DIGIT.search(match[side]) for side in ("first", "second")):
                continue  # "tot begin 2027 of tot maart 2027?" asks which of the two it is
            return _parts(
                fields.get("stem", ""), fields.get("preposition", ""), match["first"], match["second"]
            )
    return (question,)


def _parts(stem: str, preposition: str, first: str, second: str) -> tuple[str, str]:
    """Put what both questions share to each; a comparison is left to who reads both answers."""
    stem = _COMPARING.sub("", stem).strip()
    ending = _PARTICIPLE.search(second) if preposition and _PASSIVE.match(stem) else None
    tail = ending.group() if ending else ""
    second = second.removesuffix(tail)
    one, other = (" ".join(f"{stem} {preposition} {part}{tail}?".split()) for part in (first, second))
    return one, other
