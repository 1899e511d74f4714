"""Where an index lives on disk: whole generations, one of them current, never half written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from index.encoder import Encoder
from index.units import Unit
from ingest.errors import VraagbaakError
from ingest.letter import Letter

FORMAT = 2


class IndexProblem(VraagbaakError):
    """The index on disk cannot be used; the message says why and what mends it."""


class IndexMissing(IndexProblem):
    """There is no index yet."""


class IndexDamaged(IndexProblem):
    """A file of the index is missing or altered, or the index has another format."""


class IndexForeign(IndexProblem):
    """The index was made with another embedding model."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index holds; ``letters`` maps slugs to digests, ``files`` names to SHA-256."""

    format: int
    model: str
    weights: str
    dimension: int
    letters: dict[str, str]
    passages: int
    sentences: int
    files: dict[str, str]


def check(manifest: Manifest, letters: Sequence[Letter], units: Sequence[Unit], encoder: Encoder) -> None:
    """Compare an index with what is asked of it. Raises IndexForeign or IndexDamaged."""
    if manifest.model == encoder.name and manifest.weights != encoder.weights:
        raise IndexForeign(
            f"De index is gemaakt met andere gewichten van het model '{encoder.name}'. Maak hem opnieuw "
            "met 'vraagbaak index build'."
        )
    if manifest.model != encoder.name:
        raise IndexForeign(
            f"De index is gemaakt met het model '{manifest.model}', niet met '{encoder.name}'. Maak hem "
            f"opnieuw met 'vraagbaak index build --model {encoder.name}', of vraag met --model "
            f"{manifest.model}."
        )
    found = (manifest.letters, manifest.passages, manifest.sentences, manifest.dimension)
    expected = (
        {letter.slug: letter.digest for letter in letters},
        len(units),
        sum(len(unit.sentences) for unit in units),
        encoder.dimension,
    )
    if found != expected:
        raise IndexDamaged("De index hoort bij andere brieven. Maak hem opnieuw met 'vraagbaak index build'.")


class IndexStore:
    """The folder with the generations of one index; ``CURRENT`` names the one in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "CURRENT"

    def lock(self) -> FileLock:
        """Return the lock that a builder holds: a second one waits for the first."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._folder / "build.lock")

    def open(self) -> tuple[Path, Manifest]:
        """Return the current generation, checked file by file.

        Raises IndexMissing or IndexDamaged.
        """
        mend = "Maak de index opnieuw met 'vraagbaak index build'."
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise IndexMissing("Er is nog geen index. Maak hem met 'vraagbaak index build'.") from error
        folder = self._folder / name
        try:
            fields = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            if fields.get("format") != FORMAT:
                raise IndexDamaged(
                    f"De index heeft een andere versie ({fields.get('format')}; nodig is {FORMAT}). {mend}"
                )
            manifest = Manifest(**fields)
            faults = [n for n, digest in manifest.files.items() if _digest(folder / n) != digest]
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise IndexDamaged(f"De index in '{self._folder}' is beschadigd. {mend}") from error
        if faults:
            raise IndexDamaged(f"De index in '{self._folder}' is beschadigd ({', '.join(faults)}). {mend}")
        return folder, manifest

    def publish(self, name: str, manifest: Manifest, write: Callable[[Path], None]) -> Manifest:
        """Write a generation aside, make it the current one and remove the others.

        The caller holds the lock. A crash at any moment leaves the former generation current.
        """
        target = self._folder / name
        scratch = self._folder / f"{name}.deel"
        for leftover in (scratch, target):
            shutil.rmtree(leftover, ignore_errors=True)
        scratch.mkdir(parents=True)
        write(scratch)
        files = {
            path.relative_to(scratch).as_posix(): _digest(path)
            for path in sorted(scratch.rglob("*"))
            if path.is_file()
        }
        fields = asdict(manifest) | {"files": files}
        text = json.dumps(fields, ensure_ascii=False, indent=1)
        (scratch / "manifest.json").write_text(text, encoding="utf-8")
        scratch.replace(target)
        pointer = self._pointer.with_suffix(".deel")
        pointer.write_text(name, encoding="utf-8")
        pointer.replace(self._pointer)
        for other in self._folder.iterdir():
            if other.is_dir() and other != target:
                shutil.rmtree(other, ignore_errors=True)
        return Manifest(**fields)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
