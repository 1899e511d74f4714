"""The commands ``letters list``, ``add``, ``remove`` and ``outline``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ingest.console import say
from ingest.export import as_dict, as_text
from ingest.home import default_home
from ingest.letter_store import LetterStore


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add the commands to the parser of ``letters``."""
    commands: Any = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    listing = commands.add_parser("list", help="toon de brieven")
    listing.add_argument("--json", action="store_true", help="als JSON")
    listing.set_defaults(run=_list)
    add = commands.add_parser("add", help="voeg brieven toe (PDF, Word of tekst)")
    add.add_argument("files", nargs="+", type=Path, metavar="BESTAND")
    add.set_defaults(run=_add)
    remove = commands.add_parser("remove", help="verwijder een brief")
    remove.add_argument("slug", metavar="BRIEF")
    remove.set_defaults(run=_remove)
    outline = commands.add_parser("outline", help="toon de opbouw van een brief")
    outline.add_argument("slug", metavar="BRIEF")
    outline.add_argument("--json", action="store_true", help="als JSON")
    outline.set_defaults(run=_outline)


def _list(options: argparse.Namespace) -> int:
    rows = [
        {
            "document": letter.slug,
            "title": letter.title,
            "pages": letter.pages,
            "paragraphs": sum(len(part.passages) for part in letter.parts),
        }
        for letter in LetterStore(default_home()).load()
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(f"{row['document']}  {row['title']} ({row['pages']} p., {row['paragraphs']} alinea's)")
    return 0


def _add(options: argparse.Namespace) -> int:
    store = LetterStore(default_home())
    for file in options.files:
        letter = store.add(file)
        print(f"Toegevoegd: {letter.slug}  {letter.title}")
        for note in store.notes(letter.slug):
            say(note)
    say("De index wordt bijgewerkt bij de volgende vraag, of nu met 'vraagbaak index build'.")
    return 0


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
