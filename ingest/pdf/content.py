"""What a page of a PDF is made of, as its reader gives it: operators, fonts, and the names they use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ingest.pdf.geometry import IDENTITY, Matrix
from ingest.pdf.page import Tag


class Glyph(NamedTuple):
    """What one character code draws; ``width`` in parts of the letter size, ``breaks`` takes word spacing."""

    text: str
    width: float
    breaks: bool


class Font(Protocol):
    """A font of the file: what its codes mean and how wide they are."""

    face: str
    bold: bool
    italic: bool

    def glyphs(self, data: bytes) -> Sequence[Glyph]:
        """Return the glyphs that ``data`` draws."""


@dataclass(frozen=True, slots=True)
class Content:
    """The operators of a page or form, and how what they name is looked up."""

    operations: Iterable[tuple[Sequence[Any], bytes]]
    fonts: Mapping[str, Font]
    form: Callable[[str], Content | None]
    properties: Callable[[Any], Mapping[str, Any]]  # of marked content
    pictures: frozenset[str] = frozenset()
    matrix: Matrix = IDENTITY
    tags: Mapping[int, Tag] = field(default_factory=dict)  # by the number of marked content


def text_string(found: Any) -> str:
    """Return a text string of the file: UTF-16 after its mark, else about Latin-1 (ISO 32000-1, 7.9.2.2)."""
    if not isinstance(found, bytes):
        return str(found)
    wide = found.startswith(b"\xfe\xff")
    return found[2:].decode("utf-16-be", "replace") if wide else found.decode("latin-1")
