"""Two places that give different figures or years for what is asked: an answer then shows both."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import YEAR
from assistant.figures import Figure, figures
from assistant.question import Kind, Question
from assistant.reader import Candidate
from index.analysis import STOP_WORDS, stem, words

_ASKING: tuple[Kind, ...] = ("amount", "count", "share", "date")
_LOOKED_AT = 12  # candidates
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
