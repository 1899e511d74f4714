"""Lines of unjustified columns end early where the next word would have fitted."""

from __future__ import annotations

from dataclasses import replace

from page_words import PLAIN, words

from ingest.pdf.feet import with_room
from ingest.pdf.page import Row
from ingest.pdf.paragraphs import gaps_before, lines_from
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


def columns(lines: int, beside: int) -> list[Row]:
    """Return a column of so many lines, each a sentence, and one beside it."""
    text = "Dat is zo en niet anders."
    left = [row_of(words(text, 50, 700 - 12 * n), 1, (50, 270, 290)) for n in range(lines)]
    right = [row_of(words(text, 310, 700 - 12 * n), 1, (310, 530, 600)) for n in range(beside)]
    return [*left, *right]


def test_a_paragraph_ends_where_its_column_does_well_before_the_foot() -> None:
    for lines, ended in ((10, False), (9, False), (8, True), (3, True)):
        rows = with_room(columns(lines, 10))
        assert gaps_before(rows, PLAIN)[lines] is ended
        assert rows[lines - 1].room == 12 * (10 - lines)


def test_a_short_line_at_the_foot_does_not_lead_to_a_new_capital() -> None:
    def gap_between(last: str, first: str) -> bool:
        rows = [
            row_of(words(last, 50, 100), 1, (50, 270, 290)),
            row_of(words(first, 50, 700), 2, (50, 270, 290)),
        ]
        return gaps_before(rows, PLAIN)[1]

    assert gap_between("Met groet,", "De vereniging")
    assert not gap_between("Met groet", "van de vereniging")
    assert not gap_between("Wij gaan graag in gesprek met", "De Vries, voorzitter")


def test_the_foot_of_the_last_column_is_that_of_most_pages() -> None:
    pages = [
        [replace(row, page=page) for row in columns(9, lines)] for page, lines in enumerate((9, 5, 9), 1)
    ]
    rows = with_room([row for page in pages for row in page])
    assert [row.room for row in rows if row.room] == [12 * 4]


def test_no_rows_have_no_room() -> None:
    assert with_room([]) == []
