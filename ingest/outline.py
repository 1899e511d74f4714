"""Blocks → a Letter: chapters, levels of sections, halves with their voice, numbered paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.block import Block
from ingest.blocks import BlockReader
from ingest.headings import with_headings
from ingest.hints import FixKind, Hints, fixed, numbered
from ingest.letter import Letter, Part, Passage, Table, TableRow, Voice, slugify
from ingest.lines import chapter_of, voice_of
from ingest.text import Line

COVER_TITLE = "Aanbiedingsbrief"
_BODY_TITLE = "Brief"
_DEEPEST = 6  # levels of titles, as in HTML
ItemKind = FixKind | Literal["name"]
_SUBJECT = re.compile(r"(?:onderwerp|betreft)\s*:\s*(?P<title>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one block: ``text`` and ``nth`` as in ``Fix``, the ``level`` of a title.

    The letter's own title has the kind "name".
    """

    text: str
    nth: int
    kind: ItemKind
    level: int
    page: int


@dataclass(slots=True)
class _Place:
    """Where the next paragraph stands."""

    chapter: int
    chapter_title: str
    section: list[tuple[int, str, str]] = field(default_factory=list)  # level, number, title
    heading: str = ""
    voice: Voice = "vng"

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(title for _, _, title in self.section)

    @property
    def section_number(self) -> str:
        return self.section[-1][1] if self.section else ""


def outline(lines: Sequence[Line], slug: str, hints: Hints | None = None) -> Letter:
    """Return the letter that ``lines`` make, with every line in one title or paragraph."""
    return review(lines, slug, hints or Hints())[0]


def review(lines: Sequence[Line], slug: str, hints: Hints) -> tuple[Letter, tuple[Item, ...]]:
    """Return the letter that ``lines`` make, and what became of every block."""
    blocks = with_headings(BlockReader(lines).read())
    after = fixed(blocks, hints.fixes)
    builder = _Builder([block for block in after if block], hints)
    kinds = builder.build()
    items = [
        Item(text, nth, *(next(kinds) if block else ("gone", 0)), page=original.page)
        for original, block, (text, nth) in zip(blocks, after, numbered(b.text for b in blocks), strict=True)
    ]
    title = hints.title or builder.title or slug.replace("-", " ").capitalize()
    letter = Letter(slug, title, builder.text, lines[-1].page if lines else 0, builder.parts)
    return letter, tuple(items)


class _Builder:
    """Walks the blocks once, building the text and the parts that point into it."""

    def __init__(self, blocks: Sequence[Block], hints: Hints) -> None:
        self._blocks = blocks
        self._hints = hints
        self._chunks: list[str] = []
        self._length = 0
        self._parts: list[tuple[_Place, int, list[Passage]]] = []
        self._anchors: Counter[str] = Counter()
        self._base_level = 1
        self._halves_open = False  # a reporting half stands without its answering half
        self._half_level = 0
        self.title = ""
        self._of_rank = Counter(block.rank for block in blocks)
        self._answered_later = _answered_later(blocks)
        # One rank for all titles says nothing of their levels.
        self._ranked = len({block.rank for block in blocks if block.kind == "title"} - {0}) > 1
        has_chapters = any(block.kind == "chapter" for block in blocks)
        self._place = _Place(0, COVER_TITLE if has_chapters else _BODY_TITLE)

    @property
    def text(self) -> str:
        """The letter's normalised text: titles and paragraphs with an empty line in between."""
        return "\n\n".join(self._chunks)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The headings that have paragraphs under them, in reading order."""
        return tuple(
            Part(
                chapter=place.chapter,
                chapter_title=place.chapter_title,
                section=place.path,
                section_number=place.section_number,
                heading=place.heading,
                voice=place.voice,
                page=page,
                passages=tuple(passages),
            )
            for place, page, passages in self._parts
            if passages
        )

    def build(self) -> Iterator[tuple[ItemKind, int]]:
        """Take every block in turn; return what each became, and the level of a title."""
        return iter([self._take(i, block) for i, block in enumerate(self._blocks)])

    def _take(self, i: int, block: Block) -> tuple[ItemKind, int]:
        if block.kind == "chapter":
            self._open_chapter(block)
            return "chapter", 0
        if block.kind == "title":
            opened = self._open_section(block, i)
            return ("title", self._place.section[-1][0]) if opened else ("name", 0)
        if block.kind == "question":
            self._open_half(block)
            return self._place.voice, 0
        self._add_passage(block)
        return "text", 0

    def _append(self, chunk: str) -> int:
        """Add ``chunk`` to the text and return its offset."""
        start = self._length + (2 if self._chunks else 0)
        self._chunks.append(chunk)
        self._length = start + len(chunk)
        return start

    def _open_chapter(self, block: Block) -> None:
        self._append(block.text)
        previous = self._place.chapter
        if block.number:
            number, title = int(block.number), block.text.partition(" ")[2]
        else:
            found = chapter_of(block.rows[0]) or (None, block.text)
            number = found[0] if found[0] is not None else previous + 1
            title = found[1] or " ".join(block.rows[1:]) or block.text
        self._place = _Place(number, title)
        self._base_level, self._halves_open = 1, False
        self._start_part(block.page)

    def _open_section(self, block: Block, i: int) -> bool:
        """Open the section of a title; False where it is the letter's own."""
        self._append(f"{block.number} {block.text}".strip())
        before = self._blocks[i - 1].kind if i else "formality"
        following = self._blocks[i + 1].kind if i + 1 < len(self._blocks) else "text"
        alone = self._ranked and self._of_rank[block.rank] == 1
        if i == 0 and not block.level and (alone or following in ("title", "chapter", "formality")):
            self.title = block.text
            return False
        level = self._level(block, i, before, following)
        path = [step for step in self._place.section if step[0] < level]
        self._halves_open = inside = self._halves_open and level > self._half_level
        self._place = _Place(
            self._place.chapter,
            self._place.chapter_title,
            [*path, (level, block.number, block.text)],
            voice="akkoord" if inside else "vng",
        )
        self._start_part(block.page)
        return True

    def _level(self, block: Block, i: int, before: str, following: str) -> int:
        if block.level:
            return block.level
        if block.number:
            return block.number.count(".") + 1
        if self._ranked:
            return block.rank
        if self._halves_open and self._answered_later[i]:
            return self._half_level + 1
        is_parent = following == "title" or block.text in self._hints.parents
        if block.text in self._hints.tops:
            level = 1
        elif before == "title":
            level = self._base_level
        elif is_parent:
            level = 1
        else:
            level = self._base_level
        self._base_level = min(level + is_parent, _DEEPEST)
        return level

    def _open_half(self, block: Block) -> None:
        self._append(block.text)
        voice = block.voice or voice_of(block.text)
        section = self._place.section
        if self._halves_open and voice == "vng":
            section = [step for step in section if step[0] <= self._half_level]
        self._place = _Place(
            self._place.chapter,
            self._place.chapter_title,
            section,
            block.text,
            voice,
        )
        self._halves_open = voice == "akkoord"
        self._half_level = section[-1][0] if section else 0
        self._start_part(block.page)

    def _start_part(self, page: int) -> None:
        self._parts.append((self._place, page, []))

    def _add_passage(self, block: Block) -> None:
        if block.kind == "formality" and not self.title:
            self.title = next((m["title"] for r in block.rows if (m := _SUBJECT.match(r))), "")
        if not self._parts:
            self._start_part(block.page)
        start = self._append("\n".join(block.rows))
        passages = self._parts[-1][2]
        text = self._chunks[-1]
        table = _table(block, start) if block.table else None
        passages.append(
            Passage(
                text=text,
                start=start,
                end=start + len(text),
                page=block.page,
                number=len(passages) + 1,
                anchor=self._anchor(len(passages) + 1),
                kind=block.kind if block.kind in ("list", "table", "formality") else "text",
                table=table,
            )
        )

    def _anchor(self, number: int) -> str:
        place = self._place
        steps: Iterable[str] = (f"h{place.chapter}", *place.path[-1:], place.heading, str(number))
        name = "-".join(slug for slug in map(slugify, steps) if slug)
        self._anchors[name] += 1
        return name if self._anchors[name] == 1 else f"{name}-{self._anchors[name]}"


def _answered_later(blocks: Sequence[Block]) -> list[bool]:
    """Tell for each block whether an open reporting half still gets its answer from there on."""
    found, later = [], False
    for block in reversed(blocks):
        if block.kind in ("chapter", "question"):
            later = block.kind == "question" and voice_of(block.text) == "vng"
        found.append(later)
    return found[::-1]


def _table(block: Block, start: int) -> Table | None:
    raw = block.table
    if raw is None:
        return None
    rows: list[TableRow] = []
    end = start + len("\n".join(block.rows))
    for row, text in zip(reversed(raw.rows), reversed(block.rows), strict=False):
        rows.append(TableRow(row.label, row.cells, end - len(text), end))
        end -= len(text) + 1
    return Table(raw.caption, raw.columns, tuple(reversed(rows)), raw.corner)
