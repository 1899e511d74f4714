"""One letter in several layouts gives the same outline: numbered, with other halves, wrapped or not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.letter import Letter
from ingest.outline import outline
from ingest.text import split_lines

LETTERS = Path(__file__).parent.parent / "eval" / "letters"
TEXT = (LETTERS / "brief-waterzorgplan.txt").read_text(encoding="utf-8")
HALVES = ("Wat gaat er veranderen?", "Wat verwachten wij van u?")


def unwrapped(text: str) -> str:
    """Every paragraph on one line; tables and lists as they are."""
    blocks = text.split("\n\n")
    return "\n\n".join(
        b if re.search(r"^•|   ", b, re.MULTILINE) or len(b.split("\n")[0]) < 70 else " ".join(b.split("\n"))
        for b in blocks
    )


def with_chapters(text: str) -> str:
    """Chapters as "Hoofdstuk 1: …" and sections without their numbers."""
    text = re.sub(r"^(\d)\. ", r"Hoofdstuk \1: ", text, flags=re.MULTILINE)
    return re.sub(r"^\d\.\d ", "", text, flags=re.MULTILINE)


def with_named_halves(text: str) -> str:
    """Halves that are no questions."""
    return text.replace(HALVES[0], "De afspraken").replace(HALVES[1], "Onze duiding")


def paged(text: str) -> str:
    """Pages of 45 lines with a running header and a page number, in the middle of paragraphs."""
    rows = text.split("\n")
    pages = [rows[i : i + 45] for i in range(0, len(rows), 45)]
    return "\f".join(
        "\n".join(
            ["Verbond van Poldergemeenten – brief 28-0614", "", *page, "", f"Pagina {n} van {len(pages)}"]
        )
        for n, page in enumerate(pages, start=1)
    )


def padded(text: str) -> str:
    """Spaces after every line, and the line ends of Windows."""
    return text.replace("\n", "  \r\n")


def double_spaced(text: str) -> str:
    """An empty line after every line; a line of spaces ends a paragraph."""
    return "\n\n \n\n".join(block.replace("\n", " \n\n") for block in text.split("\n\n"))


def with_hashes(text: str) -> str:
    """Titles as in Markdown."""
    return re.sub(r"^(\d(?:\.\d)?\.? )", r"## \1", text, flags=re.MULTILINE)


def places(letter: Letter) -> list[tuple[int, tuple[str, ...], str, str]]:
    return [(p.chapter, p.section, p.voice, " ".join(passage.text.split())) for p, passage in letter.places]


@pytest.fixture(scope="module")
def plain() -> Letter:
    return outline(split_lines(TEXT), "brief")


def test_the_outline(plain: Letter) -> None:
    assert plain.title == "Waterzorgplan 2029-2034 van de drie waterschappen"
    chapters = {part.chapter: part.chapter_title for part in plain.parts}
    assert chapters == {
        0: "Aanbiedingsbrief",
        1: "Dijken en kaden",
        2: "Sloten en gemalen",
        3: "Zwemplassen en droogte",
        4: "Geld en organisatie",
    }
    assert len({part.section for part in plain.parts if part.section}) == 13
    halves = {(part.heading, part.voice) for part in plain.parts if part.heading}
    assert halves == {(HALVES[0], "akkoord"), (HALVES[1], "vng")}
    assert sum(passage.kind == "table" for _, passage in plain.places) == 1


@pytest.mark.parametrize(
    "layout", [unwrapped, with_chapters, with_named_halves, padded, double_spaced, with_hashes]
)
def test_another_layout_gives_the_same_places(layout: object, plain: Letter) -> None:
    assert callable(layout)
    other = outline(split_lines(layout(TEXT)), "brief")
    assert places(other) == places(plain)


def test_running_lines_are_left_out_and_pages_counted(plain: Letter) -> None:
    letter = outline(split_lines(paged(TEXT)), "brief")
    assert letter.pages == 7
    assert "Pagina" not in letter.text
    assert letter.text.count("28-0614") == 1  # that of the letterhead
    ours, theirs = ({text for *_, text in places(one)} for one in (letter, plain))
    assert len(ours & theirs) > 0.9 * len(theirs)


def test_titles_that_come_back_chapter_after_chapter_stay_sections() -> None:
    text = "\n\n".join(
        f"Hoofdstuk {n} – Deel {n}\n\nAanleiding\n\nDit is waarom.\n\nVoorstel\n\nDit is wat."
        for n in range(1, 5)
    )
    letter = outline(split_lines(text), "brief")
    assert {part.section for part in letter.parts} == {("Aanleiding",), ("Voorstel",)}


def test_signatures_do_not_open_the_body() -> None:
    signed = (
        "Geachte raad,\n\nDit is de brief.\n\nMet vriendelijke groet,\n\nJan Jansen\n"
        "Directeur Vereniging van Nederlandse Dorpen, afdeling Sociaal Domein en Zorg\n\n1 bijlage"
    )
    letter = outline(split_lines(signed), "brief")
    assert {part.section for part in letter.parts} == {()}
