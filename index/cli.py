"""The commands ``index build`` and ``index info``."""

from __future__ import annotations

import argparse
from typing import Any

from index.defaults import DEFAULT_MODEL
from ingest.console import Bar, say
from ingest.home import default_home


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add ``build`` and ``info`` to the parser of ``index``."""
    commands: Any = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    build = commands.add_parser("build", help="maak de index van alle brieven (opnieuw)")
    build.add_argument(
        "--model",
        default=DEFAULT_MODEL,
        metavar="NAAM",
        help=f"taalmodel: {DEFAULT_MODEL} (standaard), of een ander model op naam of uit een map",
    )
    build.set_defaults(run=_build)
    info = commands.add_parser("info", help="toon wat er in de index staat")
    info.set_defaults(run=_info)


def _build(options: argparse.Namespace) -> int:
    from index.sentence_encoder import load_encoder
    from index.workspace import Workspace

    workspace = Workspace(default_home(), say, Bar("Index"))
    workspace.letters()
    say("Het taalmodel wordt geladen. Dat duurt ongeveer 10 seconden.")
    workspace.build(load_encoder(options.model))
    return 0


def _info(_: argparse.Namespace) -> int:
    from index.workspace import Workspace

    manifest = Workspace(default_home(), say).manifest()
    print(f"Model:      {manifest.model} ({manifest.dimension} dimensies)")
    print(f"Brieven:    {', '.join(sorted(manifest.letters))}")
    print(f"Alinea's:   {manifest.passages}")
    print(f"Zinnen:     {manifest.sentences}")
    print(f"Versie:     {manifest.format}")
    print(f"Map:        {default_home() / 'index'}")
    return 0
