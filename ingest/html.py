"""Reads a web page into lines: titles by h1 to h6, lists and tables as they are built, no menus."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.errors import LetterError
from ingest.lines import SENTENCE_END, bullet
from ingest.tables import row_text
from ingest.text import Line, checked, decode
from ingest.web_page import BLOCKS, HEADINGS, UnreadablePage, WebPage, number_of, squeezed

_BOLD_RANK = 7  # of a paragraph that is bold as a whole, which is how many editors make a title
_BOLD_TITLE = 130  # characters at most
_ENCODING = re.compile(
    rb"<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*"
    rb"(utf-8|iso-8859-\d\d?|windows-125\d|us-ascii|macintosh)\b",
    re.IGNORECASE,
)
_ENCODING_HEAD = 4096  # bytes in which a page says its encoding


def read_html(path: Path) -> list[Line]:
    """Return the lines of the web page at ``path``, which has no pages: they are 0.

    Raises LetterError when it is no text, is nested too deep or holds no words.
    """
    data = path.read_bytes()
    declared = _ENCODING.search(data[:_ENCODING_HEAD])
    name = declared.group(1).decode().lower() if declared else ""
    # Browsers read Latin-1 as the code page of Windows that holds it.
    text = decode(data, path.name, "cp1252" if name in ("iso-8859-1", "us-ascii") else name)
    return html_lines(text, path.name)


def html_lines(text: str, name: str) -> list[Line]:
    """Return the lines of the web page ``text``, which is the file ``name``. Raises LetterError."""
    try:
        page = WebPage.from_text(text)
    except UnreadablePage as error:
        raise LetterError(
            f"Het bestand '{name}' is geen leesbare webpagina. Open het in een browser, druk het af naar PDF "
            "en voeg die toe."
        ) from error
    return checked(_Reader(page).lines if page else [], name)


@dataclass(slots=True)
class _List:
    """An open list: the kind of its enumerators ("" for bullets) and the number of the next item."""

    kind: str
    number: int = 1
    begun: bool = False


@dataclass(slots=True)
class _State:
    """The words since the last line was written, and what holds for the next one."""

    words: list[str] = field(default_factory=list)
    rank: int = 0
    mark: str = ""
    gap: bool = True
    plain: int = 0  # depth of elements whose line ends count
    inline: int = 0  # depth of elements whose blocks are one paragraph
    lists: list[_List] = field(default_factory=list)


class _Reader:
    """Walks a page once and writes a line whenever a block begins or ends."""

    def __init__(self, page: WebPage) -> None:
        self._page = page
        self._state = _State()
        self.lines: list[Line] = []
        self._read()

    def _read(self) -> None:
        state = self._state
        table: Any = None  # of which the rows are written already
        for what, element, text in self._page.walk(self._page.content):
            if table is not None:
                table = None if what == "close" and element is table else table
            elif what == "text":
                state.words.append(text if state.plain else re.sub(r"\s+", " ", text))
            elif what == "close":
                self._close(element)
            elif element.tag == "table" and (rows := self._page.rows_of(element)):
                self._write_table(element, rows)
                table = element
            else:
                self._open(element)
        self._flush()

    def _open(self, element: Any) -> None:
        state, tag = self._state, element.tag
        if tag in HEADINGS:
            self._flush()
            state.rank = int(tag[1])
        elif tag in ("li", "dt", "dd"):
            self._open_item(element)
        elif tag in ("ul", "ol"):
            self._flush()
            kind = element.get("type", "1") if tag == "ol" else ""
            state.lists.append(_List(kind, number_of(element.get("start"), 1)))
        elif tag == "br":
            state.words.append(" " if state.inline else "\n")
        elif tag in BLOCKS:
            self._break()
            state.plain += tag == "pre"
            if tag == "p" and not state.inline and not state.rank and self._is_bold(element):
                state.rank = _BOLD_RANK

    def _open_item(self, element: Any) -> None:
        """Begin a list item, or a definition behind its term."""
        state = self._state
        term = "".join(state.words).strip() if element.tag == "dd" else ""
        if term:
            state.words = [term if term[-1] in ":?" else f"{term}:", " "]
        else:
            self._flush()
        if self._page.lays_out(element):
            return
        state.inline += 1
        if element.tag != "li":
            return
        if not state.lists:
            state.lists.append(_List(""))  # an item outside any list
        within = state.lists[-1]
        within.number = number_of(element.get("value"), within.number)
        state.mark = _enumerator(within.kind, within.number) if within.kind else "• "
        # What no rule takes for an item is a paragraph of its own, and so is an enumeration.
        state.gap = not bullet(f"{state.mark}x") or (bool(within.kind) and not within.begun)
        within.number, within.begun = within.number + 1, True

    def _close(self, element: Any) -> None:
        state, tag = self._state, element.tag
        if tag in ("li", "dt", "dd"):
            if tag != "dt":
                self._flush()
            state.inline -= not self._page.lays_out(element)
            state.mark = ""
        elif tag in ("ul", "ol"):
            self._flush()
            state.lists.pop()
        elif tag in HEADINGS or (tag == "p" and state.rank == _BOLD_RANK):
            self._flush()
            state.rank = 0
        elif tag in BLOCKS:
            self._break()
            state.plain -= tag == "pre"

    def _break(self) -> None:
        """End the paragraph; within a title or a list item, only the word."""
        if self._state.inline or self._state.rank:
            self._state.words.append(" ")
        else:
            self._flush()

    def _flush(self) -> None:
        """Write the words as lines, one for each that the page ends."""
        state = self._state
        rows = [row for row in map(squeezed, "".join(state.words).split("\n")) if row]
        for row in rows:
            self.lines.append(Line(state.mark + row, 0, state.gap, 0, rank=state.rank, early=True))
            state.mark, state.gap = "", False
        state.gap = state.gap or bool(rows)
        state.words = []

    def _is_bold(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is bold as a whole and short enough for a title."""
        if len(paragraph) != 1 or paragraph[0].tag not in ("b", "strong"):
            return False
        text = self._page.text_of(paragraph[0])
        outside = (paragraph.text or "") + (paragraph[0].tail or "")
        is_sentence = SENTENCE_END.search(text) and not text.endswith("?")
        return not outside.strip() and 0 < len(text) <= _BOLD_TITLE and not is_sentence

    def _write_table(self, table: Any, rows: list[list[str]]) -> None:
        self._flush()
        caption = table.find("caption")
        if caption is not None and self._page.shows(caption):
            self._state.words = [self._page.text_of(caption)]
            self._flush()
        self.lines += [Line(row_text(row), 0, not number, 0, early=True) for number, row in enumerate(rows)]
        self._state.gap = True


def _enumerator(kind: str, number: int) -> str:
    """Return "3. ", "c. " or "iii. " as a list of ``kind`` shows it; past its end it counts in figures."""
    mark = str(number)
    if kind in ("a", "A") and 1 <= number <= 26:
        mark = chr(ord("a") + number - 1)
    elif kind in ("i", "I") and 1 <= number <= 39:
        mark = "x" * (number // 10) + " i ii iii iv v vi vii viii ix".split(" ")[number % 10]
    return f"{mark.upper() if kind.isupper() else mark}. "
