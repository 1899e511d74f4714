"""Reads any file that a letter comes in, by what it is and not by its name; → its lines.

A PDF or Word file comes from anywhere, so it is read in a process of its own, with a limit on time and
memory: ``python -m ingest.extract FILE`` prints the lines as JSON.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import astuple, replace
from pathlib import Path

from ingest.errors import LetterError
from ingest.text import Extract, Line, read_text

FORMAT = 2
_SECONDS = 120  # a letter of 35 pages takes five
_MEGABYTES = 2_000
_HEAD = 1024  # bytes in which a PDF says that it is one
_FAILED = 3
_KINDS = {".pdf": "PDF", ".docx": "Word-bestand"}


def read_lines(path: Path) -> list[Line]:
    """Return the lines alone of what ``read_file`` reads."""
    return list(read_file(path).lines)


def read_file(path: Path) -> Extract:
    """Read the letter in the file at ``path``: PDF, Word or plain text.

    Raises LetterError when it is missing, of another kind, damaged or too large.
    """
    head = _head(path)
    if is_pdf(head) or is_packed(head):
        return loads(_in_own_process(path))
    if head and (kind := _KINDS.get(path.suffix.lower())):
        raise LetterError(
            f"Het bestand '{path.name}' heet wel zo, maar is geen {kind}. Sla de brief opnieuw op als PDF "
            "en probeer het nog eens."
        )
    return Extract(tuple(read_text(path)))


def is_pdf(data: bytes) -> bool:
    """Tell whether the file that holds ``data`` is a PDF."""
    return b"%PDF-" in data[:_HEAD]


def is_packed(data: bytes) -> bool:
    """Tell whether the file that holds ``data`` is a ZIP archive, as a Word file is."""
    return data.startswith(b"PK")


def dumps(extract: Extract) -> str:
    """Return ``extract`` as JSON."""
    lines = [astuple(line) for line in extract.lines]
    return json.dumps({"format": FORMAT, "notes": extract.notes, "lines": lines}, ensure_ascii=False)


def loads(text: str) -> Extract:
    """Return what ``dumps`` took. Raises LetterError when it is damaged."""
    try:
        fields = json.loads(text)
        if fields["format"] != FORMAT:
            raise ValueError(f"format {fields['format']}")
        lines = (replace(Line(*line), notes=tuple(line[-1])) for line in fields["lines"])
        return Extract(tuple(lines), tuple(fields["notes"]))
    except (ValueError, KeyError, TypeError) as error:
        raise LetterError(
            "De tekst van een toegevoegde brief is beschadigd. Verwijder de brief met 'vraagbaak letters "
            "remove' en voeg hem opnieuw toe."
        ) from error


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""  # the reader of text says what is wrong


def _in_own_process(path: Path) -> str:
    command = [sys.executable, "-m", "ingest.extract", str(path.resolve())]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONUTF8": "1"}
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise LetterError(
            f"Het lezen van '{path.name}' duurde langer dan {_SECONDS} seconden. Sla het bestand opnieuw op "
            "als PDF, of splits het, en probeer het nog eens."
        ) from error
    if run.returncode == _FAILED:
        raise LetterError(run.stderr.strip())
    if run.returncode:
        raise LetterError(
            f"Het bestand '{path.name}' kon niet worden gelezen: het vraagt te veel geheugen of is "
            "beschadigd. Sla het opnieuw op als PDF en probeer het nog eens."
        )
    return run.stdout


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEGABYTES * 1_000_000,) * 2)


def main() -> int:
    """Print the lines of the PDF or Word file named on the command line; its fault on stderr."""
    from ingest.docx import read_docx
    from ingest.pdf import read_pdf

    _limit_memory()
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # stderr is for what the user reads
    path = Path(sys.argv[1])
    try:
        print(dumps(read_pdf(path) if is_pdf(_head(path)) else Extract(tuple(read_docx(path)))))
    except LetterError as error:
        print(error, file=sys.stderr)
        return _FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
