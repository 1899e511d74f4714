"""A result taken apart: shares by kind and style, and which status each sort of question got."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from eval.metrics import Verdict

STATUSES = ("answered", "not_stated", "not_in_letter", "out_of_scope", "invalid")
_Z = 1.96  # of a 95% interval
_ANSWERED = "beantwoordbaar"
_EXPECTED = {
    "not_stated": "niet: de brief zegt het niet",
    "not_in_letter": "niet: ander onderwerp",
    "out_of_scope": "niet: geen vraag over de brief",
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a group of questions went right."""

    name: str
    right: int
    count: int

    @property
    def value(self) -> float:
        """The share."""
        return self.right / self.count

    @property
    def interval(self) -> tuple[float, float]:
        """The share's 95% interval (Wilson, 1927), which also holds for few questions."""
        n, p = self.count, self.value
        centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, centre - half), min(1.0, centre + half)


def shares(verdicts: Sequence[Verdict], group: Callable[[Verdict], str]) -> list[Share]:
    """Return the share that is right of each group, by name."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[group(verdict) or "–"].append(verdict)
    return [Share(name, sum(v.right for v in groups[name]), len(groups[name])) for name in sorted(groups)]


def by_kind(verdicts: Sequence[Verdict]) -> list[Share]:
    """Return the shares of the kinds of question that the letter answers."""
    return shares([v for v in verdicts if v.case.answerable], lambda v: v.case.kind)


def by_style(verdicts: Sequence[Verdict]) -> list[Share]:
    """Return the shares of the styles of question."""
    return shares(verdicts, lambda v: v.case.style)


def confusion(verdicts: Sequence[Verdict]) -> dict[str, Counter[str]]:
    """Return how often each sort of question got each status."""
    table: dict[str, Counter[str]] = {}
    for name in (_ANSWERED, *_EXPECTED.values(), "niet: om het even"):
        found = Counter(v.answer.status for v in verdicts if _sort(v) == name)
        if found:
            table[name] = Counter(found)
    return table


def _sort(verdict: Verdict) -> str:
    if verdict.case.answerable:
        return _ANSWERED
    return _EXPECTED.get(verdict.case.expect, "niet: om het even")
