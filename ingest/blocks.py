"""Groups the lines of a letter into blocks: chapters, titles, questions, paragraphs, lists, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.block import Block, BlockKind
from ingest.hyphens import Hyphens
from ingest.lines import (
    SENTENCE_END,
    bullet,
    chapter_of,
    is_closing,
    is_enumerator,
    is_question,
    is_salutation,
    numbered_title,
)
from ingest.tables import table_at
from ingest.text import Line

_MAX_TITLE_WORDS = 16
_MAX_TITLE_CHARACTERS = 130
# A line that could have held the next line's first word was broken on purpose. Measured on the
# shipped letter: a running line with that word is at least 0.90 of the 95th percentile of lengths.
_FULL_LINE = 0.89
_TITLE_START = re.compile(r"[(\"‘“'’]*[A-ZÀ-Þ0-9]|[a-z]{1,2}[A-Z]")
_OPEN_END = re.compile(r"(?:[,;:(–-]|\b(?:aan|als|bij|de|door|en|het|in|met|of|om|op|tot|uit|van|voor))$")
# A name with initials begins the lines of the next signatory.
_SIGNATORY = re.compile(r"(?:[\w.]+\s)*(?:[A-Z]\.){1,4}\s")
_LONGEST = 20_000  # characters of a paragraph; seven pages
_FEWEST_TITLES = 3  # that stand out, for the typography to tell titles


@dataclass(slots=True)
class _Run:
    kind: BlockKind
    lines: list[Line] = field(default_factory=list)


class BlockReader:
    """Reads lines one by one; what a line is depends on its neighbours and on the line width."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        lengths = sorted(len(line.text) for line in lines)
        self._width = max(40, lengths[int(0.95 * (len(lengths) - 1))]) if lengths else 40
        self._hyphens = Hyphens(line.text for line in lines)
        self._typeset = sum(line.rank > 0 for line in lines) >= _FEWEST_TITLES
        # Without pages there is no letterhead: a title that comes first is the letter's own.
        self._head = int(bool(lines and lines[0].rank and not lines[0].page))
        self._salutation = next((i for i, line in enumerate(lines[:60]) if is_salutation(line.text)), -1)

    def read(self) -> list[Block]:
        """Return the blocks in reading order; every line is in exactly one of them."""
        blocks: list[Block] = []
        i, closing = 0, False
        while i < len(self._lines):
            line = self._lines[i]
            closing = closing and not self._resumes(i)
            if chapter_of(line.text) and self._opens(i):
                closing = False
                block, i = self._chapter(i)
            elif self._head <= i <= self._salutation or closing or (is_closing(line.text) and self._opens(i)):
                closing = closing or i > self._salutation
                block, i = self._formality(i, closing)
            elif found := table_at(self._lines, i):
                table, end = found
                block, i = Block("table", table.texts, line.page, table=table), end
            elif self._typeset and line.rank and (end := self._typeset_end(i)):
                block, i = self._typeset_title(i, end)
            elif is_question(line.text) and self._opens(i) and self._breaks_after(i):
                block, i = Block("question", (line.text,), line.page), i + 1
            elif (end := self._title_end(i)) > i:
                block, i = self._title(i, end)
            else:
                block, i = self._paragraph(i)
            blocks.append(block)
        return blocks

    def _typeset_end(self, i: int) -> int:
        """Return the index after the lines from ``i`` that are set as one title."""
        end = i + 1
        while (
            end < len(self._lines)
            and self._lines[end].rank == self._lines[i].rank
            and self._lines[end].page == self._lines[i].page
            and not self._lines[end].gap
        ):
            end += 1
        return end

    def _typeset_title(self, i: int, end: int) -> tuple[Block, int]:
        line, text = self._lines[i], " ".join(line.text for line in self._lines[i:end])
        if is_question(text):
            return Block("question", (text,), line.page, rank=line.rank), end
        number, title = numbered_title(text) or ("", text)
        return Block("title", (title,), line.page, number=number, rank=line.rank), end

    def _resumes(self, i: int) -> bool:
        """Tell whether a title at line ``i`` begins the body, after the signatures of a cover letter."""
        end = self._title_end(i)
        if end == i or not self._lines[i].gap or re.match(r"\d+\s+bijlagen?\b", self._lines[i].text, re.I):
            return False
        following = self._lines[end].text
        runs_on = end + 1 < len(self._lines) and not self._lines[end + 1].gap
        is_text = len(following) > 0.7 * self._width and (runs_on or SENTENCE_END.search(following))
        return bool(numbered_title(self._lines[i].text) or is_text)

    def _opens(self, i: int) -> bool:
        """Tell whether line ``i`` can begin a block."""
        return i == 0 or self._lines[i].gap or self._ends_paragraph(i - 1) or self._bare(i - 1)

    def _bare(self, i: int) -> bool:
        text = self._lines[i].text
        return is_question(text) or bool(chapter_of(text)) or self._broken_early(i)

    def _broken_early(self, i: int) -> bool:
        if i + 1 >= len(self._lines):
            return True
        if (early := self._lines[i].early) is not None:
            return early
        first_word = self._lines[i + 1].text.split()[0]
        return len(self._lines[i].text) + 1 + len(first_word) < _FULL_LINE * self._width

    def _ends_paragraph(self, i: int) -> bool:
        """Tell whether running text ends with line ``i``."""
        if i + 1 >= len(self._lines):
            return True
        line, following = self._lines[i], self._lines[i + 1]
        if self._typeset and line.rank != following.rank:
            return True
        finished = bool(SENTENCE_END.search(line.text))
        if following.gap:
            runs_on = following.text[0].islower() and line.page != following.page
            return finished or not runs_on
        if chapter_of(following.text) and finished:
            return True
        if bullet(following.text) and (finished or line.text[-1] in ":;," or bullet(line.text)):
            return True
        if finished and is_question(following.text) and self._bare(i + 1):
            return True
        title_follows = (
            i + 2 < len(self._lines)
            and is_question(self._lines[i + 2].text)
            and self._is_title_text(following.text)
            and self._broken_early(i + 1)
        )
        if finished and title_follows:
            return True
        return finished and (line.trailing >= 2 or self._broken_early(i))

    def _breaks_after(self, i: int) -> bool:
        """Tell whether line ``i`` was ended on purpose, as a title is."""
        if i + 1 >= len(self._lines) or self._lines[i + 1].gap:
            return True
        following = self._lines[i + 1].text
        return (
            is_question(following)
            or bool(chapter_of(following))
            or (self._broken_early(i) and not following[0].islower())
        )

    def _title_end(self, i: int) -> int:
        """Return the index after the title that begins with line ``i``, ``i`` when none does."""
        line = self._lines[i]
        if self._typeset:
            return self._typeset_end(i) if line.rank else i
        if not self._opens(i) or not _TITLE_START.match(line.text) or i + 1 >= len(self._lines):
            return i
        if self._in_enumeration(i) or (bullet(line.text) and not numbered_title(line.text)):
            return i
        if self._is_title_text(line.text) and self._breaks_after(i):
            return i + 1
        following = self._lines[i + 1]
        wrapped = f"{line.text} {following.text}"
        wraps = not following.gap and (following.text[0].islower() or _OPEN_END.search(line.text))
        strong_end = i + 2 < len(self._lines) and (
            self._lines[i + 2].gap or is_question(self._lines[i + 2].text)
        )
        if wraps and strong_end and self._is_title_text(wrapped):
            return i + 2
        return i

    def _is_title_text(self, text: str) -> bool:
        return (
            len(text) <= _MAX_TITLE_CHARACTERS
            and len(text.split()) <= _MAX_TITLE_WORDS
            and not SENTENCE_END.search(text)
            and not _OPEN_END.search(text)
            and sum(map(str.isalpha, text)) >= 2
        )

    def _in_enumeration(self, i: int) -> bool:
        """Tell whether line ``i`` is one of "1. …", "2. …" under each other: a list, not titles."""
        found = numbered_title(self._lines[i].text)
        if not found or "." in found[0]:
            return False
        for j, step in ((i - 1, -1), (i + 1, 1)):
            if 0 <= j < len(self._lines):
                other = numbered_title(self._lines[j].text)
                if other and "." not in other[0] and int(other[0]) == int(found[0]) + step:
                    return True
        return False

    def _chapter(self, i: int) -> tuple[Block, int]:
        line, end = self._lines[i], self._typeset_end(i)
        if self._typeset and line.rank:
            text = " ".join(line.text for line in self._lines[i:end])
            return Block("chapter", (text,), line.page, rank=line.rank), end
        rows = [line.text]
        found = chapter_of(line.text)
        if found and not found[1] and i + 1 < len(self._lines):
            following = self._lines[i + 1].text
            if self._is_title_text(following) and not is_question(following):
                rows.append(following)  # "Hoofdstuk 2" with its title on the next line
        return Block("chapter", tuple(rows), line.page), i + len(rows)

    def _title(self, i: int, end: int) -> tuple[Block, int]:
        rows = [line.text for line in self._lines[i:end]]
        number, title = numbered_title(rows[0]) or ("", rows[0])
        return Block("title", (title, *rows[1:]), self._lines[i].page, number=number), end

    def _formality(self, i: int, closing: bool) -> tuple[Block, int]:
        """Read letterhead and salutation, or closing formula and signatures: one block a signatory."""
        end = i + 1
        while end < len(self._lines) and not (
            self._lines[end].gap
            or chapter_of(self._lines[end].text)
            or (closing and _SIGNATORY.match(self._lines[end].text))
            or (not closing and end > self._salutation)
        ):
            end += 1
        rows = tuple(line.text for line in self._lines[i:end])
        return Block("formality", rows, self._lines[i].page), end

    def _paragraph(self, i: int) -> tuple[Block, int]:
        """Read running text from line ``i``, with the list it leads in, if any."""
        rows: list[str] = []
        is_list, end, length = False, i, 0
        while end < len(self._lines) and length < _LONGEST:
            line = self._lines[end]
            length += len(line.text)
            item = bullet(line.text) if self._starts_item(end, i, is_list) else ""
            if item or not rows:
                plain = is_enumerator(item) if item else True
                rows.append(line.text if plain else f"• {line.text[len(item) :]}")
                is_list = is_list or bool(item)
            else:
                rows[-1] = self._hyphens.join(rows[-1], line.text)
            end += 1
            if end < len(self._lines) and self._starts_item(end, i, is_list):
                continue
            if self._ends_paragraph(end - 1) or self._title_end(end) > end:
                break
            if table_at(self._lines, end):
                break
        return Block("list" if is_list else "text", tuple(rows), self._lines[i].page), end

    def _starts_item(self, i: int, first: int, is_list: bool) -> bool:
        text = self._lines[i].text
        if not bullet(text) or chapter_of(text):
            return False
        if i == first or is_list:
            return i == first or self._ends_item(i - 1)
        return self._lines[i - 1].text.endswith(":") or text[0] in "•●▪○◦‣■□"

    def _ends_item(self, i: int) -> bool:
        text = self._lines[i].text
        return (
            bool(SENTENCE_END.search(text))
            or text[-1] in ";,:"
            or self._broken_early(i)
            or self._lines[i + 1].gap
            or self._lines[i + 1].text[0] in "•●▪○◦‣■□"
        )
