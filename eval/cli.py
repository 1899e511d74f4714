"""The commands of ``python -m eval``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ingest.console import say

_READER = Path(__file__).parent.parent / "assistant" / "data" / "reader.json"


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add every command to ``parser``."""
    commands: Any = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    train = commands.add_parser("train", help="train de lezer op trainingsbrieven")
    train.add_argument("folder", type=Path, metavar="MAP", help="map met trainingsbrieven (.json)")
    train.add_argument("--output", type=Path, default=_READER, metavar="BESTAND")
    train.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> int:
    from eval.train import train
    from index.defaults import DEFAULT_MODEL
    from index.sentence_encoder import load_encoder

    measures = train(options.folder, options.output, load_encoder(DEFAULT_MODEL))
    for name, value in measures.items():
        print(f"{name:24s} {value:.3f}")
    say(f"Geschreven: {options.output}")
    return 0
