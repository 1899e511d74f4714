"""Differences: figures, names and negations that one text has and the other has not."""

from __future__ import annotations

import pytest

from assistant.differences import details, missing, small_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("De bijdrage is € 2.900 miljoen.", [("figure", "2900000000€")]),
        ("Het gaat om 14,5 procent of 3%.", [("figure", "14.5%"), ("figure", "3%")]),
        ("Er zijn drie plannen en een idee.", [("figure", "3")]),
        ("Dat gebeurt in 2029 niet.", [("figure", "2029"), ("negation", "niet")]),
        ("De minister van OCW en Jan.", [("name", "ocw"), ("name", "jan")]),
        ("Rotterdam spaart. Enschede ook.", []),
        ("• iPhone: Utrecht", [("name", "iphone")]),
    ],
)
def test_details_of_a_text(text: str, found: list[tuple[str, str]]) -> None:
    assert [(detail.kind, detail.value) for detail in details(text)] == found


def test_offsets_are_those_of_the_text() -> None:
    text = "In 2029 komt er € 40 miljoen voor Zeist bij."
    assert [text[d.start : d.end] for d in details(text)] == ["2029", "€ 40 miljoen", "Zeist"]


def test_name_at_the_start_of_a_sentence_is_known_by_the_letters_own_words() -> None:
    small = small_words("De gemeente en de provincie betalen.")
    text = "Rotterdam betaalt. Gemeente en provincie niet."
    assert [d.value for d in details(text, small) if d.kind == "name"] == ["rotterdam"]


@pytest.mark.parametrize(
    ("text", "others", "values"),
    [
        ("€ 2.900 miljoen", "het tekort van € 2,9 miljard", []),
        ("2,9 miljard", "€ 2,9 miljard", []),
        ("€ 2,9 miljard", "2,9 procent", ["2900000000€"]),
        ("5 euro", "5 procent", ["5€"]),
        ("drie scholen", "3 scholen", []),
        ("op 1 januari 2030", "op 1 januari 2029", ["2030"]),
        ("Het geldt niet", "Het geldt", ["niet"]),
        ("bij de Wmo", "de WMO", []),
        ("het G40-overleg", "overleg van de G40 in Rome", []),
    ],
)
def test_missing_from_the_other_text(text: str, others: str, values: list[str]) -> None:
    assert [detail.value for detail in missing(text, others)] == values


def test_every_sentence_of_the_letter_has_nothing_missing_from_itself(letter: object) -> None:
    for _, passage in letter.places:  # type: ignore[attr-defined]
        assert missing(passage.text, passage.text) == []
