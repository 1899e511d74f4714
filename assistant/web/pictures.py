"""The pages of letters that came as PDF, as pictures."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from assistant.web.reader import parse_quote
from assistant.web.shelf import Shelf
from ingest.errors import LetterError
from ingest.page_image import page_image

_KEPT = 64  # pictures, of 100 to 200 kB


class Pictures:
    """Says which letters of ``shelf`` have pictures of their pages, and serves those."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.routes = APIRouter()
        self.routes.add_api_route("/blad/{slug}/{number}.png", self.picture)

    def of(self, slug: str) -> Path | None:
        """Return the PDF of a letter, None where it came as something else."""
        folder = self._shelf.store.folder(slug)
        if folder is None:
            return None
        try:
            return folder.original if folder.original.suffix == ".pdf" else None
        except LetterError:
            return None

    def picture(self, slug: str, number: int, citaat: str = "") -> Response:
        """Serve a page; the quote ``citaat``, "START-END", is marked where the page has it."""
        letter = next((letter for letter in self._shelf if letter.slug == slug), None)
        path = self.of(slug)
        if letter is None or path is None:
            raise LetterError("Van deze bladzijde is er geen plaatje. Lees de tekst van de brief.")
        quote = parse_quote(citaat, letter)
        words = ("", 0, 0)
        if quote:
            passage = next(p for _, p in letter.places if p.start <= quote.start < p.end)
            words = (passage.text, quote.start - passage.start, quote.end - passage.start)
        png = _drawn(path, path.stat().st_mtime_ns, number, words)
        return Response(png, headers={"X-Content-Type-Options": "nosniff"}, media_type="image/png")


@lru_cache(_KEPT)
def _drawn(path: Path, changed: int, number: int, words: tuple[str, int, int]) -> bytes:
    return page_image(path, number, *words)
