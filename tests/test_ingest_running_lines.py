"""Headers, footers and page numbers are told from what stands at the edges of a page by right."""

from __future__ import annotations

from page_words import PLAIN, SMALL, words

from ingest.pdf.page import Row, Style
from ingest.pdf.rows import row_of
from ingest.running_lines import running_rows


def page(*lines: tuple[str, float, Style]) -> list[Row]:
    return [row_of(words(text, 50, y, style), 1, (50.0, 550.0, 600.0)) for text, y, style in lines]


def body(number: int) -> list[tuple[str, float, Style]]:
    starts = ("De gemeente bouwt", "Het rijk betaalt", "Een derde plan", "Ook dat nog")
    return [(f"{starts[number]} op plek {n}", 700 - 12 * n, PLAIN) for n in range(4)]


def test_page_numbers_of_a_letter_of_two_pages() -> None:
    pages = [page(*body(n), (f"{n + 1}", 30, SMALL)) for n in range(2)]
    assert running_rows(pages) == {(0, 4), (1, 4)}


def test_a_chapters_title_above_its_pages() -> None:
    heads = ("Hoofdstuk 1 – Wonen", "Hoofdstuk 1 – Wonen", "Hoofdstuk 2 – Werken", "Hoofdstuk 2 – Werken")
    pages = [page((head, 780, SMALL), *body(n)) for n, head in enumerate(heads)]
    assert running_rows(pages) == {(0, 0), (1, 0), (2, 0), (3, 0)}


def test_left_and_right_pages_may_differ() -> None:
    heads = ("Ledenbrief", "Vereniging", "Ledenbrief", "Vereniging")
    pages = [page((head, 780, SMALL), *body(n)) for n, head in enumerate(heads)]
    assert running_rows(pages) == {(0, 0), (1, 0), (2, 0), (3, 0)}


def test_a_counted_page_number_on_a_single_page() -> None:
    assert running_rows([page(*body(0), ("Pagina 1 van 1", 30, SMALL))]) == {(0, 4)}


def test_titles_and_text_at_the_top_of_pages_stay() -> None:
    titles = ("Wonen", "Werken", "Leren", "Zorg")
    assert running_rows([page((t, 724, PLAIN), *body(n)) for n, t in enumerate(titles)]) == set()
    assert (
        running_rows([page(("Wat staat er in het akkoord?", 730, PLAIN), *body(n)) for n in range(2)])
        == set()
    )


def test_no_pages() -> None:
    assert running_rows([]) == running_rows([[], []]) == set()


def test_rows_of_a_table_at_the_edges_of_pages_stay() -> None:
    pages = [
        page((f"{2027 + n} € {n},5 € 1{n},0", 740, PLAIN), *body(n), ("VNG 3 mei 2026 1", 30, SMALL))
        for n in range(4)
    ]
    assert running_rows(pages) == {(n, 5) for n in range(4)}
