"""The commands for draft questions: ``drafts``, ``accept`` and ``reject``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from eval.measure_cli import library
from ingest.console import say


def add_commands(commands: Any) -> None:
    """Add the commands to the group ``commands``."""
    drafts = commands.add_parser("drafts", help="stel conceptvragen voor uit de zinnen van een brief")
    drafts.add_argument("--letter", type=Path, metavar="BESTAND", help="de brief (anders die van Vraagbaak)")
    drafts.add_argument("--out", type=Path, metavar="SET.jsonl", help="bestand voor de concepten")
    drafts.set_defaults(run=_drafts)
    for name, words in (("accept", "keur conceptvragen goed"), ("reject", "haal conceptvragen weg")):
        decide = commands.add_parser(name, help=words)
        decide.add_argument("set", type=Path, metavar="SET.jsonl")
        decide.add_argument("ids", nargs="+", metavar="ID", help="welke concepten, of 'alle'")
        decide.set_defaults(run=_decide, accept=name == "accept")


def _drafts(options: argparse.Namespace) -> int:
    from eval.drafts import drafts
    from eval.files import write_whole

    found = [draft for letter in library(options.letter).letters for draft in drafts(letter)]
    text = "".join(json.dumps(draft, ensure_ascii=False) + "\n" for draft in found)
    if options.out is None:
        print(text, end="")
    elif options.out.exists():
        say(f"Het bestand '{options.out}' is er al. Kies met --out een andere naam.")
        return 2
    else:
        write_whole(options.out, text)
        say(
            f"{len(found)} concepten in '{options.out}'. Lees ze na en keur ze goed met 'python -m eval "
            f"accept {options.out} ID…', of haal ze weg met 'reject'."
        )
    return 0


def _decide(options: argparse.Namespace) -> int:
    from eval.drafts import decide

    count = decide(options.set, options.ids, accept=options.accept)
    say(f"{count} {'concepten goedgekeurd' if options.accept else 'concepten weggehaald'}.")
    return 0
