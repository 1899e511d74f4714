"""Tables are found on a page by their rules, or by what stands under each other."""

from __future__ import annotations

import pytest
from page_words import BOLD, words

from ingest.pdf.columns import Segment, columns_of, segments_of
from ingest.pdf.continued import with_tables
from ingest.pdf.grids import grids_of
from ingest.pdf.page import Rule, Word
from ingest.pdf.rejoined import rejoined
from ingest.pdf.rows import lines_of

HEAD = ("", "2027", "2028")
ROWS = [("Schoonmaak", "€ 12,5", "€ 18,0"), ("Toezicht", "€ 3,1", "€ 3,3")]


def set_row(cells: tuple[str, ...], y: float, xs: tuple[int, ...] = (50, 200, 300)) -> list[Word]:
    return [
        word for cell, x in zip(cells, xs, strict=True) for word in words(cell, x, y, order=int(1000 - y))
    ]


def cells(drawn: list[Word], rules: list[Rule] | None = None) -> list[tuple[str, ...]]:
    tables, rest = grids_of(lines_of(drawn, ()), rules or [])
    columns = [list(column.lines()) for column in columns_of([*segments_of(rest), *tables])]
    found = with_tables(columns, [1] * len(columns))
    return [s.cells for lines in found for line in lines for s in line if s.cells]


def test_figures_under_each_other_are_a_table() -> None:
    drawn = [w for n, row in enumerate([HEAD, *ROWS]) for w in set_row(row, 700 - 16 * n)]
    assert cells(drawn) == [HEAD, *ROWS]


def test_figures_close_to_each_other_too() -> None:
    drawn = [w for n, row in enumerate([HEAD, *ROWS]) for w in set_row(row, 700 - 16 * n, (50, 140, 175))]
    assert cells(drawn) == [HEAD, *ROWS]


def test_a_label_over_two_lines_is_one_label() -> None:
    drawn = (
        set_row(HEAD, 700) + set_row(("Toezicht en", "€ 3,1", "€ 3,3"), 684) + words("handhaving", 50, 672)
    )
    assert cells([*drawn, *set_row(ROWS[0], 656)]) == [
        HEAD,
        ("Toezicht en\nhandhaving", "€ 3,1", "€ 3,3"),
        ROWS[0],
    ]


def test_few_figures_drawn_row_by_row_are_no_column_beside_their_labels() -> None:
    xs, drawn = (50, 130, 200, 270, 340, 410), list[Word]()
    label = ("Advies raad", "met prijzen", "en overige", "kosten")
    for y, figures in ((700, ("€ 1", "€ 2", "€ 3", "€ 4", "€ 5")), (640, ("€ 6",) * 5)):
        order = int(10 * (1000 - y))
        for n, part in enumerate(label):
            drawn += words(part, xs[0], y - 12 * n, order=order + 10 * n)
        for n, (x, figure) in enumerate(zip(xs[1:], figures, strict=True), start=4):
            drawn += words(figure, x, y, order=order + 10 * n)
    assert cells(drawn) == [
        ("\n".join(label), "€ 1", "€ 2", "€ 3", "€ 4", "€ 5"),
        ("\n".join(label), *("€ 6",) * 5),
    ]


@pytest.mark.parametrize("first", [0, 6, 12])  # where the label begins above its figures: top, middle, bottom
def test_labels_stand_beside_their_figures_in_all_rows_alike(first: int) -> None:
    drawn = set_row(HEAD, 700)
    for y in (672, 644):
        drawn += set_row(("", "€ 3,1", "€ 3,3"), y)
        drawn += words("Toezicht en", 50, y + first) + words("handhaving", 50, y + first - 12)
    label = "Toezicht en\nhandhaving"
    assert cells(drawn) == [HEAD, (label, "€ 3,1", "€ 3,3"), (label, "€ 3,1", "€ 3,3")]


def test_amounts_under_their_sign_are_one() -> None:
    drawn = set_row(HEAD, 700) + set_row(("Toezicht en", "€", "€"), 680)
    drawn += set_row(("handhaving", "1.184,1", "1.235,0"), 668) + set_row(ROWS[0], 648)
    assert cells(drawn) == [HEAD, ("Toezicht en\nhandhaving", "€\n1.184,1", "€\n1.235,0"), ROWS[0]]


def columns_over(*pages: list[Word]) -> list[list[tuple[str, ...]]]:
    """Return the cells of the rows found on each of these pages of one column."""
    lines = [
        list(column.lines()) for drawn in pages for column in columns_of(segments_of(lines_of(drawn, ())))
    ]
    found = with_tables(lines, range(len(pages)))
    return [[s.cells for line in page for s in line if s.cells] for page in found]


TABLE = [w for n, row in enumerate([HEAD, *ROWS]) for w in set_row(row, 90 - 16 * n)]
MORE = ("Groen", "€ 1,0", "€ 1,2")
TEXT = words("Deze bedragen zijn van de raad en staan in de begroting.", 50, 600)


def test_a_table_goes_on_in_the_next_column() -> None:
    assert columns_over(TABLE, set_row(MORE, 700) + TEXT) == [[HEAD, *ROWS], [MORE]]


def test_a_label_cut_by_a_page_is_whole() -> None:
    cut = set_row(HEAD, 90) + set_row(ROWS[0], 74) + set_row(("Toezicht door de", "€ 3,1", "€ 3,3"), 58)
    whole = ("Toezicht door de\nomgevingsdienst", "€ 3,1", "€ 3,3")
    assert columns_over(cut, words("omgevingsdienst", 50, 700) + TEXT) == [[HEAD, ROWS[0], whole], []]


def test_a_word_that_had_room_on_the_page_before_is_no_part_of_the_label() -> None:
    assert columns_over(TABLE, words("Wonen", 50, 700) + TEXT) == [[HEAD, *ROWS], []]


def test_a_head_alone_at_the_foot_belongs_to_the_rows_on_the_next_page() -> None:
    bold = ("Onderdeel", "2027", "2028")
    drawn = [w for cell, x in zip(bold, (50, 200, 300), strict=True) for w in words(cell, x, 90, style=BOLD)]
    rows = [w for n, row in enumerate(ROWS) for w in set_row(row, 700 - 16 * n)]
    assert columns_over(drawn, rows + TEXT) == [[bold], ROWS]


def test_a_repeated_head_is_left_out_and_another_begins_a_table() -> None:
    repeated = set_row(HEAD, 716) + set_row(MORE, 700)
    assert columns_over(TABLE, repeated + TEXT) == [[HEAD, *ROWS], [MORE]]
    other = set_row(("", "2031", "2032"), 716) + set_row(MORE, 700)
    assert columns_over(TABLE, other + TEXT) == [[HEAD, *ROWS], [("", "2031", "2032"), MORE]]


def test_a_table_over_three_pages_is_one() -> None:
    middle = [w for n in range(3) for w in set_row(MORE, 700 - 16 * n)]
    assert columns_over(TABLE, middle, set_row(MORE, 700) + TEXT) == [[HEAD, *ROWS], [MORE] * 3, [MORE]]


def test_a_head_above_the_first_rule_belongs_to_the_table() -> None:
    drawn = [w for n, row in enumerate([("Wie", *HEAD[1:]), *ROWS]) for w in set_row(row, 700 - 20 * n)]
    rules = [Rule(45, y, 400, y) for y in (695, 675, 655)]
    assert cells(drawn, rules) == [("Wie", *HEAD[1:]), *ROWS]


def test_running_text_with_figures_is_none() -> None:
    drawn = words("In 2027 kost dit € 12,5 en in 2028", 50, 700) + words(
        "wordt dat € 18,0 voor de 31", 50, 688
    )
    assert cells(drawn) == []


def box(xs: tuple[int, ...], ys: tuple[int, ...]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[-1], x, ys[0]) for x in xs]


def test_rules_around_cells_make_a_table_of_words() -> None:
    drawn = set_row(("Wie", "Wat", "Waar"), 700)
    drawn += set_row(("de gemeente", "maakt de stranden", "overal"), 680) + words("schoon", 200, 668)
    assert cells(drawn, box((45, 195, 295, 400), (715, 693, 660))) == [
        ("Wie", "Wat", "Waar"),
        ("de gemeente", "maakt de stranden\nschoon", "overal"),
    ]


def test_rules_above_and_below_do_where_the_cells_are_short() -> None:
    drawn = [
        w
        for n, row in enumerate([("Wie", "Wat", "Waar"), ("wij", "alles", "hier")])
        for w in set_row(row, 700 - 20 * n)
    ]
    assert cells(drawn, [Rule(45, y, 400, y) for y in (715, 693, 670)]) == [
        ("Wie", "Wat", "Waar"),
        ("wij", "alles", "hier"),
    ]


def test_a_box_around_text_is_no_table() -> None:
    drawn = words("Let op: dit kader is geen tabel", 50, 700, BOLD) + words("maar gewoon tekst", 50, 688)
    assert cells(drawn, box((45, 400), (715, 680))) == []


def ruled(rows: list[tuple[str, ...]], top: int = 700) -> list[list[Segment]]:
    """Return the lines of a page that is one table of these rows, with rules around every cell."""
    heights = [top - 20 * n for n in range(len(rows) + 1)]
    rules = [Rule(45, y, 400, y) for y in heights]
    rules += [Rule(x, heights[-1], x, top) for x in (45, 195, 295, 400)]
    drawn = [word for n, row in enumerate(rows) for word in set_row(row, top - 14 - 20 * n)]
    tables, rest = grids_of(lines_of(drawn, ()), rules)
    assert not rest
    return [[row] for row in tables]


def test_a_ruled_table_over_pages_has_one_head_and_whole_rows() -> None:
    head = ("Onderdeel", "2027", "2028")
    cut = ("Toezicht en", "€ 3,1", "€ 3,3")
    pages = [
        ruled([head, ROWS[0], cut]),
        ruled([head, ("handhaving", "", ""), MORE]),
        ruled([head, ("Wonen", "", ""), ROWS[0]]),
    ]
    found = [[line[0].cells for line in lines] for lines in rejoined(pages)]
    whole = ("Toezicht en\nhandhaving", "€ 3,1", "€ 3,3")
    assert found == [[head, ROWS[0], whole], [MORE], [("Wonen", "", ""), ROWS[0]]]


def test_a_table_after_text_on_the_next_page_keeps_its_head() -> None:
    head = ("Onderdeel", "2027", "2028")
    text = [[Segment(TEXT)]]
    pages = [ruled([head, ROWS[0]]), [*text, *ruled([head, MORE], 500)]]
    assert [line[0].cells for line in rejoined(pages)[1]] == [(), head, MORE]
