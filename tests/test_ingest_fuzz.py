"""Damaged letters are read or refused: none makes the reader crash, hang or fail in another way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

FUZZ = Path(__file__).parent / "fuzz_reading.py"
# How many of each kind: in every run of the tests, and where there is time.
QUICK = {"pdf": 80, "docx": 30, "html": 60, "md": 30}
MANY = {"pdf": 1_200, "docx": 800, "html": 400, "md": 200}
_SECONDS = 500  # for all of a kind, of which the longest takes one minute on two busy cores


def outcomes(kind: str, count: int) -> Counter[str]:
    """Read ``count`` damaged files in a process of their own; → how many were read and how many refused."""
    pytest.importorskip("resource", reason="memory is limited on Unix only")
    run = subprocess.run(
        [sys.executable, str(FUZZ), kind, "0", str(count)],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    rows = run.stdout.splitlines()
    assert run.returncode == 0, f"{rows[-1:]}: {run.stderr[-2_000:]}"
    assert len(rows) == count
    return Counter(row.split()[2] for row in rows)


@pytest.mark.parametrize("kind", QUICK)
def test_some_damaged_letters_are_read_or_refused(kind: str) -> None:
    found = outcomes(kind, QUICK[kind])
    assert min(found["read"], found["refused"]) > 0.1 * QUICK[kind]


@pytest.mark.slow
@pytest.mark.parametrize("kind", MANY)
def test_many_damaged_letters_are_read_or_refused(kind: str) -> None:
    found = outcomes(kind, MANY[kind])
    assert min(found["read"], found["refused"]) > 0.1 * MANY[kind]
