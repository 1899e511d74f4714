"""Files that are no letter get a clear Dutch message; lines keep their page and breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import LetterError
from ingest.text import read_text, split_lines

RUNNING_ON = "van een zin die aan het eind van de regel nog niet klaar is en"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "staat geen tekst"),
        (b"  \n\n \t\n", "staat geen tekst"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "geen brief die ik kan lezen"),
        (b"%PDF-1.7\n\x00\x01\x02\x03", "geen brief die ik kan lezen"),
        (b"PK\x03\x04\x14\x00\x06\x00", "geen brief die ik kan lezen"),
    ],
)
def test_a_file_that_is_no_letter_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "brief.txt"
    file.write_bytes(content)
    with pytest.raises(LetterError, match=message):
        read_text(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match=r"weg\.txt' bestaat niet"):
        read_text(tmp_path / "weg.txt")


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="niet te lezen"):
        read_text(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "brief.txt"
    file.write_bytes("Oekraïners kosten € 3".encode(encoding))
    assert [line.text for line in read_text(file)] == ["Oekraïners kosten € 3"]


def test_in_a_double_spaced_text_only_lines_of_spaces_break_paragraphs() -> None:
    rows = [f"regel {i} {RUNNING_ON}" for i in range(12)]
    text = "\n\n".join(rows) + "\n \n" + "nieuwe alinea\n"
    lines = split_lines(text)
    assert [line.gap for line in lines] == [False] * 12 + [True]


def test_paragraphs_of_a_line_each_are_not_taken_for_double_spaced() -> None:
    text = "\n\n".join(
        f"Alinea {i} van de brief staat hier, op een lange regel.".ljust(80, "a") + "." for i in range(12)
    )
    assert [line.gap for line in split_lines(text)] == [False] + [True] * 11


def test_a_line_that_begins_with_a_space_right_after_another_opens_a_page() -> None:
    text = "\n\n".join(f"regel {i} {RUNNING_ON}" for i in range(12)) + "\n op bladzij twee\n\nen verder\n"
    assert [line.page for line in split_lines(text)] == [1] * 12 + [2, 2]


def test_only_the_hashes_before_a_title_are_dropped() -> None:
    lines = split_lines("## Wonen\n\nWij werken met C# en Java op kavel # 12.")
    assert [line.text for line in lines] == ["Wonen", "Wij werken met C# en Java op kavel # 12."]


def test_headings_at_the_top_of_pages_stay() -> None:
    pages = [f"Hoofdstuk {n}\nTitel\n\nEen zin.\n\n{n}" for n in range(1, 5)]
    texts = [line.text for line in split_lines("\f".join(pages))]
    assert [text for text in texts if text.startswith("Hoofdstuk")] == [f"Hoofdstuk {n}" for n in range(1, 5)]
    assert not any(text.isdigit() for text in texts)


def test_invisible_characters_are_dropped() -> None:
    (line,) = split_lines("\ufeffge\u00admeen\u200bte")
    assert line.text == "gemeente"
