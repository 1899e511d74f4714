"""Candidates → statements: the sentences that answer, verbatim, with what still is unclear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import messages
from assistant.abstain import names_person
from assistant.contradiction import either_or, other_figure
from assistant.draft import Draft, Span
from assistant.evidence import CAVEAT, MONTH, UNKNOWN, YEAR, has_caveat, points_back, spans
from assistant.question import Kind, Question
from assistant.reader import Bars, Candidate
from index.analysis import STOP_WORDS, stem, words
from index.hit import Hit, Reading

_DECISIVE: frozenset[Kind] = frozenset(
    ("amount", "count", "share", "date", "duration", "who", "place", "yesno", "definition")
)

_EITHER_OR = re.compile(r"\w of (?!niet\b)(?:[\w'’-]+\W+){1,3}$", re.IGNORECASE)
_PLACED_IN = re.compile(r"\s(?:per jaar |structureel )?(?:in|per|vanaf|tot) ")
_SMALL_SECTION = 4  # paragraphs: what is unknown in so short a section bears on all of it


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an answer may hold.

    ``gap`` is how far, in log-odds, a further statement may lie below the best one; one from
    another section must come closer, within ``far_gap``.
    """

    statements: int
    words: int
    gap: float
    far_gap: float


# Chosen on the two sets on the shipped letter that are not the gate's (243 answerable questions): gaps
# a quarter narrower gave 4 fewer right answers, half again as wide ones 4 more with 3 points fewer
# citations in a section that answers and 18 words more.
_PLAIN = Limits(statements=3, words=95, gap=2.6, far_gap=2.0)
_PART = Limits(statements=2, words=70, gap=2.0, far_gap=0.65)
_OPEN = Limits(statements=4, words=105, gap=3.2, far_gap=2.0)
_LIST = Limits(statements=5, words=150, gap=3.2, far_gap=2.0)


def compose(
    question: Question, candidates: Sequence[Candidate], *, bars: Bars, partly: bool = False
) -> Draft:
    """Return the draft that the best of ``candidates`` make; they come best first and not empty.

    What leads it, a figure or a yes or no, must reach its bar. With ``partly`` the draft is one of
    several for one question, and kept short.
    """
    limits = _PLAIN if question.kind in _DECISIVE else _LIST if question.kind == "list" else _OPEN
    if partly:
        limits = _PART
    if question.wants_person:  # beside who is asked for, a sentence without a person says nothing
        candidates = [c for c in candidates if c is candidates[0] or names_person(c, question)]
    chosen = _choose(candidates, limits)
    draft = Draft()
    for span in chosen:
        draft.state(span)
    reading = candidates[0].sentence.reading
    if question.kind == "yesno":
        draft.lead = _yes_or_no(question, reading, bars.stance)
    elif _mean(candidates[0].hit.matches) >= bars.lead:
        draft.lead = _lead(question, chosen[0], reading)
    _set_against(draft, question, candidates, chosen, bars)
    caveat = _caveat(chosen, candidates)
    if caveat:
        draft.note("caveat", caveat.text, caveat)
    return draft


def _set_against(
    draft: Draft, question: Question, candidates: Sequence[Candidate], chosen: Sequence[Span], bars: Bars
) -> None:
    """Add what gives another figure, and say that two places differ."""
    spans = [candidate.span for candidate in either_or(question, candidates)]
    if not spans and (other := other_figure(question, candidates, bar=bars.lead)):
        spans = [chosen[0], other.span]
    for span in spans:
        if not any(c.holds(span) for c in chosen):
            draft.state(span)
    if len({span.passage.anchor for span in spans}) > 1:
        draft.note("contradiction", messages.CONTRADICTION, *spans)


def _choose(candidates: Sequence[Candidate], limits: Limits) -> list[Span]:
    """Pick the best sentences, joined where they follow each other, best first."""
    chosen: list[Span] = []
    best = candidates[0]
    for candidate in candidates:
        below = best.score - candidate.score
        if len(chosen) >= limits.statements or below > limits.gap:
            break
        if _section(candidate.span) != _section(best.span) and below > limits.far_gap:
            continue
        span = _in_context(candidate)
        if any(c.holds(span) for c in chosen):
            continue
        neighbour = next((i for i, c in enumerate(chosen) if c.touches(span)), None)
        joined = span if neighbour is None else chosen[neighbour].join(span)
        others = [c for i, c in enumerate(chosen) if i != neighbour]
        if chosen and joined.words + sum(c.words for c in others) > limits.words:
            continue
        if neighbour is None:
            chosen.append(joined)
        else:
            chosen[neighbour] = joined
    return chosen


def _in_context(candidate: Candidate) -> Span:
    """Return the sentence, with the one before it where it points back, or the list it opens."""
    hit, sentence = candidate.hit, candidate.sentence
    spans_here = [(s.start, s.end) for s in hit.sentences]
    i = spans_here.index((sentence.start, sentence.end))
    start, end = spans_here[i]
    text = candidate.text
    if hit.passage.kind == "list" and text.endswith(":"):
        while i + 1 < len(spans_here) and hit.letter.text.startswith("• ", spans_here[i + 1][0]):
            i += 1
            end = spans_here[i][1]
    elif hit.passage.kind == "list" and text.startswith("• "):
        start = next(
            (a for a, b in reversed(spans_here[:i]) if hit.letter.text[a:b].endswith(":")), start
        )  # an item says little, or the opposite, without its lead-in
    elif i and points_back(text) and hit.passage.kind == "text":
        start = spans_here[i - 1][0]
    return Span(hit.letter, hit.part, hit.passage, start, end)


def _lead(question: Question, span: Span, reading: Reading | None) -> str:
    """Return the figure or date that settles the question when only one in ``span`` can.

    Of several it is the one within the words that the ``reading`` names, if there is just one.
    """
    if span.passage.table:
        return _cell(question, span)
    if question.kind not in ("amount", "count", "share", "date", "duration"):
        return ""
    text = span.text
    found = spans(question.kind, text)
    if question.kind == "date":
        found = [(a, b) for a, b in found if any(map(str.isdigit, text[a:b])) or MONTH.search(text[a:b])]
    years = set(YEAR.findall(text))
    if question.kind in ("amount", "share") and question.years and years != set(question.years):
        # Several years: the figure that stands right before the year asked for, as in "€ 2 miljard
        # in 2028"; a figure of another year must not lead.
        asked = [m.start() for m in YEAR.finditer(text) if m.group() in question.years]
        found = [(a, b) for a, b in found if len(asked) == 1 and _PLACED_IN.fullmatch(text[b : asked[0]])]
    elif len(found) > 1 and reading is not None:
        first, last = reading.start - span.start, reading.end - span.start
        found = [(a, b) for a, b in found if first <= a and b <= last]
    return text[slice(*found[0])].strip() if len(found) == 1 else ""


def _yes_or_no(question: Question, reading: Reading | None, bar: float) -> str:
    """Return yes, no or unclear where the reader is as sure of it as ``bar``."""
    if reading is None or _EITHER_OR.search(f"{question.text} "):
        return ""
    stance, probability = reading.stance.likeliest
    return messages.STANCES[stance] if probability >= bar else ""


def _cell(question: Question, span: Span) -> str:
    table = span.passage.table
    if table and len(question.years) == 1 and question.years[0] in table.columns:
        column = table.columns.index(question.years[0])
        for row in table.rows:
            whole = len(row.cells) == len(table.columns)  # an empty cell would shift the others
            if (row.start, row.end) == (span.start, span.end) and whole:
                return row.cells[column]
    return ""


def _caveat(chosen: Sequence[Span], candidates: Sequence[Candidate]) -> Span | None:
    """Return the reservation that bears on the answer and is not in it yet."""
    if any(has_caveat(span.text) for span in chosen):
        return None
    first = chosen[0]
    said = _stems(first.text)
    small = _section_size(first) <= _SMALL_SECTION
    for candidate in candidates:
        hit, sentence = candidate.hit, candidate.sentence
        if _section(candidate.span) != _section(first):
            continue
        if not CAVEAT.search(candidate.text) or hit.passage.kind != "text":
            continue
        near = hit.passage is first.passage and _follows(hit, sentence.start, first)
        if (
            (near and points_back(candidate.text))
            or len(said & _stems(candidate.text)) >= 2
            or (small and UNKNOWN.search(candidate.text))
        ):
            return candidate.span
    return None


def _section(span: Span) -> tuple[str, int, tuple[str, ...]]:
    """Return what tells the section of ``span`` from every other."""
    return span.letter.slug, span.part.chapter, span.part.section


def _section_size(span: Span) -> int:
    """Return how many paragraphs the section of ``span`` has."""
    place = (span.part.chapter, span.part.section)
    return sum(len(p.passages) for p in span.letter.parts if (p.chapter, p.section) == place)


def _mean(matches: Sequence[float]) -> float:
    return sum(matches) / len(matches) if matches else 1.0


def _follows(hit: Hit, start: int, span: Span) -> bool:
    between = hit.letter.text[span.end : start]
    return start >= span.end and not between.strip()


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOP_WORDS and not word.isdigit()}
