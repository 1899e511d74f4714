"""``python -m eval run``: asks every question of a set and prints how many answers are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import median

from assistant.service import Assistant
from eval.cases import Case
from eval.metrics import Verdict, judge


def run(assistant: Assistant, cases: Sequence[Case]) -> list[Verdict]:
    """Return how the assistant did on each case, in order."""
    return [judge(case, assistant.ask(case.question, case.history)) for case in cases]


def report(verdicts: Sequence[Verdict]) -> str:
    """Return the results as a table: all, then by style and by kind, then the measures of the answers."""
    answerable = [v for v in verdicts if v.case.answerable]
    refusable = [v for v in verdicts if not v.case.answerable]
    rows = [_row("answerable", answerable), _row("unanswerable", refusable)]
    rows += ["", *_shares(verdicts, lambda v: v.case.style)]
    rows += ["", *_shares(answerable, lambda v: v.case.kind)]
    if answerable:
        rows += [
            "",
            f"{'answered':24s} {_mean(answerable, lambda v: v.answer.status == 'answered'):6.3f}",
            f"{'evidence cited':24s} {_mean(answerable, lambda v: v.cited):6.3f}",
            f"{'first citation right':24s} {_mean(answerable, lambda v: v.first):6.3f}",
            f"{'citations in section':24s} {_mean(answerable, lambda v: v.precision):6.3f}",
            f"{'words, median':24s} {median(v.words for v in answerable):6.0f}",
        ]
    times = sorted(v.answer.timing_ms["total"] for v in verdicts)
    if times:
        rows.append(f"{'ms, median':24s} {median(times):6.0f}")
        rows.append(f"{'ms, 95th percentile':24s} {times[int(0.95 * len(times))]:6.0f}")
    return "\n".join(rows)


def _shares(verdicts: Sequence[Verdict], group: Callable[[Verdict], str]) -> list[str]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[group(verdict)].append(verdict)
    return [_row(f"  {name}", groups[name]) for name in sorted(groups)]


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    right = sum(not v.faults for v in verdicts)
    share = right / len(verdicts) if verdicts else 0.0
    return f"{name:24s} {share:6.3f}  {right:4d} of {len(verdicts)} right"


def _mean(verdicts: Sequence[Verdict], value: Callable[[Verdict], float]) -> float:
    return sum(value(v) for v in verdicts) / len(verdicts)
