"""The letters at hand: those shipped with the program and those a user added."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import hints
from ingest.errors import LetterError
from ingest.extract import read_lines
from ingest.hints import Hints
from ingest.kinds import kind_of
from ingest.letter import Letter, slugify
from ingest.letter_folder import About, LetterFolder, Opened, Record, parsed
from ingest.shipped import ShippedLetters

_LONGEST_NAME = 100  # characters of a slug; file systems take 255 with what is put behind it


@dataclass(frozen=True, slots=True)
class Added:
    """A letter that was added, or that was there already from the very same file."""

    letter: Letter
    is_new: bool
    notes: tuple[str, ...]


class LetterStore:
    """Letters as files: the shipped ones, and those in folders under ``home/letters``, which come after.

    A folder with the name of a shipped letter stands in for it. Letters that are looked at before they
    count are in ``home/concepts``.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / "letters"
        self._concepts = home / "concepts"
        self._shipped = ShippedLetters(self._folder / "shipped.json")

    def load(self) -> tuple[Letter, ...]:
        """Return every letter, also those that were replaced. Raises LetterError when one is damaged."""
        return tuple(map(self._letter, self._slugs()))

    def signature(self) -> tuple[object, ...]:
        """Return what is other as soon as a letter was added, changed or removed; quick to get."""
        files = [
            self._shipped.file,
            *self._folder.glob("[!.]*/letter.json"),
            *self._folder.glob("[!.]*/outline.json"),
        ]
        return tuple((str(file), file.stat().st_mtime_ns) for file in sorted(files) if file.exists())

    def get(self, slug: str) -> Letter:
        """Return one letter. Raises LetterError, naming the letters there are."""
        return self._letter(self._known(slug))

    def folder(self, slug: str) -> LetterFolder | None:
        """Return the folder of an added letter, None for a shipped one that is as it came."""
        folder = LetterFolder(self._folder / slug)
        return folder if slug and slug == slugify(slug) and folder.path.is_dir() else None

    def opened(self, slug: str) -> Opened:
        """Return a letter with all that made it. Raises LetterError when it is not there."""
        if folder := self.folder(self._known(slug)):
            return folder.opened()
        path = self._shipped.paths[slug]
        hinted = _hints_beside(path)
        record = Record(path.name, _digest(path), replaced_by=self._replaced_by(slug))
        return Opened(*parsed(read_lines(path), slug, hinted), record, hinted)

    def add(self, path: Path, *, replaces: str = "", about: About | None = None) -> Added:
        """Put the letter in the file at ``path`` among the others; the store is whole throughout.

        One with the same bytes that is there already is returned as it is. ``replaces`` names the letter
        that this is a newer version of. Raises LetterError when the file cannot be read, ``replaces``
        is unknown, or another letter has its name.
        """
        if replaces:
            self._known(replaces)
        if (known := self._same_file(path)) is not None:
            if replaces not in ("", known):
                if self._replaced_by(known) == replaces:
                    self._replace(known, by="")
                self._replace(replaces, by=known)
            return Added(self._letter(known), False, ())
        slug = _slug_of(path)
        if not slug:
            raise LetterError(
                f"De bestandsnaam '{path.name}' heeft geen letters of cijfers. Geef het bestand een "
                "andere naam en probeer het opnieuw."
            )
        taken = self._slugs()
        if slug in taken:
            if not replaces:
                raise LetterError(
                    f"Er is al een brief met de naam '{slug}'. Is dit een nieuwere versie, voeg dan "
                    f"'--replace {slug}' toe. Geef anders het bestand een andere naam."
                )
            slug = _free(slug, taken)
        with tempfile.TemporaryDirectory() as scratch:
            folder = _folder_of(Path(scratch) / slug, path, about or About())
            notes = folder.record.notes
            return Added(self.publish(folder, replaces=replaces), True, notes)

    def concept(self, path: Path) -> LetterFolder:
        """Keep the letter in the file at ``path`` to be looked at first. Raises LetterError."""
        if (known := self._same_file(path)) is not None:
            raise LetterError(f"Deze brief is er al, met de naam '{known}'. U hoeft niets te doen.")
        taken = [*self._slugs(), *(folder.slug for folder in self.concepts())]
        slug = _free(_slug_of(path) or "brief", taken)
        return _folder_of(self._concepts / slug, path, About())

    def concepts(self) -> list[LetterFolder]:
        """Return the letters that are looked at, by name."""
        return [LetterFolder(path) for path in sorted(self._concepts.glob("[!.]*")) if path.is_dir()]

    def publish(self, folder: LetterFolder, *, replaces: str = "") -> Letter:
        """Let the letter in ``folder`` count, in the place of ``replaces`` if that is named.

        The folder moves here. Raises LetterError.
        """
        if replaces:
            self._known(replaces)
        if folder.slug in self._slugs():
            raise LetterError(
                f"Er is al een brief met de naam '{folder.slug}'. Voeg het bestand opnieuw toe."
            )
        self._folder.mkdir(parents=True, exist_ok=True)
        # Beside its place first: from another disk a move is not a single step.
        scratch = Path(tempfile.mkdtemp(dir=self._folder, prefix=".deel-"))
        shutil.copytree(folder.path, scratch, dirs_exist_ok=True)
        scratch.replace(self._folder / folder.slug)
        folder.remove()
        if replaces:
            self._replace(replaces, by=folder.slug)
        return self._letter(folder.slug)

    def own(self, slug: str) -> LetterFolder:
        """Return the folder of a letter, to correct it; a shipped one gets a folder. Raises LetterError."""
        slug = self._known(slug)
        if folder := self.folder(slug):
            return folder
        folder = _folder_of(self._folder / slug, self._shipped.paths[slug], About())
        folder.write_record(replace(folder.record, replaced_by=self._shipped.replaced_by(slug)))
        return folder

    def remove(self, slug: str) -> None:
        """Take a letter out; one that it replaced counts again. Raises LetterError when it is not there."""
        slug = self._known(slug)
        for other in self._slugs():
            with suppress(LetterError):  # another one that is damaged stays as it is
                if self._replaced_by(other) == slug:
                    self._replace(other, by="")
        self._shipped.remove(slug)
        if folder := self.folder(slug):
            folder.remove()

    def _letter(self, slug: str) -> Letter:
        if folder := self.folder(slug):
            return folder.letter()
        return replace(read_letter(self._shipped.paths[slug]), replaced_by=self._replaced_by(slug))

    def _replaced_by(self, slug: str) -> str:
        folder = self.folder(slug)
        return folder.record.replaced_by if folder else self._shipped.replaced_by(slug)

    def _replace(self, slug: str, *, by: str) -> None:
        if folder := self.folder(slug):
            folder.write_record(replace(folder.record, replaced_by=by))
        else:
            self._shipped.replace(slug, by=by)

    def _same_file(self, path: Path) -> str | None:
        """Return the name of the letter that came from a file with the same bytes, if any."""
        kind_of(path)  # a pipe or a device may never end
        digest = _digest(path)
        for slug in self._slugs():
            folder = self.folder(slug)
            if digest == (folder.record.sha256 if folder else _digest(self._shipped.paths[slug])):
                return slug
        return None

    def _slugs(self) -> list[str]:
        folders = (path.name for path in sorted(self._folder.glob("[!.]*")) if path.is_dir())
        return list(dict.fromkeys([*self._shipped.paths, *folders]))

    def _known(self, slug: str) -> str:
        slugs = self._slugs()
        if slug not in slugs:
            raise LetterError(unknown_letter(slug, slugs))
        return slug


def read_letter(path: Path, slug: str | None = None) -> Letter:
    """Parse the letter in the file at ``path``, with the hints beside it, if any."""
    return parsed(read_lines(path), slug or slugify(path.stem), _hints_beside(path))[0]


def _folder_of(target: Path, source: Path, about: About) -> LetterFolder:
    lines = read_lines(source)
    record = Record(source.name, _digest(source), about=about)
    return LetterFolder.create(target, source, lines, record, _hints_beside(source))


def _hints_beside(path: Path) -> Hints:
    beside = path.with_suffix(".outline.json")
    return hints.loads(beside.read_text(encoding="utf-8"), beside.name) if beside.exists() else Hints()


def _slug_of(path: Path) -> str:
    return slugify(path.stem)[:_LONGEST_NAME].strip("-")


def _free(slug: str, taken: Sequence[str]) -> str:
    """Return ``slug``, with the first number after it that makes it free where it is taken."""
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unknown_letter(slug: str, known: Sequence[str]) -> str:
    """Word the error for a letter that is not there."""
    there = re.sub(r", (\S+)$", r" en \1", ", ".join(known)) if known else ""
    hint = f"Wel aanwezig: {there}." if known else "Voeg er een toe met 'vraagbaak letters add'."
    return f"Er is geen brief met de naam '{slug}'. {hint}"
