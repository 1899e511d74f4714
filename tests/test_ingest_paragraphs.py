"""Lines of unjustified columns end early where the next word would have fitted."""

from __future__ import annotations

from dataclasses import replace

from page_words import PLAIN, words

from ingest.pdf.page import Row
from ingest.pdf.paragraphs import lines_from
from ingest.pdf.rows import row_of

LEFT, RIGHT, LIMIT = 50.0, 270.0, 290.0
WIDER = 285.0  # where a title across the columns, or a wide table, ends


def row(number: int, end: float) -> Row:
    """Return a line of a long column, which ends where it is told to."""
    drawn = row_of(words("een regel", LEFT, 0), 1 + number // 50, (LEFT, RIGHT, LIMIT))
    return replace(drawn, y=700.0 - 12 * (number % 50), end=end, first=30.0, style=PLAIN)


def test_a_few_wide_lines_do_not_widen_their_column() -> None:
    ends = [RIGHT - (7 * n) % 25 for n in range(400)]
    ends[100] = ends[200] = ends[300] = WIDER
    ends[49] = 240.0  # the last line of a column
    rows = [row(number, end) for number, end in enumerate(ends)]
    lines = lines_from(rows, [False] * len(rows), [0] * len(rows), {})
    assert lines[49].early is False
    ends[49] = 230.0
    rows = [row(number, end) for number, end in enumerate(ends)]
    assert lines_from(rows, [False] * len(rows), [0] * len(rows), {})[49].early is True
