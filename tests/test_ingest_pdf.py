"""A letter printed as PDF in several layouts gives the outline and paragraphs of its text."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_page import as_page
from playwright.sync_api import Browser
from pypdf import PdfWriter

from ingest.errors import LetterError
from ingest.extract import read_lines
from ingest.letter import Letter
from ingest.letter_store import LetterStore
from ingest.outline import outline

BOOKISH = "body { font: 11pt serif } h1 { font-size: 18pt } h2 { font-size: 14pt } h3 { font-size: 12pt }"
COLUMNS = (
    "body { font: 9.5pt sans-serif; columns: 2; text-align: justify } h1 { font-size: 16pt }"
    "h2 { font-size: 12pt } h3 { font-size: 10.5pt } h5 { font-style: italic }"
)
LAYOUTS = {"bookish": BOOKISH, "columns": COLUMNS}
NUMBERED = (
    "<div style='font-size: 8pt; width: 100%; text-align: center'>%s <span class='pageNumber'></span></div>"
)

Place = tuple[int, tuple[str, ...], str]


def numbered(text: str) -> str:
    return f"<div style='font-size: 8pt; margin: auto'>{text} <span class='pageNumber'></span></div>"


def printed(letter: Letter, style: str, browser: Browser, folder: Path) -> Path:
    """Print ``letter`` with running headers and page numbers."""
    path = folder / "gedrukt.pdf"
    page = browser.new_page()
    page.set_content(as_page(letter, style))
    page.pdf(
        path=path,
        format="A4",
        margin={"top": "25mm", "bottom": "25mm", "left": "22mm", "right": "22mm"},
        display_header_footer=True,
        header_template=numbered("Ledenbrief aan de leden"),
        footer_template=numbered("Bladzijde"),
    )
    page.close()
    return path


def squeezed(text: str) -> str:
    """Without white space, bullets and bars: a table's cells are set apart by place alone."""
    return "".join(text.replace("•", "").replace("|", "").split())


def placed(letter: Letter) -> dict[str, Place]:
    return {squeezed(p.text): (part.chapter, part.section, part.heading) for part, p in letter.places}


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_printed_letter_reads_as_its_text(
    layout: str, letter: Letter, browser: Browser, tmp_path: Path
) -> None:
    read = outline(read_lines(printed(letter, LAYOUTS[layout], browser, tmp_path)), "gedrukt")
    wanted, found = placed(letter), placed(read)
    same = wanted.keys() & found.keys()
    assert len(same) >= (0.99 if layout == "bookish" else 0.96) * len(wanted)
    assert {text: found[text] for text in same} == {text: wanted[text] for text in same}
    assert {part.voice for part in read.parts} == {"akkoord", "vng"}
    assert "Bladzijde" not in read.text
    assert read.pages > 15


@pytest.mark.browser
def test_pages_are_those_of_the_pdf(letter: Letter, browser: Browser, tmp_path: Path) -> None:
    from pypdf import PdfReader

    path = printed(letter, BOOKISH, browser, tmp_path)
    pages = [squeezed(page.extract_text()) for page in PdfReader(path).pages]
    read = outline(read_lines(path), "gedrukt")
    wrong = [p.text for _, p in read.places if squeezed(p.text)[:40] not in pages[p.page - 1]]
    assert not wrong


@pytest.mark.browser
def test_a_pdf_is_added_kept_and_removed(letter: Letter, browser: Browser, tmp_path: Path) -> None:
    path = printed(letter, BOOKISH, browser, tmp_path)
    store = LetterStore(tmp_path / "home")
    added = store.add(path).letter
    assert LetterStore(tmp_path / "home").get("gedrukt") == added
    assert (tmp_path / "home" / "letters" / "gedrukt" / "original.pdf").read_bytes() == path.read_bytes()
    store.remove("gedrukt")
    assert not list((tmp_path / "home" / "letters").glob("gedrukt*"))


def blank(path: Path, *, password: str = "") -> Path:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(path)
    return path


def test_a_pdf_of_pictures_is_said(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="lijken scans"):
        read_lines(blank(tmp_path / "scan.pdf"))


def test_a_locked_pdf_is_said(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="wachtwoord"):
        read_lines(blank(tmp_path / "slot.pdf", password="geheim"))


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_broken_pdf_is_said_and_nothing_is_added(tmp_path: Path, share: float) -> None:
    whole = blank(tmp_path / "heel.pdf").read_bytes()
    broken = tmp_path / "stuk.pdf"
    broken.write_bytes(whole[: int(share * len(whole))])
    store = LetterStore(tmp_path / "home")
    with pytest.raises(LetterError, match=r"^Het bestand 'stuk\.pdf'"):
        store.add(broken)
    assert len(store.load()) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("brief.pdf", b"Geachte leden, dit is geen PDF.", "maar is geen PDF"),
        ("brief.docx", b"PK\x03\x04", "geen leesbaar Word-bestand"),
    ],
)
def test_a_file_of_another_kind_is_said(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LetterError, match=said):
        read_lines(path)


def test_a_missing_pdf_is_said(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="bestaat niet"):
        read_lines(tmp_path / "weg.pdf")
