"""Reads any file that a letter comes in, by what it is and not by its name; → its lines.

A file comes from anywhere, so all but plain text is read in a process of its own, with a limit on time,
memory and output: ``python -m ingest.extract FILE`` prints the lines as JSON.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path

from ingest.errors import LetterError
from ingest.kinds import Kind, kind_of
from ingest.text import Line, checked, read_text

FORMAT = 1
_SECONDS = 120  # a letter of 35 pages takes five
_MEGABYTES = 2_000
_MAX_OUTPUT = 50_000_000  # bytes: the longest text and what JSON adds to each line
_MAX_MESSAGE = 4_000  # bytes
_FAILED = 3


def read_lines(path: Path) -> list[Line]:
    """Return the lines of the letter in the file at ``path``: PDF, Word, HTML, Markdown or plain text.

    Raises LetterError when it is missing, of another kind, damaged or too large.
    """
    return read_text(path) if kind_of(path) == "text" else loads(_in_own_process(path))


def read_here(path: Path) -> list[Line]:
    """Return the lines of the file at ``path``, read in this process. Raises LetterError, and no other."""
    kind = kind_of(path)
    try:
        return checked(_read(path, kind), path.name)
    except LetterError:
        raise
    except Exception as error:  # libraries fail on a hostile file in any way there is
        raise LetterError(_unreadable(path)) from error


def dumps(lines: Sequence[Line]) -> str:
    """Return ``lines`` as JSON."""
    return json.dumps({"format": FORMAT, "lines": [astuple(line) for line in lines]}, ensure_ascii=False)


def loads(text: str) -> list[Line]:
    """Return the lines of what ``dumps`` made. Raises LetterError when it is damaged."""
    try:
        fields = json.loads(text)
        if fields["format"] != FORMAT:
            raise ValueError(f"format {fields['format']}")
        return [Line(*line) for line in fields["lines"]]
    except (ValueError, KeyError, TypeError) as error:
        raise LetterError(
            "De tekst van een toegevoegde brief is beschadigd. Verwijder de brief met 'vraagbaak letters "
            "remove' en voeg hem opnieuw toe."
        ) from error


def _read(path: Path, kind: Kind) -> list[Line]:
    """Read with the one library that the file needs."""
    if kind == "pdf":
        from ingest.pdf import read_pdf as read
    elif kind == "docx":
        from ingest.docx import read_docx as read
    elif kind == "html":
        from ingest.html import read_html as read
    elif kind == "markdown":
        from ingest.markdown import read_markdown as read
    else:
        read = read_text
    return read(path)


def _in_own_process(path: Path) -> str:
    command = [sys.executable, "-m", "ingest.extract", str(path.resolve())]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=environment,
            start_new_session=True,  # so that what it starts can be ended with it
        )
        try:
            code = process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise LetterError(
                f"Het lezen van '{path.name}' duurde langer dan {_SECONDS} seconden. Sla het bestand opnieuw "
                "op als PDF, of splits het, en probeer het nog eens."
            ) from error
        finally:
            _end(process)
        if code == _FAILED:
            errors.seek(0)
            raise LetterError(errors.read(_MAX_MESSAGE).decode("utf-8", "replace").strip())
        if code or output.seek(0, os.SEEK_END) > _MAX_OUTPUT:
            raise LetterError(_unreadable(path))
        output.seek(0)
        return output.read().decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _unreadable(path: Path) -> str:
    return (
        f"Het bestand '{path.name}' kon niet worden gelezen: het vraagt te veel geheugen of is beschadigd. "
        "Sla het opnieuw op als PDF en probeer het nog eens."
    )


def _limit_resources() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEGABYTES * 1_000_000,) * 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_OUTPUT * 2,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS + 1,) * 2)  # should the parent have gone
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Print the lines of the file named on the command line; its fault on stderr."""
    _limit_resources()
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # stderr is for what the user reads
    try:
        print(dumps(read_here(Path(sys.argv[1]))))
    except LetterError as error:
        print(error, file=sys.stderr)
        return _FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
