"""Files that a letter may come in, made by a test, and what reading them gives."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from ingest.errors import LetterError
from ingest.extract import read_lines
from ingest.letter_store import LetterStore

SENTENCE = "Er komt geld bij voor de kust."
NO_WORD = "is geen leesbaar Word-bestand"


def words(path: Path) -> str:
    """Return what is read from the file at ``path``."""
    return " ".join(line.text for line in read_lines(path))


def refused(path: Path, said: str) -> None:
    """Hold that the file is refused in one line that names it, and that the store is as it was."""
    home, good = path.parent / "home", path.parent / "goed.txt"
    store = LetterStore(home)
    good.write_text(f"{SENTENCE} En dat is goed.", encoding="utf-8")
    store.add(good)
    kept = files_in(home)
    with pytest.raises(LetterError, match=said) as error:
        store.add(path)
    message = str(error.value)
    assert path.name in message and "\n" not in message and message.endswith(".")
    assert files_in(home) == kept


def files_in(folder: Path) -> dict[Path, bytes]:
    """Return what every file under ``folder`` holds."""
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def word_parts() -> dict[str, bytes]:
    """Return the parts of a Word file that is as it should be."""
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph(SENTENCE)
    document.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    """Write a ZIP archive of ``parts``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
