"""The commands ``letters list``, ``add``, ``remove``, ``outline`` and ``register``."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from ingest.about import parse_date
from ingest.check import oddities
from ingest.console import say
from ingest.errors import LetterError
from ingest.export import as_dict, as_text
from ingest.home import default_home
from ingest.letter_folder import About
from ingest.letter_store import LetterStore
from ingest.versions import likely_former


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add the commands to the parser of ``letters``."""
    commands: Any = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    listing = commands.add_parser("list", help="toon de brieven")
    listing.add_argument("--json", action="store_true", help="als JSON")
    listing.set_defaults(run=_list)
    add = commands.add_parser("add", help="voeg brieven toe (PDF, Word, HTML, Markdown of tekst)")
    add.add_argument("files", nargs="+", type=Path, metavar="BESTAND")
    add.add_argument(
        "--replace", default="", metavar="BRIEF", help="de brief waar dit een nieuwere versie van is"
    )
    add.add_argument("--title", metavar="TITEL", help="titel, als die niet goed uit de brief komt")
    add.add_argument("--sender", metavar="NAAM", help="afzender")
    add.add_argument("--date", metavar="DATUM", help="datum van de brief")
    add.add_argument("--kind", metavar="SOORT", help="soort brief, zoals ledenbrief")
    add.set_defaults(run=_add)
    remove = commands.add_parser("remove", help="verwijder een brief")
    remove.add_argument("slug", metavar="BRIEF")
    remove.set_defaults(run=_remove)
    outline = commands.add_parser("outline", help="toon de opbouw van een brief")
    outline.add_argument("slug", metavar="BRIEF")
    outline.add_argument("--json", action="store_true", help="als JSON")
    outline.set_defaults(run=_outline)
    register = commands.add_parser("register", help="toon de bedragen en termijnen van een brief")
    register.add_argument("slug", metavar="BRIEF")
    register.add_argument("--csv", action="store_true", help="als CSV, voor een rekenblad")
    register.set_defaults(run=_register)


def _list(options: argparse.Namespace) -> int:
    rows = [
        {
            "document": letter.slug,
            "title": letter.title,
            "sender": letter.sender,
            "date": letter.date.isoformat() if letter.date else None,
            "kind": letter.kind,
            "language": letter.language,
            "replaced_by": letter.replaced_by,
            "pages": letter.pages,
            "paragraphs": sum(len(part.passages) for part in letter.parts),
        }
        for letter in LetterStore(default_home()).load()
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        facts = [row["sender"], row["date"], f"{row['pages']} p.", f"{row['paragraphs']} alinea's"]
        newer = f" – vervangen door {row['replaced_by']}" if row["replaced_by"] else ""
        print(f"{row['document']}  {row['title']} ({', '.join(str(f) for f in facts if f)}){newer}")
    return 0


def _add(options: argparse.Namespace) -> int:
    if options.replace and len(options.files) > 1:
        raise LetterError("Achter '--replace' hoort één nieuw bestand. Voeg de andere los toe.")
    about = About(options.title, options.sender, _date(options.date), options.kind)
    store = LetterStore(default_home())
    failed = changed = False
    for file in options.files:
        try:
            added = store.add(file, replaces=options.replace, about=about)
        except LetterError as error:
            say(str(error))
            failed = True
            continue
        letter = added.letter
        if not added.is_new:
            print(f"Al aanwezig: {letter.slug}  {letter.title}")
            continue
        changed = True
        print(f"Toegevoegd: {letter.slug}  {letter.title}")
        for line in (*added.notes, *(oddity.text for oddity in oddities(letter))):
            say(f"  Let op: {line}")
        if not options.replace and (former := likely_former(letter, store.load())):
            say(
                f"  Dit lijkt een nieuwere versie van '{former}'. Voeg het bestand dan nog eens toe "
                f"met '--replace {former}'."
            )
    if changed:
        say("De index wordt bijgewerkt bij de volgende vraag, of nu met 'vraagbaak index build'.")
    return 2 if failed else 0


def _date(text: str | None) -> date | None:
    found = parse_date(text) if text else None
    if text and found is None:
        raise LetterError(f"'{text}' is geen datum. Schrijf hem als 30-1-2026 of '30 januari 2026'.")
    return found


def _remove(options: argparse.Namespace) -> int:
    LetterStore(default_home()).remove(options.slug)
    print(f"Verwijderd: {options.slug}")
    return 0


def _outline(options: argparse.Namespace) -> int:
    letter = LetterStore(default_home()).get(options.slug)
    if options.json:
        print(json.dumps(as_dict(letter), ensure_ascii=False, indent=1))
    else:
        print(as_text(letter))
    return 0


def _register(options: argparse.Namespace) -> int:
    from assistant.register import as_csv, register  # imports the stemmer

    letter = LetterStore(default_home()).get(options.slug)
    if options.csv:
        sys.stdout.buffer.write(as_csv([letter]))
        return 0
    for entry in register(letter):
        print(f"{entry.kind_name}: {entry.text}  ({entry.citation.label})\n    {entry.citation.quote}")
    return 0
