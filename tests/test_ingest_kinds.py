"""A file is read for what it is, whatever it is called; what is no letter is said with what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from letter_files import NO_WORD, SENTENCE, files_in, refused, word_parts, words, zipped
from pdf_file import TEXT, drawing

from ingest.errors import LetterError
from ingest.extract import read_lines
from ingest.letter_store import LetterStore


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("brief.docx", lambda path: path.write_bytes(drawing(TEXT))),
        ("brief.txt", lambda path: path.write_bytes(drawing(TEXT))),
        ("brief.pdf", lambda path: zipped(path, word_parts())),
        ("brief", lambda path: zipped(path, word_parts())),
        ("brief.txt", lambda path: path.write_text(f"<!DOCTYPE html><p>{SENTENCE}")),
        ("brief.htm", lambda path: path.write_text(SENTENCE)),
        ("brief.doc", lambda path: path.write_text(f"<html><p>{SENTENCE}")),
        ("brief.odt", lambda path: path.write_text(SENTENCE)),
    ],
)
def test_a_letter_under_another_name_is_read_for_what_it_is(
    name: str, build: Callable[[Path], object], tmp_path: Path
) -> None:
    build(tmp_path / name)
    assert words(tmp_path / name) == SENTENCE


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("brief.pdf", SENTENCE.encode(), "maar is geen PDF"),
        ("brief.docx", SENTENCE.encode(), "maar is geen Word-bestand"),
        ("brief.doc", OLE, r"een oud Word-bestand \(\.doc\).*\(\.docx\)"),
        ("brief.pdf", OLE, "een oud Word-bestand"),
        ("brief.docx", OLE, "met een wachtwoord beveiligd"),
        ("brief.xls", OLE, "een rekenblad"),
        ("brief.msg", OLE, "een e-mailbericht"),
        ("brief.rtf", rb"{\rtf1 Brief}", "een RTF-bestand"),
        ("brief.eml", b"From: a@b.nl\nSubject: Brief\n\nBrief", "een e-mailbericht"),
        ("brief.mht", b"MIME-Version: 1.0\n\nBrief", "een bewaarde webpagina"),
        ("scan.png", b"\x89PNG\r\n\x1a\n\0\0", r"een afbeelding.*\(OCR\)"),
        ("scan.jpeg", b"\xff\xd8\xff\xe0\0\0", "een afbeelding"),
        ("scan.heic", b"\0\0\0\x18ftypheic\0\0", "een afbeelding"),
        ("brief.gz", b"\x1f\x8b\x08\0\0", "een archief"),
        ("brief.pages", b"\0\1\2", "een Pages-bestand"),
    ],
)
def test_another_kind_of_file_is_said_with_what_to_do(
    name: str, data: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    refused(path, said)


@pytest.mark.parametrize(
    ("name", "members", "said"),
    [
        ("brief.zip", ["brief.txt"], r"een archief \(\.zip\).*los toe"),
        ("brief.odt", ["mimetype", "content.xml"], "een OpenDocument-bestand"),
        ("brief.xlsx", ["[Content_Types].xml", "xl/workbook.xml"], "een rekenblad"),
        ("brief.docx", ["[Content_Types].xml", "ppt/presentation.xml"], "een presentatie"),
        ("brief.pages", ["Index/Document.iwa"], "een Pages-bestand"),
        ("brief.epub", ["mimetype", "META-INF/container.xml"], "een e-boek"),
        ("brief.docx", ["brief.txt"], NO_WORD),
    ],
)
def test_another_kind_of_archive_is_said(name: str, members: list[str], said: str, tmp_path: Path) -> None:
    refused(zipped(tmp_path / name, dict.fromkeys(members, b"")), said)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("brief met spaties (2).txt", "brief-met-spaties-2"),
        ("Ledenbrief über één.txt", "ledenbrief-uber-een"),
        ("..\\..\\brief.txt", "brief"),
        ("brief\nmet\x1b[31mregels.txt", "brief-met-31mregels"),
        (f"{'lang' * 60}.txt", "lang" * 25),
        ("-rf.txt", "rf"),
        ("con.aux.nul.txt", "con-aux-nul"),
    ],
)
def test_a_letter_is_kept_under_a_plain_name(name: str, slug: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(SENTENCE, encoding="utf-8")
    store = LetterStore(tmp_path / "home")
    assert store.add(path).letter.slug == slug
    assert {file.parent for file in files_in(tmp_path / "home")} == {tmp_path / "home" / "letters" / slug}
    assert LetterStore(tmp_path / "home").get(slug).parts


@pytest.mark.parametrize("name", ["../../etc/brief.txt", "weg.txt", "naam\0.txt", "x" * 300 + ".txt", "map/"])
def test_a_name_that_leads_nowhere_is_said(name: str, tmp_path: Path) -> None:
    with pytest.raises(LetterError, match=r"bestaat niet|is niet te lezen"):
        LetterStore(tmp_path / "home").add(tmp_path / name)
    assert not (tmp_path / "home").exists()


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    os.mkfifo(path)
    with pytest.raises(LetterError, match="is niet te lezen"):
        read_lines(path)
