"""A letter as a Word file gives the outline and paragraphs of its text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from ingest.errors import LetterError
from ingest.extract import read_lines
from ingest.letter import Letter
from ingest.letter_store import LetterStore
from ingest.outline import outline


def as_word(letter: Letter, path: Path) -> Path:
    """Write ``letter`` with Word's own styles for titles and lists."""
    document = docx.Document()
    chapter, section = 0, ()  # type: tuple[int, tuple[str, ...]]
    for part in letter.parts:
        if part.chapter != chapter:
            chapter, section = part.chapter, ()
            document.add_heading(f"Hoofdstuk {chapter} – {part.chapter_title}", 1)
        for depth, title in enumerate(part.section):
            if part.section[: depth + 1] != section[: depth + 1]:
                document.add_heading(title, depth + 2)
        section = part.section
        if part.heading:
            document.add_heading(part.heading, 5)
        for passage in part.passages:
            if passage.table:
                cells = [(passage.table.corner, *passage.table.columns)]
                cells += [(row.label, *row.cells) for row in passage.table.rows]
                table = document.add_table(len(cells), len(cells[0]))
                for row, texts in zip(table.rows, cells, strict=True):
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.text = text
                continue
            if passage.kind == "formality":
                document.add_paragraph(passage.text)
                continue
            for row in passage.text.split("\n"):
                item = row.startswith("• ")
                document.add_paragraph(row[2:] if item else row, "List Bullet" if item else None)
    document.save(str(path))
    return path


def squeezed(text: str) -> str:
    return "".join(text.replace("|", "").split())


def test_a_word_file_reads_as_its_text(letter: Letter, tmp_path: Path) -> None:
    read = outline(read_lines(as_word(letter, tmp_path / "brief.docx")), "brief")
    wanted, found = (
        [(p.chapter, p.section, p.heading, squeezed(passage.text)) for p, passage in one.places]
        for one in (letter, read)
    )
    differ = set(wanted) ^ set(found)
    tables = {squeezed(passage.text) for one in (letter, read) for _, passage in one.places if passage.table}
    assert {text for *_, text in differ} <= tables  # a caption stands outside Word's table


def test_a_table_keeps_its_cells(letter: Letter, tmp_path: Path) -> None:
    read = outline(read_lines(as_word(letter, tmp_path / "brief.docx")), "brief")
    tables = [passage.table for _, passage in read.places if passage.table]
    assert [(t.columns, [row.cells for row in t.rows]) for t in tables] == [
        (p.table.columns, [row.cells for row in p.table.rows]) for _, p in letter.places if p.table
    ]


def test_without_page_breaks_no_page_is_named(letter: Letter, tmp_path: Path) -> None:
    store = LetterStore(tmp_path / "home")
    assert store.add(as_word(letter, tmp_path / "brief.docx")).letter.pages == 0
    assert {p.page for _, p in store.get("brief").places} == {0}


@pytest.mark.parametrize("content", ["", "iets anders"])
def test_an_archive_that_is_no_word_file_is_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "brief.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("brief.txt", content)
    with pytest.raises(LetterError, match="geen leesbaar Word-bestand"):
        read_lines(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 301_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(LetterError, match="uitgepakt te groot"):
        read_lines(path)
