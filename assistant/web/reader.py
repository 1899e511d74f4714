"""The letter as a plain web page: contents, every paragraph with its anchor, a quote marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from assistant.answer import Citation
from assistant.web.templating import Quote, mark, mark_cells, render
from ingest.letter import Letter, Part, Passage, Table, Voice, dutch_date, slugify

_QUOTE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A title of the letter; ``voice`` is set where paragraphs stand directly under it."""

    level: int
    title: str
    anchor: str
    voice: Voice | None
    in_contents: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The headings that open a part, its paragraphs and whose word they are."""

    headings: tuple[Heading, ...]
    voice: Voice
    passages: tuple[Passage, ...]


@dataclass(slots=True)
class Entry:
    """A line of the table of contents with the lines below it."""

    title: str
    anchor: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as HTML: caption, heads (the first is the corner) and rows (label, cells)."""

    caption: Markup
    heads: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]


def _pages_of(quote: Quote, letter: Letter) -> tuple[int, ...]:
    """Return the page where the quote's paragraph begins, and the next where it is the last that does."""
    passages = [passage for _, passage in letter.places]
    for passage, after in zip(passages, [*passages[1:], None], strict=True):
        if quote.overlaps(passage.start, passage.end):
            runs_on = after is not None and after.page > passage.page
            return (passage.page, passage.page + 1) if runs_on else (passage.page,)
    return ()


def marked_url(citation: Citation) -> str:
    """Return the address of the citation's paragraph on the letter's page, with its quote marked."""
    quote = f"{citation.start}-{citation.end}"
    return f"/brief/{citation.document}?citaat={quote}#{citation.anchor}"


def render_letter(
    letter: Letter, quote: str = "", *, newer: Letter | None = None, has_pictures: bool = False
) -> str:
    """Return the page of ``letter``; ``newer`` is the one that replaced it, if it is at hand.

    ``quote`` is "START-END"; where that does not lie in a paragraph the page says so. ``has_pictures``
    says that its pages are there as pictures too.
    """
    marked = parse_quote(quote, letter)
    blocks = tuple(_blocks(letter.parts))
    return render(
        "letter.html",
        letter=letter,
        blocks=blocks,
        contents=_contents(blocks),
        quote=marked,
        quote_is_lost=bool(quote) and marked is None,
        newer=newer,
        has_pictures=has_pictures,
        marked_pages=_pages_of(marked, letter) if marked else (),
        about=_about(letter),
        lines=_lines,
        grid=_grid,
    )


def render_shelf(letters: Sequence[Letter]) -> str:
    """Return the page that lists the letters."""
    return render("shelf.html", letters=letters)


def render_missing(letters: Sequence[Letter]) -> str:
    """Return the page for an address that is not there."""
    return render("missing.html", letters=letters)


def parse_quote(text: str, letter: Letter) -> Quote | None:
    """Return the quote that ``text`` names, "START-END"; None where it lies in no paragraph."""
    found = _QUOTE.fullmatch(text)
    if not found:
        return None
    start, end = int(found[1]), int(found[2])
    whole = any(p.start <= start < end <= p.end for _, p in letter.places)
    return Quote(start, end) if whole else None


def _about(letter: Letter) -> str:
    """Return what is known of the letter, e.g. "De hele brief, 12 februari 2026, 35 bladzijden."."""
    pages = f"{letter.pages} bladzijde{'n' if letter.pages != 1 else ''}" if letter.pages else ""
    day = dutch_date(letter.date) if letter.date else ""
    return ", ".join(step for step in ("De hele brief", letter.sender, day, pages) if step) + "."


def _blocks(parts: Sequence[Part]) -> Iterator[Block]:
    """Yield the parts with the headings that are new since the part before."""
    names: Counter[str] = Counter()
    previous: tuple[str, ...] = ()
    for part in parts:
        path = _path(part)
        last = len(path) - 1
        shared = 0
        while shared < min(last, len(previous)) and path[shared] == previous[shared]:
            shared += 1
        headings = tuple(
            Heading(
                level=min(depth + 2, _DEEPEST_HEADING),
                title=path[depth],
                anchor=_unique(names, part.chapter, path[depth] if depth else ""),
                voice=part.voice if depth == last else None,
                in_contents=depth < last or not part.heading,
            )
            for depth in range(shared, len(path))
        )
        yield Block(headings, part.voice, part.passages)
        previous = path


def _path(part: Part) -> tuple[str, ...]:
    """Return the titles above the part's paragraphs: chapter, sections, heading."""
    chapter = part.chapter_title
    if not chapter.startswith(part.name):
        chapter = f"{part.name} – {chapter}"
    return tuple(title for title in (chapter, *_numbered(part), part.heading) if title)


def _numbered(part: Part) -> Iterator[str]:
    """Yield the section titles with their numbers: above "2.1.1" stands "2.1"."""
    steps = part.section_number.split(".")
    for above, title in zip(range(len(part.section) - 1, -1, -1), part.section, strict=True):
        number = ".".join(steps[: len(steps) - above])
        yield f"{number} {title}".strip()


def _unique(names: Counter[str], chapter: int, title: str) -> str:
    """Return an anchor for a title; the dot keeps it apart from the anchors of paragraphs."""
    name = "-".join(step for step in (f"deel.h{chapter}", slugify(title)) if step)
    names[name] += 1
    return name if names[name] == 1 else f"{name}.{names[name]}"


def _contents(blocks: Sequence[Block]) -> list[Entry]:
    """Return chapters and sections, nested; the headings inside a section are left out."""
    root = Entry("", "")
    branch = [root]
    for heading in (heading for block in blocks for heading in block.headings):
        if heading.in_contents:
            del branch[heading.level - 1 :]
            entry = Entry(heading.title, heading.anchor)
            branch[-1].entries.append(entry)
            branch.append(entry)
    return root.entries


def _lines(passage: Passage) -> tuple[tuple[str, int, bool], ...]:
    """Return the lines of a paragraph as (text, offset, whether it is a list item)."""
    lines: list[tuple[str, int, bool]] = []
    offset = passage.start
    for line in passage.text.split("\n"):
        is_item = line.startswith("• ")
        skipped = 2 if is_item else 0
        lines.append((line[skipped:], offset + skipped, is_item))
        offset += len(line) + 1
    return tuple(lines)


def _grid(passage: Passage, table: Table, quote: Quote | None) -> Grid:
    """Return the table of ``passage``, whose text is caption, heads and rows, a line each."""

    def line(start: int, end: int) -> str:
        return passage.text[start - passage.start : end - passage.start]

    head_start = passage.start + (len(table.caption) + 1 if table.caption else 0)
    head_end = table.rows[0].start - 1 if table.rows else passage.end
    heads = (table.corner, *table.columns)
    return Grid(
        caption=mark(table.caption, passage.start, quote),
        heads=mark_cells(heads, line(head_start, head_end), head_start, quote),
        rows=tuple(
            mark_cells((row.label, *row.cells), line(row.start, row.end), row.start, quote)
            for row in table.rows
        ),
    )
