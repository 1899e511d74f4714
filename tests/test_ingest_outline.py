"""Letters of another build than the shipped one: numbered titles, letterhead, no halves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.hints import Hints
from ingest.letter import Letter
from ingest.letter_store import read_letter
from ingest.outline import outline
from ingest.text import split_lines

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def numbered() -> Letter:
    return read_letter(DATA / "brief-genummerd.txt")


def test_title_is_the_subject_line(numbered: Letter) -> None:
    assert numbered.title == "Kustbeheer en zwemwater in 2028"


def test_numbers_become_chapters_and_section_numbers(numbered: Letter) -> None:
    places = [(p.chapter, p.chapter_title, p.section_number, p.section) for p in numbered.parts]
    assert places == [
        (0, "Aanbiedingsbrief", "", ()),
        (1, "Inleiding", "", ()),
        (2, "Strandbeheer", "2.1", ("Schoonmaak van de stranden",)),
        (
            2,
            "Strandbeheer",
            "2.2",
            ("Wat vindt de bond van de verdeling over grote en kleine gemeenten",),
        ),
        (3, "Zwemwater", "", ()),
        (4, "Bijlage 1: Lijst van stranden", "", ()),
    ]


def test_word_hyphenated_at_a_line_end_is_mended_by_the_letters_own_words(
    numbered: Letter,
) -> None:
    assert "Er doen 31 kustgemeenten aan mee." in numbered.text


def test_list_ends_where_running_text_goes_on(numbered: Letter) -> None:
    part = numbered.parts[3]
    assert [p.kind for p in part.passages] == ["list", "text", "table"]
    assert part.passages[0].text.split("\n") == [
        "De bond wil dat het geld naar strandlengte wordt verdeeld. Dat is goed voor:",
        "• kleine gemeenten met een lang strand;",
        "• gemeenten zonder eigen reinigingsdienst, die anders een bedrijf moeten inhuren;",
        "• eilanden.",
    ]
    assert part.passages[1].text == "Voor grote badplaatsen scheelt het weinig."


def test_table_with_a_wrapped_label(numbered: Letter) -> None:
    table = numbered.parts[3].passages[2].table
    assert table is not None
    assert (table.caption, table.columns) == ("Kosten per jaar", ("2027", "2028", "2029"))
    assert [(r.label, r.cells) for r in table.rows] == [
        ("Schoonmaak", ("€ 12,5", "€ 18,0", "€ 18,4")),
        ("Toezicht en handhaving", ("€ 3,1", "€ 3,3", "€ 3,3")),
    ]


def test_short_line_before_a_new_sentence_ends_a_paragraph(numbered: Letter) -> None:
    assert [p.text[:22] for p in numbered.parts[2].passages] == [
        "Vanaf 1 mei 2028 maken",
        "Het is nog onduidelijk",
    ]


def test_letterhead_and_signature_are_no_titles(numbered: Letter) -> None:
    formal = [p.text for _, p in numbered.places if p.kind == "formality"]
    assert formal[0].startswith("Bond van Kustgemeenten\nPostbus 12")
    assert formal[-1] == "mr. A.B. de Wit\nVoorzitter"


def test_offsets_hold(numbered: Letter) -> None:
    for _, passage in numbered.places:
        assert numbered.text[passage.start : passage.end] == passage.text


def test_letter_without_any_title_is_one_part() -> None:
    letter = outline(split_lines("De weg is af.\n\nDe brug volgt in mei."), "weg")
    assert [(p.chapter, p.section, len(p.passages)) for p in letter.parts] == [(0, (), 2)]
    assert letter.title == "Weg"


def test_title_before_titles_is_that_of_the_letter() -> None:
    text = "Nieuwsbrief zorg\n\nGeld\n\nEr komt geld bij.\n\nTijd\n\nEr komt tijd bij."
    letter = outline(split_lines(text), "x")
    assert letter.title == "Nieuwsbrief zorg"
    assert [p.section for p in letter.parts] == [("Geld",), ("Tijd",)]


def test_tables_with_bars_and_tabs() -> None:
    text = "Uitkomst\n\nJaar | Bedrag | Aantal\n2027 | € 3 mln | 12\n2028 | € 4 mln | 15\n\nDat was het."
    (_, passage), _ = outline(split_lines(text), "x").places
    assert passage.table is not None
    assert (passage.table.corner, passage.table.columns) == ("Jaar", ("Bedrag", "Aantal"))
    assert [row.cells for row in passage.table.rows] == [("€ 3 mln", "12"), ("€ 4 mln", "15")]


def test_hints_set_levels_that_no_rule_can_know() -> None:
    text = "Groep\n\nInleiding hierop.\n\nKind\n\nTekst van het kind.\n\nLos\n\nTekst van los."
    hints = Hints(parents=frozenset({"Groep"}), tops=frozenset({"Los"}))
    letter = outline(split_lines(text), "x", hints)
    assert [p.section for p in letter.parts] == [("Groep",), ("Groep", "Kind"), ("Los",)]


def test_pages_follow_form_feeds() -> None:
    letter = outline(split_lines("Een zin op blad een.\n\fEen zin op blad twee."), "x")
    assert letter.pages == 2
    assert [p.page for _, p in letter.places] == [1, 2]


def test_a_chapter_named_inside_a_sentence_opens_none() -> None:
    text = (
        "Hoofdstuk 1 – Geld\n\nWat daarvan terechtkomt is te lezen in het slot van\n"
        "hoofdstuk 3 van dit akkoord, waar de plannen staan.\n\nDeel 2 van het plan volgt later."
    )
    letter = outline(split_lines(text), "x")
    assert {part.chapter for part in letter.parts} == {1}


def test_numbered_items_keep_their_numbers() -> None:
    text = "De eisen zijn:\n1. het is af;\n2. het is goed.\nDat is alles."
    first, second = [p for _, p in outline(split_lines(text), "x").places]
    assert first.text == "De eisen zijn:\n1. het is af;\n2. het is goed."
    assert second.text == "Dat is alles."


def test_a_number_at_the_start_of_a_running_line_stays() -> None:
    line = "Dit staat uitvoerig uitgelegd in de wet die vorig jaar is aangenomen, namelijk in artikel"
    text = (
        f"{line}\n12. De gemeente moet zich daaraan houden, zegt de minister in zijn brief van mei aan\nons."
    )
    (_, passage), *rest = outline(split_lines(text), "x").places
    assert "artikel 12. De gemeente moet" in passage.text
    assert not rest


def test_a_paragraph_that_begins_with_a_greeting_is_no_closing() -> None:
    text = "Met hartelijke groet van de buren begon het.\n\nGeld\n\nEr komt geld bij."
    letter = outline(split_lines(text), "x")
    assert [p.section for p in letter.parts] == [(), ("Geld",)]
    assert all(p.kind == "text" for _, p in letter.places)


def test_the_number_of_a_section_stays_with_its_halves() -> None:
    text = (
        "2. Wonen\n\n2.1 Plannen\n\nWat staat er in het akkoord?\n\nEr komt geld.\n\n2.1.1 Bouwen\n\n"
        "Er komen huizen.\n\nWat betekent dit voor gemeenten?\n\nVeel werk."
    )
    letter = outline(split_lines(text), "x")
    assert [(p.section_number, p.section[-1]) for p in letter.parts] == [
        ("2.1", "Plannen"),
        ("2.1.1", "Bouwen"),
        ("2.1", "Plannen"),
    ]


def test_a_line_of_many_figures_is_read_at_once() -> None:
    started = time.perf_counter()
    outline(split_lines("Totaal " + "1  " * 200 + "x\n\nEen zin."), "x")
    assert time.perf_counter() - started < 1
