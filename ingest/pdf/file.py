"""Opens a PDF with pypdf: what its pages draw, its bookmarks and its scans."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from ingest.errors import LetterError
from ingest.pdf.content import Content, Glyph
from ingest.pdf.drawing import Pen
from ingest.pdf.geometry import IDENTITY, matrix
from ingest.pdf.ocr import Scan
from ingest.pdf.operators import operators
from ingest.pdf.page import DAMAGED, Drawing
from ingest.pdf.structure import Tags, tags_of

MAX_PAGES = 2_000
_MAX_BOOKMARKS = 5_000
_HEAVY = ("bold", "black", "heavy", "demi")
_SLANTED = ("italic", "oblique", "kursiv")
_HEAVY_WEIGHT = 600  # of 100 to 900
_FORCED_BOLD = 1 << 18  # flag of a font descriptor: ISO 32000-1, table 123
_UNKNOWN = "\ufffd"
_FEWEST_PIXELS = 300_000  # a page scanned at 72 dots an inch has 500,000
_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


class Bookmark(NamedTuple):
    """A title in the outline that a reader shows beside the pages; ``level`` counts from 1, ``page`` too."""

    title: str
    level: int
    page: int


class PdfFile:
    """A PDF that is open; a fault of the file is a LetterError, whenever it shows."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``. Raises LetterError when it is no PDF, is locked or too long."""
        from pypdf import PdfReader

        self._name = path.name
        with self._faults():
            self._reader = PdfReader(path)
            if self._reader.is_encrypted and not self._reader.decrypt(""):
                raise LetterError(
                    f"Het bestand '{path.name}' is met een wachtwoord beveiligd. Sla het op zonder "
                    "wachtwoord en probeer het opnieuw."
                )
            self.pages = len(self._reader.pages)
        if not self.pages:
            raise LetterError(
                f"Het bestand '{path.name}' heeft geen bladzijden. Sla de brief opnieuw op als PDF en "
                "probeer het nog eens."
            )
        if self.pages > MAX_PAGES:
            raise LetterError(
                f"Het bestand '{path.name}' heeft {self.pages} bladzijden; hoogstens {MAX_PAGES} kan. "
                "Splits het en voeg de delen los toe."
            )
        self._fonts: dict[int, _Font | None] = {}
        self._tags = self._read_tags()

    def drawings(self) -> list[Drawing]:
        """Return what each page draws; a damaged page is one that draws something unknown."""
        from pypdf.errors import PyPdfError

        found = []
        for page in self._reader.pages:
            try:
                found.append(self._drawing(page))
            except (PyPdfError, *_FAULTS):
                found.append(DAMAGED)
        return found

    def bookmarks(self) -> list[Bookmark]:
        """Return the bookmarks in their order, none where the file's are damaged."""
        from pypdf.errors import PyPdfError

        try:
            return list(self._bookmarks(self._reader.outline, 1))[:_MAX_BOOKMARKS]
        except (PyPdfError, *_FAULTS):
            return []

    def scan(self, page: int) -> Scan | None:
        """Return the picture that ``page`` (from 1) consists of, upright; None when there is none."""
        from pypdf.errors import PyPdfError

        source = self._reader.pages[page - 1]
        try:
            pictures = [image.image for image in source.images if image.image is not None]
            largest = max(pictures, key=lambda image: image.width * image.height, default=None)
            if largest is None or largest.width * largest.height < _FEWEST_PIXELS:
                return None
            data = io.BytesIO()
            upright = largest.convert("L").rotate(-source.rotation, expand=True)
            upright.save(data, "PNG")
        except (PyPdfError, *_FAULTS, ImportError, NotImplementedError):
            return None
        sides = (float(source.mediabox.width), float(source.mediabox.height))
        return Scan(data.getvalue(), sides[source.rotation % 180 // 90] / upright.width)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        from pypdf.errors import PyPdfError

        try:
            yield
        except (PyPdfError, *_FAULTS) as error:
            raise LetterError(
                f"Het bestand '{self._name}' is geen leesbare PDF. Open het in een ander programma, sla het "
                "opnieuw op als PDF en probeer het nog eens."
            ) from error

    def _drawing(self, page: Any) -> Drawing:
        seen, whole = page.cropbox, page.mediabox
        box = (
            float(max(seen.left, whole.left)),
            float(max(seen.bottom, whole.bottom)),
            float(min(seen.right, whole.right)),
            float(min(seen.top, whole.top)),
        )
        stream = page.get("/Contents")
        resources = _looked_up(page.get("/Resources"))
        tags = self._tags.get(getattr(page.indirect_reference, "idnum", 0), {})
        return Pen(box).draw(replace(self._content(stream, resources, IDENTITY), tags=tags))

    def _read_tags(self) -> Tags:
        from pypdf.errors import PyPdfError

        try:
            return tags_of(self._reader.root_object.get("/StructTreeRoot"))
        except (PyPdfError, *_FAULTS):
            return {}

    def _content(self, stream: Any, resources: Mapping[str, Any], own: Any) -> Content:
        fonts = {name: self._font(font) for name, font in _looked_up(resources.get("/Font")).items()}
        objects = _looked_up(resources.get("/XObject"))
        kinds = {name: _looked_up(found).get("/Subtype") for name, found in objects.items()}

        def form(name: str) -> Content | None:
            if kinds.get(name) != "/Form":
                return None
            found = objects[name].get_object()
            inner = _looked_up(found.get("/Resources")) or resources
            return self._content(found, inner, matrix(found.get("/Matrix", IDENTITY)))

        def properties(given: Any) -> Mapping[str, Any]:
            named = _looked_up(resources.get("/Properties")).get(given) if isinstance(given, str) else given
            return _looked_up(named)

        return Content(
            operators(_data(stream)),
            {name: font for name, font in fonts.items() if font},
            form,
            properties,
            frozenset(name for name, kind in kinds.items() if kind == "/Image"),
            own,
        )

    def _font(self, resource: Any) -> _Font | None:
        resource = resource.get_object()
        if id(resource) not in self._fonts:
            try:
                self._fonts[id(resource)] = _Font(resource)
            except _FAULTS:
                self._fonts[id(resource)] = None
        return self._fonts[id(resource)]

    def _bookmarks(self, items: Sequence[Any], level: int) -> Iterator[Bookmark]:
        for item in items:
            if isinstance(item, list):
                yield from self._bookmarks(item, level + 1)
            elif (number := self._reader.get_destination_page_number(item)) is not None and item.title:
                yield Bookmark(str(item.title).strip(), level, number + 1)


class _Font:
    """A font of the file: what its codes stand for, how wide they are, and how heavy it is."""

    def __init__(self, resource: Any) -> None:
        from pypdf.generic._font import Font  # in the pinned version; its public names give no widths

        font = Font.from_font_resource(resource)
        self._encoding = font.encoding
        self._characters = font.character_map
        self._widths = font.character_widths
        self._per_unit = float(resource["/FontMatrix"][0]) if font.sub_type == "Type3" else 0.001
        named = "/ToUnicode" in resource or resource.get("/Encoding") not in ("/Identity-H", "/Identity-V")
        self._known = font.interpretable and named
        self._symbols = any(word in font.name.lower() for word in ("symbol", "wingding", "dingbat"))
        self._made: dict[bytes, list[Glyph]] = {}
        descriptor = font.font_descriptor
        self.face = font.name.split("+")[-1].split("-")[0].split(",")[0]
        name = f"{font.name} {descriptor.name} {descriptor.weight}".lower()
        weight = str(_descriptor(resource).get("/FontWeight", ""))
        heavy = weight.isdigit() and int(weight) >= _HEAVY_WEIGHT
        self.bold = heavy or any(part in name for part in _HEAVY) or bool(descriptor.flags & _FORCED_BOLD)
        self.italic = any(part in name for part in _SLANTED)

    def glyphs(self, data: bytes) -> Sequence[Glyph]:
        """Return the glyphs that ``data`` draws."""
        made = self._made.get(data)
        if made is None:
            made = self._made[data] = [self._glyph(code) for code in self._codes(data)]
        return made

    def _codes(self, data: bytes) -> Sequence[tuple[str, str]]:
        """Return for each code what its width goes by, and what its text goes by."""
        if isinstance(self._encoding, dict):
            return [(chr(byte), self._encoding.get(byte, chr(byte))) for byte in data]
        return [(char, char) for char in data.decode(self._encoding, "replace")]

    def _glyph(self, code: tuple[str, str]) -> Glyph:
        raw, character = code
        text = self._characters.get(character, character) if self._known else _UNKNOWN
        if "\ue000" <= text[:1] <= "\uf8ff":  # Symbol fonts keep their own codes at U+F000
            text = chr(ord(text[0]) - 0xF000) if ord(text[0]) >= 0xF020 and not self._symbols else "•"
        elif self._symbols and not text.isspace() and not text.isdigit():
            text = "•"
        elif text < " " or "\x7f" <= text < "\xa0":  # WinAnsi: an unused code is a bullet (annex D.2, note 3)
            text = "•" if text >= "\x7f" else ""
        width = self._widths.get(raw, self._widths["default"]) * self._per_unit
        return Glyph(text, width, raw == " " and isinstance(self._encoding, dict))


def _looked_up(found: Any) -> Mapping[str, Any]:
    """Return the dictionary that ``found`` is or points to, an empty one for anything else."""
    target = found.get_object() if found is not None and hasattr(found, "get_object") else found
    return target if isinstance(target, Mapping) else {}


def _data(stream: Any) -> bytes:
    """Return the bytes of a content stream, or of the streams that a page's content consists of."""
    found = stream.get_object() if stream is not None else None
    if isinstance(found, list):
        return b"\n".join(_data(part) for part in found)
    return bytes(found.get_data()) if found is not None and hasattr(found, "get_data") else b""


def _descriptor(resource: Any) -> Mapping[str, Any]:
    inner = resource.get("/DescendantFonts")
    holder = inner.get_object()[0].get_object() if inner is not None else resource
    return _looked_up(holder.get("/FontDescriptor"))
