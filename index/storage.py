"""Where an index lives on disk: a shard for each letter, and generations that say which are in use.

Neither is ever half written: a shard or a generation is written aside and renamed, and only then is a
generation made the current one. What no generation refers to any more is removed after that.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from index.encoder import Encoder
from ingest.errors import VraagbaakError
from ingest.letter import Letter

FORMAT = 3  # goes up when other things are kept, or texts are cut in another way

_SHARDS = "shards"
_LISTING = "files.json"  # of a shard: its other files, with their sizes and digests
_MEND = "Maak de index opnieuw met 'vraagbaak index build'."

# Bytes. Files of an index that is no larger are compared with their digests whenever it is opened; of
# a larger one only those that are no larger than _SMALL: 40 GB take minutes to read.
_CHECKED = 256_000_000
_SMALL = 100_000

Files = dict[str, tuple[int, str]]  # size and SHA-256 by name


class IndexProblem(VraagbaakError):
    """The index on disk cannot be used; the message says why and what mends it."""


class IndexMissing(IndexProblem):
    """There is no index yet."""


class IndexDamaged(IndexProblem):
    """A file of the index is missing or altered, or the index has another format."""


class IndexOutdated(IndexDamaged):
    """The index is whole, but of other letters than there are now."""


class IndexForeign(IndexProblem):
    """The index was made with another embedding model."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index holds, by slug of the letter: the letter's digest and the name of its shard.

    ``files`` are those of the generation itself, with sizes and SHA-256.
    """

    format: int
    model: str
    weights: str
    dimension: int
    letters: dict[str, str]
    shards: dict[str, str]
    passages: int
    sentences: int
    files: Files


def check(manifest: Manifest, letters: Sequence[Letter], encoder: Encoder) -> None:
    """Compare an index with what is asked of it. Raises IndexForeign or IndexOutdated."""
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
    found = (manifest.letters, manifest.dimension)
    if found != ({letter.slug: letter.digest for letter in letters}, encoder.dimension):
        raise IndexOutdated(f"De index hoort bij andere brieven. {_MEND}")


class IndexStore:
    """The folder with the shards and generations of one index; ``CURRENT`` names the one in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pointer = folder / "CURRENT"

    def lock(self) -> FileLock:
        """Return the lock that a builder holds: a second one waits for the first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / "build.lock")

    def shard(self, name: str) -> Path:
        """Return the folder of a shard."""
        return self.folder / _SHARDS / name

    def open(self, *, thorough: bool = False) -> tuple[Path, Manifest]:
        """Return the current generation, checked file by file with its shards.

        Large files of a large index are compared with their digests only if ``thorough``, else by
        size. Raises IndexMissing or IndexDamaged.
        """
        folder, manifest = self._current()
        listed = [(folder, manifest.files), *self._listed(manifest)]
        thorough = thorough or sum(size for _, files in listed for size, _ in files.values()) <= _CHECKED
        faults = [name for place, files in listed for name in _faults(place, files, thorough)]
        if faults:
            raise IndexDamaged(
                f"De index in '{self.folder}' is beschadigd ({', '.join(faults[:5])}). {_MEND}"
            )
        return folder, manifest

    def former(self, *, thorough: bool) -> tuple[Path, Manifest] | None:
        """Return the current generation without its shards, None where there is none that is unharmed."""
        try:
            folder, manifest = self._current()
        except IndexProblem:
            return None
        return None if _faults(folder, manifest.files, thorough) else (folder, manifest)

    def whole(self, name: str, *, thorough: bool) -> bool:
        """Whether a shard is there and unharmed; by size only, if not ``thorough``."""
        folder = self.shard(name)
        try:
            return not _faults(folder, _read_listing(folder), thorough)
        except (OSError, ValueError, AttributeError, TypeError):
            return False

    def keep(self, name: str, write: Callable[[Path], None]) -> None:
        """Write a shard aside and move it to its place; the caller holds the lock."""
        scratch = _fresh(self.shard(f"{name}.deel"))
        write(scratch)
        (scratch / _LISTING).write_text(json.dumps(_files(scratch)), encoding="utf-8")
        shutil.rmtree(self.shard(name), ignore_errors=True)
        scratch.replace(self.shard(name))

    def publish(self, name: str, manifest: Manifest, write: Callable[[Path], None]) -> Manifest:
        """Write a generation aside, make it the current one and remove the rest, shards too.

        The caller holds the lock. A crash at any moment leaves the former generation current.
        """
        target = self.folder / name
        scratch = _fresh(self.folder / f"{name}.deel")
        write(scratch)
        fields = asdict(manifest) | {"files": _files(scratch)}
        text = json.dumps(fields, ensure_ascii=False, indent=1)
        (scratch / "manifest.json").write_text(text, encoding="utf-8")
        scratch.replace(target)
        pointer = self._pointer.with_suffix(".deel")
        pointer.write_text(name, encoding="utf-8")
        pointer.replace(self._pointer)
        shards = self.folder / _SHARDS
        kept = {target, shards, *map(self.shard, manifest.shards.values())}
        for other in [*self.folder.iterdir(), *shards.iterdir()]:
            if other.is_dir() and other not in kept:
                shutil.rmtree(other, ignore_errors=True)
        return Manifest(**fields)

    def _current(self) -> tuple[Path, Manifest]:
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise IndexMissing("Er is nog geen index. Maak hem met 'vraagbaak index build'.") from error
        folder = self.folder / name
        try:
            fields = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            if fields.get("format") != FORMAT:
                raise IndexDamaged(
                    f"De index heeft een andere versie ({fields.get('format')}; nodig is {FORMAT}). {_MEND}"
                )
            return folder, Manifest(**fields)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise IndexDamaged(f"De index in '{self.folder}' is beschadigd. {_MEND}") from error

    def _listed(self, manifest: Manifest) -> list[tuple[Path, Files]]:
        try:
            folders = [self.shard(name) for name in sorted(set(manifest.shards.values()))]
            return [(folder, _read_listing(folder)) for folder in folders]
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise IndexDamaged(f"De index in '{self.folder}' is beschadigd. {_MEND}") from error


def _fresh(folder: Path) -> Path:
    """Return ``folder``, made empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _files(folder: Path) -> Files:
    return {path.name: (path.stat().st_size, _digest(path)) for path in sorted(folder.iterdir())}


def _read_listing(folder: Path) -> Files:
    listing = json.loads((folder / _LISTING).read_text(encoding="utf-8"))
    return {name: (int(size), str(digest)) for name, (size, digest) in listing.items()}


def _faults(folder: Path, files: Files, thorough: bool) -> list[str]:
    """Return the files that are not as they were written."""
    faults = []
    for name, (size, digest) in files.items():
        path = folder / name
        try:
            right = path.stat().st_size == size
            if right and (thorough or size <= _SMALL):
                right = _digest(path) == digest
        except OSError:
            right = False
        if not right:
            faults.append(name)
    return faults


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
