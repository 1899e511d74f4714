"""Reads an evaluation set: questions with gold evidence, one JSON object a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import VraagbaakError


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that answers: ``snippet`` stands in it; an empty ``section`` means any."""

    chapter: int
    section: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question; each group of ``evidence`` needs one of its places cited.

    ``must`` are facts the answer holds, each in one of several wordings; ``must_not`` are words it
    may not hold.
    """

    id: str
    question: str
    history: tuple[str, ...]
    kind: str
    style: str
    answerable: bool
    evidence: tuple[tuple[Evidence, ...], ...]
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """Return the cases in ``path``. Raises VraagbaakError, naming the faulty line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VraagbaakError(f"Het bestand '{path}' is niet te lezen. Controleer de naam.") from error
    cases: list[Case] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                cases.append(_case(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise VraagbaakError(
                    f"Regel {number} van '{path.name}' is geen goede vraag ({error}). Verbeter die regel."
                ) from error
    return cases


def _case(fields: dict[str, Any]) -> Case:
    return Case(
        id=str(fields["id"]),
        question=fields["question"],
        history=tuple(fields.get("history") or ()),
        kind=fields["type"],
        style=fields.get("style", ""),
        answerable=bool(fields["answerable"]),
        evidence=tuple(
            tuple(Evidence(int(e["chapter"]), e["section"], e["snippet"]) for e in group)
            for group in fields.get("evidence", ())
        ),
        must=tuple(tuple(group) for group in fields.get("must_contain", ())),
        must_not=tuple(fields.get("must_not_contain", ())),
    )
