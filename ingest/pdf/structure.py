"""Reads what a tagged PDF says that its text is: paragraphs, titles, cells (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ingest.pdf.page import UNTAGGED, Tag

Tags = dict[int, dict[int, Tag]]  # by the object number of the page, by the number of the marked content

_MOST = 100_000  # elements and pieces of content; a letter of 40 pages has 2,000
_DEEPEST = 100
_ROLES = 10  # steps from a name of the file's own to one of the standard
_COLUMNS = 100  # of a table
# Elements that only part or hold the text of the block that they stand in (14.8.4.4, 14.8.4.5).
_INLINE = frozenset(
    "/Span /Quote /Note /Reference /BibEntry /Code /Link /Annot /Ruby /RB /RT /RP /Warichu /WT /WP "
    "/Em /Strong /Sub /Lbl /LBody /NonStruct /Private /Figure /Formula /Form".split()
)


class _Place(NamedTuple):
    """What is to be looked at, and what holds around it."""

    kid: Any
    page: int
    tag: Tag
    depth: int


def tags_of(root: Any) -> Tags:
    """Return the tags below ``root``, the catalogue's StructTreeRoot; none where there are too many."""
    return _Walk(_looked_up(_looked_up(root).get("/RoleMap"))).tags(_looked_up(root))


@dataclass(slots=True)
class _Walk:
    """Goes through the elements in the order of the document and counts them."""

    _roles: Mapping[str, Any]
    _found: Tags = field(default_factory=dict)
    _blocks: int = 0
    _columns: dict[int, int] = field(default_factory=dict)  # taken so far, by row
    _spanned: set[int] = field(default_factory=set)  # tables with a cell over several rows

    def tags(self, tree: Mapping[str, Any]) -> Tags:
        waiting = [_Place(kid, 0, UNTAGGED, 0) for kid in reversed(_kids(tree))]
        for _ in range(_MOST):
            if not waiting:
                return {page: self._plain(tags) for page, tags in self._found.items()}
            waiting += reversed(self._inside(waiting.pop()))
        return {}

    def _inside(self, place: _Place) -> list[_Place]:
        """Take in one element, or piece of content, and return what is inside it."""
        kid = _resolved(place.kid)
        if isinstance(kid, int):
            self._found.setdefault(place.page, {})[int(kid)] = place.tag
        if not isinstance(kid, Mapping) or place.depth > _DEEPEST:
            return []
        page = getattr(kid.get("/Pg"), "idnum", place.page)
        if isinstance(kid.get("/MCID"), int):
            if "/Stm" not in kid:  # else in a form, which counts its own
                self._found.setdefault(page, {})[int(kid["/MCID"])] = place.tag
            return []
        tag = self._tag(kid, place.tag)
        return [_Place(inner, page, tag, place.depth + 1) for inner in _kids(kid)]

    def _tag(self, element: Mapping[str, Any], outer: Tag) -> Tag:
        role = self._role(str(element.get("/S", "")))
        if role in _INLINE:
            return outer
        self._blocks += 1
        if role == "/Table":
            return Tag(self._blocks, table=self._blocks)
        if role == "/TR":
            return Tag(self._blocks, table=outer.table, row=self._blocks)
        if role in ("/TD", "/TH"):
            column = self._columns.get(outer.row, 0)
            self._columns[outer.row] = column + _span(element, "/ColSpan")
            if _span(element, "/RowSpan") > 1:
                self._spanned.add(outer.table)
            return outer._replace(block=self._blocks, cell=column + 1)
        return outer._replace(block=self._blocks, level=_level(role))

    def _plain(self, tags: Mapping[int, Tag]) -> dict[int, Tag]:
        """Return ``tags`` without the tables whose cells do not stand one to a row and column."""
        return {
            number: Tag(tag.block, tag.level) if tag.table in self._spanned else tag
            for number, tag in tags.items()
        }

    def _role(self, name: str) -> str:
        """Return the standard name for one of the file's own."""
        for _ in range(_ROLES):
            if name not in self._roles:
                break
            name = str(self._roles[name])
        return name


def _level(role: str) -> int:
    """Return the level of a title, from 1; 0 for all else, and for "H", which does not say it."""
    return int(role[2:]) if role.startswith("/H") and role[2:].isdigit() else 0


def _span(cell: Mapping[str, Any], key: str) -> int:
    """Return how many rows or columns a cell takes (14.8.5.7)."""
    given = _resolved(cell.get("/A"))
    for attributes in given if isinstance(given, list) else [given]:
        span = _looked_up(attributes).get(key)
        if isinstance(span, int):
            return min(max(1, int(span)), _COLUMNS)
    return 1


def _kids(element: Mapping[str, Any]) -> Sequence[Any]:
    kids = _resolved(element.get("/K"))
    return kids if isinstance(kids, list) else [] if kids is None else [kids]


def _looked_up(found: Any) -> Mapping[str, Any]:
    target = _resolved(found)
    return target if isinstance(target, Mapping) else {}


def _resolved(found: Any) -> Any:
    return found.get_object() if hasattr(found, "get_object") else found
