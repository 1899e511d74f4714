"""Holds a set against its letters before anything is asked: every fault is named with its line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from eval.cases import Case, Evidence, Fault, QuestionSet
from eval.gold import Library
from eval.matching import flat
from ingest.errors import VraagbaakError
from ingest.letter import Part


def load_sets(paths: Sequence[Path], library: Library) -> list[QuestionSet]:
    """Read the sets. Raises VraagbaakError when any line of any set is not right."""
    sets = [QuestionSet.read(path) for path in paths]
    if faults := list(faults_of(sets, library)):
        more = len(faults) - 1
        rest = f" (Nog {more}: 'python -m eval check' noemt ze alle.)" if more else ""
        raise VraagbaakError(f"{faults[0]}{rest}")
    return sets


def faults_of(sets: Sequence[QuestionSet], library: Library) -> Iterator[Fault]:
    """Yield what is wrong with the sets, which are asked of one library."""
    seen: dict[tuple[str, ...], Fault] = {}
    for found in sets:
        yield from found.faults
        for case in found.cases:
            asked = tuple(flat(text) for text in (*case.history, case.question))
            for noun, key in (("het id", (case.id,)), ("de vraag", asked)):
                here = Fault(found.path.name, case.line, case.id, "", "Kies een ander.")
                if first := seen.get((noun, *key)):
                    yield replace(here, what=f"{noun} staat al op regel {first.line} van '{first.file}'")
                seen.setdefault((noun, *key), here)
            yield from _faults(case, found.path.name, library)


def _faults(case: Case, file: str, library: Library) -> Iterator[Fault]:
    def fault(what: str, mend: str) -> Fault:
        return Fault(file, case.line, case.id, what, mend)

    if case.draft:
        yield fault("het is nog een concept", f"Keur het goed met 'python -m eval accept BESTAND {case.id}'.")
    for evidence in (e for group in case.evidence for e in group):
        if not evidence.snippet.strip():
            yield fault("er is bewijs zonder citaat", "Neem de zin uit de brief over in 'snippet'.")
        elif not library.holding(evidence):
            yield fault(*_misplaced(evidence, library))
    if case.nearest and not library.under(case.nearest):
        yield fault(
            f"de plaats van 'nearest' is er niet ({_place(case.nearest)})", "Neem de titel over uit de brief."
        )
    texts = [flat(place.passage.text) for place in library.places]
    for caveat in case.caveats:
        if not any(flat(caveat) in text for text in texts):
            yield fault(f"'caveat' staat niet in de brief: '{caveat}'", "Neem de woorden letterlijk over.")


def _misplaced(evidence: Evidence, library: Library) -> tuple[str, str]:
    """Return what is wrong with evidence that no passage holds, and what to do."""
    anywhere = [place for place in library.places if flat(evidence.snippet) in flat(place.passage.text)]
    if anywhere:
        part = anywhere[0].part
        return (
            f"het citaat staat niet onder {_place(evidence)}",
            f"Het staat in hoofdstuk {part.chapter}, '{part.section[-1] if part.section else ''}', "
            f"onder '{part.heading}'. Verbeter 'chapter', 'section' of 'heading'.",
        )
    if any(flat(evidence.snippet) in flat(letter.text) for letter in library.letters):
        return (
            f"het citaat loopt over meer dan één alinea: '{_short(evidence.snippet)}'",
            "Kort het in tot een stuk van één alinea.",
        )
    return (
        f"het citaat staat niet in de brief: '{_short(evidence.snippet)}'",
        "Neem de zin letterlijk over uit de brief.",
    )


def _place(evidence: Evidence) -> str:
    section = f", '{evidence.section}'" if evidence.section else ""
    return f"hoofdstuk {evidence.chapter}{section}{f', {evidence.heading!r}' if evidence.heading else ''}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"


def coverage(sets: Sequence[QuestionSet], library: Library) -> list[tuple[Part, Counter[str]]]:
    """Return each part of the letters with the number of questions of each set that it answers.

    A part is what stands under one heading: a half of a section, or the section where it has none.
    Greetings and signatures are left out.
    """
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for questions in sets:
        for case in questions.cases:
            places = [p for group in case.evidence for e in group for p in library.holding(e)]
            for part in {id(place.part) for place in places}:
                found[part][questions.name] += 1
    parts = [part for letter in library.letters for part in letter.parts]
    says = [part for part in parts if any(passage.kind != "formality" for passage in part.passages)]
    return [(part, found[id(part)]) for part in says]
