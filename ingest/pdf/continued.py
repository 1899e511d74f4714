"""Follows the tables that have no rules over the end of a column or page, and puts their lines into rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.pdf.aligned import is_row, pieces_of, table_end
from ingest.pdf.columns import Segment
from ingest.pdf.page import Word
from ingest.pdf.rows import cell_text
from ingest.pdf.table_rows import Line, is_figure, rows_of

_STEP = 1.2  # of the letter size, between the last line of a column and the first of the next, put below it
_SPACE = 0.25  # of the letter size, between two words
_YEAR = re.compile(r"(?:19|20)\d\d")


def with_tables(columns: Sequence[Sequence[Line]], pages: Sequence[int]) -> list[list[Line]]:
    """Return the lines of each column with those that make up a table replaced by rows, which have ``cells``.

    A table that a column ends with may go on in the next ones; each of its rows stands where it begins.
    ``pages`` are those of the columns.
    """
    parted = [[pieces_of(line) for line in lines] for lines in columns]
    result: list[list[Line]] = [[] for _ in columns]
    taken = [0] * len(columns)  # the first lines of each that belong to the table before
    for n, lines in enumerate(parted):
        i = taken[n]
        while i < len(lines):
            end = table_end(lines, i)
            alone = end == i == len(lines) - 1 and is_row(lines[i])  # a head, its rows in the next column
            if end == i and not alone:
                result[n].append(columns[n][i])
                i += 1
                continue
            table = _Table.of(lines[i : end + alone], n, _left(lines))
            following = n + 1
            while end + alone == len(lines) and following < len(parted):
                beside = pages[following] == pages[n] and parted[following][0][0].y <= lines[i][0].y
                if beside:
                    break
                taken[following] = table.follow(parted[following], following)
                if taken[following] < len(parted[following]):
                    break
                following += 1
            if alone and len(table.lines) == 1:
                result[n].append(columns[n][i])
            else:
                for row, column in table.rows():
                    result[column].append([row])
            i = end + alone
    return result


@dataclass(slots=True)
class _Table:
    """The lines of a table, all put below each other, and where their words come from.

    ``left`` is the edge of the column where it begins; ``origin`` gives for the id of a word its column and
    the word as it stands there; ``cuts`` are the lines that begin another column.
    """

    lines: list[Line]
    left: float
    origin: dict[int, tuple[int, Word]]
    cuts: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line], column: int, left: float) -> _Table:
        words = (word for line in lines for segment in line for word in segment.words)
        return cls(list(lines), left, {id(word): (column, word) for word in words})

    def follow(self, lines: Sequence[Line], column: int) -> int:
        """Add the first lines of a column if they go on with the table; return how many these are."""
        repeated = self._repeated(lines)
        if repeated == len(lines):
            return 0
        words: dict[int, tuple[int, Word]] = {}
        right = self.left - _left(lines)
        up = self.lines[-1][0].y - _STEP * _size(self.lines[-1]) - lines[repeated][0].y
        moved: list[Line] = []
        for line in lines[repeated:]:
            moved.append([])
            for segment in line:
                there = [replace(w, x=w.x + right, end=w.end + right, y=w.y + up) for w in segment.words]
                words |= {id(now): (column, word) for now, word in zip(there, segment.words, strict=True)}
                moved[-1].append(Segment(there, segment.cells))
        count = max(0, table_end([*self.lines, *moved], 0) - len(self.lines))
        if not count or not self._goes_on(moved[:count]):
            return 0
        self.cuts.append(len(self.lines))
        self.lines += moved[:count]
        self.origin |= words
        return repeated + count

    def rows(self) -> list[tuple[Segment, int]]:
        """Return the rows, each with the column where it begins and the words that stand there."""
        found = []
        heads = [n for n, line in enumerate(self.lines) if is_row(line)]
        for row in rows_of(self.lines, heads, self.cuts):
            words = [self.origin[id(word)] for word in row.words]
            first = min(column for column, _ in words)
            found.append((Segment([word for column, word in words if column == first], row.cells), first))
        return found

    def _repeated(self, lines: Sequence[Line]) -> int:
        """Return how many lines of the head come back at the top of the next column."""
        count = 0
        for before, line in zip(self.lines, lines, strict=False):
            if _texts(before) != _texts(line):
                break
            count += 1
        return count if any(map(is_row, lines[:count])) else 0

    def _goes_on(self, lines: Sequence[Line]) -> bool:
        """Tell whether ``lines`` are more of the table, and not the title or the table that follow it."""
        if any(all(map(_YEAR.fullmatch, _texts(line))) for line in lines):
            return False
        if is_row(lines[0]):
            return True
        labels = [line[0] for line in self.lines if not is_figure(line[0])]
        following = lines[0][0]
        if not any(label.words[0].style == following.words[0].style for label in labels):
            return False
        return any(map(is_row, lines)) or self._overflows(labels[-1], following)

    def _overflows(self, label: Segment, following: Segment) -> bool:
        """Tell whether the first word of ``following`` found no room on the line of ``label``."""
        edge = min(segment.x for line in self.lines if is_row(line) for segment in line if is_figure(segment))
        word = following.words[0]
        return label.end + _SPACE * word.style.size + word.end - word.x > edge


def _left(lines: Sequence[Line]) -> float:
    return min(segment.x for line in lines for segment in line)


def _size(line: Line) -> float:
    return line[0].words[0].style.size


def _texts(line: Line) -> list[str]:
    return [cell_text(segment.words) for segment in line]
