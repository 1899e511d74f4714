"""What the assistant did with a question: its answer, and the passages as its search ranked them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assistant.answer import Answer, Citation, Note, Statement
from assistant.service import Assistant
from eval.cases import Case
from index.hit import Hit

DEPTH = 10  # passages of a search that are kept and measured


@dataclass(frozen=True, slots=True)
class Observation:
    """An answer and the whole passages of the search, best first; none where they do not count."""

    answer: Answer
    ranked: tuple[Citation, ...] = ()

    @classmethod
    def of(cls, assistant: Assistant, case: Case, *, rank: bool = True) -> Observation:
        """Ask ``case``, and search for it where the letter answers it and ``rank`` is wanted."""
        answer = assistant.ask(case.question, case.history)
        hits: tuple[Hit, ...] = ()
        if rank and case.answerable:
            hits = assistant.search(case.question, history=case.history, top=DEPTH).hits
        return cls(answer, tuple(_place(hit, number) for number, hit in enumerate(hits, start=1)))

    def dumps(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loads(cls, line: str) -> Observation:
        """Read a line of ``dumps``. Raises ValueError, KeyError or TypeError when it is none."""
        fields = json.loads(line)
        answer = fields["answer"]
        citations = {name: tuple(map(_citation, answer[name])) for name in ("citations", "nearest")}
        notes = tuple(Note(**n | {"markers": tuple(n["markers"])}) for n in answer["notes"])
        statements = tuple(Statement(**s | {"markers": tuple(s["markers"])}) for s in answer["statements"])
        answer |= citations | {"notes": notes, "statements": statements}
        return cls(Answer(**answer), tuple(map(_citation, fields["ranked"])))


def _citation(fields: Mapping[str, Any]) -> Citation:
    return Citation(**{**fields, "section": tuple(fields["section"])})


def _place(hit: Hit, number: int) -> Citation:
    passage = hit.passage
    return Citation.of(hit.letter, hit.part, passage, marker=number, start=passage.start, end=passage.end)
