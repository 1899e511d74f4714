"""The commands that ask sets of questions: ``run``, ``gate`` and ``check``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.console import say

if TYPE_CHECKING:
    from assistant.service import Assistant
    from eval.gate import Report
    from eval.gold import Library
    from index.encoder import Encoder
    from ingest.letter import Letter

_GATE = Path(__file__).parent / "gate.toml"
_REPORTS: Mapping[str, str] = {
    "json": "alles, als JSON",
    "junit": "JUnit XML, voor CI",
    "markdown": "Markdown, voor een merge request",
    "html": "één webpagina met grafieken en alle foute antwoorden",
}


def add_commands(commands: Any) -> None:
    """Add the commands to the group ``commands``."""
    run = commands.add_parser("run", help="meet de antwoorden op een of meer vragensets")
    _set_options(run)
    run.add_argument("--wrong", action="store_true", help="toon de vragen die fout gingen")
    run.add_argument("--min-answerable", type=float, default=0.0, metavar="X", help="ondergrens (0-1)")
    run.add_argument("--min-unanswerable", type=float, default=0.0, metavar="X", help="ondergrens (0-1)")
    _report_options(run)
    run.set_defaults(run=_run)
    gate = commands.add_parser("gate", help="meet de sets van gate.toml en bewaak grenzen en vorige meting")
    gate.add_argument("--config", type=Path, default=_GATE, metavar="BESTAND", help="in plaats van gate.toml")
    gate.add_argument(
        "--update-baseline", action="store_true", help="bewaar deze meting om later mee te vergelijken"
    )
    _report_options(gate)
    gate.set_defaults(run=_gate)
    check = commands.add_parser("check", help="controleer sets en toon welke paragrafen vragen hebben")
    _set_options(check)
    check.set_defaults(run=_check)


def _set_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET.jsonl")
    parser.add_argument("--letter", type=Path, metavar="BESTAND", help="de brief waar de sets over gaan")


def _report_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--resume", action="store_true", help="ga verder met een meting die werd afgebroken")
    for name, words in _REPORTS.items():
        parser.add_argument(f"--{name}", type=Path, metavar="BESTAND", help=words)


def library(letter: Path | None) -> Library:
    """Return the letter in a file, or without one the letters of Vraagbaak's folder."""
    from eval.gold import Library
    from ingest.home import default_home
    from ingest.letter_store import LetterStore, read_letter

    return Library((read_letter(letter),) if letter else LetterStore(default_home()).load())


def _run(options: argparse.Namespace) -> int:
    from eval.checking import load_sets
    from eval.gate import Report, hold
    from eval.report.table import as_text
    from eval.run import run_set

    letters = library(options.letter)
    sets = load_sets(options.sets, letters)
    assistant = _assistant(letters.letters if options.letter else None)
    results = [run_set(assistant, questions, _journals(), resume=options.resume) for questions in sets]
    bars = {"answerable": options.min_answerable, "unanswerable": options.min_unanswerable}
    reports = [Report(r, hold(r, {n: b for n, b in bars.items() if b and n in r.measures})) for r in results]
    print(as_text(reports, chosen=False, wrong=options.wrong))
    return _finish(options, reports)


def _assistant(letters: Sequence[Letter] | None) -> Assistant:
    """Load the assistant of Vraagbaak's folder, or make one over ``letters`` in memory."""
    from assistant.service import Assistant
    from index.defaults import DEFAULT_MODEL
    from index.sentence_encoder import load_encoder

    if letters is None:
        return Assistant.load(notify=say)
    say("Het taalmodel wordt geladen. Dat duurt ongeveer 10 seconden.")
    return _over(letters, load_encoder(DEFAULT_MODEL))


def _over(letters: Sequence[Letter], encoder: Encoder) -> Assistant:
    from assistant.reader import Reader
    from assistant.service import Assistant
    from assistant.settings import Settings
    from index.letter_index import LetterIndex

    reader = Reader.load(joint=encoder.reader is not None)
    return Assistant(LetterIndex.build(letters, encoder), reader, Settings())


def _gate(options: argparse.Namespace) -> int:
    from eval.checking import load_sets
    from eval.gate import Gate, judge_runs
    from eval.report.table import as_text
    from eval.run import run_set
    from index.defaults import DEFAULT_MODEL
    from index.sentence_encoder import load_encoder

    gate = Gate.read(options.config)
    letters = {found.letter: library(found.letter) for found in gate.sets}
    sets = {
        found: questions
        for letter, known in letters.items()
        for found, questions in zip(
            gate.about(letter), load_sets([s.path for s in gate.about(letter)], known), strict=True
        )
    }
    say("Het taalmodel wordt geladen. Dat duurt ongeveer 10 seconden.")
    encoder = load_encoder(DEFAULT_MODEL)
    assistants = {letter: _over(known.letters, encoder) for letter, known in letters.items()}
    results = [
        run_set(assistants[found.letter], sets[found], _journals(), resume=options.resume)
        for found in gate.sets
    ]
    reports = judge_runs(gate, results)
    print(as_text(reports, chosen=True))
    for report in reports:
        if not report.differences:
            say(f"{report.result.name}: nog niet te vergelijken. Bewaar een meting met --update-baseline.")
    if options.update_baseline:
        return _finish(options, gate.keep(reports))
    return _finish(options, reports)


def _journals() -> Path:
    from ingest.home import default_home

    return default_home() / "eval"


def _finish(options: argparse.Namespace, reports: Sequence[Report]) -> int:
    """Write the files that are asked for; return 1 when there is a reason to stop a change."""
    from eval.files import write_whole

    for name in _REPORTS:
        if path := getattr(options, name):
            write_whole(path, _written(name, reports))
            say(f"Geschreven: {path}")
    reasons = [reason for report in reports for reason in report.reasons]
    for reason in reasons:
        say(f"Niet goed genoeg: {reason}.")
    return int(bool(reasons))


def _written(name: str, reports: Sequence[Report]) -> str:
    if name == "json":
        from eval.report.record import as_json

        return as_json(reports)
    if name == "junit":
        from eval.report.junit import as_junit

        return as_junit(reports)
    if name == "html":
        from eval.report.page import as_page

        return as_page(reports)
    from eval.report.table import as_markdown

    return as_markdown(reports)


def _check(options: argparse.Namespace) -> int:
    from eval.cases import QuestionSet
    from eval.checking import coverage, faults_of
    from eval.report.coverage import as_text

    letters = library(options.letter)
    sets = [QuestionSet.read(path) for path in options.sets]
    faults = list(faults_of(sets, letters))
    for fault in faults:
        print(fault)
    if not faults:
        print(as_text(sets, coverage(sets, letters)))
    return 2 if faults else 0
