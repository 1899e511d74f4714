"""The one Jinja2 environment of the web pages, and the marking of a quote by its offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.messages import VOICE_NAMES
from assistant.web.dutch_dates import day, day_and_time

STATIC_FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Quote:
    """The characters ``[start, end)`` of a letter's text."""

    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Tell whether the quote has characters between the offsets ``start`` and ``end``."""
        return self.start < end and start < self.end


def mark(text: str, offset: int, quote: Quote | None) -> Markup:
    """Return ``text`` as HTML with the part of ``quote`` that lies in it inside ``<mark>``.

    ``offset`` is where ``text`` begins in the letter. Everything is escaped.
    """
    if quote is None or not quote.overlaps(offset, offset + len(text)):
        return escape(text)
    start = max(0, quote.start - offset)
    end = min(len(text), quote.end - offset)
    return Markup("{}<mark>{}</mark>{}").format(text[:start], text[start:end], text[end:])


def mark_cells(cells: Sequence[str], row: str, offset: int, quote: Quote | None) -> tuple[Markup, ...]:
    """Return the cells of a table's ``row`` as HTML with the quote marked in each.

    A row's text is its cells with a space between. Where it is not, a quote that touches the row
    marks all of it.
    """
    joined = " ".join(cells)
    if joined.strip() != row:
        whole = quote if quote and quote.overlaps(offset, offset + len(row)) else None
        return tuple(mark(cell, whole.start if whole else 0, whole) for cell in cells)
    place = offset - (len(joined) - len(joined.lstrip()))
    marked: list[Markup] = []
    for cell in cells:
        marked.append(mark(cell, place, quote))
        place += len(cell) + 1
    return tuple(marked)


def render(template: str, **values: object) -> str:
    """Return the template with ``values`` filled in; every string among them is escaped."""
    return _environment.get_template(template).render(**values)


_environment = Environment(
    loader=PackageLoader("assistant.web", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["day"] = day
_environment.filters["day_and_time"] = day_and_time
_environment.globals["mark"] = mark
_environment.globals["voice_names"] = VOICE_NAMES
