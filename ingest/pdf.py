"""Reads a PDF into lines: their words, page and place, and which typography sets titles apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from ingest.errors import LetterError
from ingest.lines import SENTENCE_END, bullet, cells_of
from ingest.running_lines import running
from ingest.text import Line, clean

MAX_PAGES = 2_000
_SAME_LINE = 0.4  # of the letter size, between baselines of one line
_CELL_GAP = 1.2  # of the letter size, between the cells of a table
_AVERAGE_WIDTH = 0.5  # of the letter size, of a character where the width is not known
_PARAGRAPH_GAP = 1.25  # of the usual distance between lines
_INDENT = 0.8  # of the letter size, from the left edge of the text
_TITLE_LINES = 3
_LARGER = 1.06  # than running text, for a line to be a title


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words drawn in one go: where they begin and, if known, end, in points from the page's lower left."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    italic: bool
    end: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it stands on the page; ``style`` is (size, bold, italic) of most of its characters."""

    text: str
    page: int
    x: float
    y: float
    end: float
    style: tuple[float, bool, bool]


def read_pdf(path: Path) -> list[Line]:
    """Return the lines of the PDF at ``path``, pages counted from 1.

    Raises LetterError when the file is no PDF, is locked, has no text or too many pages.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise LetterError(
                f"Het bestand '{path.name}' is met een wachtwoord beveiligd. Sla het op zonder wachtwoord "
                "en probeer het opnieuw."
            )
        if not reader.pages:
            raise LetterError(
                f"Het bestand '{path.name}' heeft geen bladzijden. Sla de brief opnieuw op als PDF en "
                "probeer het nog eens."
            )
        if len(reader.pages) > MAX_PAGES:
            raise LetterError(
                f"Het bestand '{path.name}' heeft {len(reader.pages)} bladzijden; hoogstens {MAX_PAGES} kan. "
                "Splits het en voeg de delen los toe."
            )
        pages = [_rows(list(_pieces(page)), number) for number, page in enumerate(reader.pages, start=1)]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise LetterError(
            f"Het bestand '{path.name}' is geen leesbare PDF. Open het in een ander programma, sla het "
            "opnieuw op als PDF en probeer het nog eens."
        ) from error
    rows = _without_running(pages)
    if not rows:
        raise LetterError(
            f"In het bestand '{path.name}' staat geen tekst die te lezen is; het lijken scans. Maak er met "
            "tekstherkenning (OCR) een PDF met tekst van en probeer het opnieuw."
        )
    return _lines(rows)


def _pieces(page: Any) -> Iterator[_Piece]:
    """Yield what is drawn on ``page``, in the order of the file, which is the reading order as a rule."""
    found: list[_Piece] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        words = clean(text).strip("\n")
        if not words.strip():
            if found and not text and abs(found[-1].y - y) < 1 and x > found[-1].x:
                found[-1] = replace(found[-1], end=x)  # where the words before it ended
            return
        height = abs(size * tm[3] * cm[3]) or abs(size)
        name = str((font or {}).get("/BaseFont", "")).lower()
        bold = any(word in name for word in ("bold", "black", "heavy", "semibold", "demi"))
        italic = "italic" in name or "oblique" in name
        for row in words.split("\n"):
            if row.strip():
                end = x + _AVERAGE_WIDTH * height * len(row)
                found.append(_Piece(row, x, y, round(height, 1), bold, italic, end))

    page.extract_text(visitor_text=visit)
    yield from found


def _rows(pieces: Sequence[_Piece], page: int) -> list[_Row]:
    """Put pieces on one height after each other together; wide gaps become tabs."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        last = groups[-1][-1] if groups else None
        if last and abs(last.y - piece.y) < _SAME_LINE * max(last.size, piece.size) and piece.x >= last.x:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [_row(group, page) for group in groups]


def _row(pieces: Sequence[_Piece], page: int) -> _Row:
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        space = piece.x - before.end
        if space > _CELL_GAP * piece.size and not (text.endswith(" ") or piece.text.startswith(" ")):
            text += "\t"
        elif space > 0.15 * piece.size and not text.endswith(" ") and not piece.text.startswith(" "):
            text += " "
        text += piece.text
    weights: Counter[tuple[float, bool, bool]] = Counter()
    for piece in pieces:
        weights[piece.size, piece.bold, piece.italic] += len(piece.text.strip())
    return _Row(text.strip(" "), page, pieces[0].x, pieces[0].y, pieces[-1].end, weights.most_common(1)[0][0])


def _without_running(pages: Sequence[Sequence[_Row]]) -> list[_Row]:
    """Leave out headers, footers and page numbers."""
    ordered = [sorted(range(len(rows)), key=lambda i: -rows[i].y) for rows in pages]
    texts = [[rows[i].text for i in order] for rows, order in zip(pages, ordered, strict=True)]
    left_out = {(n, ordered[n][place]) for n, place in running(texts)}
    return [row for n, rows in enumerate(pages) for i, row in enumerate(rows) if (n, i) not in left_out]


def _lines(rows: Sequence[_Row]) -> list[Line]:
    characters: Counter[tuple[float, bool, bool]] = Counter()
    for row in rows:
        characters[row.style] += len(row.text)
    body = characters.most_common(1)[0][0]
    ranks = _ranks(rows, body)
    steps = [a.y - b.y for a, b in pairwise(rows) if a.page == b.page and a.y > b.y]
    body_steps = [step for step in steps if step < 2.5 * body[0]]
    leading = median(body_steps) if body_steps else 1.2 * body[0]
    right = _right_edges(rows)
    lines: list[Line] = []
    for i, row in enumerate(rows):
        before = rows[i - 1] if i else None
        gap = False
        if before and before.page == row.page and before.y > row.y:
            gap = before.y - row.y > _PARAGRAPH_GAP * leading * max(1.0, row.style[0] / body[0])
        following = rows[i + 1] if i + 1 < len(rows) else None
        word = following.text.split()[0] if following else ""
        room = right[i] - row.end
        early = room > _AVERAGE_WIDTH * row.style[0] * (len(word) + 1)
        lines.append(Line(row.text, row.page, gap, 0, rank=ranks[i], early=early))
    return _marked(rows, lines)


def _ranks(rows: Sequence[_Row], body: tuple[float, bool, bool]) -> list[int]:
    """Return for each row 0 for running text, or the rank of its title, 1 for the most prominent.

    A title is larger than running text or stands in another weight; it takes a few lines at most and does
    not end as a sentence does.
    """
    ranks = [0] * len(rows)
    runs: list[tuple[int, int]] = []
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i].style != rows[start].style or rows[i].page != rows[start].page:
            runs.append((start, i))
            start = i
    titles = []
    for start, end in runs:
        size, bold, italic = rows[start].style
        stands_out = size > _LARGER * body[0] or (size >= 0.95 * body[0] and (bold, italic) > body[1:])
        text = rows[end - 1].text
        ends = SENTENCE_END.search(text) and not text.endswith("?")
        is_words = not bullet(rows[start].text) and not any(map(_is_cells, rows[start:end]))
        if stands_out and is_words and end - start <= _TITLE_LINES and not ends:
            titles.append((start, end))
    order = sorted({rows[start].style for start, _ in titles}, reverse=True)
    for start, end in titles:
        ranks[start:end] = [order.index(rows[start].style) + 1] * (end - start)
    return ranks


def _is_cells(row: _Row) -> bool:
    return "\t" in row.text or cells_of(row.text) is not None


def _marked(rows: Sequence[_Row], lines: Sequence[Line]) -> list[Line]:
    """Put a bullet before the items of a list whose own bullets are drawn, not written.

    They stand to the right of the line that leads them in, which ends in a colon.
    """
    marked: list[Line] = []
    edge: float | None = None  # where the lead-in began, while in its list
    for i, (row, line) in enumerate(zip(rows, lines, strict=True)):
        before = rows[i - 1] if i else row
        inside = edge is not None and row.x > edge + _INDENT * row.style[0] and not line.rank
        if not inside:
            edge = None
        if i and before.text.endswith(":") and edge is None:
            inside = row.x > before.x + _INDENT * row.style[0] and not line.rank
            edge = before.x if inside else None
        begins = inside and (lines[i - 1].early or before.text[-1] in ".;:")
        if begins and not bullet(row.text):
            line = replace(line, text=f"• {line.text}")
        marked.append(line)
    return marked


def _right_edges(rows: Sequence[_Row]) -> list[float]:
    """Return for each row how far lines reach that begin about where it does: the edge of its column."""
    edges: dict[int, list[float]] = {}
    for row in rows:
        edges.setdefault(round(row.x / 40), []).append(row.end)
    reach = {key: sorted(ends)[int(0.95 * (len(ends) - 1))] for key, ends in edges.items()}
    return [reach[round(row.x / 40)] for row in rows]
