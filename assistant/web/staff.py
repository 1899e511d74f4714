"""The pages on which staff add letters, look at their outline, correct it and let them count."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from assistant.web.loading import LoadingAssistant
from assistant.web.outline_form import CHOICE_NAMES, about_of, groups, hints_of, version_of
from assistant.web.pages import page
from assistant.web.shelf import Shelf
from assistant.web.templating import render
from ingest.check import oddities
from ingest.errors import LetterError
from ingest.letter_folder import LetterFolder, Opened
from ingest.versions import likely_former

MAX_UPLOAD = 60_000_000  # bytes
_MOST_FILES = 20
_NO_FILE = "Kies eerst een bestand."
_TOO_LARGE = "Dit bestand is te groot; hoogstens 60 MB kan. Splits de brief of sla hem kleiner op."
_CHANGED = "Iemand anders heeft deze brief net veranderd. Kijk het na en sla opnieuw op."
_SAVED = "Opgeslagen."


def staff_routes(shelf: Shelf, assistant: LoadingAssistant) -> APIRouter:
    """Return the pages under ``/beheer``."""
    desk = _Desk(shelf, assistant)
    router = APIRouter(prefix="/beheer")
    router.add_api_route("", desk.overview)
    router.add_api_route("/status", desk.status)
    router.add_api_route("/brief", desk.upload, methods=["POST"], response_model=None)
    router.add_api_route("/brief/{slug}", desk.look)
    router.add_api_route("/brief/{slug}", desk.save, methods=["POST"], response_model=None)
    router.add_api_route("/weg/{slug}", desk.ask_removal)
    router.add_api_route("/weg/{slug}", desk.remove, methods=["POST"], response_model=None)
    return router


class _Desk:
    def __init__(self, shelf: Shelf, assistant: LoadingAssistant) -> None:
        self._shelf = shelf
        self._store = shelf.store
        self._assistant = assistant

    def overview(self, melding: str = "") -> Response:
        """Show the letters, those that wait for a look, and where to add one."""
        concepts = [(folder.slug, folder.letter()) for folder in self._store.concepts()]
        html = render("staff.html", letters=self._store.load(), concepts=concepts, message=melding)
        return page(html, forms=True)

    def status(self) -> dict[str, Any]:
        """Say how far the index is with letters that changed: a share from 0 to 1, null when it is done."""
        behind = self._shelf.store.signature() != self._shelf.seen
        return {
            "renewing": 0.0 if behind else self._assistant.renewing,
            "state": self._assistant.status.state,
        }

    async def upload(self, request: Request) -> Response:
        """Read the files that were sent; each becomes a letter to look at."""
        if int(request.headers.get("content-length") or MAX_UPLOAD + 1) > MAX_UPLOAD:
            return _told(request, _TOO_LARGE, 413)
        async with request.form(max_files=_MOST_FILES) as form:
            files = [file for file in form.getlist("file") if isinstance(file, UploadFile) and file.filename]
            if not files:
                return _told(request, _NO_FILE, 400)
            said: list[str] = []
            slugs: list[str] = []
            for file in files:
                try:
                    slugs.append(await run_in_threadpool(self._read, file))
                except LetterError as error:
                    said.append(str(error))
        if said:
            return _told(request, " ".join(said), 400)
        place = f"/beheer/brief/{slugs[0]}" if len(slugs) == 1 else "/beheer"
        return JSONResponse({"place": place}) if _wants_json(request) else RedirectResponse(place, 303)

    def look(self, slug: str, melding: str = "") -> Response:
        """Show a letter's outline as it was found, to correct."""
        return self._shown(slug, melding, {})

    async def save(self, slug: str, request: Request) -> Response:
        """Keep what was corrected; let the letter count, or throw it away, where that is asked."""
        async with request.form(max_fields=100_000) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        return await run_in_threadpool(self._save, slug, fields)

    def ask_removal(self, slug: str) -> Response:
        """Ask whether a letter must go."""
        letter = next((letter for letter in self._store.load() if letter.slug == slug), None)
        if letter is None:
            raise HTTPException(404)
        return page(render("staff_remove.html", letter=letter), forms=True)

    def remove(self, slug: str) -> Response:
        """Take a letter out."""
        try:
            self._store.remove(slug)
        except LetterError as error:
            return _back(str(error))
        self._shelf.refresh()
        return _back(f"De brief '{slug}' is verwijderd.")

    def _read(self, file: UploadFile) -> str:
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / _file_name(file.filename or "")
            with path.open("wb") as copy:
                while block := file.file.read(1 << 20):
                    copy.write(block)
            return self._store.concept(path).slug

    def _save(self, slug: str, fields: Mapping[str, str]) -> Response:
        opened, concept = self._opened(slug)
        action = fields.get("action", "save")
        if action == "discard" and concept:
            concept.remove()
            return _back(f"'{slug}' is weggegooid.")
        if fields.get("version") != version_of(opened):
            return self._shown(slug, _CHANGED, fields)
        record = opened.record
        try:
            about = about_of(fields, record.about.on(opened.letter), record.about)
        except LetterError as error:
            return self._shown(slug, str(error), fields)
        folder = concept or self._store.own(slug)
        folder.write_hints(hints_of(fields, opened.items, opened.hints))
        folder.write_record(replace(record, about=about))
        try:
            folder.letter()
            if action == "publish" and concept:
                self._store.publish(folder, replaces=fields.get("replaces", ""))
                self._shelf.refresh()
                return _back(f"De brief '{slug}' telt mee zodra de index is bijgewerkt.")
        except LetterError as error:
            folder.write_hints(opened.hints)
            folder.write_record(record)
            return self._shown(slug, str(error), fields)
        self._shelf.refresh()
        return RedirectResponse(f"/beheer/brief/{slug}?melding={quote(_SAVED)}", 303)

    def _opened(self, slug: str) -> tuple[Opened, LetterFolder | None]:
        """Return a letter, with its folder where it is a concept. Raises HTTPException without one."""
        concept = next((folder for folder in self._store.concepts() if folder.slug == slug), None)
        try:
            return (concept.opened(), concept) if concept else (self._store.opened(slug), None)
        except LetterError as error:
            raise HTTPException(404) from error

    def _shown(self, slug: str, message: str, typed: Mapping[str, str]) -> Response:
        opened, concept = self._opened(slug)
        letter = opened.record.about.on(opened.letter)
        others = [other for other in self._store.load() if other.slug != slug and not other.replaced_by]
        html = render(
            "staff_letter.html",
            letter=letter,
            record=opened.record,
            concept=concept is not None,
            oddities=oddities(letter),
            groups=groups(opened.items),
            choices=CHOICE_NAMES,
            others=others,
            former=likely_former(letter, others) if concept else "",
            version=version_of(opened),
            message=message,
            typed=typed,
        )
        return page(html, forms=True)


def _file_name(name: str) -> str:
    """Return the last part of ``name``, without characters that a file system may refuse."""
    last = PurePath(name.replace("\\", "/")).name
    return re.sub(r"[^\w. ()-]", "_", last)[-100:].lstrip(".") or "brief"


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _told(request: Request, message: str, status: int) -> Response:
    if _wants_json(request):
        return JSONResponse({"error": message}, status)
    return _back(message)


def _back(message: str) -> Response:
    return RedirectResponse(f"/beheer?melding={quote(message)}", 303)
