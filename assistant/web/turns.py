"""A turn of the conversation as HTML: the question, the answer, its sources beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from markupsafe import Markup

from assistant.answer import Answer, Citation, Statement
from assistant.citing import reference
from assistant.export.plain import as_text
from assistant.export.report import Report
from assistant.messages import NOTES, REFUSALS
from assistant.web.reader import marked_url
from assistant.web.templating import Quote, mark, render
from ingest.letter import Letter, Voice

_MARKER = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes beside an answer: the earlier questions, the letters that were asked and those there are.

    ``label`` says that staff checked the answer, "" when they did not.
    """

    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    label: str = ""


def render_turn(number: int, answer: Answer, beside: Beside) -> str:
    """Return the answer to question ``number`` with its sources and what can be done with it."""
    by_slug = {letter.slug: letter for letter in beside.letters}
    return render(
        "turn.html",
        number=number,
        question=answer.question,
        answer=answer,
        lead=answer.lead,
        label=beside.label,
        asked=json.dumps({"history": beside.history, "documents": beside.documents}),
        copied=as_text(Report.of([answer], beside.letters, date.today())) if answer.statements else "",
        reference=lambda citation: _reference(citation, by_slug),
        columns=_columns(answer),
        refusal=REFUSALS.get(answer.status),
        note_names=NOTES,
        titles={slug: letter.dated_title for slug, letter in by_slug.items()} if len(by_slug) > 1 else {},
        marked_passage=_marked_passage,
        marked_url=marked_url,
        pieces=lambda text: _pieces(text, answer),
    )


def render_message(number: int, question: str, message: str, *, waiting: bool) -> str:
    """Return question ``number`` with a message in the place of its answer."""
    return render("message.html", number=number, question=question, message=message, waiting=waiting)


def _columns(answer: Answer) -> list[tuple[str, list[Statement]]]:
    """Return the statements by who says them, under the heading that the first of each stands under.

    What stands under no heading, such as a sentence of the cover letter, goes with the voice it has. Empty
    where only one half speaks, or none of what it says stands under a heading.
    """
    headings = {citation.marker: citation.heading for citation in answer.citations}
    columns: list[tuple[str, list[Statement]]] = []
    for voice in get_args(Voice):
        said = [statement for statement in answer.statements if statement.voice == voice]
        over = (headings.get(marker, "") for statement in said for marker in statement.markers)
        columns.append((next(filter(None, over), ""), said))
    return columns if all(heading for heading, _ in columns) else []


def _reference(citation: Citation, letters: Mapping[str, Letter]) -> str:
    letter = letters.get(citation.document)
    return reference(citation, letter) if letter else citation.label


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
