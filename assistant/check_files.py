"""Answers of a run into the queue, and what was checked out of it as an evaluation set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, Citation
from assistant.answer_json import MismatchError, bind
from assistant.checks import Check, Claim, Item, Place, Verdict, still_there
from assistant.differences import details
from assistant.question import analyse_last
from ingest.errors import VraagbaakError
from ingest.letter import Letter, Part

_MAX_LEAD_WORDS = 6  # a longer lead is no fact but a place or a sentence
_SHAPE = "Geef het bestand dat 'vraagbaak ask --batch' maakt: op elke regel een antwoord als JSON-object."


@dataclass(frozen=True, slots=True)
class Imported:
    """The answers of a file with their histories, and why others were left out, each with its line."""

    answers: tuple[tuple[Answer, tuple[str, ...]], ...]
    left_out: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """An evaluation set, one JSON object a case, and the numbers of the items it does not hold."""

    cases: tuple[dict[str, Any], ...]
    left_out: tuple[int, ...]

    @property
    def text(self) -> str:
        """The set as ``eval.cases.read_cases`` reads it."""
        return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in self.cases)


def read_answers(data: bytes, name: str, letters: Sequence[Letter]) -> Imported:
    """Return the answers in ``data``: what ``ask --batch`` printed, a line each, or objects that hold one
    under "answer", as a measurement keeps them.

    Answers that do not fit ``letters`` are left out, as are those to what was no question. Raises
    VraagbaakError, naming the line, when a line is no answer.
    """
    answers: list[tuple[Answer, tuple[str, ...]]] = []
    left_out: list[tuple[int, str]] = []
    for number, fields in _objects(data, name):
        try:
            given = fields["answer"] if isinstance(fields["answer"], dict) else fields
            answer = bind(given, letters)
            history = tuple(str(question) for question in fields.get("history") or ())
        except MismatchError as error:
            left_out.append((number, str(error)))
        except (LookupError, TypeError, ValueError) as error:
            raise VraagbaakError(f"Regel {number} van '{name}' is geen antwoord. {_SHAPE}") from error
        else:
            if answer.status == "invalid":
                left_out.append((number, "Dit was geen leesbare vraag."))
            else:
                answers.append((answer, history))
    if not answers and not left_out:
        raise VraagbaakError(f"In '{name}' staan geen antwoorden. {_SHAPE}")
    return Imported(tuple(answers), tuple(left_out))


def export_cases(items: Iterable[Item], letters: Sequence[Letter]) -> Exported:
    """Return what was fully checked as cases; what gives no case is left out.

    A case is answerable when staff found a statement right (one of the places cited for those must be
    cited) or showed the paragraph that answers (each of those must be). Left out are checks that say
    only that something is wrong, and those whose paragraphs have changed in ``letters`` since.
    """
    by_slug = {letter.slug: letter for letter in letters}
    cases: list[dict[str, Any]] = []
    left_out: list[int] = []
    for item in items:
        case = _case(item, by_slug)
        if case:
            cases.append(case)
        else:
            left_out.append(item.number)
    return Exported(tuple(cases), tuple(left_out))


def _objects(data: bytes, name: str) -> Iterator[tuple[int, Any]]:
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise VraagbaakError(f"Het bestand '{name}' is geen tekst in UTF-8. {_SHAPE}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                raise VraagbaakError(f"Regel {number} van '{name}' is geen JSON. {_SHAPE}") from error


def _case(item: Item, letters: Mapping[str, Letter]) -> dict[str, Any] | None:
    check, answer = item.check, item.answer
    if check is None or not check.complete:
        return None
    refused = item.claims[0].kind == "refusal"
    answerable = not (check.unanswerable or (refused and check.approves))
    evidence = _gold(item, check, letters) if answerable else []
    if evidence is None or (answerable and not evidence):
        return None
    right = [claim for claim, verdict in _judged(item, check) if verdict.judgement == "right"]
    facts = [claim.text.rstrip(".") for claim in right if claim.kind == "lead" and _is_fact(claim.text)]
    return {
        "id": f"controle-{item.number}",
        "question": item.question if item.history else answer.resolved_question,
        "history": list(item.history),
        "type": analyse_last(item.question, answer.resolved_question).kind if answerable else "unanswerable",
        "style": "controle",
        "answerable": answerable,
        "evidence": evidence,
        "must_contain": [[fact] for fact in facts] if answerable else [],
        "must_not_contain": [],
    }


def _judged(item: Item, check: Check) -> Iterator[tuple[Claim, Verdict]]:
    return zip(item.claims, check.verdicts, strict=True)


def _gold(item: Item, check: Check, letters: Mapping[str, Letter]) -> list[list[dict[str, Any]]] | None:
    """Return the groups of evidence, None when a paragraph is not in the letter any more."""
    cited: dict[tuple[str, int], Citation] = {}
    picked: dict[Place, None] = {}
    for claim, verdict in _judged(item, check):
        if verdict.judgement != "right":
            picked |= {verdict.place: None} if verdict.place else {}
        elif claim.kind in ("lead", "statement"):
            cited |= {(citation.document, citation.start): citation for citation in claim.citations}
    if cited and not still_there(item.answer, letters):
        return None
    groups = [[_evidence(citation, citation.quote) for citation in cited.values()]] if cited else []
    for place in picked:
        part = _part_of(place, letters)
        if part is None:
            return None
        groups.append([_evidence(part, place.text)])
    return groups


def _part_of(place: Place, letters: Mapping[str, Letter]) -> Part | None:
    letter = letters.get(place.document)
    parts = (part for part, passage in letter.places if passage.text == place.text) if letter else iter(())
    return next(parts, None)


def _evidence(at: Citation | Part, snippet: str) -> dict[str, Any]:
    section = at.section[-1] if at.section else ""
    return {"chapter": at.chapter, "section": section, "heading": at.heading, "snippet": snippet}


def _is_fact(lead: str) -> bool:
    figures = any(detail.kind == "figure" for detail in details(lead))
    return figures and len(lead.split()) <= _MAX_LEAD_WORDS
