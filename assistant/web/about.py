"""The pages "Over deze assistent" and "Toegankelijkheid"."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from assistant.settings import Settings
from assistant.web.pages import page
from assistant.web.templating import render
from index.defaults import DEFAULT_MODEL
from ingest.letter import Letter


def about_routes(letters: Sequence[Letter], settings: Settings) -> APIRouter:
    """Return the routes of both pages."""
    routes = APIRouter()

    @routes.get("/over")
    def about() -> HTMLResponse:
        html = render(
            "about.html",
            letters=letters,
            settings=settings,
            own_model=settings.model == DEFAULT_MODEL,
            version=_version(),
        )
        return page(html)

    @routes.get("/toegankelijkheid")
    def accessibility() -> HTMLResponse:
        return page(render("accessibility.html"))

    return routes


def _version() -> str:
    try:
        return version("vraagbaak")
    except PackageNotFoundError:  # run from a copy that is not installed
        return ""
