"""Reads a plain text file into lines with their page and the white space that tells paragraphs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest.errors import LetterError
from ingest.lines import SENTENCE_END
from ingest.running_lines import without_running_lines

# A thousand-page letter in text is about 3 MB and 45,000 lines; a page is a paragraph of 3,000 characters.
MAX_BYTES = 5_000_000
MAX_LINES = 100_000
MAX_LINE = 20_000  # characters

# Zero-width characters, the byte order mark, the soft hyphen, marks of direction and control characters
# carry no text.
_INVISIBLE = dict.fromkeys(
    [
        *map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0x00, 0x09),
        *range(0x0E, 0x20),
        0x7F,
    ]
)
_LONG_LINE = 50  # characters: a title is seldom longer
_HASHES = re.compile(r"^#{1,6}\s+(?=\S)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text without its outer white space.

    ``gap`` says that a paragraph ended before it, ``trailing`` counts the spaces after it. Where the
    typography is known, ``rank`` is 1 for the most prominent titles, 2 for the next and so on, 0 for
    running text, and ``early`` tells whether the line ended before the edge of its column.
    """

    text: str
    page: int
    gap: bool
    trailing: int
    rank: int = 0
    early: bool | None = None


def read_text(path: Path) -> list[Line]:
    """Return the non-empty lines of the text file at ``path``, pages counted from 1.

    Raises LetterError when the file is missing, empty, too large or not text.
    """
    return checked(split_lines(decode(read_bytes(path), path.name)), path.name)


def read_bytes(path: Path) -> bytes:
    """Return what the file at ``path`` holds. Raises LetterError when it is missing or too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise LetterError(
                f"Het bestand '{path.name}' is te groot ({size / 1e6:.0f} MB; hoogstens "
                f"{MAX_BYTES / 1e6:.0f} MB). Kies een kleiner bestand."
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise unreachable(path, error) from error


def unreachable(path: Path, error: Exception) -> LetterError:
    """Return the error for a file that is not there or cannot be opened."""
    reason = "is niet te lezen" if isinstance(error, OSError) else "bestaat niet"
    if isinstance(error, FileNotFoundError):
        reason = "bestaat niet"
    return LetterError(f"Het bestand '{path}' {reason}. Controleer de naam en de map en probeer het opnieuw.")


def decode(data: bytes, name: str, declared: str = "") -> str:
    """Return ``data`` as text, tried as ``declared`` first. Raises LetterError when it is no text."""
    other = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"
    for encoding in filter(None, (declared, "utf-8-sig", other)):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _CONTROL.search(text):
            return text
    raise LetterError(
        f"Het bestand '{name}' is geen brief die ik kan lezen. Sla hem op als PDF, Word-bestand (.docx) of "
        "tekstbestand (.txt) en probeer het opnieuw."
    )


def checked(lines: list[Line], name: str) -> list[Line]:
    """Return ``lines`` when they can be a letter. Raises LetterError when they are none, or too much."""
    if not lines:
        raise LetterError(f"In het bestand '{name}' staat geen tekst. Kies een bestand met een brief.")
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MAX_BYTES:
        raise LetterError(
            f"In het bestand '{name}' staat te veel tekst voor een brief. Splits het en voeg de delen toe."
        )
    if max(len(line.text) for line in lines) > MAX_LINE:
        raise LetterError(
            f"In het bestand '{name}' staat een alinea van meer dan {MAX_LINE} tekens. Zet elke alinea op "
            "een eigen regel en probeer het opnieuw."
        )
    return lines


def clean(text: str) -> str:
    """Return ``text`` composed (NFC), without invisible characters and with plain line ends."""
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")


def split_lines(text: str) -> list[Line]:
    """Return the non-empty lines of ``text``.

    Two layouts are told apart. In a text where most lines are followed by an empty one and sentences
    run on across it, that empty line means nothing: a line of spaces only is a paragraph break, and
    a line that begins with a space and follows without an empty line opens a page. Elsewhere every
    blank line is a paragraph break and a form feed opens a page. Page numbers and running headers
    and footers are left out, as are the hashes of a Markdown title.
    """
    text = clean(text)
    raw = without_running_lines(text.replace("\n\f", "\f").replace("\f", "\n\f").split("\n"))
    spaced = _is_double_spaced(raw)
    padded = _is_padded(raw)
    lines: list[Line] = []
    page, gap, empties = 1, False, 0
    for row in raw:
        content = row.replace("\f", "").replace("\u00a0", " ")
        if "\f" in row and lines:
            page += 1
        if not content.strip():
            empties += 1
            gap = gap or (empties > 1 or bool(row) if spaced else "\f" not in row)
            continue
        indent = len(content) - len(content.lstrip())
        if spaced and lines and indent == 1 and not empties:
            page += 1
        stripped = _HASHES.sub("", content.strip())
        trailing = 0 if padded else len(content) - len(content.rstrip())
        lines.append(Line(stripped, page, gap and bool(lines), trailing))
        gap, empties = False, 0
    return lines


def _is_double_spaced(rows: list[str]) -> bool:
    pairs = [(row.strip(), following == "") for row, following in pairwise(rows) if row.strip()]
    followed = [row for row, empty in pairs if empty]
    long = [row for row in followed if len(row) >= _LONG_LINE]
    running_on = sum(not SENTENCE_END.search(row) for row in long)
    return len(followed) > max(10, 0.75 * len(pairs)) and running_on > 0.5 * len(long)


def _is_padded(rows: list[str]) -> bool:
    """Tell whether spaces after a line mean nothing, for most lines have them."""
    full = [row for row in rows if row.strip()]
    return sum(row.endswith("  ") for row in full) > 0.5 * len(full)
