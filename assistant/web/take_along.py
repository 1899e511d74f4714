"""Taking a conversation along: as Word, Markdown or plain text, and as a page to print.

The server keeps no conversation. The browser sends the questions, as it asked them, and they are asked
again: the same letters give the same answer, and nothing that was posted is taken for the letter's word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from assistant.answer import Citation
from assistant.export.markdown import as_markdown
from assistant.export.plain import as_text
from assistant.export.report import Numbering, Report, Section
from assistant.web.loading import LoadingAssistant
from assistant.web.pages import download, page
from assistant.web.reader import marked_url
from assistant.web.templating import render
from ingest.errors import VraagbaakError
from ingest.letter import Letter

_MAX_TURNS = 200
MAX_BYTES = 2_000_000  # 200 questions of 2,000 characters, each with eight earlier ones, would be 4 MB
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TROUBLE = "Het gesprek is niet te lezen. Ga terug naar de chat en probeer het opnieuw."
_TOO_MUCH = "Dit gesprek is te lang om mee te nemen. Begin een nieuw gesprek en neem de delen los mee."


class Turn(BaseModel):
    """A question as it was asked: the body of ``POST /api/ask``."""

    question: str
    history: list[str] = []
    documents: list[str] = []


class Conversation(BaseModel):
    """The questions of a conversation, and the form to take it along in."""

    turns: list[Turn] = Field(default=[], max_length=_MAX_TURNS)
    format: Literal["word", "markdown", "text", "print"] = "word"


def take_along_routes(assistant: LoadingAssistant, letters: Sequence[Letter]) -> APIRouter:
    """Return the routes: ``POST /api/export`` with JSON, ``POST /gesprek`` from a form of a page.

    The form has ``gesprek``, a JSON list of turns, and ``vorm``, the format.
    """
    routes = APIRouter()

    @routes.post("/api/export")
    def export(conversation: Conversation) -> Response:
        return _taken(assistant, letters, conversation)

    @routes.post("/gesprek")
    async def from_form(request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BYTES:
                return _trouble(_TOO_MUCH, 413)
        fields = parse_qs(body.decode(errors="replace"))
        turns, form = fields.get("gesprek", ["[]"])[-1], fields.get("vorm", ["word"])[-1]
        try:
            conversation = Conversation.model_validate_json(f'{{"turns": {turns}}}')
            conversation = Conversation.model_validate({**conversation.model_dump(), "format": form})
            return await run_in_threadpool(_taken, assistant, letters, conversation)
        except ValidationError as error:
            too_much = any(fault["type"] == "too_long" for fault in error.errors())
            return _trouble(_TOO_MUCH if too_much else _TROUBLE, 400)
        except VraagbaakError as error:
            return _trouble(str(error), 400)

    return routes


def _taken(assistant: LoadingAssistant, letters: Sequence[Letter], conversation: Conversation) -> Response:
    answers = [
        assistant.ask_again(turn.question, turn.history, turn.documents) for turn in conversation.turns
    ]
    report = Report.of(answers, letters, date.today())
    if conversation.format == "print":
        return page(render_print(report))
    if conversation.format == "markdown":
        return _file(report, "md", "text/markdown; charset=utf-8", as_markdown(report).encode())
    if conversation.format == "text":
        return _file(report, "txt", "text/plain; charset=utf-8", as_text(report).encode())
    from assistant.export.word import as_word  # imports python-docx

    return _file(report, "docx", _DOCX, as_word(report))


def render_print(report: Report) -> str:
    """Return the page to print, with the notes at its end."""
    numbering = Numbering()
    notes: list[tuple[str, str]] = []

    def note(citation: Citation, section: Section) -> int:
        number, is_new = numbering.number(citation)
        if is_new:
            notes.append((report.note(citation, section), marked_url(citation)))
        return number

    return render("print.html", report=report, note=note, notes=notes)


def _file(report: Report, suffix: str, media_type: str, content: bytes) -> Response:
    return download(content, f"vraagbaak-{report.made.isoformat()}.{suffix}", media_type)


def _trouble(message: str, status: int) -> Response:
    html = render("trouble.html", title="Het gesprek kan niet mee", message=message)
    return page(html, status=status)
