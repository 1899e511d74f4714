"""Letters set as PDF in many layouts, by several programs, give the outline and paragraphs of their text."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_page import as_page
from letter_prints import by_chromium, by_fpdf, by_libreoffice, by_reportlab
from playwright.sync_api import Browser
from pypdf import PdfWriter
from test_ingest_docx import as_word

from ingest.errors import LetterError
from ingest.extract import read_lines
from ingest.letter import Letter
from ingest.letter_store import LetterStore, read_letter
from ingest.outline import outline

BOOKISH = "body { font: 11pt serif } h1 { font-size: 18pt } h2 { font-size: 14pt } h3 { font-size: 12pt }"
COLUMNS = (
    "body { font: 9.5pt sans-serif; columns: 2; text-align: justify } h1 { font-size: 16pt }"
    "h2 { font-size: 12pt } h3 { font-size: 10.5pt } h5 { font-style: italic }"
)
LAYOUTS = {
    "bookish": BOOKISH,
    "columns": COLUMNS,
    "titles over columns": (
        "body { font: 10pt sans-serif; columns: 2; column-gap: 8mm } h1, h2 { column-span: all }"
        "h1 { font-size: 14pt } h2 { font-size: 12pt } h3 { font-size: 10.5pt } h5 { margin: 0 }"
        "td, th { font-size: 8pt; padding: 0 1pt }"  # else the page's edge cuts off a figure
    ),
    "bold only": (
        "body { font: 11pt sans-serif } h1, h2, h3, h5 { font-size: 11pt; margin: 14pt 0 4pt }"
        "h1 { text-transform: uppercase } h3 { font-style: italic }"
        "h5 { font-weight: normal; font-style: italic } p { margin: 0 0 8pt }"
    ),
    "colours": (
        "body { font: 10.5pt serif } h1, h2, h3, h5 { font-weight: normal }"
        "h1 { font-size: 16pt; color: #036 } h2 { font-size: 13pt; color: #036 }"
        "h3 { font-size: 10.5pt; color: #c00; text-decoration: underline }"
        "h5 { font-size: 10.5pt; color: #06c }"
    ),
    "indented": (
        "body { font: 11pt serif; text-align: justify; hyphens: auto } p { margin: 0; text-indent: 14pt }"
        "h1, h2, h3, h5 { margin: 14pt 0 6pt; font-size: 12pt } h1 { font-size: 18pt }"
        "h2 { font-size: 14pt; font-variant: small-caps } li { margin: 0 }"
    ),
    "spaced": (
        "body { font: 11pt sans-serif; line-height: 1.5; hyphens: auto }"
        "h1 { font-size: 15pt; letter-spacing: .3em; text-transform: uppercase } h2 { font-size: 13pt }"
        "h3 { font-size: 12pt; letter-spacing: .05em } table { border-collapse: collapse }"
        "td, th { border: 1px solid #000; padding: 3pt }"
    ),
}
SECOND = Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"

Place = tuple[int, tuple[str, ...], str]


@pytest.fixture(scope="module")
def numbered() -> Letter:
    """A letter of another body: letterhead, lists, a table, chapters without a cover letter's sections."""
    return read_letter(SECOND)


def squeezed(text: str) -> str:
    """Without white space, bullets and bars, hyphens alike: what the layout may change."""
    return "".join(text.replace("•", "").replace("|", "").replace("\u2011", "-").split())


def placed(letter: Letter) -> dict[str, Place]:
    """Return the place of each paragraph; titles without spaces, which letter-spacing may hide."""
    return {
        squeezed(passage.text).lower(): (
            part.chapter,
            tuple(squeezed(title).lower() for title in part.section),
            squeezed(part.heading),
        )
        for part, passage in letter.places
    }


def assert_reads_as(path: Path, letter: Letter, *, share: float = 0.99) -> Letter:
    """Check that ``path`` gives the paragraphs of ``letter``, each of those under its own titles."""
    read = outline(read_lines(path), "gedrukt")
    wanted, found = placed(letter), placed(read)
    same = wanted.keys() & found.keys()
    assert len(same) >= share * len(wanted), sorted(wanted.keys() - same)
    assert {text: found[text] for text in same} == {text: wanted[text] for text in same}
    assert {part.voice for part in read.parts} == {"akkoord", "vng"}
    assert "Bladzijde" not in read.text
    return read


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_printed_letter_reads_as_its_text(
    layout: str, letter: Letter, browser: Browser, tmp_path: Path
) -> None:
    path = by_chromium(letter, LAYOUTS[layout], browser, tmp_path, outline=layout == "colours")
    read = assert_reads_as(path, letter)
    assert read.pages > 15


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_tagged_print_gives_every_paragraph(
    layout: str, letter: Letter, numbered: Letter, browser: Browser, tmp_path: Path
) -> None:
    path = by_chromium(letter, LAYOUTS[layout], browser, tmp_path, tagged=True)
    assert_reads_as(path, letter, share=1.0)
    path = by_chromium(numbered, LAYOUTS[layout], browser, tmp_path, tagged=True)
    assert_reads_as(path, numbered, share=1.0)


@pytest.mark.browser
@pytest.mark.parametrize("layout", ["bookish", "columns", "bold only", "colours", "indented", "spaced"])
def test_a_letter_of_another_body_does_so_too(
    layout: str, numbered: Letter, browser: Browser, tmp_path: Path
) -> None:
    path = by_chromium(numbered, LAYOUTS[layout], browser, tmp_path, outline=layout == "colours")
    assert_reads_as(path, numbered, share=1.0)


@pytest.mark.parametrize("columns", [1, 2])
def test_a_letter_set_by_reportlab_reads_as_its_text(columns: int, letter: Letter, tmp_path: Path) -> None:
    assert_reads_as(by_reportlab(letter, tmp_path, columns=columns), letter)


def test_a_letter_set_by_fpdf_reads_as_its_text(letter: Letter, tmp_path: Path) -> None:
    assert_reads_as(by_fpdf(letter, tmp_path), letter)


def test_a_word_file_printed_by_libreoffice_reads_as_its_text(letter: Letter, tmp_path: Path) -> None:
    document = as_word(letter, tmp_path / "brief.docx")
    assert_reads_as(by_libreoffice(document), letter)
    assert_reads_as(by_libreoffice(document, tagged=True), letter)


def test_a_web_page_printed_by_libreoffice_reads_as_its_text(letter: Letter, tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    page.write_text(as_page(letter, BOOKISH), encoding="utf-8")
    assert_reads_as(by_libreoffice(page), letter)


@pytest.mark.browser
@pytest.mark.parametrize("layout", ["bookish", "columns"])
def test_pages_are_those_of_the_pdf(layout: str, letter: Letter, browser: Browser, tmp_path: Path) -> None:
    from pypdf import PdfReader

    path = by_chromium(letter, LAYOUTS[layout], browser, tmp_path)
    pages = [squeezed(page.extract_text()) for page in PdfReader(path).pages]
    read = outline(read_lines(path), "gedrukt")
    wrong = [p.text for _, p in read.places if squeezed(p.text)[:20] not in pages[p.page - 1]]
    assert not wrong


@pytest.mark.browser
def test_a_pdf_is_added_kept_and_removed(letter: Letter, browser: Browser, tmp_path: Path) -> None:
    path = by_chromium(letter, BOOKISH, browser, tmp_path)
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


def test_an_empty_pdf_is_said(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="geen tekst die te lezen is"):
        read_lines(blank(tmp_path / "leeg.pdf"))


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
