"""Asks the questions of a set and judges the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.service import Assistant
from eval.cases import Case, QuestionSet
from eval.gold import Gold, Library
from eval.journal import Journal, key_of
from eval.measures import Columns, columns_of, measured
from eval.metrics import Verdict, judge_all
from eval.observation import Observation
from eval.ranking import require
from ingest.console import Bar, say


@dataclass(frozen=True)
class Result:
    """A set that was asked, with its verdicts."""

    name: str
    verdicts: tuple[Verdict, ...]

    @cached_property
    def columns(self) -> Columns:
        """What every question adds to the measures."""
        return columns_of(self.verdicts)

    @cached_property
    def measures(self) -> dict[str, float]:
        """The measures by name."""
        return measured(self.columns)


def run(assistant: Assistant, cases: Sequence[Case], *, rank: bool = False) -> list[Verdict]:
    """Return how the assistant did on each case, in order; with ``rank`` the search too."""
    library = Library(assistant.letters)
    golds = [Gold.of(case, library) for case in cases]
    return judge_all(golds, [Observation.of(assistant, case, rank=rank) for case in cases], library)


def run_set(assistant: Assistant, questions: QuestionSet, folder: Path, *, resume: bool) -> Result:
    """Ask a whole set. What was observed is kept in ``folder`` until all is; ``resume`` goes on from it."""
    require()  # said before the questions are asked
    library = Library(assistant.letters)
    model = (assistant.index.encoder.name, assistant.index.encoder.weights)
    journal = Journal.open(
        folder, questions.name, key_of(questions.path, library.letters, model), resume=resume
    )
    if journal:
        say(f"{questions.name}: {len(journal)} van {len(questions.cases)} vragen waren al gesteld.")
    bar = Bar(questions.name)
    observations: list[Observation] = []
    try:
        for number, case in enumerate(questions.cases, start=1):
            seen = journal.get(case.id)
            if seen is None:
                seen = Observation.of(assistant, case)
                journal.add(case.id, seen)
            observations.append(seen)
            bar(number, len(questions.cases))
    except KeyboardInterrupt:
        say(f"{questions.name}: gestopt na {len(journal)} vragen. Met --resume gaat de meting daar verder.")
        raise
    golds = [Gold.of(case, library) for case in questions.cases]
    verdicts = judge_all(golds, observations, library)
    journal.close()
    return Result(questions.name, tuple(verdicts))
