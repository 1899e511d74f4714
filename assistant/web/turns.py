"""A turn of the conversation as HTML: the question, the answer, its sources beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import get_args

from markupsafe import Markup

from assistant.answer import Answer, Citation, NoteKind, Statement, Status
from assistant.web.reader import marked_url
from assistant.web.templating import Quote, mark, render
from ingest.letter import Voice

_MARKER = re.compile(r"\[(\d{1,3})\]")

_REFUSALS: dict[Status, str] = {
    "not_stated": "Dit zegt de brief niet",
    "not_in_letter": "Dit onderwerp staat niet in de brief",
    "out_of_scope": "Hier kan Vraagbaak niet bij helpen",
    "invalid": "Deze vraag is niet te lezen",
}
_NOTES: dict[NoteKind, str] = {
    "caveat": "Let op",
    "contradiction": "De brief is niet eenduidig",
    "premise": "Over uw vraag",
    "language": "Over de taal",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What went along with a question: the earlier ones, and the letters it was put to."""

    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


def render_turn(
    number: int, answer: Answer, titles: Mapping[str, str], *, asked: Asked | None = None, label: str = ""
) -> str:
    """Return the answer to question ``number``; ``titles`` are the letters' titles by slug.

    ``label`` says that staff checked it, "" when they did not.
    """
    return render(
        "turn.html",
        number=number,
        question=answer.question,
        answer=answer,
        lead=answer.lead,
        label=label,
        asked=json.dumps(asdict(asked or Asked())),
        columns=_columns(answer),
        refusal=_REFUSALS.get(answer.status),
        note_names=_NOTES,
        titles=titles if len(titles) > 1 else {},
        marked_passage=_marked_passage,
        marked_url=marked_url,
        pieces=lambda text: _pieces(text, answer),
    )


def render_message(number: int, question: str, message: str, *, waiting: bool) -> str:
    """Return question ``number`` with a message in the place of its answer."""
    return render("message.html", number=number, question=question, message=message, waiting=waiting)


def _columns(answer: Answer) -> list[tuple[str, list[Statement]]]:
    """Return the statements by half of the letter, under the headings they stand under.

    Empty where only one half speaks, or a statement stands under no heading.
    """
    headings = {citation.marker: citation.heading for citation in answer.citations}
    columns: dict[Voice, tuple[str, list[Statement]]] = {}
    for statement in answer.statements:
        heading = headings.get(statement.markers[0], "") if statement.markers else ""
        if not heading:
            return []
        columns.setdefault(statement.voice, (heading, []))[1].append(statement)
    return [columns[voice] for voice in get_args(Voice) if voice in columns] if len(columns) > 1 else []


def _pieces(text: str, answer: Answer) -> list[tuple[str, int]]:
    """Return ``text`` cut after each [n] that is a source: (text before, n); n is 0 at the end."""
    known = {citation.marker for citation in answer.citations}
    pieces: list[tuple[str, int]] = []
    end = 0
    for found in _MARKER.finditer(text):
        if int(found[1]) in known:
            pieces.append((text[end : found.start()], int(found[1])))
            end = found.end()
    return [*pieces, (text[end:], 0)]


def _marked_passage(citation: Citation) -> Markup:
    return mark(citation.passage, citation.passage_start, Quote(citation.start, citation.end))
