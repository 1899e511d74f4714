"""One letter on disk: the file as it came, the lines read from it, and what people added by hand."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ingest import extract, hints, letter_json
from ingest.about import described
from ingest.errors import LetterError
from ingest.hints import Hints
from ingest.kinds import SUFFIXES, kind_of
from ingest.letter import Letter
from ingest.outline import Item, review
from ingest.text import Line

FORMAT = 1
_RECORD, _LINES, _HINTS, _PARSED = "letter.json", "lines.json", "outline.json", "parsed.json"


@dataclass(frozen=True, slots=True)
class About:
    """What people say of a letter, None for what they leave to what can be read from it."""

    title: str | None = None
    sender: str | None = None
    date: date | None = None
    kind: str | None = None
    language: str | None = None

    def on(self, letter: Letter) -> Letter:
        """Return ``letter`` with what is said here."""
        said = {name: value for name, value in _fields(self).items() if value is not None}
        return replace(letter, **said)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a letter's file: its ``name`` and SHA-256, and what was found on reading it."""

    name: str
    sha256: str
    notes: tuple[str, ...] = ()
    replaced_by: str = ""
    about: About = About()


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter with all that made it, for a look: ``items`` say what became of every block."""

    letter: Letter
    items: tuple[Item, ...]
    record: Record
    hints: Hints


class LetterFolder:
    """The folder of one letter, which is named by its slug."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(
        cls, path: Path, source: Path, lines: Sequence[Line], record: Record, hinted: Hints
    ) -> LetterFolder:
        """Make the folder ``path`` of the file ``source``, whole or not at all.

        Raises LetterError when ``lines`` make no letter.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".deel-") as scratch:
            folder = cls(Path(scratch) / path.name)
            folder.path.mkdir()
            shutil.copyfile(source, folder.path / f"original{SUFFIXES[kind_of(source)]}")
            folder._write(_LINES, extract.dumps(lines))
            folder.write_record(record)
            folder.write_hints(hinted)
            folder.letter()
            folder.path.replace(path)
        return cls(path)

    @property
    def slug(self) -> str:
        """The letter's name in addresses and commands."""
        return self.path.name

    @property
    def original(self) -> Path:
        """The file as it came. Raises LetterError when it is gone."""
        found = next(self.path.glob("original*"), None)
        if found is None:
            raise self._damaged()
        return found

    @property
    def record(self) -> Record:
        """What is known of the file. Raises LetterError when that is damaged."""
        try:
            fields = json.loads((self.path / _RECORD).read_text(encoding="utf-8"))
            if fields.pop("format") != FORMAT:
                raise ValueError("format")
            about = fields.pop("about")
            about["date"] = date.fromisoformat(about["date"]) if about["date"] else None
            return Record(**fields | {"notes": tuple(fields["notes"]), "about": About(**about)})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damaged() from error

    def write_record(self, record: Record) -> None:
        """Keep ``record``."""
        about = _fields(record.about)
        about["date"] = about["date"].isoformat() if about["date"] else None
        fields = {"format": FORMAT} | _fields(record) | {"about": about}
        self._write(_RECORD, json.dumps(fields, ensure_ascii=False, indent=1))

    @property
    def hints(self) -> Hints:
        """What was corrected by hand. Raises LetterError when that is damaged."""
        try:
            return hints.loads((self.path / _HINTS).read_text(encoding="utf-8"), f"{self.slug}/{_HINTS}")
        except OSError as error:
            raise self._damaged() from error

    def write_hints(self, hinted: Hints) -> None:
        """Keep what was corrected by hand."""
        self._write(_HINTS, hints.dumps(hinted))

    def letter(self) -> Letter:
        """Return the letter, parsed where that was not done before by this version of the program.

        Raises LetterError when it is damaged or has no paragraphs.
        """
        record = self.record
        key = self._key()
        letter = self._parsed(key)
        if letter is None:
            letter = self.opened().letter
            with suppress(OSError):  # a home that is read-only still serves
                self._write(_PARSED, f"{key}\n{letter_json.dumps(letter)}")
        return replace(record.about.on(letter), replaced_by=record.replaced_by)

    def opened(self) -> Opened:
        """Return the letter with all that made it. Raises LetterError when it is damaged."""
        try:
            lines = extract.loads((self.path / _LINES).read_text(encoding="utf-8"))
        except OSError as error:
            raise self._damaged() from error
        record, hinted = self.record, self.hints
        letter, items = parsed(lines, self.slug, hinted)
        return Opened(letter, items, record, hinted)

    def remove(self) -> None:
        """Take the letter away: at once out of sight, then its files."""
        scratch = Path(tempfile.mkdtemp(dir=self.path.parent, prefix=".weg-"))
        self.path.replace(scratch / self.slug)
        shutil.rmtree(scratch, ignore_errors=True)

    def _parsed(self, key: str) -> Letter | None:
        try:
            found, _, text = (self.path / _PARSED).read_text(encoding="utf-8").partition("\n")
            return letter_json.loads(text) if found == key else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _key(self) -> str:
        """Return what the parsed letter depends on, as a digest."""
        digest = hashlib.sha256(_program() + self.slug.encode())
        for name in (_LINES, _HINTS):
            with suppress(OSError):
                digest.update((self.path / name).read_bytes())
        return digest.hexdigest()

    def _write(self, name: str, text: str) -> None:
        """Write a file beside its place and move it there."""
        handle, scratch = tempfile.mkstemp(dir=self.path, suffix=".deel")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(scratch).replace(self.path / name)

    def _damaged(self) -> LetterError:
        return LetterError(
            f"De brief '{self.slug}' is beschadigd. Verwijder hem met 'vraagbaak letters remove {self.slug}' "
            "en voeg hem opnieuw toe."
        )


def parsed(lines: Sequence[Line], slug: str, hinted: Hints) -> tuple[Letter, tuple[Item, ...]]:
    """Return the letter that ``lines`` make, and what became of every block.

    Raises LetterError when there are titles only.
    """
    letter, items = review(lines, slug, hinted)
    if not letter.parts:
        raise LetterError(f"In de brief '{slug}' staan alleen titels. Kies een bestand met een brief.")
    return described(letter, lines), items


def _fields(record: About | Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


@cache
def _program() -> bytes:
    """Return a digest of the modules that make letters of lines."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()
