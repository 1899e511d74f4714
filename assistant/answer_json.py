"""Answers as text and back: whole for the store, and from the contract's JSON of another run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from assistant.answer import Answer, Citation
from ingest.errors import VraagbaakError
from ingest.letter import Letter

_ANSWER = TypeAdapter(Answer)


class MismatchError(VraagbaakError):
    """An answer does not fit the letters: a quote does not stand at its place in them."""


def dump(answer: Answer) -> str:
    """Return the whole answer as JSON text, for ``load``."""
    return _ANSWER.dump_json(answer).decode()


def load(text: str) -> Answer:
    """Return the answer that ``dump`` made ``text`` of."""
    return _ANSWER.validate_json(text)


def bind(fields: Mapping[str, Any], letters: Iterable[Letter]) -> Answer:
    """Return the answer of the contract's JSON object, each citation looked up in ``letters`` anew.

    Raises MismatchError when a citation does not stand there verbatim, ValueError or another
    LookupError or TypeError when it is no such object.
    """
    by_slug = {letter.slug: letter for letter in letters}
    names = ("question", "resolved_question", "status", "answer", "statements", "notes", "confidence")
    found = {name: fields[name] for name in names}
    for name in ("citations", "nearest"):
        found[name] = tuple(_cite(place, by_slug) for place in fields[name])
    return _ANSWER.validate_python(found)


def _cite(place: Mapping[str, Any], letters: Mapping[str, Letter]) -> Citation:
    slug, start, end = str(place["document"]), int(place["start"]), int(place["end"])
    letter = letters.get(slug)
    if letter is None:
        raise MismatchError(f"Er is geen brief met de naam '{slug}'.")
    for part, passage in letter.places:
        if passage.start <= start < end <= passage.end and letter.text[start:end] == place["quote"]:
            marker = int(place["marker"])
            return Citation.of(letter, part, passage, marker=marker, start=start, end=end)
    raise MismatchError(f"Een citaat staat niet op zijn plaats in de brief '{slug}'.")
