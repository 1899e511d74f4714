"""A part that is taken out is gone while it is measured, and back afterwards."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from pkgutil import resolve_name

import pytest

from assistant.service import Assistant
from eval.ablation import PARTS, ablate
from eval.cases import read_cases

SET = Path(__file__).parent.parent / "eval" / "sets" / "coalitieakkoord-120.jsonl"


@pytest.mark.parametrize("target", [target for targets in PARTS.values() for target in targets])
def test_what_is_taken_out_is_there(target: str) -> None:
    assert callable(resolve_name(target))


def test_the_no_is_missed_when_it_is_taken_out(assistant: Assistant) -> None:
    cases = [case for case in read_cases(SET) if not case.answerable and case.kind == "unanswerable"][:4]
    cases += [case for case in read_cases(SET) if case.answerable][:2]
    rows = list(islice(ablate(assistant, cases), 2 + 1 + len(PARTS)))
    cells = {row.split(" | ")[0].strip("| "): row.split(" | ") for row in rows}
    assert float(cells["the whole"][2]) > float(cells["without the no"][2]) == 0
    assert assistant.ask("Wie wordt de volgende wereldkampioen schaatsen?").status != "answered"
