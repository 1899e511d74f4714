"""The commands of ``python -m eval``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ingest.console import say
from ingest.errors import VraagbaakError

if TYPE_CHECKING:
    from assistant.service import Assistant

_DATA = Path(__file__).parent.parent / "assistant" / "data"


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add every command to ``parser``."""
    commands: Any = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    run = commands.add_parser("run", help="meet de antwoorden op een vragenset")
    run.add_argument("set", type=Path, metavar="SET.jsonl")
    run.add_argument("--letter", type=Path, metavar="BESTAND", help="de brief waar de set over gaat")
    run.add_argument("--wrong", action="store_true", help="toon de vragen die fout gingen")
    run.add_argument("--min-answerable", type=float, default=0.0, metavar="X", help="ondergrens (0-1)")
    run.add_argument("--min-unanswerable", type=float, default=0.0, metavar="X", help="ondergrens (0-1)")
    run.set_defaults(run=_run)
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


def _run(options: argparse.Namespace) -> int:
    from eval.cases import read_cases
    from eval.run import report, run

    cases = read_cases(options.set)
    with _assistant(options.letter) as assistant:
        verdicts = run(assistant, cases)
    if options.wrong:
        for verdict in verdicts:
            if verdict.faults:
                print(verdict.case.id, verdict.case.question, "|", "; ".join(verdict.faults))
    print(report(verdicts))
    under = False
    for name, bar, answerable in (
        ("answerable", options.min_answerable, True),
        ("unanswerable", options.min_unanswerable, False),
    ):
        chosen = [not v.faults for v in verdicts if v.case.answerable is answerable]
        if chosen and sum(chosen) / len(chosen) < bar:
            say(f"Onder de ondergrens: {name} {sum(chosen) / len(chosen):.3f} < {bar}")
            under = True
    return int(under)


@contextmanager
def _assistant(letter: Path | None) -> Iterator[Assistant]:
    """Load the assistant; for a ``letter`` of its own in a home that is gone afterwards."""
    from assistant.service import Assistant
    from assistant.settings import Settings
    from ingest.letter_store import LetterStore

    if letter is None:
        yield Assistant.load(notify=say)
        return
    with TemporaryDirectory() as folder:
        slug = LetterStore(Path(folder)).add(letter).slug
        yield Assistant.load(Settings(home=Path(folder), documents=(slug,)), notify=say)


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
    from eval.ablation import ablate
    from eval.cases import read_cases

    cases = [case for path in options.sets for case in read_cases(path)]
    with _assistant(None) as assistant:
        for line in ablate(assistant, cases):
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
