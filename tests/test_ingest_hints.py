"""What people correct in an outline is kept, and done again at every reading."""

from __future__ import annotations

import pytest

from ingest import hints
from ingest.errors import LetterError
from ingest.hints import Fix, Hints
from ingest.outline import review
from ingest.text import split_lines

TEXT = """Zorg

Er komt geld bij voor de zorg in de wijk.

Jeugd

De jeugdzorg krijgt er mensen bij.

Wat vinden wij

Wij zijn daar blij mee en wachten af.

Zorg

Dit is een tweede stuk over de zorg."""


def outlined(*fixes: Fix) -> list[tuple[tuple[str, ...], str, str, str]]:
    letter, _ = review(split_lines(TEXT), "stuk", Hints(fixes=fixes))
    return [(part.section, part.heading, part.voice, p.text) for part, p in letter.places]


def test_without_fixes_every_block_is_listed() -> None:
    _, items = review(split_lines(TEXT), "stuk", Hints())
    assert [(i.text, i.nth, i.kind, i.level) for i in items if i.kind != "text"] == [
        ("Zorg", 1, "title", 1),
        ("Jeugd", 1, "title", 1),
        ("Wat vinden wij", 1, "title", 1),
        ("Zorg", 2, "title", 1),
    ]


@pytest.mark.parametrize(
    ("fix", "place", "expected"),
    [
        (Fix("Jeugd", 1, "title", 2), 1, (("Zorg", "Jeugd"), "", "vng")),
        (Fix("Wat vinden wij", 1, "vng"), 2, (("Jeugd",), "Wat vinden wij", "vng")),
        (Fix("Wat vinden wij", 1, "akkoord"), 2, (("Jeugd",), "Wat vinden wij", "akkoord")),
        (Fix("Wat vinden wij", 1, "gone"), 2, (("Jeugd",), "", "vng")),
    ],
)
def test_a_fix_changes_one_block(fix: Fix, place: int, expected: tuple[tuple[str, ...], str, str]) -> None:
    assert outlined(fix)[place][:3] == expected


def test_of_equal_titles_the_one_that_is_meant_is_fixed() -> None:
    found = outlined(Fix("Zorg", 2, "text"))
    assert found[0][0] == ("Zorg",)
    assert [text for *_, text in found][-2:] == ["Zorg", "Dit is een tweede stuk over de zorg."]


def test_a_title_can_become_a_chapter() -> None:
    letter, _ = review(split_lines(TEXT), "stuk", Hints(fixes=(Fix("Jeugd", 1, "chapter"),)))
    assert [(part.chapter, part.chapter_title) for part in letter.parts][1] == (1, "Jeugd")


def test_what_is_gone_is_still_listed_so_that_it_can_come_back() -> None:
    _, items = review(split_lines(TEXT), "stuk", Hints(fixes=(Fix("Zorg", 1, "gone"),)))
    assert [(i.text, i.nth) for i in items if i.kind == "gone"] == [("Zorg", 1)]
    assert [(i.text, i.nth) for i in items if i.kind == "title"][-1] == ("Zorg", 2)


def test_hints_are_kept_as_json() -> None:
    kept = Hints("Titel", frozenset({"A"}), frozenset({"B"}), (Fix("C", 1, "title", 2),))
    assert hints.loads(hints.dumps(kept), "x") == kept


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"fixes": [{"text": "A"}]}', '{"fixes": [{"text": "A", "nth": 1, "kind": "x"}]}']
)
def test_damaged_hints_are_named(text: str) -> None:
    with pytest.raises(LetterError, match=r"'stuk\.json' met de opbouw van de brief is beschadigd"):
        hints.loads(text, "stuk.json")
