"""Decides whether the letter answers a question, and which no is the honest one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Status
from assistant.evidence import asks_evidence, has_caveat, has_day, has_person, spans
from assistant.features import mentions
from assistant.language import is_dutch
from assistant.question import Question
from assistant.reader import Bars, Candidate, Reading
from index.hit import Hit

_GOVERNMENT = frozenset("den haag haagse nederland nederlandse europa europese brussel".split())
_LOOKED_AT = 3  # the best sentences, one of which must have the kind of answer that is asked


def verdict(question: Question, reading: Reading, hits: Sequence[Hit], bars: Bars) -> Status:
    """Return "answered", or the refusal that fits."""
    best = reading.candidates[:_LOOKED_AT]
    if (
        (reading.log_odds >= bars.answer or _is_named(question, best, bars))
        and any(_can_answer(question, candidate) for candidate in best)
        and not _names_a_stranger(question, hits)
    ):
        return "answered"
    similarity = max((hit.signals.tokens for hit in hits), default=0.0)
    return "not_stated" if similarity >= bars.topical else "not_in_letter"


def _is_named(question: Question, best: Sequence[Candidate], bars: Bars) -> bool:
    """Tell whether the best sentence names the person asked for, by all the words of the question.

    A signature is hardly a sentence, and the readers are less sure of it than it deserves.
    """
    if not question.wants_person or not best or not best[0].hit.matches:
        return False
    matches = best[0].hit.matches
    return names_person(best[0], question) and sum(matches) / len(matches) >= bars.lead


def _names_a_stranger(question: Question, hits: Sequence[Hit]) -> bool:
    """Tell whether the question names someone or somewhere that the letters never mention.

    Abbreviations do not count, for a letter may write them out, nor do names for the government;
    nor does any name in another language, where it may be an ordinary word of the question.
    """
    if not is_dutch(question.text):
        return False
    texts = {hit.letter.slug: hit.letter.text for hit in hits}.values()
    return any(
        not all(word.lower() in _GOVERNMENT for word in name.split())
        and not name.isupper()
        and not any(mentions(text, name) for text in texts)
        for name in question.names
    )


def names_person(candidate: Candidate, question: Question) -> bool:
    """Tell whether a sentence names a person in connection with a word of the question."""
    shares = candidate.sentence.signals.words > 0
    return shares and has_person(candidate.text, candidate.hit.letter.text, question.text)


def _can_answer(question: Question, candidate: Candidate) -> bool:
    """Tell whether a sentence has the kind of answer asked for, or says that it is not known."""
    text = candidate.text
    if has_caveat(text):
        return True
    if question.wants_person:
        return names_person(candidate, question)
    if question.wants_day:
        return has_day(text)
    return not asks_evidence(question.kind) or bool(spans(question.kind, text))
