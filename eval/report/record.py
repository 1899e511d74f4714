"""A report as JSON: the measures, and of each question its answer, its faults and the passages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from eval.gate import Report
from eval.metrics import Verdict
from eval.report.breakdown import Share, by_kind, by_style, confusion

_FORMAT = 1


def as_json(reports: Sequence[Report]) -> str:
    """Return the reports as one JSON document."""
    document = {
        "format": _FORMAT,
        "reasons": [reason for report in reports for reason in report.reasons],
        "sets": [_report(report) for report in reports],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _report(report: Report) -> dict[str, Any]:
    verdicts = report.result.verdicts
    return {
        "name": report.result.name,
        "questions": len(verdicts),
        "measures": {name: round(value, 4) for name, value in report.result.measures.items()},
        "bars": [
            {"measure": b.measure.name, "value": b.value, "bar": b.bar, "holds": b.holds} for b in report.bars
        ],
        "differences": {
            name: {"old": d.old, "new": d.new, "low": d.low, "high": d.high, "worse": d.is_worse}
            for name, d in report.differences.items()
        },
        "new_wrong": list(report.new_wrong),
        "new_right": list(report.new_right),
        "by_kind": _shares(by_kind(verdicts)),
        "by_style": _shares(by_style(verdicts)),
        "confusion": {name: dict(counts) for name, counts in confusion(verdicts).items()},
        "cases": [] if report.total else [_case(verdict) for verdict in verdicts],
    }


def _shares(found: Sequence[Share]) -> dict[str, dict[str, float]]:
    return {share.name: {"right": share.right, "count": share.count} for share in found}


def _case(verdict: Verdict) -> dict[str, Any]:
    case = verdict.case
    return {
        "id": case.id,
        "question": case.question,
        "history": list(case.history),
        "type": case.kind,
        "style": case.style,
        "answerable": case.answerable,
        "right": verdict.right,
        "faults": list(verdict.faults),
        "values": {name: round(value, 4) for name, value in verdict.values.items()},
        "answer": verdict.answer.to_dict() | {"id": case.id},
        "ranked": [citation.label for citation in verdict.observation.ranked],
    }
