"""Whether an answer is right: its status, its facts, the places it cites; and a value for each measure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from eval.attribution import attribution, verbatim
from eval.cases import Case, Evidence
from eval.gold import Gold, Library
from eval.matching import flat, in_section, soft, stands_in
from eval.observation import Observation
from eval.ranking import ranking_values

_LONG_KINDS = frozenset(("summary", "multi", "compare", "list", "navigation", "discrepancy"))
_MAX_WORDS, _MAX_WORDS_LONG = 200, 350
REFUSALS = ("not_stated", "not_in_letter", "out_of_scope")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one question went; ``faults`` is empty when the answer is right.

    ``values`` holds what it adds to each column of the measures; columns that do not apply to it are
    left out.
    """

    gold: Gold
    observation: Observation
    faults: tuple[str, ...]
    values: Mapping[str, float]

    @property
    def case(self) -> Case:
        """The question with its gold."""
        return self.gold.case

    @property
    def answer(self) -> Answer:
        """What the assistant said."""
        return self.observation.answer

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return not self.faults


def judge_all(golds: Sequence[Gold], observations: Sequence[Observation], library: Library) -> list[Verdict]:
    """Return how each question went, in order."""
    rankings = [[f"{c.document}#{c.anchor}" for c in o.ranked] for o in observations]
    ranked = ranking_values(golds, rankings) if any(rankings) else [{} for _ in golds]
    return [
        judge(gold, observation, library, ranked=values)
        for gold, observation, values in zip(golds, observations, ranked, strict=True)
    ]


def judge(
    gold: Gold, observation: Observation, library: Library, *, ranked: Mapping[str, float] | None = None
) -> Verdict:
    """Compare what was observed with the gold; ``ranked`` are the measures of the ranking."""
    case, answer = gold.case, observation.answer
    text = re.sub(r"\[\d+\]", " ", answer.answer)
    faults, values = _answerable(gold, answer, text) if case.answerable else _unanswerable(case, answer)
    faults += [f"bevat ‘{word}’" for word in case.must_not if soft(word) in soft(text)]
    shown = (*answer.citations, *answer.nearest)
    if shown:
        values["verbatim"] = float(all(verbatim(citation, library.texts) for citation in shown))
        faults += [] if values["verbatim"] else ["een citaat staat niet zo in de brief"]
    if borne := attribution(answer, library.texts):
        values["citation_recall"], values["citation_precision"] = borne
    if answer.status == "answered" and case.answerable:
        values["voice"] = float(_voices_right(gold, answer, library))
    values["right"] = float(not faults)
    values["answerable" if case.answerable else "unanswerable"] = values["right"]
    values |= _decision(case, answer) | dict(ranked or {})
    if "total" in answer.timing_ms:
        values["ms"] = answer.timing_ms["total"]
    return Verdict(gold, observation, tuple(faults), values)


def _answerable(gold: Gold, answer: Answer, text: str) -> tuple[list[str], dict[str, float]]:
    case = gold.case
    faults = [] if answer.status == "answered" else [f"niet beantwoord ({answer.status})"]
    lacking = [w for w in case.must if not any(_says(text, wording) for wording in w)]
    faults += [f"mist {' of '.join(f'‘{w}’' for w in wordings)}" for wordings in lacking]
    groups = [any(_holds(c, e) for c in answer.citations for e in group) for group in case.evidence]
    if not all(groups):
        faults.append(f"noemt {sum(groups)} van {len(groups)} plaatsen")
    words = len(text.split())
    if words > (_MAX_WORDS_LONG if case.kind in _LONG_KINDS else _MAX_WORDS):
        faults.append(f"{words} woorden")
    evidence = [e for group in case.evidence for e in group]
    values = {
        "answered": float(answer.status == "answered"),
        "facts": float(not lacking),
        "cited": sum(groups) / len(groups),
        "first": float(any(_holds(c, e) for c in answer.citations[:1] for e in evidence)),
        "words": float(words),
    }
    if answer.citations:
        placed = [any(in_section(e, c.chapter, c.section) for e in evidence) for c in answer.citations]
        values["in_section"] = sum(placed) / len(placed)
    if gold.caveats:
        kept = [any(_says(text, caveat) for caveat in wordings) for wordings in gold.caveats]
        values["caveat"] = sum(kept) / len(kept)
    return faults, values


def _unanswerable(case: Case, answer: Answer) -> tuple[list[str], dict[str, float]]:
    if answer.status == "answered":
        return ["antwoordt op wat de brief niet zegt"], {}
    if case.nearest is None:
        return [], {}
    near = case.nearest
    return [], {"nearest": float(any(in_section(near, c.chapter, c.section) for c in answer.nearest))}


def _decision(case: Case, answer: Answer) -> dict[str, float]:
    """Return what the case adds to precision and recall of refusing, also of each kind of refusal."""
    refused = answer.status != "answered"
    values: dict[str, float] = {}
    if refused:
        values["refusal_precision"] = float(not case.answerable)
    if not case.answerable:
        values["refusal_recall"] = float(refused)
    for status in REFUSALS:
        if answer.status == status and (case.answerable or case.expect):
            values[f"{status}_precision"] = float(case.expect == status)
        if case.expect == status:
            values[f"{status}_recall"] = float(answer.status == status)
    return values


def _voices_right(gold: Gold, answer: Answer, library: Library) -> bool:
    """Tell whether each statement has the voice of where it stands, and the first that of the evidence."""
    spoken = {c.marker: library.voice(c.document, c.start) for c in answer.citations}
    true = all(spoken.get(m) == s.voice for s in answer.statements for m in s.markers)
    return true and bool(answer.statements) and answer.statements[0].voice in gold.voices


def _says(text: str, wording: str) -> bool:
    return flat(wording) in flat(text)


def _holds(citation: Citation, evidence: Evidence) -> bool:
    return stands_in(evidence.snippet, citation.passage) and in_section(
        evidence, citation.chapter, citation.section
    )
