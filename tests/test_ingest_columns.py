"""Columns are read one after the other, rows of a table across."""

from __future__ import annotations

from page_words import SMALL, words

from ingest.pdf.columns import columns_of, segments_of, sender_first
from ingest.pdf.page import Word
from ingest.pdf.rows import lines_of

LEFT = [
    "de eerste kolom begint hier met",
    "een regel en gaat daarna nog door",
    "tot hij onderaan is gekomen en",
    "ophoudt met dit laatste stukje",
]
RIGHT = [
    "de tweede kolom staat er naast",
    "en heeft ook een paar regels met",
    "tekst die over iets anders gaat",
    "en die pas daarna gelezen wordt",
]


def read(drawn: list[Word]) -> list[str]:
    """Return the texts of the lines in the order of reading."""
    columns = columns_of(segments_of(lines_of(drawn, ())))
    return [" ".join(w.text for s in line for w in s.words) for c in columns for line in c.lines()]


def test_columns_are_read_one_after_the_other() -> None:
    drawn = []
    for x, texts, order in ((50, LEFT, 0), (310, RIGHT, 100)):
        for n, text in enumerate(texts):
            drawn += words(text, x, 700 - 12 * n, order=order + 10 * n)
    assert read(drawn) == [*LEFT, *RIGHT]


def test_columns_with_other_baselines_too() -> None:
    drawn = []
    for x, y, texts, order in ((50, 700, LEFT, 0), (310, 694, RIGHT, 100)):
        for n, text in enumerate(texts):
            drawn += words(text, x, y - 12 * n, order=order + 10 * n)
    assert read(drawn) == [*LEFT, *RIGHT]


def test_a_title_across_parts_the_columns_above_from_those_below() -> None:
    drawn = words(
        "een titel die over de hele breedte van de bladzijde staat en nog wat verder", 50, 640, order=500
    )
    for y, order in ((700, 0), (620, 600)):
        for n, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            drawn += words(left, 50, y - 12 * n, order=order + 10 * n)
            drawn += words(right, 310, y - 12 * n, order=order + 100 + 10 * n)
    texts = read(drawn)
    assert texts[:4] == LEFT
    assert texts[4:8] == RIGHT
    assert texts[8].startswith("een titel")
    assert texts[9:] == [*LEFT, *RIGHT]


def test_rows_of_a_table_are_read_across() -> None:
    drawn = []
    for n, (label, value) in enumerate(
        [("Gemeente", "Inwoners"), ("Oudewiel", "12.000"), ("Grietersveen", "8.100")]
    ):
        drawn += words(label, 50, 700 - 14 * n, order=10 * n) + words(
            value, 310, 700 - 14 * n, order=10 * n + 5
        )
    assert read(drawn) == ["Gemeente Inwoners", "Oudewiel 12.000", "Grietersveen 8.100"]


def test_an_empty_page_has_no_columns() -> None:
    assert read([]) == []


def test_a_small_column_beside_a_letter_is_read_first() -> None:
    drawn = []
    for n, text in enumerate(LEFT * 3):
        drawn += words(text, 50, 700 - 12 * n, order=10 * n)
    for n, text in enumerate(["Postbus 20018", "Den Haag stad", "Ons kenmerk 5123456"]):
        drawn += words(text, 400, 695 - 9 * n, SMALL, order=900 + 5 * n)
    columns = sender_first(list(columns_of(segments_of(lines_of(drawn, ())))))
    assert [column.segments[0].words[0].text for column in columns] == ["Postbus", "de"]


def test_no_columns_stay_none() -> None:
    assert sender_first([]) == []
