"""A user's error as the site says it: JSON to a program, a page with a way on to a person."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.database import StoreError
from assistant.store import GoneError
from assistant.web.guard import ForeignRequestError, TooLargeError, TooManyError
from assistant.web.loading import NotLoadedError
from assistant.web.pages import page
from assistant.web.templating import render
from ingest.errors import VraagbaakError

_CODES: dict[type[VraagbaakError], int] = {
    ForeignRequestError: 403,
    GoneError: 404,
    TooLargeError: 413,
    TooManyError: 429,
    NotLoadedError: 503,
    StoreError: 503,
}


def respond(request: Request, error: VraagbaakError) -> Response:
    """Return the answer to a request that ended in ``error``."""
    code = _CODES.get(type(error), 400)
    asked_for_json = "application/json" in request.headers.get("accept", "")
    if asked_for_json or request.url.path.startswith("/api/"):
        return JSONResponse({"error": str(error)}, code)
    return page(render("trouble.html", title="Dat lukt nu niet", message=str(error)), status=code)
