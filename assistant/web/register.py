"""The register of amounts and terms as a page, and as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.register import KIND_NAMES, Entry, as_csv, register
from assistant.web.pages import download, page
from assistant.web.reader import marked_url, render_missing
from assistant.web.templating import Quote, mark, render
from ingest.letter import Letter

_CSV = ".csv"


def register_routes(letters: Sequence[Letter]) -> APIRouter:
    """Return the routes of the registers of ``letters``, which may change.

    A register is made when it is first asked for: half a second for a letter of 35 pages.
    """
    routes = APIRouter()
    made: dict[str, tuple[Letter, str]] = {}

    def html_of(letter: Letter) -> str:
        known = made.get(letter.slug)
        if known is None or known[0] is not letter:
            known = made[letter.slug] = (letter, render_register(letter))
        return known[1]

    @routes.get("/register", response_model=None)
    def registers() -> HTMLResponse | RedirectResponse:
        if len(letters) == 1:
            return RedirectResponse(f"/register/{letters[0].slug}")
        return page(render("registers.html", letters=letters))

    @routes.get("/register.csv")
    def all_as_csv() -> Response:
        return _spreadsheet(letters, "bedragen-en-termijnen")

    @routes.get("/register/{name}")
    def one(name: str) -> Response:
        slug = name.removesuffix(_CSV)
        letter = next((letter for letter in letters if letter.slug == slug), None)
        if letter is None:
            return page(render_missing(letters), status=404)
        if name != slug:
            return _spreadsheet([letter], f"bedragen-en-termijnen-{slug}")
        return page(html_of(letter))

    return routes


def render_register(letter: Letter) -> str:
    """Return the page of the register of ``letter``."""
    entries = register(letter)
    chapters = {e.citation.chapter: (e.citation.chapter_name, e.citation.chapter_title) for e in entries}
    return render(
        "register.html",
        letter=letter,
        entries=entries,
        kinds={
            kind: name for kind, name in KIND_NAMES.items() if any(e.finding.kind == kind for e in entries)
        },
        chapters=chapters,
        kind_order=list(KIND_NAMES),
        sentence=_sentence,
        marked_url=marked_url,
    )


def _sentence(entry: Entry) -> Markup:
    return mark(entry.citation.quote, entry.citation.start, Quote(entry.start, entry.end))


def _spreadsheet(letters: Sequence[Letter], name: str) -> Response:
    file = f"{name}-{date.today().isoformat()}.csv"
    return download(as_csv(letters), file, "text/csv; charset=utf-8")
