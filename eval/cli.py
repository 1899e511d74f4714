"""The commands of ``python -m eval``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from eval import drafts_cli, measure_cli
from ingest.console import say
from ingest.errors import VraagbaakError

_DATA = Path(__file__).parent.parent / "assistant" / "data"


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add every command to ``parser``."""
    commands: Any = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    measure_cli.add_commands(commands)
    drafts_cli.add_commands(commands)
    ablation = commands.add_parser("ablation", help="meet wat elk deel toevoegt, door het weg te laten")
    ablation.add_argument("sets", type=Path, nargs="+", metavar="SET.jsonl", help="sets over de brief")
    ablation.set_defaults(run=_ablation)
    retrieval = commands.add_parser("retrieval", help="meet wat elk deel van het zoeken vindt")
    retrieval.add_argument("sets", type=Path, nargs="*", metavar="SET.jsonl", help="sets over de brief")
    retrieval.set_defaults(run=_retrieval)
    bench = commands.add_parser("bench", help="meet wat zeer veel brieven kosten")
    bench.add_argument("set", type=Path, metavar="SET.jsonl", help="vragen over de eerste brief")
    bench.add_argument("--letters", default="1,10", metavar="N,N", help="aantallen brieven, met komma's")
    bench.add_argument(
        "--encoded",
        type=int,
        metavar="N",
        help="zo veel brieven echt verwerken; de rest krijgt vectoren met ruis (standaard: alle echt)",
    )
    bench.set_defaults(run=_bench)
    train = commands.add_parser("train", help="train wat de antwoorden kiest, na 'index train'")
    train.add_argument("--work", type=Path, metavar="MAP", help="map met de tussenstappen van 'index train'")
    train.add_argument("--plain", action="store_true", help="voor modellen die niet getraind zijn")
    train.set_defaults(run=_train)


def _retrieval(options: argparse.Namespace) -> int:
    from eval.cases import read_cases
    from eval.retrieval import compare

    for name, table in compare({path.name: read_cases(path) for path in options.sets}):
        print(f"{name}\n\n{table}\n", flush=True)
    return 0


def _bench(options: argparse.Namespace) -> int:
    from eval.bench import bench, table
    from eval.cases import read_cases
    from index.defaults import DEFAULT_MODEL
    from index.sentence_encoder import load_encoder
    from index.workspace import Workspace
    from ingest.home import default_home

    try:
        sizes = [int(size) for size in options.letters.split(",")]
    except ValueError as error:
        raise VraagbaakError("Geef achter --letters aantallen met komma's, zoals 1,10,100.") from error
    cases = read_cases(options.set)
    letter = Workspace(default_home(), say).letters()[0]
    encoded = max(sizes) if options.encoded is None else options.encoded
    rows = []
    for row in bench(sizes, letter, load_encoder(DEFAULT_MODEL), cases, encoded=encoded):
        rows.append(row)
        say(str(row))
    print(table(rows))
    if encoded < max(sizes):
        print(f"\nOnly {encoded} letters are really encoded; the others have vectors with noise.")
    return 0


def _ablation(options: argparse.Namespace) -> int:
    from assistant.service import Assistant
    from eval.ablation import ablate
    from eval.cases import read_cases

    cases = [case for path in options.sets for case in read_cases(path)]
    for line in ablate(Assistant.load(notify=say), cases):
        print(line, flush=True)
    return 0


def _train(options: argparse.Namespace) -> int:
    from eval.train import train
    from ingest.home import default_home

    target = _DATA / ("reader-plain.json" if options.plain else "reader.json")
    measures = train(None if options.plain else options.work or default_home() / "training", target)
    for name, value in measures.items():
        print(f"{name:36s} {value:.3f}")
    say(f"Geschreven: {target}")
    return 0
