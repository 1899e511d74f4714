"""The web site: the letter's pages, the HTTP interface, and the chat behind its gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from assistant.settings import Settings
from assistant.store import CheckStore
from assistant.web.about import about_routes
from assistant.web.desk import desk_routes
from assistant.web.errors import respond
from assistant.web.feedback import FEEDBACK_EXPECTED, checked_label, feedback_routes
from assistant.web.gate import ChatGate
from assistant.web.guard import Guard
from assistant.web.loading import LoadingAssistant
from assistant.web.pages import page
from assistant.web.pictures import Pictures
from assistant.web.reader import render_letter, render_missing, render_shelf
from assistant.web.register import register_routes
from assistant.web.shelf import Shelf
from assistant.web.staff import MAX_UPLOAD, staff_routes
from assistant.web.staff_only import StaffOnly
from assistant.web.take_along import take_along_routes
from assistant.web.templating import STATIC_FOLDER, render
from ingest.errors import VraagbaakError
from ingest.letter import Letter

_REFUSED = (401, 403)
_BAD_REQUEST = (
    'Stuur JSON met een vraag: {"question": "…"}. Daarnaast mogen "history" en "documents", '
    "elk een lijst van teksten."
)
_EXPECTED = {"/api/feedback": FEEDBACK_EXPECTED}
_REFRESH_SECONDS = 1
# What may be sent, in bytes, by the beginning of the path: to change anything, from our own pages only.
_POST_BYTES = {
    "/beheer": MAX_UPLOAD,
    "/controle/invoer": 20_000_000,
    "/controle": 1_000_000,
    "/api/feedback": 64_000,
}


class AskRequest(BaseModel):
    """The body of ``POST /api/ask``."""

    question: str
    history: list[str] = []
    documents: list[str] = []


def create_site(
    assistant: LoadingAssistant,
    letters: Sequence[Letter],
    *,
    opened: Callable[[Exception | None], None],
    settings: Settings | None = None,
    pictures: Pictures | None = None,
) -> FastAPI:
    """Return the site; ``opened`` is called when the chat is there, or with why it is not.

    ``letters`` may change while the site is up; those of a Shelf can be added to by staff. ``pictures``
    are those of letters that came as PDF.
    """
    settings = settings or Settings()
    store = CheckStore.of_home(settings.home)
    staff_only = [Depends(StaffOnly(settings.staff_password))]

    def build_chat() -> FastAPI:
        from assistant.web.chat import mount_chat  # imports Gradio: 3 to 5 s

        return mount_chat(FastAPI(openapi_url=None), assistant, letters, label=partial(checked_label, store))

    def starting(path: str) -> HTMLResponse:
        if path != "/":
            return page(render_missing(letters), status=404)
        html = render("starting.html", letters=letters, message=assistant.status.message)
        return page(html, status=200, refresh=_REFRESH_SECONDS)

    gate = ChatGate(build_chat, waiting=starting, opened=opened)
    site = FastAPI(openapi_url=None, lifespan=gate.lifespan)
    site.add_middleware(Guard, limits=_POST_BYTES, refuse=respond)

    @site.get("/api/status")
    def status() -> dict[str, Any]:
        return asdict(assistant.status)

    @site.post("/api/ask")
    def ask(body: AskRequest) -> JSONResponse:
        return JSONResponse(assistant.ask(body.question, body.history, body.documents).to_dict())

    @site.get("/brief")
    def shelf() -> HTMLResponse:
        return page(render_shelf(letters))

    @site.get("/brief/{slug:path}", response_model=None)
    def letter(slug: str, citaat: str = "") -> HTMLResponse | RedirectResponse:
        if not slug:
            return RedirectResponse("/brief")
        found = next((letter for letter in letters if letter.slug == slug), None)
        if found is None:
            return page(render_missing(letters), status=404)
        newer = next((letter for letter in letters if letter.slug == found.replaced_by), None)
        has_pictures = pictures is not None and pictures.of(slug) is not None
        return page(render_letter(found, citaat, newer=newer, has_pictures=has_pictures))

    site.include_router(desk_routes(assistant, letters, store), dependencies=staff_only)
    site.include_router(feedback_routes(assistant, store))
    site.include_router(about_routes(letters, settings))
    if isinstance(letters, Shelf):
        site.include_router(staff_routes(letters, assistant), dependencies=staff_only)

    @site.exception_handler(RequestValidationError)
    def bad_request(request: Request, error: Any) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": _EXPECTED.get(request.url.path, _BAD_REQUEST)}, 422)
        return page(render_missing(letters), status=404)

    @site.exception_handler(HTTPException)
    def not_served(request: Request, error: Any) -> Response:
        if request.url.path.startswith("/api/"):
            message = _EXPECTED.get(request.url.path, _BAD_REQUEST)
            return JSONResponse({"error": message}, error.status_code)
        if error.status_code in _REFUSED:
            return page(
                render("refused.html", message=error.detail), status=error.status_code, headers=error.headers
            )
        return page(render_missing(letters), status=error.status_code)

    @site.exception_handler(VraagbaakError)
    def user_error(request: Request, error: Any) -> Response:
        return respond(request, error)

    for router in (register_routes(letters), take_along_routes(assistant, letters)):
        site.include_router(router)
    if pictures:
        site.include_router(pictures.routes)
    site.mount("/web", StaticFiles(directory=STATIC_FOLDER))
    site.mount("/", gate)
    return site
