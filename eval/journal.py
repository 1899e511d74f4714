"""What was observed so far in a run, kept on disk until it is done: an interrupted run goes on from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from eval.files import write_whole
from eval.observation import DEPTH, Observation
from ingest.letter import Letter

_FORMAT = 1
_ROOT = Path(__file__).parent.parent
_PRODUCT = ("ingest", "index", "assistant")


class Journal:
    """A line of JSON for each question that was asked, in a file named after all that decides on answers."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Observation] = {}

    @classmethod
    def open(cls, folder: Path, name: str, key: str, *, resume: bool) -> Journal:
        """Begin the journal of the set ``name``; with ``resume`` go on with the one of the same ``key``.

        Journals of the set with another key are removed: what they hold is out of date.
        """
        folder.mkdir(parents=True, exist_ok=True)
        journal = cls(folder / f"{name}-{key[:16]}.partial")
        for other in folder.glob(f"{name}-{'[0-9a-f]' * 16}.partial"):
            if other != journal._path or not resume:
                other.unlink(missing_ok=True)
        journal._read()
        return journal

    def __len__(self) -> int:
        return len(self._known)

    def get(self, name: str) -> Observation | None:
        """Return what was observed of the case ``name``, None when it was not asked yet."""
        return self._known.get(name)

    def add(self, name: str, observation: Observation) -> None:
        """Keep what was observed; it is on disk afterwards."""
        self._known[name] = observation
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line(name, observation))

    def close(self) -> None:
        """Remove the file: the run is done."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> None:
        """Read the file's whole lines; one that was cut off in the middle is dropped."""
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8", errors="replace").split("\n"):
            try:
                name, text = json.loads(line)
                self._known[name] = Observation.loads(text)
            except (ValueError, KeyError, TypeError):
                break
        write_whole(self._path, "".join(_line(name, seen) for name, seen in self._known.items()))


def _line(name: str, observation: Observation) -> str:
    return json.dumps([name, observation.dumps()], ensure_ascii=False) + "\n"


def key_of(file: Path, letters: Iterable[Letter], model: Sequence[str]) -> str:
    """Return a digest of all that decides on the answers: set, letters, model and the product's code."""
    digest = hashlib.sha256(f"{_FORMAT} {DEPTH} {model}".encode())
    digest.update(file.read_bytes())
    for letter in letters:
        digest.update(letter.digest.encode())
    digest.update(_code().encode())
    return digest.hexdigest()


@cache
def _code() -> str:
    """Return a digest of the product's modules and fitted data; what trains them does not count."""
    digest = hashlib.sha256()
    for package in _PRODUCT:
        for file in sorted((_ROOT / package).rglob("*")):
            if file.suffix in (".py", ".json", ".npz", ".txt") and "training" not in file.parts:
                digest.update(file.relative_to(_ROOT).as_posix().encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
