"""The shipped letter, whole: nothing lost, nothing misplaced."""

from __future__ import annotations

import re

import pytest

from conftest import SHIPPED
from ingest.letter import Letter

SOURCE = (SHIPPED / "vng-ledenbrief-coalitieakkoord.txt").read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_chapters_have_their_exact_titles(letter: Letter) -> None:
    chapters = dict.fromkeys((part.chapter, part.chapter_title) for part in letter.parts)
    assert list(chapters) == [
        (0, "Aanbiedingsbrief"),
        (1, "Samenwerking als gezamenlijke opdracht"),
        (2, "Veilig Nederland, sterke samenleving"),
        (3, "Grote keuzes voor Nederland"),
        (4, "Nederland in de wereld"),
        (5, "Nederland werkt"),
    ]


def test_there_are_35_pages_in_order(letter: Letter) -> None:
    pages = [passage.page for _, passage in letter.places]
    assert letter.pages == 35
    assert pages == sorted(pages)
    assert set(pages) == set(range(1, 36))


def test_offsets_give_the_words_of_every_passage(letter: Letter) -> None:
    for _, passage in letter.places:
        assert letter.text[passage.start : passage.end] == passage.text


def test_every_character_of_the_source_is_in_the_text_once_and_in_order(letter: Letter) -> None:
    assert squeezed(letter.text) == squeezed(SOURCE)


def test_what_is_no_paragraph_is_a_title(letter: Letter) -> None:
    """Outside the paragraphs only the titles of chapters, sections and halves are left."""
    titles: list[str] = []
    end = 0
    for _, passage in letter.places:
        titles.extend(t for t in letter.text[end : passage.start].split("\n\n") if t)
        end = passage.end
    assert not letter.text[end:].strip()
    known = {title for part in letter.parts for title in (*part.section, part.heading)}
    chapters = {f"Hoofdstuk {p.chapter} – {p.chapter_title}" for p in letter.parts if p.chapter}
    assert set(titles) == (known - {""}) | chapters


def test_titles_are_titles_and_paragraphs_are_text(letter: Letter) -> None:
    for part in letter.parts:
        for title in part.section:
            assert len(title) < 90
            assert not title.endswith((".", ",", ";", ":", "?"))
        assert part.heading == "" or part.heading.endswith("?")
    for _, passage in letter.places:
        if passage.kind == "text":
            assert passage.text[-1] in ".’)", passage.text
            assert passage.text[0].isupper(), passage.text


def test_parts_and_paragraphs_are_counted(letter: Letter) -> None:
    assert len(letter.parts) == 155
    assert sum(1 for _ in letter.places) == 240


@pytest.mark.parametrize(
    ("heading", "voice"),
    [
        ("Wat staat er in het akkoord?", "akkoord"),
        ("Wat staat in het akkoord?", "akkoord"),
        ("Wat staat er in het coalitieakkoord?", "akkoord"),
        ("Wat betekent dit voor gemeenten?", "vng"),
        ("Wat betekent dit voor de bijzondere gemeenten?", "vng"),
    ],
)
def test_each_half_has_its_voice(letter: Letter, heading: str, voice: str) -> None:
    voices = {part.voice for part in letter.parts if part.heading == heading}
    assert voices == {voice}


def test_cover_letter_and_introductions_are_the_senders(letter: Letter) -> None:
    cover = [part for part in letter.parts if part.chapter == 0]
    intros = [part for part in letter.parts if not part.section and not part.heading]
    assert {part.voice for part in cover + intros} == {"vng"}
    assert len(dict.fromkeys(part.section for part in cover if part.section)) == 8


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("Uitvoerbaarheid", ("Een slagvaardige overheid", "Uitvoerbaarheid")),
        (
            "Effectieve straffen, lik-op-stuk",
            ("Nationale veiligheid", "Effectieve straffen, lik-op-stuk"),
        ),
        (
            "Gebouwde omgeving",
            ("Op koers voor het klimaat en groene groei", "Gebouwde omgeving"),
        ),
        ("Klimaatadaptatie en water", ("Klimaatadaptatie en water",)),
        ("Huishoudelijke hulp", ("Een gezonde samenleving", "Huishoudelijke hulp")),
        ("Asielzoekers", ("Asiel, migratie en integratie", "Asielzoekers")),
        ("Ontwikkelingssamenwerking", ("Ontwikkelingssamenwerking",)),
    ],
)
def test_sections_stand_at_their_level(letter: Letter, section: str, path: tuple[str, ...]) -> None:
    assert {part.section for part in letter.parts if section in part.section[-1:]} == {path}


def test_second_half_of_a_section_with_subsections_is_its_own(letter: Letter) -> None:
    section = ("Op koers voor het klimaat en groene groei",)
    halves = [part.heading for part in letter.parts if part.section == section]
    assert halves == ["Wat staat er in het akkoord?", "Wat betekent dit voor gemeenten?"]


@pytest.mark.parametrize(
    "words",
    [
        "verstopping in de justitiële keten. Re-integratie en de rol",
        "Bonaire en Sint-Eustatius (hierna: Caribisch Nederland)",
        "regionale innovatie-ecosystemen en bieden",
        "UWV-re-integratiebudget met € 100 miljoen",
        "gevolgen heeft voor het werk van zorg- en veiligheidshuizen",
        "digitale samenwerking zorg- en sociaal domein",
        # over a page break
        "Daarnaast zegt het akkoord niets over de beveiliging van objecten",
        "conform de VNG-inzet. De verschillen tussen de Caribisch Nederlandse eilanden",
    ],
)
def test_lines_are_joined_and_words_mended(letter: Letter, words: str) -> None:
    assert sum(words in passage.text for _, passage in letter.places) == 1


def test_list_stands_with_its_lead_in(letter: Letter) -> None:
    (passage,) = [p for _, p in letter.places if "samenlevingsvormen in de AOW" in p.text]
    lines = passage.text.split("\n")
    assert passage.kind == "list"
    assert lines[0].endswith("Dat betekent onder andere:")
    assert [line[:2] for line in lines[1:]] == ["• "] * 7
    assert lines[-1] == "• Afschaffen Kinderopvangtoeslag door directe financiering."


def test_table_rows_can_be_read_on_their_own(letter: Letter) -> None:
    (passage,) = [p for _, p in letter.places if p.kind == "table"]
    table = passage.table
    assert table is not None
    assert table.caption == "Uitvoeringsmiddelen (gemeenten en provincies)"
    assert table.columns == ("2026", "2027", "2028", "2029", "2030")
    assert [(row.label, row.cells[1]) for row in table.rows] == [
        ("Advies ROB incl. indexatie en materiële kosten", "€ 1.235,0"),
        ("Beschikbaar op begroting KGG", "€ 747,0"),
    ]
    for row in table.rows:
        words = letter.text[row.start : row.end]
        assert words == " ".join((row.label, *row.cells))


def test_signatories_are_paragraphs_of_their_own(letter: Letter) -> None:
    formal = [p.text for _, p in letter.places if p.kind == "formality"]
    assert formal[-2:] == [
        "dr. mr. L.K. Geluk\nAlgemeen directeur",
        "Sharon A.M. Dijksma\nVoorzitter",
    ]


def test_anchors_are_unique_and_fit_for_an_address(letter: Letter) -> None:
    anchors = [passage.anchor for _, passage in letter.places]
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[a-z0-9-]+", anchor) for anchor in anchors)
