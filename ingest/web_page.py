"""A web page as a reader sees it: the part that holds the letter, its words and its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from ingest.text import clean

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    "address article aside blockquote body caption center details div dl fieldset figcaption figure footer "
    "form header hgroup hr html legend main nav ol p pre search section summary table tbody td tfoot th "
    "thead tr ul".split()
)
# What a reader of the page does not see, or cannot read as text.
_UNSEEN = frozenset(
    "audio button canvas datalist dialog embed head iframe input math meter noscript object option progress "
    "script select style svg template textarea title video".split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = {
    "navigation": "nav",
    "search": "search",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "dialog": "dialog",
    "main": "main",
}
_EDGES = frozenset(("header", "footer"))  # of the page; an article and a section may have their own
_AROUND = frozenset(("nav", "aside", "search", "form"))
# What is left out, tried in this order: a page may stand in a form as a whole.
_LEFT_OUT = (_AROUND | _EDGES, (_AROUND | _EDGES) - {"form"}, frozenset[str]())
_ENOUGH = 0.3  # of the words, to be the letter
_SPAN = 30  # columns or rows at most that one cell is repeated over
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # a raised figure is not one of the number's


class UnreadablePage(ValueError):
    """A web page is nested too deep to be read as a whole."""


class WebPage:
    """What is seen of a web page; ``content`` is the element that holds the letter."""

    def __init__(self, root: Any) -> None:
        self._left_out: frozenset[str] = frozenset()
        self._layout = set(_layout(root))
        titles = list(root.iter("h1"))
        self._title_edge = next(titles[0].iterancestors("header"), None) if len(titles) == 1 else None
        self.content = self._content(root)

    @classmethod
    def from_text(cls, text: str) -> WebPage | None:
        """Parse a page, None where it holds nothing. Raises UnreadablePage."""
        from lxml import etree

        # This parser takes no entities from the file, opens no other file and uses no network.
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        if fatal := [entry for entry in parser.error_log if entry.level_name == "FATAL"]:
            raise UnreadablePage(fatal[0].message)
        return None if root is None else cls(root)

    def walk(self, root: Any) -> Iterator[tuple[Literal["open", "text", "close"], Any, str]]:
        """Yield (what, element, text) for all that is seen of ``root``, in reading order."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        raised = 0
        for event, element in walk:
            seen = self.shows(element)
            if event == "start" and not seen:
                walk.skip_subtree()
                continue
            if seen:
                raised += (element.tag == "sup") * (1 if event == "start" else -1)
                yield "open" if event == "start" else "close", element, ""
            text = element.text if event == "start" else element.tail if element is not root else ""
            if text:
                yield "text", element, text.translate(_SUPERSCRIPT) if raised else text

    def shows(self, element: Any) -> bool:
        """Tell whether an element is seen, and no menu or the like."""
        role = _role(element)
        if role in _UNSEEN or (role in self._left_out and not self._stays(element, role)):
            return False
        return not (
            "hidden" in element.attrib
            or element.get("aria-hidden") == "true"
            or _HIDDEN_STYLE.search(element.get("style", ""))
        )

    def lays_out(self, element: Any) -> bool:
        """Tell whether a list item or table holds titles or tables: it only lays out the page."""
        return element in self._layout or element.get("role") in ("presentation", "none")

    def text_of(self, root: Any) -> str:
        """Return what is seen of ``root`` as one line."""
        pieces = []
        for what, element, text in self.walk(root):
            apart = element.tag in BLOCKS or element.tag in ("br", "li", "dt", "dd")
            pieces.append(text if what == "text" else " " * apart)
        return squeezed("".join(pieces))

    def rows_of(self, table: Any) -> list[list[str]]:
        """Return the cells of a table, as many in each row, [] for one that only lays out the page."""
        if self.lays_out(table):
            return []
        rows: list[list[str]] = []
        spans: dict[int, tuple[int, str]] = {}  # column → how many rows to come the cell above it takes
        for row in table.iter("tr"):
            found = [cell for cell in row.iterchildren("td", "th") if self.shows(cell)]
            cells: list[str] = []
            for cell in [*found, None]:
                while len(cells) in spans:
                    left, text = spans.pop(len(cells))
                    if left > 1:
                        spans[len(cells)] = (left - 1, text)
                    cells.append(text)
                if cell is None:
                    break
                text, down = self.text_of(cell), _span(cell, "rowspan")
                for _ in range(_span(cell, "colspan") if len(found) > 1 else 1):
                    if down > 1:
                        spans[len(cells)] = (down - 1, text)
                    cells.append(text)
            if self.shows(row) and any(cells):
                rows.append(cells)
        width = max(map(len, rows), default=0)
        return [row + [""] * (width - len(row)) for row in rows] if width > 1 else []

    def _content(self, root: Any) -> Any:
        """Return the element that holds the letter, and settle what is left out of it."""
        whole = self._size(root)
        for self._left_out in _LEFT_OUT:
            size = self._size(root)
            if size >= _ENOUGH * whole:
                break
        mains = [element for element in root.iter() if _role(element) == "main"]
        for found in (mains, list(root.iter("article"))):
            if len(found) == 1 and self._size(found[0]) >= _ENOUGH * size:
                return found[0]
        return root

    def _size(self, root: Any) -> int:
        return sum(len(text.strip()) for what, _, text in self.walk(root) if what == "text")

    def _stays(self, element: Any, role: str) -> bool:
        """Tell whether a header or footer is that of an article, or holds the page's only title."""
        if role not in _EDGES:
            return False
        inside = next(element.iterancestors("article", "section", "main"), None) is not None
        return inside or element is self._title_edge


def squeezed(text: str) -> str:
    """Return ``text`` on one line, with one space between words."""
    return " ".join(clean(text).split())


def number_of(value: str | None, default: int) -> int:
    """Return the whole number that an attribute says, ``default`` where it says none."""
    return int(value) if value and re.fullmatch(r"\s*\d{1,6}\s*", value, re.ASCII) else default


def _layout(root: Any) -> Iterator[Any]:
    """Yield every list item, definition and table that holds a title or a table."""
    known = set()
    for element in root.iter(*HEADINGS, "table"):
        for around in element.iterancestors("li", "dd", "table"):
            if around in known:
                break
            known.add(around)
            yield around


def _role(element: Any) -> str:
    """Return what an element is for: its role, or its tag."""
    return _ROLES.get(element.get("role", ""), str(element.tag))


def _span(cell: Any, name: str) -> int:
    return max(1, min(_SPAN, number_of(cell.get(name), 1)))
