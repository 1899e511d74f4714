"""The commands ``index build`` and ``index info``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from index.defaults import DEFAULT_MODEL
from ingest.console import Bar, say
from ingest.errors import VraagbaakError
from ingest.home import default_home

_STAGES = ("encoder", "reader", "folds", "fusion")


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
    train = commands.add_parser("train", help="train het taalmodel en de lezer (voor ontwikkelaars)")
    train.add_argument(
        "stages",
        nargs="*",
        metavar="STAP",
        help=f"{', '.join(_STAGES)}; standaard alle, in die volgorde. Elke stap leest wat de vorige schreef.",
    )
    train.add_argument("--work", type=Path, metavar="MAP", help="map voor tussenstappen")
    train.add_argument("--seed", type=int, default=7, metavar="GETAL")
    train.set_defaults(run=_train)
    info = commands.add_parser("info", help="toon wat er in de index staat")
    info.add_argument(
        "--check", action="store_true", help="vergelijk ook alle grote bestanden (duurt langer)"
    )
    info.set_defaults(run=_info)


def _build(options: argparse.Namespace) -> int:
    from index.sentence_encoder import load_encoder
    from index.workspace import Workspace

    workspace = Workspace(default_home(), say, Bar("Index"))
    workspace.letters()
    say("Het taalmodel wordt geladen. Dat duurt ongeveer 10 seconden.")
    workspace.build(load_encoder(options.model))
    return 0


def _train(options: argparse.Namespace) -> int:
    from index.training.run import Training

    unknown = [stage for stage in options.stages if stage not in _STAGES]
    if unknown:
        raise VraagbaakError(f"Onbekende stap '{unknown[0]}'. Kies uit: {', '.join(_STAGES)}.")
    training = Training(options.work or default_home() / "training", seed=options.seed)
    for stage in options.stages or _STAGES:
        getattr(training, stage)()
    return 0


def _info(options: argparse.Namespace) -> int:
    from index.workspace import Workspace

    manifest = Workspace(default_home(), say).manifest(thorough=options.check)
    print(f"Model:      {manifest.model} ({manifest.dimension} dimensies)")
    print(f"Gewichten:  {manifest.weights[:12] or 'zoals het model kwam'}")
    print(f"Brieven:    {', '.join(sorted(manifest.letters))}")
    print(f"Alinea's:   {manifest.passages}")
    print(f"Zinnen:     {manifest.sentences}")
    print(f"Versie:     {manifest.format}")
    print(f"Map:        {default_home() / 'index'}")
    return 0
