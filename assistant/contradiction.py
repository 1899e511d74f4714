"""Two places that give different figures or years for what is asked: an answer then shows both.

So it does with two that the question names itself ("tot begin 2027 of tot maart 2027?").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import MONTH, YEAR
from assistant.figures import Figure, figures
from assistant.question import Kind, Question
from assistant.reader import Candidate
from index.analysis import STOP_WORDS, stem, words

_ASKING: tuple[Kind, ...] = ("amount", "count", "share", "date")
_LOOKED_AT = 12  # candidates
_FAR_GAP = 8.0  # log-odds that what has a figure of the question may lie below the best candidate
_GAP = 2.0  # log-odds that the other place may lie below the first, for both readers
_FEWEST = 2  # naming words that the two must share
_ROUNDED = 0.03  # "ruim € 2,6 miljard" is € 2.634 miljoen
# They stand beside figures of all kinds.
_EVERYWHERE = frozenset(
    "euro miljoen miljard procent jaar jaarlijks jaarlijkse gemiddeld gemiddelde ongeveer structureel extra "
    "gemeente gemeenten totaal bedrag beschikbaar kosten kost geld".split()
)
_YEARLY = re.compile(
    r"\b(?:per jaar|jaarlijks\w*|structureel|structurele|elk jaar|ieder jaar)\b", re.IGNORECASE
)


# "… tot begin 2027 of tot maart 2027", "… 540 of 40 miljoen".
_EITHER_OR = re.compile(r"(?P<one>(?:\S+\s+){0,2}\S*\d\S*(?:\s\S+)?)\s+of\s+(?P<other>[^?]*\d[^?]*)")
_MARK = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{MONTH.pattern})\b", re.IGNORECASE)


def either_or(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return for two figures or dates that the question sets against each other what has each.

    Empty where it names no two, or the letter does not have both, near enough to the best candidate.
    """
    match = _EITHER_OR.search(question.text)
    if not match:
        return []
    one, other = (frozenset(m.lower() for m in _MARK.findall(match[side])) for side in ("one", "other"))
    if one == other or not one or not other:
        return []
    near = [c for c in candidates if c.score >= candidates[0].score - _FAR_GAP]
    found = [
        next((c for c in near if ours <= (said := _marks(c.text)) and not said & (theirs - ours)), None)
        for ours, theirs in ((one, other), (other, one))
    ]
    return [c for c in found if c is not None] if all(found) else []


def _marks(text: str) -> frozenset[str]:
    return frozenset(mark.lower() for mark in _MARK.findall(text))


def other_figure(question: Question, candidates: Sequence[Candidate], *, bar: float) -> Candidate | None:
    """Return a candidate of another paragraph of the letter that gives another figure for what is asked.

    Only where an amount, a number, a share or a date is asked for. Both must hold just one figure of
    that kind, be read as an answer, name the same, and meet the question's naming words by a mean
    cosine of ``bar``.
    """
    if not candidates or question.kind not in _ASKING:
        return None
    first = candidates[0]
    for other in candidates[1:_LOOKED_AT]:
        if (
            other.hit.letter is first.hit.letter
            and other.hit.passage is not first.hit.passage
            and _answers_as_well(first, other)
            and min(_meets(first), _meets(other)) >= bar
            and len(_named(first.text) & _named(other.text)) >= _FEWEST
            and _clash(question, first.text, other.text)
        ):
            return other
    return None


def _answers_as_well(first: Candidate, other: Candidate) -> bool:
    ours, theirs = first.sentence.reading, other.sentence.reading
    if other.score < first.score - _GAP:
        return False
    return ours is None or (theirs is not None and theirs.log_odds >= ours.log_odds - _GAP)


def _meets(candidate: Candidate) -> float:
    matches = candidate.sentence.matches
    return sum(matches) / len(matches) if matches else 1.0


def _clash(question: Question, one: str, other: str) -> bool:
    years, others = set(YEAR.findall(one)), set(YEAR.findall(other))
    if question.kind == "date":
        return len(years) == len(others) == 1 and years != others
    if (years and others and not years & others) or bool(_YEARLY.search(one)) != bool(_YEARLY.search(other)):
        return False
    ours, theirs = _asked(question, one), _asked(question, other)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].unit != theirs[0].unit:
        return False
    low, high = sorted((ours[0].value, theirs[0].value))
    return high - low > _ROUNDED * high


def _asked(question: Question, text: str) -> list[Figure]:
    """Return the figures of ``text`` of the kind that is asked for."""
    found = figures(text)
    if question.kind == "amount":
        return [f for f in found if f.unit == "€"]
    if question.kind == "share":
        return [f for f in found if f.unit == "%"]
    return [f for f in found if f.unit == stem(question.counted)] or [f for f in found if f.unit not in "€%"]


def _named(text: str) -> set[str]:
    return {
        stem(word) for word in words(text) if word not in STOP_WORDS | _EVERYWHERE and not word[0].isdigit()
    }
