"""The commands ``check list``, ``import``, ``export``, ``backup``, ``remove`` and ``questions``."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.console import say
from ingest.errors import VraagbaakError
from ingest.home import default_home
from ingest.letter_store import LetterStore

if TYPE_CHECKING:
    from assistant.store import CheckStore


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add the commands to the parser of ``check``."""
    commands: Any = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    listing = commands.add_parser("list", help="toon de antwoorden op de controletafel")
    listing.add_argument("--json", action="store_true", help="als JSON, met alles wat erbij bewaard is")
    listing.set_defaults(run=_list)
    importing = commands.add_parser("import", help="zet antwoorden uit 'ask --batch' op de controletafel")
    importing.add_argument("file", type=Path, metavar="BESTAND")
    importing.set_defaults(run=_import)
    export = commands.add_parser("export", help="maak een vragenset van wat gecontroleerd is")
    export.add_argument("file", type=Path, metavar="BESTAND")
    export.set_defaults(run=_export)
    backup = commands.add_parser("backup", help="maak een reservekopie van de controles")
    backup.add_argument("file", type=Path, metavar="BESTAND")
    backup.set_defaults(run=_backup)
    remove = commands.add_parser("remove", help="verwijder een antwoord met zijn controles en reacties")
    remove.add_argument("number", type=int, metavar="NUMMER")
    remove.set_defaults(run=_remove)
    questions = commands.add_parser("questions", help="toon de vragen die met --log-questions zijn bewaard")
    questions.add_argument("--clear", action="store_true", help="verwijder ze")
    questions.set_defaults(run=_questions)


def _store() -> CheckStore:
    from assistant.store import CheckStore

    return CheckStore.of_home(default_home())


def _list(options: argparse.Namespace) -> int:
    store = _store()
    if options.json:
        for item in store.items():
            history = [asdict(change) for change in store.changes(item.number)]
            print(json.dumps(asdict(item) | {"changes": history}, ensure_ascii=False))
        return 0
    for entry in store.entries():
        state = "open" if entry.open else "klaar"
        print(f"{entry.number:5d}  {state:5s}  {entry.added[:10]}  {entry.question}")
    return 0


def _import(options: argparse.Namespace) -> int:
    from assistant.check_files import read_answers

    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise VraagbaakError(
            f"Het bestand '{options.file}' is niet te lezen. Controleer de naam en de map."
        ) from error
    found = read_answers(data, options.file.name, LetterStore(default_home()).load())
    for number, why in found.left_out:
        say(f"Regel {number} is overgeslagen. {why}")
    new = _store().add_all(found.answers, "run")
    print(f"Op de controletafel gezet: {new}. Stond er al: {len(found.answers) - new}.")
    return 0


def _export(options: argparse.Namespace) -> int:
    from assistant.check_files import export_cases

    exported = export_cases(_store().items(), LetterStore(default_home()).load())
    if not exported.cases:
        raise VraagbaakError(
            "Er is nog niets om op te slaan: er zijn geen controles die een vraag voor de set opleveren. "
            "Controleer eerst antwoorden op de pagina /controle van de chat."
        )
    _write(options.file, exported.text)
    print(f"Opgeslagen: {len(exported.cases)} vragen in {options.file}")
    if exported.left_out:
        say(f"Niet erbij: {', '.join(map(str, exported.left_out))} (niet af, of zonder juiste alinea).")
    return 0


def _backup(options: argparse.Namespace) -> int:
    _store().backup(options.file)
    print(f"Reservekopie gemaakt: {options.file}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    _store().remove(options.number)
    print(f"Verwijderd: {options.number}")
    return 0


def _questions(options: argparse.Namespace) -> int:
    from assistant.question_log import QuestionLog

    log = QuestionLog.of_home(default_home())
    if options.clear:
        print(f"Verwijderd: {log.clear()} vragen")
        return 0
    for asked in log.entries():
        print(json.dumps(asdict(asked), ensure_ascii=False))
    return 0


def _write(path: Path, text: str) -> None:
    """Write a file beside its place and move it there."""
    handle, scratch = tempfile.mkstemp(dir=path.parent, suffix=".deel")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    Path(scratch).replace(path)
