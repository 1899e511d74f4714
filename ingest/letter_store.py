"""The letters at hand: those shipped with the program and those a user added."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ingest.errors import LetterError
from ingest.letter import Letter, slugify
from ingest.outline import Hints, outline
from ingest.text import read_text

_SHIPPED = Path(__file__).parent / "letters"


class LetterStore:
    """Letters as files: the shipped ones, and those under ``home/letters``, which come after.

    A removed letter that was shipped is remembered in ``home/letters/removed.json``.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / "letters"
        self._removed_file = self._folder / "removed.json"

    def load(self) -> tuple[Letter, ...]:
        """Read and parse every letter. Raises LetterError when one cannot be read."""
        return tuple(read_letter(path) for path in self._paths().values())

    def get(self, slug: str) -> Letter:
        """Return one letter. Raises LetterError, naming the letters there are."""
        paths = self._paths()
        if slug not in paths:
            raise LetterError(unknown_letter(slug, list(paths)))
        return read_letter(paths[slug])

    def add(self, path: Path) -> Letter:
        """Copy a letter into the store once it has been read; the store is whole throughout.

        Raises LetterError when the file cannot be read or a letter of that name is there already.
        """
        slug = slugify(path.stem)
        if not slug:
            raise LetterError(
                f"De bestandsnaam '{path.name}' heeft geen letters of cijfers. Geef het bestand een "
                "andere naam en probeer het opnieuw."
            )
        letter = read_letter(path, slug)
        removed = self._removed()
        if slug in self._paths():
            raise LetterError(
                f"Er is al een brief met de naam '{slug}'. Verwijder die eerst met 'vraagbaak "
                f"letters remove {slug}', of geef het bestand een andere naam."
            )
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=self._folder, suffix=".deel")
        os.close(handle)
        shutil.copyfile(path, scratch)
        hints = path.with_suffix(".outline.json")
        if hints.exists():
            shutil.copyfile(hints, self._folder / f"{slug}.outline.json")
        Path(scratch).replace(self._folder / f"{slug}.txt")
        self._write_removed([name for name in removed if name != slug])
        return letter

    def remove(self, slug: str) -> None:
        """Take a letter out of the store. Raises LetterError when it is not there."""
        paths = self._paths()
        if slug not in paths:
            raise LetterError(unknown_letter(slug, list(paths)))
        if paths[slug].parent == self._folder:
            paths[slug].unlink()
            paths[slug].with_suffix(".outline.json").unlink(missing_ok=True)
        if (_SHIPPED / f"{slug}.txt").exists():
            self._write_removed([*self._removed(), slug])

    def _paths(self) -> dict[str, Path]:
        removed = self._removed()
        shipped = {p.stem: p for p in sorted(_SHIPPED.glob("*.txt")) if p.stem not in removed}
        return shipped | {p.stem: p for p in sorted(self._folder.glob("*.txt"))}

    def _removed(self) -> list[str]:
        try:
            return list(json.loads(self._removed_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return []
        except ValueError as error:
            raise LetterError(
                f"Het bestand '{self._removed_file}' is beschadigd. Verwijder dat bestand en "
                "probeer het opnieuw."
            ) from error

    def _write_removed(self, slugs: Sequence[str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        scratch = self._removed_file.with_suffix(".deel")
        scratch.write_text(json.dumps(sorted(slugs)), encoding="utf-8")
        scratch.replace(self._removed_file)


def read_letter(path: Path, slug: str | None = None) -> Letter:
    """Parse the letter in the text file at ``path``, with the hints beside it, if any."""
    hints_file = path.with_suffix(".outline.json")
    hints = Hints()
    if hints_file.exists():
        hints = _read_hints(hints_file)
    letter = outline(read_text(path), slug or slugify(path.stem), hints)
    if not letter.parts:
        raise LetterError(
            f"In het bestand '{path.name}' staan alleen titels. Kies een bestand met een brief."
        )
    return letter


def _read_hints(path: Path) -> Hints:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        return Hints(
            fields.get("title", ""),
            frozenset(fields.get("parents", ())),
            frozenset(fields.get("tops", ())),
        )
    except (ValueError, AttributeError, TypeError) as error:
        raise LetterError(
            f"Het bestand '{path.name}' met de opbouw van de brief is beschadigd. Herstel of "
            "verwijder het en probeer het opnieuw."
        ) from error


def unknown_letter(slug: str, known: Sequence[str]) -> str:
    """Word the error for a letter that is not there."""
    there = re.sub(r", (\S+)$", r" en \1", ", ".join(known)) if known else ""
    hint = f"Wel aanwezig: {there}." if known else "Voeg er een toe met 'vraagbaak letters add'."
    return f"Er is geen brief met de naam '{slug}'. {hint}"
