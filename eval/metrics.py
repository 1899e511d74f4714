"""Whether an answer is right: its status, its facts, and the places it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from eval.cases import Case, Evidence

_LONG_KINDS = frozenset(("summary", "multi", "compare", "list", "navigation", "discrepancy"))
_MAX_WORDS, _MAX_WORDS_LONG = 200, 350
_DASHES = str.maketrans("’‘“”\u2011–—", "''\"\"---")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one answer did; ``faults`` is empty when it is right.

    ``cited`` is the share of evidence groups cited, ``first`` says that the first citation is
    evidence, ``precision`` is the share of citations in a section of the evidence.
    """

    case: Case
    answer: Answer
    faults: tuple[str, ...]
    cited: float
    first: bool
    precision: float
    words: int


def judge(case: Case, answer: Answer) -> Verdict:
    """Compare ``answer`` with the gold of ``case``."""
    text = re.sub(r"\[\d+\]", " ", answer.answer)
    words = len(text.split())
    faults = [f"holds '{word}'" for word in case.must_not if _flat(word) in _flat(text)]
    if not case.answerable:
        if answer.status == "answered":
            faults.append("answered what the letter does not say")
        return Verdict(case, answer, tuple(faults), 0.0, False, 0.0, words)
    if answer.status != "answered":
        faults.append(f"status {answer.status}")
    faults += [
        f"lacks {wordings}" for wordings in case.must if not any(_flat(w) in _flat(text) for w in wordings)
    ]
    groups = [any(_holds(c, e) for c in answer.citations for e in g) for g in case.evidence]
    if not all(groups):
        faults.append(f"cites {sum(groups)} of {len(groups)} places")
    limit = _MAX_WORDS_LONG if case.kind in _LONG_KINDS else _MAX_WORDS
    if words > limit:
        faults.append(f"{words} words")
    gold = [evidence for group in case.evidence for evidence in group]
    placed = [any(_same_section(c, e) for e in gold) for c in answer.citations]
    return Verdict(
        case,
        answer,
        tuple(faults),
        sum(groups) / len(groups) if groups else 0.0,
        bool(answer.citations) and any(_holds(answer.citations[0], e) for e in gold),
        sum(placed) / len(placed) if placed else 0.0,
        words,
    )


def _holds(citation: Citation, evidence: Evidence) -> bool:
    return stands_in(evidence.snippet, citation.passage) and _same_section(citation, evidence)


def _same_section(citation: Citation, evidence: Evidence) -> bool:
    return in_section(evidence, citation.chapter, citation.section)


def stands_in(snippet: str, passage: str) -> bool:
    """Tell whether ``snippet`` stands in ``passage``, white space and case aside."""
    return _flat(snippet) in _flat(passage)


def in_section(evidence: Evidence, chapter: int, section: Sequence[str]) -> bool:
    """Tell whether a place in ``chapter`` and ``section`` is in the section of ``evidence``."""
    sections = {_flat(title) for title in section}
    return chapter == evidence.chapter and (not evidence.section or _flat(evidence.section) in sections)


def _flat(text: str) -> str:
    """Return ``text`` without white space and case, with plain quotes and dashes."""
    return re.sub(r"\s+", "", text.translate(_DASHES)).lower()
