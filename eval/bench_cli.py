"""The command ``eval bench``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ingest.console import say
from ingest.errors import VraagbaakError


def add_commands(commands: Any) -> None:
    """Add the command to the group ``commands``."""
    bench = commands.add_parser(
        "bench", help="meet wat zeer veel brieven kosten, en wat een gewone opzet vindt"
    )
    bench.add_argument("set", type=Path, metavar="SET.jsonl", help="vragen over de eerste brief")
    bench.add_argument("--letters", default="1,10", metavar="N,N", help="aantallen brieven, met komma's")
    bench.add_argument(
        "--encoded",
        type=int,
        metavar="N",
        help="zo veel brieven echt verwerken; de rest krijgt vectoren met ruis (standaard: alle echt)",
    )
    bench.add_argument("--html", type=Path, metavar="BESTAND", help="schrijf ook een bladzijde met grafiek")
    bench.set_defaults(run=_bench)


def _bench(options: argparse.Namespace) -> int:
    from eval.bench import bench, table
    from eval.cases import read_cases
    from eval.files import write_whole
    from eval.plain import compare
    from eval.report.bench_page import bench_page
    from index.defaults import DEFAULT_MODEL
    from index.letter_index import LetterIndex
    from index.sentence_encoder import load_encoder
    from index.workspace import Workspace
    from ingest.home import default_home

    try:
        sizes = [int(size) for size in options.letters.split(",")]
    except ValueError as error:
        raise VraagbaakError("Geef achter --letters aantallen met komma's, zoals 1,10,100.") from error
    cases = read_cases(options.set)
    letter = Workspace(default_home(), say).letters()[0]
    encoder = load_encoder(DEFAULT_MODEL)
    encoded = max(sizes) if options.encoded is None else options.encoded
    rows = []
    for row in bench(sizes, letter, encoder, cases, encoded=encoded):
        rows.append(row)
        say(str(row))
    beside = compare(letter, encoder, cases, LetterIndex.build([letter], encoder))
    tables = {"Per aantal brieven": table(rows), "Naast een gewone opzet, op de eerste brief": beside}
    print("\n\n".join(tables.values()))
    if encoded < max(sizes):
        print(f"\nVan de brieven zijn er {encoded} echt verwerkt; de andere kregen vectoren met ruis.")
    if options.html:
        write_whole(options.html, bench_page(rows, tables))
        say(f"Geschreven: {options.html}")
    return 0
