"""Reads scanned pages with tesseract, where that is installed: → words with their place."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from ingest.pdf.page import Style, Word
from ingest.text import clean

_PROGRAM = "tesseract"
_SECONDS = 80.0  # for all pages together; one takes two to five
_UNSURE = 30.0  # of 100: what is read with less confidence is a speck
_FEWEST_WORDS = 3
_AS_LARGE = 0.12  # around the usual size of letters: what a box around them cannot tell
# How tall a line of letters is, in parts of their size: capitals and tall letters, low ones, and tails.
_TALL, _LOW, _TAIL = 0.72, 0.5, 0.21
_LOW_LETTERS = frozenset("acemnorsuvwxzgpqy-–,.;:")
_TAILS = frozenset("gjpqy,;()[]Q")
_PLAIN = (False, False, False, "", "")
_DEFAULT_SIZE = 10.0  # points, of running text where no page tells


class Scan(NamedTuple):
    """The picture of a page as PNG, and how many points one of its pixels is wide."""

    png: bytes
    scale: float


class Ocr:
    """Tesseract on this machine; ``size`` is that of running text on the pages that are no scans."""

    def __init__(self, size: float = _DEFAULT_SIZE) -> None:
        self.installed = shutil.which(_PROGRAM) is not None
        self._size = size
        self._end = time.monotonic() + _SECONDS
        self._options: tuple[str, ...] | None = None

    def read(self, scan: Scan) -> tuple[Word, ...]:
        """Return the words of a scanned page, none when it cannot be read or the time is up."""
        left = self._end - time.monotonic()
        if not self.installed or left <= 0:
            return ()
        if self._options is None:
            self._options = _options()
        try:
            run = subprocess.run(
                [_PROGRAM, "-", "-", *self._options, "tsv"],
                input=scan.png,
                capture_output=True,
                timeout=left,
                env=os.environ | {"OMP_THREAD_LIMIT": "1"},
                check=True,
            )
        except (subprocess.SubprocessError, OSError):
            return ()
        return self._words(run.stdout.decode("utf-8", "replace"), scan.scale)

    def _words(self, table: str, scale: float) -> tuple[Word, ...]:
        """Return the words in tesseract's table (one a row, with its box from the upper left corner)."""
        rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
        sure = [row for row in rows if row["level"] == "5" and float(row["conf"]) >= _UNSURE]
        lines = [
            list(line) for _, line in groupby(sure, lambda w: (w["block_num"], w["par_num"], w["line_num"]))
        ]
        if len(sure) < _FEWEST_WORDS:
            return ()
        bottoms = [max(int(w["top"]) + int(w["height"]) for w in line) for line in lines]
        sizes = [_size(line, bottom) for line, bottom in zip(lines, bottoms, strict=True)]
        usual = median(sizes)
        words: list[Word] = []
        for line, bottom, found in zip(lines, bottoms, sizes, strict=True):
            near = abs(found / usual - 1) <= _AS_LARGE
            style = Style(round(self._size * (1.0 if near else found / usual)), *_PLAIN)
            for word in line:
                x = int(word["left"]) * scale
                end = x + int(word["width"]) * scale
                words.append(
                    Word(clean(word["text"]), x, -bottom * scale, end, style, spaced=True, order=len(words))
                )
        return tuple(words)


def _size(line: Sequence[dict[str, str]], bottom: int) -> float:
    """Return the size of the letters in a line, in pixels, by how tall its box is."""
    letters = set("".join(word["text"] for word in line))
    tall = (_LOW if letters <= _LOW_LETTERS else _TALL) + (_TAIL if letters & _TAILS else 0.0)
    return (bottom - min(int(word["top"]) for word in line)) / tall


def _options() -> tuple[str, ...]:
    """Return the options for Dutch and for pages that lie on their side, where their data is there."""
    try:
        run = subprocess.run([_PROGRAM, "--list-langs"], capture_output=True, text=True, timeout=20)
    except (subprocess.SubprocessError, OSError):
        return ()
    there = run.stdout.split()
    return (*(("-l", "nld") if "nld" in there else ()), *(("--psm", "1") if "osd" in there else ()))
