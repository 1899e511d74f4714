"""The commands of ``python -m eval``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval import bench_cli, drafts_cli, measure_cli
from ingest.console import say

_DATA = Path(__file__).parent.parent / "assistant" / "data"


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add every command to ``parser``."""
    commands: Any = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    measure_cli.add_commands(commands)
    drafts_cli.add_commands(commands)
    bench_cli.add_commands(commands)
    ablation = commands.add_parser("ablation", help="meet wat elk deel toevoegt, door het weg te laten")
    ablation.add_argument("sets", type=Path, nargs="+", metavar="SET.jsonl", help="sets over de brief")
    ablation.set_defaults(run=_ablation)
    retrieval = commands.add_parser("retrieval", help="meet wat elk deel van het zoeken vindt")
    retrieval.add_argument("sets", type=Path, nargs="*", metavar="SET.jsonl", help="sets over de brief")
    retrieval.set_defaults(run=_retrieval)
    train = commands.add_parser("train", help="train wat de antwoorden kiest, na 'index train'")
    train.add_argument("--work", type=Path, metavar="MAP", help="map met de tussenstappen van 'index train'")
    train.add_argument("--plain", action="store_true", help="voor modellen die niet getraind zijn")
    train.set_defaults(run=_train)
    calibrate = commands.add_parser("calibrate", help="ijk hoe zeker antwoorden zijn; 'train' doet dit ook")
    calibrate.add_argument("--plain", action="store_true", help="voor modellen die niet getraind zijn")
    calibrate.set_defaults(run=_calibrate)


def _retrieval(options: argparse.Namespace) -> int:
    from eval.cases import read_cases
    from eval.retrieval import compare

    for name, table in compare({path.name: read_cases(path) for path in options.sets}):
        print(f"{name}\n\n{table}\n", flush=True)
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

    work = None if options.plain else options.work or default_home() / "training"
    _show(train(work, _reader_file(plain=options.plain)))
    return _calibrate(options)


def _calibrate(options: argparse.Namespace) -> int:
    from eval.certainty import calibrate
    from index.defaults import BASE_MODEL, DEFAULT_MODEL

    target = _reader_file(plain=options.plain)
    _show(calibrate(target, BASE_MODEL if options.plain else DEFAULT_MODEL))
    say(f"Geschreven: {target}")
    return 0


def _reader_file(*, plain: bool) -> Path:
    return _DATA / ("reader-plain.json" if plain else "reader.json")


def _show(measures: Mapping[str, float]) -> None:
    for name, value in measures.items():
        print(f"{name:36s} {value:.3f}")
