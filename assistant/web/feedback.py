"""What readers think of an answer, and what staff made of it: the part of the desk the chat uses."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from assistant.answer import Answer
from assistant.checks import MAX_REMARK_CHARACTERS, Check
from assistant.limits import MAX_QUESTION_CHARACTERS
from assistant.store import CheckStore
from assistant.web.dutch_dates import day
from assistant.web.guard import RateLimit
from assistant.web.loading import LoadingAssistant
from ingest.errors import VraagbaakError

FEEDBACK_EXPECTED = (
    'Stuur JSON met een vraag en een oordeel: {"question": "…", "useful": true}. Daarnaast mogen '
    f'"remark" (hoogstens {MAX_REMARK_CHARACTERS} tekens), "history" en "documents", elk een lijst '
    "van teksten."
)
_MAX_EARLIER = 20
_PER_MINUTE_EACH, _PER_MINUTE_TOGETHER = 10, 60
_THANKS = "Dank u. Uw reactie ligt nu bij wie de antwoorden controleert."

_Question = Annotated[str, Field(max_length=MAX_QUESTION_CHARACTERS)]


class AskedBefore(BaseModel):
    """A question as it was asked; its answer is not sent along but made again."""

    question: _Question
    history: Annotated[list[_Question], Field(max_length=_MAX_EARLIER)] = []
    documents: Annotated[list[_Question], Field(max_length=_MAX_EARLIER)] = []


class FeedbackRequest(AskedBefore):
    """The body of ``POST /api/feedback``."""

    useful: bool
    remark: Annotated[str, Field(max_length=MAX_REMARK_CHARACTERS)] = ""


def feedback_routes(assistant: LoadingAssistant, store: CheckStore) -> APIRouter:
    """Return ``POST /api/feedback`` and ``POST /api/checked``."""
    limit = RateLimit(each=_PER_MINUTE_EACH, together=_PER_MINUTE_TOGETHER)
    routes = APIRouter()

    @routes.post("/api/feedback")
    def feedback(request: Request, body: FeedbackRequest) -> dict[str, Any]:
        limit.require(request.client.host if request.client else "")
        answer = assistant.ask_again(body.question, body.history, body.documents)
        if answer.status == "invalid":
            raise VraagbaakError("Er is nog geen antwoord om op te reageren. Stel eerst een vraag.")
        store.add_feedback(answer, body.history, useful=body.useful, remark=body.remark.strip())
        return {"message": _THANKS}

    @routes.post("/api/checked")
    def checked(body: AskedBefore) -> dict[str, Any]:
        check = store.checked(assistant.ask_again(body.question, body.history, body.documents))
        return {"checked": check and {"at": check.at, "label": _label(check)}}

    return routes


def checked_label(store: CheckStore, answer: Answer) -> str:
    """Return "Gecontroleerd door griffie op …" for an answer that staff found right, else ""."""
    try:
        check = store.checked(answer)
    except VraagbaakError:  # the answer is worth more than its label; the desk says what is wrong
        return ""
    return _label(check) if check else ""


def _label(check: Check) -> str:
    return f"Gecontroleerd door griffie op {day(check.at)}"
