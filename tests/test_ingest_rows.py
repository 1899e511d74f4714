"""Words on one line make a row, however their program drew them."""

from __future__ import annotations

import pytest
from page_words import BOLD, PLAIN, words

from ingest.pdf.page import Rule, Word
from ingest.pdf.rows import lines_of, plain, row_of

EDGES = (50.0, 550.0, 600.0)


def row(found: list[Word]) -> str:
    return plain(row_of(found, 1, EDGES))


def test_words_far_apart_are_cells() -> None:
    assert row([*words("Datum", 50, 700), *words("9 oktober", 200, 700)]) == "Datum\t9 oktober"


@pytest.mark.parametrize("mark", ["1.2", "3.", "a)", "-", "•"])
def test_a_number_or_bullet_far_before_its_words_is_no_cell(mark: str) -> None:
    assert row([*words(mark, 50, 700), *words("Titel", 90, 700)]) == f"{mark} Titel"


@pytest.mark.parametrize("sign", ["➢", "·", "o", "✓"])
def test_any_sign_far_before_words_is_a_bullet(sign: str) -> None:
    assert row([*words(sign, 50, 700), *words("een punt", 90, 700)]) == "• een punt"


def test_pieces_of_a_word_are_joined() -> None:
    pieces = [Word("gemeen", 50, 700, 80, PLAIN), Word("tefonds", 80.4, 700, 115, BOLD)]
    assert row(pieces) == "gemeentefonds"


def test_letters_set_apart_make_words() -> None:
    letters = [
        Word(c, x, 700, x + 6, PLAIN) for c, x in zip("DEELEEN", (50, 60, 70, 80, 102, 112, 122), strict=True)
    ]
    assert row(letters) == "DEEL EEN"


def test_small_capitals_are_lower_case() -> None:
    small = PLAIN._replace(size=8.0)
    drawn = [Word("D", 50, 700, 57, PLAIN), Word("E", 57, 700, 62, small), *words("STAD", 65, 700, small)]
    made = row_of(drawn, 1, EDGES)
    assert (made.text, made.style.size) == ("De stad", 10.0)


def test_a_hanging_initial_belongs_to_the_first_line() -> None:
    drawn = [
        *words("D", 50, 688, PLAIN._replace(size=30.0)),
        *words("e gemeente bouwt", 66, 700, order=1),
        *words("drie bruggen", 66, 688, order=9),
    ]
    texts = [" ".join(word.text for word in line) for line in lines_of(drawn, ())]
    assert texts == ["De gemeente bouwt", "drie bruggen"]


def test_a_word_drawn_twice_is_bold() -> None:
    ((word,),) = lines_of([*words("Titel", 50, 700), *words("Titel", 50.3, 700)], ())
    assert (word.text, word.style.bold) == ("Titel", True)


def test_a_rule_close_under_words_underlines_them() -> None:
    (line,) = lines_of(words("Een titel", 50, 700), [Rule(50, 698, 96, 698.5)])
    assert all(word.style.underlined for word in line)


@pytest.mark.parametrize(
    ("text", "mark", "marks", "without", "kept"),
    [
        ("het plan", "2", ("2",), "het plan", "het plan²"),
        ("300 m", "2", (), "300 m²", "300 m²"),
        ("de 1", "e", ("e",), "de 1", "de 1e"),
    ],
)
def test_raised_numbers_are_marks_or_stay(
    text: str, mark: str, marks: tuple[str, ...], without: str, kept: str
) -> None:
    host = words(text, 50, 700)
    raised = Word(mark, host[-1].end, 703.5, host[-1].end + 3, PLAIN._replace(size=6.0), order=len(host))
    (line,) = lines_of([*host, raised], ())
    made = row_of(line, 1, EDGES)
    assert (made.marks, plain(made, made.marks), plain(made)) == (marks, without, kept)
