"""Reads a Word file (.docx) into lines: titles by their style, lists and tables as they are built."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.errors import LetterError
from ingest.kinds import archive_kind, unreadable
from ingest.tables import row_text
from ingest.text import Line, checked, clean

MAX_MEMBERS = 10_000  # files in the archive: Word writes a dozen, and one for each picture
MAX_UNPACKED = 300_000_000  # bytes: a letter of a thousand pages with pictures stays far under it
_TITLES = ("title", "titel")
_HEADINGS = ("heading", "kop")
_LISTS = ("list", "lijst", "opsomming")


def read_docx(path: Path) -> list[Line]:
    """Return the lines of the Word file at ``path``, on the pages that Word made when it was saved.

    Pages are 0 where the file does not say. Raises LetterError when it is damaged, no Word file, without
    text, or unpacks to too much.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED or len(members) > MAX_MEMBERS:
            raise LetterError(
                f"Het bestand '{path.name}' wordt uitgepakt te groot. Sla de brief op als PDF en "
                "probeer het opnieuw."
            )
        other = archive_kind({member.filename for member in members})
        if other and (other != ".zip" or path.suffix.lower() != ".docx"):
            raise LetterError(unreadable(path.name, other))
        lines = _paged(list(_lines(docx.Document(str(path)))))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise LetterError(
            f"Het bestand '{path.name}' is geen leesbaar Word-bestand (.docx). Open het in uw "
            "tekstverwerker, sla het opnieuw op en probeer het nog eens."
        ) from error
    return checked(lines, path.name)


def _lines(document: Any) -> Iterator[Line]:
    from docx.table import Table

    page = 1
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            rows = [[" ".join(clean(cell.text).split()) for cell in row.cells] for row in block.rows]
            for number, row in enumerate(rows):
                if any(row):
                    yield Line(row_text(row), page, gap=not number, trailing=0, early=True)
            continue
        breaks = _page_breaks(block)
        style = (block.style.name or "").lower() if block.style is not None else ""
        rank = _rank(style)
        rows_of_text = [" ".join(row.split()) for row in clean(block.text).split("\n")]
        bullet = "• " if not rank and _is_item(block, style) else ""
        for number, text in enumerate(row for row in rows_of_text if row):
            words = text if number else bullet + text
            yield Line(words, page, gap=not (number or bullet), trailing=0, rank=rank, early=True)
        page += breaks


def _paged(lines: list[Line]) -> list[Line]:
    if any(line.page > 1 for line in lines):
        return lines
    return [replace(line, page=0) for line in lines]


def _rank(style: str) -> int:
    """Return 1 for a title, 2 for a heading of the first level and so on, 0 for other styles."""
    if style in _TITLES:
        return 1
    for name in _HEADINGS:
        if style.startswith(name) and (level := style.removeprefix(name).strip()).isdigit():
            return int(level) + 1
    return 0


def _is_item(paragraph: Any, style: str) -> bool:
    properties = paragraph._p.pPr
    return style.startswith(_LISTS) or (properties is not None and properties.numPr is not None)


def _page_breaks(paragraph: Any) -> int:
    """Count the page breaks in a paragraph, Word's own and those that were typed."""
    return sum(run.contains_page_break for run in paragraph.runs)
