"""What came of each question that was asked in one → the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod

from assistant import messages
from assistant.answer import Answer, Citation, Status
from assistant.draft import Draft, Span, citation_of
from assistant.language import is_dutch
from assistant.question import Question
from index.hit import Hit

_NEAREST = 3  # places shown with a refusal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question, as ``asked``; ``draft`` is None for a refusal.

    ``probability`` is that any sentence answers, ``certainty`` that the draft is right.
    """

    question: Question
    asked: str
    status: Status
    draft: Draft | None
    hits: Sequence[Hit]
    probability: float
    certainty: float
    timing_ms: dict[str, float]

    @property
    def meets(self) -> float:
        """How well the best of the passages found meets the question's naming words: a mean cosine."""
        return max((sum(hit.matches) / len(hit.matches) for hit in self.hits if hit.matches), default=0.0)

    def repeats(self, others: Iterable[Outcome]) -> bool:
        """Tell whether it opens with what one of ``others`` opens with, or is no answer."""
        first = self._opening
        return first is None or any(
            first.document == other.document and first.start < other.end and other.start < first.end
            for other in (outcome._opening for outcome in others)
            if other
        )

    @property
    def _opening(self) -> Citation | None:
        return self.draft.citations[0] if self.draft and self.draft.citations else None

    @property
    def confidence(self) -> float:
        """The probability that what is answered is right, or that the refusal is."""
        return self.certainty if self.draft is not None else 1 - self.probability

    def after(self, others: Iterable[Outcome]) -> Outcome:
        """Return this outcome with the time that ``others`` took counted too."""
        timing = dict(self.timing_ms)
        for other in others:
            for stage, milliseconds in other.timing_ms.items():
                timing[stage] = timing.get(stage, 0.0) + milliseconds
        return replace(self, timing_ms=timing)


def merged(outcomes: Sequence[Outcome]) -> Answer:
    """Return one answer; a part that the letter does not answer is said."""
    first = outcomes[0]
    whole = first.draft if len(outcomes) == 1 else Draft()
    drafts = [o.draft for o in outcomes if o.draft is not None]
    if not drafts or whole is None:
        stated = [o for o in outcomes if o.status == "not_stated"]  # the nearest no of several
        return _refused((stated or list(outcomes))[0])
    if len(outcomes) > 1:
        for draft in drafts:
            whole.absorb(draft)
        for outcome in outcomes:
            if outcome.draft is None:
                whole.note("premise", messages.PARTLY.format(part=outcome.asked))
    if not all(is_dutch(outcome.question.text) for outcome in outcomes):
        whole.note("language", messages.LANGUAGE)
    return Answer(
        question=first.question.text,
        resolved_question=first.question.text,
        status="answered",
        answer=whole.text,
        statements=tuple(whole.statements),
        citations=tuple(whole.citations),
        notes=tuple(whole.notes),
        confidence=round(prod(o.confidence for o in outcomes), 3),
    )


def _refused(outcome: Outcome) -> Answer:
    text = messages.NOT_STATED if outcome.status == "not_stated" else messages.NOT_IN_LETTER
    return Answer(
        question=outcome.question.text,
        resolved_question=outcome.question.text,
        status=outcome.status,
        answer=text,
        nearest=_nearest(outcome.hits),
        confidence=round(outcome.confidence, 3),
    )


def _nearest(hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """Return the best sentence of each of the best passages, those of other sections first."""
    seen: set[tuple[str, int, tuple[str, ...]]] = set()
    others: list[Hit] = []
    chosen: list[Hit] = []
    for hit in hits:
        place = (hit.letter.slug, hit.part.chapter, hit.part.section)
        (others if place in seen else chosen).append(hit)
        seen.add(place)
    nearest: list[Citation] = []
    for marker, hit in enumerate([*chosen, *others][:_NEAREST], start=1):
        best = max(hit.sentences, key=lambda s: s.score)
        span = Span(hit.letter, hit.part, hit.passage, best.start, best.end)
        nearest.append(citation_of(span, marker))
    return tuple(nearest)
