"""Versions of a letter are seen, and what changed between them is found."""

from __future__ import annotations

from dataclasses import replace

from ingest.letter import Letter
from ingest.outline import outline
from ingest.text import split_lines
from ingest.versions import changes, likely_former

OLD = "Kust\n\nEr komt € 3 miljoen voor de kust.\n\nHet plan begint in mei.\n\nDe haven blijft open."
NEW = "Kust\n\nEr komt € 4 miljoen voor de kust.\n\nHet plan begint in mei.\n\nEr komt een strand bij Zee."


def made(slug: str, text: str) -> Letter:
    return outline(split_lines(text), slug)


def test_changes_are_altered_new_and_gone() -> None:
    found = [
        (c.kind, c.old and c.old[1].text, c.new and c.new[1].text)
        for c in changes(made("oud", OLD), made("nieuw", NEW))
    ]
    assert found == [
        ("altered", "Er komt € 3 miljoen voor de kust.", "Er komt € 4 miljoen voor de kust."),
        ("new", None, "Er komt een strand bij Zee."),
        ("gone", "De haven blijft open.", None),
    ]


def test_equal_letters_have_no_changes() -> None:
    assert changes(made("oud", OLD), made("nieuw", OLD)) == ()


def test_the_letter_that_shares_paragraphs_is_the_likely_former(letter: Letter) -> None:
    same = replace(made("nieuw", OLD), slug="nieuw")
    assert likely_former(same, [letter, made("oud", OLD), same]) == "oud"
    assert likely_former(same, [letter, same]) == ""


def test_a_letter_that_was_replaced_is_not_replaced_again() -> None:
    assert likely_former(made("nieuw", OLD), [replace(made("oud", OLD), replaced_by="ander")]) == ""
