"""A table of contents is no text of the letter."""

from __future__ import annotations

import pytest

from ingest.pdf.contents import contents

TEXT = [
    "Hoofdstuk 1 – Wonen",
    "Er komen woningen bij.",
    "Bouwen in de stad",
    "Daar is plek.",
    "Hoofdstuk 2 – Werken",
]


@pytest.mark.parametrize("leader", [" ........ ", "\t", " . . . . . ", "…… "])
def test_titles_with_their_pages_are_left_out(leader: str) -> None:
    titles = zip(TEXT[::2], ("2", "2", "14"), strict=True)
    listed = ["Inhoudsopgave", *(f"{title}{leader}{page}" for title, page in titles)]
    assert contents([*listed, *TEXT]) == set(range(len(listed)))


def test_an_entry_over_two_lines_goes_with_the_others() -> None:
    listed = [
        "Inhoud",
        "Wonen .......... 2",
        "Een titel die te lang is voor",
        "één regel ....... 4",
        "Werken ...... 9",
    ]
    assert contents([*listed, *TEXT]) == {0, 1, 2, 3, 4}


def test_figures_that_rise_are_no_table_of_contents() -> None:
    assert contents(["Oudewiel\t12", "Grietersveen\t18", "Kampershoek\t31", *TEXT]) == set()


def test_pages_that_do_not_rise_are_none_either() -> None:
    assert contents([f"{title} ..... {page}" for title, page in zip(TEXT, "95214", strict=True)]) == set()


def test_no_lines() -> None:
    assert contents([]) == set()
