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
from ingest.extract import dumps, is_packed, is_pdf, loads, read_file, read_lines
from ingest.letter import Letter, slugify
from ingest.outline import Hints, outline
from ingest.text import Line

_SHIPPED = Path(__file__).parent / "letters"
_LINES = ".lines"  # what was read from a file that is no text


class LetterStore:
    """Letters as files: the shipped ones, and those under ``home/letters``, which come after.

    A text is kept as it is, any other file with the lines that were read from it beside it. A removed
    letter that was shipped is remembered in ``home/letters/removed.json``.
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
        if slug in self._paths():
            raise LetterError(
                f"Er is al een brief met de naam '{slug}'. Verwijder die eerst met 'vraagbaak letters "
                f"remove {slug}', of geef het bestand een andere naam."
            )
        extract = read_file(path)
        letter = _letter(extract.lines, path, slug)
        removed = self._removed()
        self._folder.mkdir(parents=True, exist_ok=True)
        hints = path.with_suffix(".outline.json")
        if hints.exists():
            shutil.copyfile(hints, self._folder / f"{slug}.outline.json")
        data = path.read_bytes()
        if is_pdf(data) or is_packed(data):
            self._write(f"{slug}{'.pdf' if is_pdf(data) else '.docx'}", data)
            self._write(f"{slug}{_LINES}", dumps(extract).encode())
        else:
            self._write(f"{slug}.txt", data)
        self._write_removed([name for name in removed if name != slug])
        return letter

    def notes(self, slug: str) -> tuple[str, ...]:
        """Return what could not be read of a letter, in Dutch. Raises LetterError when it is damaged."""
        path = self._paths()[slug]
        return loads(path.read_text(encoding="utf-8")).notes if path.suffix == _LINES else ()

    def remove(self, slug: str) -> None:
        """Take a letter out of the store. Raises LetterError when it is not there."""
        paths = self._paths()
        if slug not in paths:
            raise LetterError(unknown_letter(slug, list(paths)))
        if paths[slug].parent == self._folder:
            paths[slug].unlink()
            for suffix in (".outline.json", ".pdf", ".docx"):
                paths[slug].with_suffix(suffix).unlink(missing_ok=True)
        if (_SHIPPED / f"{slug}.txt").exists():
            self._write_removed([*self._removed(), slug])

    def _paths(self) -> dict[str, Path]:
        removed = self._removed()
        shipped = {p.stem: p for p in sorted(_SHIPPED.glob("*.txt")) if p.stem not in removed}
        added = [*self._folder.glob("*.txt"), *self._folder.glob(f"*{_LINES}")]
        return shipped | {p.stem: p for p in sorted(added)}

    def _write(self, name: str, data: bytes) -> None:
        """Write a file beside its place and move it there."""
        handle, scratch = tempfile.mkstemp(dir=self._folder, suffix=".deel")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(scratch).replace(self._folder / name)

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
        self._write(self._removed_file.name, json.dumps(sorted(slugs)).encode())


def read_letter(path: Path, slug: str | None = None) -> Letter:
    """Parse the letter in the file at ``path``, with the hints beside it, if any."""
    lines = loads(path.read_text(encoding="utf-8")).lines if path.suffix == _LINES else read_lines(path)
    return _letter(lines, path, slug or slugify(path.stem))


def _letter(lines: Sequence[Line], path: Path, slug: str) -> Letter:
    hints_file = path.with_suffix(".outline.json")
    hints = Hints()
    if hints_file.exists():
        hints = _read_hints(hints_file)
    letter = outline(lines, slug, hints)
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
