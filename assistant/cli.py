"""The commands of ``vraagbaak``: ``ask``, ``search``, ``chat``, ``letters`` and ``check``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import check_cli, letters_cli
from assistant.limits import MAX_QUESTION_CHARACTERS
from assistant.refuse import refuse
from index.defaults import DEFAULT_MODEL
from ingest.console import Bar, say
from ingest.errors import VraagbaakError

if TYPE_CHECKING:
    from assistant.settings import Settings


def add_commands(parser: argparse.ArgumentParser) -> Any:
    """Add every command of the assistant to ``parser`` and return the group, for more."""
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)

    ask = commands.add_parser("ask", help="stel een vraag over de brief")
    _question_options(ask)
    ask.set_defaults(run=_ask)

    search = commands.add_parser("search", help="zoek de alinea's die bij een vraag horen")
    _question_options(search)
    search.add_argument("--top", type=int, default=10, metavar="N", help="hoeveel alinea's (10)")
    search.set_defaults(run=_search)

    chat = commands.add_parser("chat", help="open de chat in de browser")
    _model_options(chat)
    chat.add_argument("--host", default="127.0.0.1", metavar="ADRES", help="adres (127.0.0.1)")
    chat.add_argument("--port", type=int, default=7860, metavar="POORT", help="poort (7860)")
    chat.add_argument("--no-browser", action="store_true", help="open geen browser")
    chat.add_argument("--log-questions", action="store_true", help="bewaar de vragen op deze computer")
    chat.set_defaults(run=_chat)

    letters = commands.add_parser("letters", help="bekijk, voeg toe of verwijder brieven")
    letters_cli.add_commands(letters)
    check_cli.add_commands(commands.add_parser("check", help="beheer wat op de controletafel ligt"))
    return commands


def _model_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="BRIEF",
        help="antwoord alleen uit deze brief (mag vaker)",
    )
    parser.add_argument("--model", default=DEFAULT_MODEL, metavar="NAAM", help="ander taalmodel")


def _question_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", metavar="VRAAG", help="de vraag, tussen aanhalingstekens")
    parser.add_argument(
        "--history",
        action="append",
        default=[],
        metavar="VRAAG",
        help="een eerdere vraag (mag vaker)",
    )
    parser.add_argument("--json", action="store_true", help="geef het antwoord als JSON")
    parser.add_argument(
        "--batch",
        type=Path,
        metavar="BESTAND",
        help='beantwoord een bestand met op elke regel {"id", "question", "history"}',
    )
    _model_options(parser)


def _settings(options: argparse.Namespace) -> Settings:
    from assistant.settings import Settings

    return Settings(model=options.model, documents=tuple(options.document))


def _load(options: argparse.Namespace) -> Any:
    from assistant.service import Assistant

    return Assistant.load(_settings(options), notify=say, progress=Bar("Index"))


def _questions(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield the questions of the command or of its batch file, checked line by line."""
    if not options.batch:
        yield {"id": "", "question": options.question or "", "history": options.history}
        return
    try:
        lines = options.batch.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise VraagbaakError(
            f"Het bestand '{options.batch}' is niet te lezen. Controleer de naam en de map."
        ) from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _batch_line(line, number, options.batch.name)


def _batch_line(line: str, number: int, name: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
        question, history = fields["question"], fields.get("history") or []
        texts = [question, *history] if isinstance(history, list) else [None]
        if all(isinstance(text, str) for text in texts):
            name_of = fields.get("id")
            return {
                "id": str(number if name_of is None else name_of),
                "question": question,
                "history": history,
            }
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise VraagbaakError(
        f"Regel {number} van '{name}' is niet goed. Zet op elke regel een JSON-object met 'id', "
        "'question' en zo nodig 'history' (een lijst)."
    )


def _answer_each(
    options: argparse.Namespace, answer: Callable[[Any, dict[str, Any]], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    if (options.batch is None) == (options.question is None):
        raise VraagbaakError("Geef één vraag op, of een bestand met vragen achter --batch.")
    questions = list(_questions(options))
    assistant = _load(options)
    for fields in questions:
        yield {**answer(assistant, fields), "id": fields["id"]}


def _ask(options: argparse.Namespace) -> int:
    if options.question is not None and options.batch is None:
        refused = refuse(options.question, MAX_QUESTION_CHARACTERS)
        if refused:  # said at once, before the model takes its seconds
            _show(refused.to_dict(), options)
            return 2 if refused.status == "invalid" else 0

    def answer(assistant: Any, fields: dict[str, Any]) -> dict[str, Any]:
        found = assistant.ask(fields["question"], fields["history"])
        result: dict[str, Any] = found.to_dict()
        return result

    for result in _answer_each(options, answer):
        _show(result, options)
    return 0


def _show(result: dict[str, Any], options: argparse.Namespace) -> None:
    if options.json or options.batch:
        print(json.dumps(result, ensure_ascii=False), flush=True)
    else:
        _print_answer(result)


def _print_answer(result: dict[str, Any]) -> None:
    print(result["answer"], file=sys.stderr if result["status"] == "invalid" else sys.stdout)
    several = len({place["document"] for place in (*result["citations"], *result["nearest"])}) > 1
    for title, places in (("Bronnen", result["citations"]), ("Dichtbij", result["nearest"])):
        if places:
            print(f"\n{title}")
        for place in places:
            letter = f"{place['document']} › " if several else ""
            print(f"[{place['marker']}] {letter}{place['label']}")
            if title == "Dichtbij":
                print(f"    {place['quote']}")


def _search(options: argparse.Namespace) -> int:
    if options.top < 1:
        raise VraagbaakError("Kies achter --top een getal van 1 of meer.")
    if options.question is not None and not options.batch:
        refused = refuse(options.question, MAX_QUESTION_CHARACTERS)
        if refused and refused.status == "invalid":
            raise VraagbaakError(refused.answer)

    def answer(assistant: Any, fields: dict[str, Any]) -> dict[str, Any]:
        from assistant.draft import Span, citation_of

        hits = assistant.search(fields["question"], history=fields["history"], top=options.top).hits
        return {
            "id": fields["id"],
            "question": fields["question"],
            "hits": [
                citation_of(Span(h.letter, h.part, h.passage, h.passage.start, h.passage.end), rank).to_dict()
                | {"score": h.score}
                for rank, h in enumerate(hits, start=1)
            ],
        }

    for result in _answer_each(options, answer):
        if options.json or options.batch:
            print(json.dumps(result, ensure_ascii=False), flush=True)
        else:
            for hit in result["hits"]:
                print(f"{hit['marker']:2d}. {hit['label']}  ({hit['score']:.2f})\n    {hit['quote']}")
    return 0


def _chat(options: argparse.Namespace) -> int:
    from assistant.web.app import serve
    from assistant.web.shelf import Shelf
    from ingest.letter_store import LetterStore

    settings = replace(_settings(options), log_questions=options.log_questions)
    letters = Shelf(LetterStore(settings.home), settings.documents)

    def load(notify: Callable[[str], None]) -> Any:
        from assistant.service import Assistant

        return Assistant.load(settings, notify=notify, progress=Bar("Index"))

    serve(
        load,
        letters,
        host=options.host,
        port=options.port,
        open_browser=not options.no_browser,
        settings=settings,
    )
    return 0
