"""The checking desk: the queue of answers, and an answer beside its passages to be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from assistant.check_files import export_cases, read_answers
from assistant.checks import Check, Item, Source, Verdict, still_there
from assistant.store import CheckStore, ConflictError, Show
from assistant.web.desk_form import Filled, read_form
from assistant.web.desk_view import views
from assistant.web.loading import LoadingAssistant
from assistant.web.pages import FORM_HEADERS, page
from assistant.web.reader import render_missing
from assistant.web.templating import render
from ingest.errors import VraagbaakError
from ingest.letter import Letter

_ON_A_PAGE = 50
_MAX_FIELDS = 2000
_MOST = 2**31
_SHOW_NAMES: dict[Show, str] = {"open": "Nog te doen", "done": "Klaar", "all": "Alles"}
_SOURCE_NAMES: dict[Source, str] = {
    "feedback": "Reactie van een lezer",
    "run": "Meting",
    "typed": "Zelf ingetypt",
}
_MESSAGES = {
    "bewaard": "Uw oordeel is bewaard.",
    "bewaard-klaar": "Uw oordeel is bewaard. Alle antwoorden in de lijst zijn nu gecontroleerd.",
    "deels": "Uw oordeel is bewaard. Nog niet bij alles is een oordeel gekozen: het antwoord blijft open.",
    "toegevoegd": "De vraag is gesteld. Controleer hieronder het antwoord.",
    "bekend": "Deze vraag met dit antwoord stond al in de lijst. U ziet haar hieronder.",
}
_WAIT = "Vraagbaak laadt nog. Uw vraag staat nog in het veld: probeer het over een halve minuut opnieuw."


async def _posted(request: Request) -> FormData:
    return await request.form(max_files=1, max_fields=_MAX_FIELDS)


Posted = Annotated[FormData, Depends(_posted)]
Number = Annotated[int, Path(ge=1, le=_MOST)]
First = Annotated[int, Query(ge=0, le=_MOST)]


class Desk:
    """The pages of the desk; each method answers one kind of request."""

    def __init__(self, assistant: LoadingAssistant, letters: Sequence[Letter], store: CheckStore) -> None:
        self._assistant = assistant
        self._letters = letters
        self._store = store

    @property
    def _by_slug(self) -> dict[str, Letter]:
        return {letter.slug: letter for letter in self._letters}

    @property
    def routes(self) -> APIRouter:
        """Where the methods are found."""
        routes = APIRouter()
        routes.get("/controle")(self.queue)
        routes.post("/controle/vraag")(self.ask)
        routes.post("/controle/invoer")(self.take_in)
        routes.get("/controle/vragenset.jsonl")(self.export)
        routes.get("/controle/brief/{slug}")(self.letter)
        routes.get("/controle/{number}")(self.item)
        routes.post("/controle/{number}")(self.save)
        return routes

    def queue(self, toon: str = "open", bron: str = "", vanaf: First = 0, melding: str = "") -> Response:
        """Show the queue."""
        return self._queue(show=toon, source=bron, first=vanaf, message=_MESSAGES.get(melding, ""))

    def ask(self, form: Posted) -> Response:
        """Ask a question that was typed in and put its answer in the queue."""
        question = _text(form, "question").strip()
        history = [text for text in form.getlist("history") if isinstance(text, str)]
        if self._assistant.status.state == "laden":
            return self._queue(trouble=_WAIT, question=question, status=503)
        try:
            answer = self._assistant.ask_again(question, history)
        except VraagbaakError as error:
            return self._queue(trouble=str(error), question=question, status=503)
        if answer.status == "invalid":
            return self._queue(trouble=answer.answer, question=question, status=422)
        number, new = self._store.add(answer, history, "typed")
        return _go(f"/controle/{number}", "toegevoegd" if new else "bekend")

    def take_in(self, form: Posted) -> Response:
        """Put the answers of a file in the queue."""
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return self._queue(trouble="Kies eerst een bestand met antwoorden.", status=422)
        try:
            found = read_answers(file.file.read(), file.filename, self._letters)
        except VraagbaakError as error:
            return self._queue(trouble=str(error), status=422)
        new = self._store.add_all(found.answers, "run")
        message = f"Toegevoegd: {new}. Stond er al: {len(found.answers) - new}."
        if found.left_out:
            number, why = found.left_out[0]
            message += f" Overgeslagen: {len(found.left_out)}; de eerste is regel {number}. {why}"
        return self._queue(message=message)

    def export(self) -> Response:
        """Give what was checked as an evaluation set."""
        exported = export_cases(self._store.items(), self._letters)
        if not exported.cases:
            trouble = "Er is nog niets om op te slaan. Controleer eerst een antwoord helemaal."
            return self._queue(trouble=trouble, status=404)
        headers = {"Content-Disposition": 'attachment; filename="controle-vragenset.jsonl"'}
        return Response(exported.text, headers=headers | FORM_HEADERS, media_type="application/x-ndjson")

    def letter(self, slug: str) -> Response:
        """Give a letter as a list to pick a paragraph from."""
        if slug not in self._by_slug:
            return page(render_missing(self._letters), status=404)
        return page(render("desk_letter.html", letter=self._by_slug[slug]), forms=True)

    def item(self, number: Number, melding: str = "") -> Response:
        """Show one answer."""
        item = self._store.item(number)
        return self._item(item, item.check, message=_MESSAGES.get(melding, ""))

    def save(self, number: Number, form: Posted) -> Response:
        """Save what was filled in, and go on to the next open answer."""
        item = self._store.item(number)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        filled = read_form(fields, item, self._by_slug)
        if filled.problems:
            return self._item(replace(item, version=filled.version), filled.check, filled=filled, status=422)
        try:
            saved = self._store.save(number, filled.version, filled.check)
        except ConflictError as conflict:
            return self._item(conflict.item, filled.check, conflict=conflict.item.check, status=409)
        if saved.open:
            return _go(f"/controle/{number}", "deels")
        after = self._store.next_open(number)
        return _go(f"/controle/{after}", "bewaard") if after else _go("/controle", "bewaard-klaar")

    def _queue(
        self,
        *,
        show: str = "open",
        source: str = "",
        first: int = 0,
        message: str = "",
        trouble: str = "",
        question: str = "",
        status: int = 200,
    ) -> Response:
        shown: Show = next((name for name in get_args(Show) if name == show), "open")
        chosen: Source | None = next((name for name in get_args(Source) if name == source), None)
        html = render(
            "desk.html",
            entries=self._store.entries(shown, chosen, first=first, count=_ON_A_PAGE),
            counts={name: self._store.count(name, chosen) for name in _SHOW_NAMES},
            show=shown,
            source=chosen,
            show_names=_SHOW_NAMES,
            source_names=_SOURCE_NAMES,
            first=first,
            on_a_page=_ON_A_PAGE,
            message=message,
            trouble=trouble,
            question=question,
        )
        return page(html, status=status, forms=True)

    def _item(
        self,
        item: Item,
        check: Check | None,
        *,
        message: str = "",
        filled: Filled | None = None,
        conflict: Check | None = None,
        status: int = 200,
    ) -> Response:
        verdicts = check.verdicts if check else (Verdict(),) * len(item.claims)
        html = render(
            "desk_item.html",
            item=item,
            claims=views(item.claims, verdicts, self._by_slug),
            check=check,
            shown_initials=check.initials if check and (filled or conflict) else "",
            refused=item.claims[0].kind == "refusal",
            fresh=still_there(item.answer, self._by_slug),
            changes=self._store.changes(item.number),
            open_count=self._store.count("open"),
            source_names=_SOURCE_NAMES,
            letters=self._letters,
            message=message,
            problems=filled.problems if filled else (),
            conflict=conflict,
        )
        return page(html, status=status, forms=True)


def desk_routes(assistant: LoadingAssistant, letters: Sequence[Letter], store: CheckStore) -> APIRouter:
    """Return the routes of the desk."""
    return Desk(assistant, letters, store).routes


def _go(path: str, message: str) -> RedirectResponse:
    return RedirectResponse(f"{path}?melding={message}", 303)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
