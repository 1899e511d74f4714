"""Tags of a PDF are used where they agree with what its pages show."""

from __future__ import annotations

from dataclasses import replace

from page_words import words

from ingest.pdf.page import UNTAGGED, Row, Tag, Word
from ingest.pdf.rows import row_of
from ingest.pdf.tagged import headed, parted, runs_on, trusted
from ingest.pdf.tagged_tables import tagged_tables

EDGES = (50.0, 290.0, 300.0)
BESIDE = (310.0, 550.0, 600.0)
PARAGRAPH = (
    "De gemeente krijgt geld en bouwt daarvan",
    "een school en een brug. Die brug gaat",
    "over de rivier.",
)


def row(text: str, y: float, block: int, *, level: int = 0, beside: bool = False) -> Row:
    drawn = row_of(words(text, 310 if beside else 50, y), 1, BESIDE if beside else EDGES)
    return replace(drawn, tag=Tag(block, level))


def letter(blocks: list[int]) -> tuple[list[Row], list[bool]]:
    """Return eight paragraphs of three lines with room between them, whose lines have the tags ``blocks``."""
    rows = [row(PARAGRAPH[n % 3], 800 - 12 * n - 12 * (n // 3), blocks[n]) for n in range(24)]
    return rows, [n > 0 and n % 3 == 0 for n in range(24)]


def test_tags_that_agree_are_kept() -> None:
    rows, gaps = letter([1 + n // 3 for n in range(24)])
    assert trusted(rows, gaps) == rows


def test_tags_of_every_line_are_not() -> None:
    rows, gaps = letter(list(range(1, 25)))
    assert {found.tag for found in trusted(rows, gaps)} == {UNTAGGED}


def test_one_tag_for_everything_is_not() -> None:
    rows, gaps = letter([1] * 24)
    assert {found.tag for found in trusted(rows, gaps)} == {UNTAGGED}


def test_a_paragraph_ends_with_its_element() -> None:
    rows = [row("De gemeente bouwt een brug.", 700, 1), row("De brug gaat over de rivier.", 688, 2)]
    assert parted(rows, [False, False]) == [False, True]


def test_one_runs_on_in_the_next_column() -> None:
    rows = [
        row("De gemeente bouwt een brug", 100, 1),
        row("over de rivier. De brug is", 700, 1, beside=True),
        row("rood.", 688, 1, beside=True),
    ]
    assert parted(rows, [False, True, False]) == [False, False, False]
    assert [runs_on(rows[0], rows[1]), runs_on(rows[1], rows[2])] == [True, False]


def test_another_element_in_the_next_column_keeps_the_gap_that_is_seen() -> None:
    runs_over = [row("De gemeente bouwt een brug", 100, 1), row("over de rivier.", 700, 1, beside=True)]
    for block, apart in ((3, True), (2, False)):
        rows = [*runs_over, row("Met groet,", 100, 2), row("De vereniging", 700, block, beside=True)]
        assert parted(rows, [False, False, True, True]) == [False, False, True, apart]


def test_where_every_element_ends_with_its_column_the_tags_tell_nothing_there() -> None:
    rows = [
        row("De gemeente bouwt een brug", 100, 1),
        row("over de rivier.", 700, 2, beside=True),
        row("De brug is rood.", 100, 3),
        row("Zij gaat open in mei.", 700, 4, beside=True),
    ]
    assert parted(rows, [False] * 4)[3] is False
    rows[1] = row("over de rivier.", 700, 1, beside=True)
    assert parted(rows, [False] * 4)[3] is True


def test_titles_are_those_that_are_tagged() -> None:
    rows = [
        row(text, 800 - 20 * n, 1 + n, level=level)
        for n, (text, level) in enumerate([("Wonen", 1), ("Huur", 2), (PARAGRAPH[0], 0), ("Koop", 2)])
    ]
    assert headed(rows) == {(0, 1): 1, (1, 2): 2, (3, 4): 2}
    assert headed(rows[:3]) == {}


def cell(text: str, x: float, y: float, row: int, column: int, order: int) -> list[Word]:
    tag = Tag(10 * row + column, table=1, row=row, cell=column)
    return [replace(word, tag=tag) for word in words(text, x, y, order=order)]


def test_a_row_that_is_cut_at_the_end_of_a_column_is_one() -> None:
    left = [
        cell("Jaar", 50, 100, 1, 1, 0) + cell("2027", 150, 100, 1, 2, 1) + cell("2028", 200, 100, 1, 3, 2),
        cell("Toezicht", 50, 80, 2, 1, 3) + cell("3,1", 150, 80, 2, 2, 5) + cell("3,3", 200, 80, 2, 3, 6),
    ]
    right = [cell("en handhaving", 310, 700, 2, 1, 4)]
    ((segments, rest),) = tagged_tables([[*right, *left]])
    assert [segment.cells for segment in segments] == [
        ("Jaar", "2027", "2028"),
        ("Toezicht\nen handhaving", "3,1", "3,3"),
    ]
    assert [segment.x for segment in segments] == [50, 50]
    assert rest == []


def test_a_row_that_is_cut_at_the_end_of_a_page_stands_where_it_begins() -> None:
    first = [
        cell("Jaar", 50, 100, 1, 1, 0) + cell("2027", 150, 100, 1, 2, 1),
        cell("Toezicht", 50, 80, 2, 1, 3) + cell("3,1", 150, 80, 2, 2, 5),
    ]
    head_again = cell("Jaar", 50, 700, 1, 1, 0) + cell("2027", 150, 700, 1, 2, 1)
    second = [head_again, cell("en handhaving", 50, 688, 2, 1, 2)]
    (page, _), (after, rest) = tagged_tables([first, second])
    assert [segment.cells for segment in page] == [("Jaar", "2027"), ("Toezicht\nen handhaving", "3,1")]
    assert (after, rest) == ([], [])


def test_a_table_that_only_lays_out_the_page_is_none() -> None:
    long = "De gemeente krijgt geld en bouwt daarvan een school en een brug over de rivier"
    lines = [
        cell(long, 50, 100 - 20 * n, n, 1, 100 * n) + cell(long, 900, 100 - 20 * n, n, 2, 100 * n + 50)
        for n in (1, 2, 3)
    ]
    assert tagged_tables([lines]) == [([], lines)]


def test_cells_that_do_not_stand_beside_each_other_are_none() -> None:
    lines = [
        cell("Toezicht", 50, 100 - 40 * n, n, 1, 10 * n) + cell("3,1", 50, 80 - 40 * n, n, 2, 10 * n + 5)
        for n in (1, 2)
    ]
    assert tagged_tables([lines]) == [([], lines)]
