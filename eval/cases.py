"""Reads an evaluation set: questions with gold evidence, one JSON object a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ingest.errors import VraagbaakError

_FIELDS = (
    "id question history type style answerable evidence must_contain must_not_contain caveat nearest "
    "expect draft".split()
)
_STATUSES = ("not_stated", "not_in_letter", "out_of_scope", "invalid")
# The refusal that fits a style of question, where the case itself does not say.
_REFUSALS = {"near": "not_stated", "far": "not_in_letter"} | dict.fromkeys(
    ("smalltalk", "command", "attack", "opinion"), "out_of_scope"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that answers: ``snippet`` stands in it; an empty ``section`` or ``heading`` means any."""

    chapter: int
    section: str
    snippet: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question; each group of ``evidence`` needs one of its places cited.

    ``must`` are facts the answer holds, each in one of several wordings; ``must_not`` are words it
    may not hold; ``caveats`` are reservations, verbatim, that it must show. ``nearest`` is where a
    refusal should point. ``expect`` is the fitting refusal, "" where any will do. A ``draft`` waits
    for a person's word; ``line`` is where it stands in its file.
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
    caveats: tuple[str, ...] = ()
    nearest: Evidence | None = None
    expect: str = ""
    draft: bool = False
    line: int = 0

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that change when the question or its gold does."""
        gold = (self.question, self.history, self.answerable, self.evidence, self.must, self.must_not)
        return hashlib.sha256(repr((gold, self.caveats, self.nearest, self.expect)).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a set, in Dutch, and what to do about it."""

    file: str
    line: int
    id: str
    what: str
    mend: str

    def __str__(self) -> str:
        name = f" ({self.id})" if self.id else ""
        return f"Regel {self.line} van '{self.file}'{name} is geen goede vraag: {self.what}. {self.mend}"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The cases of one file; ``faults`` are those of the lines that could not be read."""

    path: Path
    cases: tuple[Case, ...]
    faults: tuple[Fault, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @classmethod
    def read(cls, path: Path) -> QuestionSet:
        """Read a file. Raises VraagbaakError when it is no text or holds no line."""
        cases: list[Case] = []
        faults: list[Fault] = []
        for number, line in lines_of(path):
            try:
                cases.append(_case(_object(line), number))
            except _WrongField as error:
                faults.append(Fault(path.name, number, error.id, error.what, error.mend))
        if not cases and not faults:
            raise VraagbaakError(f"In '{path}' staat geen vraag. Zet er een vraag per regel in.")
        return cls(path, tuple(cases), tuple(faults))


def read_cases(path: Path) -> list[Case]:
    """Return the cases in ``path``. Raises VraagbaakError, naming the first faulty line."""
    found = QuestionSet.read(path)
    if found.faults:
        raise VraagbaakError(str(found.faults[0]))
    return list(found.cases)


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of ``path`` that are not empty, with their numbers. Raises VraagbaakError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise VraagbaakError(f"Het bestand '{path}' is niet te lezen. Controleer de naam.") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


class _WrongField(Exception):
    """A line is not as it should be; ``what`` and ``mend`` are for the user."""

    def __init__(self, what: str, mend: str, name: str = "") -> None:
        super().__init__(what)
        self.what, self.mend, self.id = what, mend, name


def _object(line: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise _WrongField("het is geen JSON", "Zet er een object in accolades, op één regel.") from error
    if not isinstance(fields, dict):
        raise _WrongField("het is geen JSON-object", "Zet er een object in accolades, op één regel.")
    return fields


def _case(fields: dict[str, Any], line: int) -> Case:
    name = str(fields.get("id", ""))
    try:
        return _checked(fields, line)
    except _WrongField as error:
        raise _WrongField(error.what, error.mend, name) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _WrongField(
            "een veld heeft niet de juiste vorm", "Vergelijk de velden met die van een goede regel.", name
        ) from error


def _checked(fields: dict[str, Any], line: int) -> Case:
    for field in fields.keys() - set(_FIELDS):
        if meant := get_close_matches(field, _FIELDS, n=1, cutoff=0.8):
            raise _WrongField(f"het veld '{field}' bestaat niet", f"Bedoeld is '{meant[0]}'.")
    for field in ("id", "question", "type"):
        if not isinstance(fields.get(field), str) or not fields[field].strip():
            raise _WrongField(f"het veld '{field}' ontbreekt of is geen tekst", "Vul het in.")
    if not isinstance(fields.get("answerable"), bool):
        raise _WrongField("het veld 'answerable' is niet true of false", "Vul een van beide in.")
    evidence = tuple(tuple(_evidence(e) for e in group) for group in fields.get("evidence") or ())
    if fields["answerable"] and not (evidence and all(evidence)):
        raise _WrongField("er staat geen bewijs bij", "Vul 'evidence' in, of zet 'answerable' op false.")
    style = _text(fields, "style")
    expect = _text(fields, "expect") or _REFUSALS.get(style, "")
    if expect and expect not in _STATUSES:
        raise _WrongField(f"'expect' is '{expect}'", f"Kies uit: {', '.join(_STATUSES)}.")
    return Case(
        id=fields["id"],
        question=fields["question"],
        history=_texts(fields, "history"),
        kind=fields["type"],
        style=style,
        answerable=fields["answerable"],
        evidence=evidence,
        must=tuple(_wordings(group) for group in fields.get("must_contain") or ()),
        must_not=_texts(fields, "must_not_contain"),
        caveats=_texts(fields, "caveat"),
        nearest=_evidence(fields["nearest"]) if fields.get("nearest") else None,
        expect="" if fields["answerable"] else expect,
        draft=bool(fields.get("draft", False)),
        line=line,
    )


def _evidence(fields: dict[str, Any]) -> Evidence:
    return Evidence(
        int(fields["chapter"]), fields["section"], _text(fields, "snippet"), _text(fields, "heading")
    )


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name) or ""
    if not isinstance(value, str):
        raise _WrongField(f"het veld '{name}' is geen tekst", "Zet er tekst tussen aanhalingstekens in.")
    return value


def _texts(fields: dict[str, Any], name: str) -> tuple[str, ...]:
    return _wordings(fields.get(name) or [], name)


def _wordings(values: Any, name: str = "must_contain") -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _WrongField(f"het veld '{name}' is geen lijst van teksten", "Zet de teksten tussen [ en ].")
    return tuple(values)
