"""Pages that hold no text are found, read by tesseract or said."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from letter_page import as_page
from letter_prints import by_reportlab
from page_words import words
from PIL import Image
from playwright.sync_api import Browser
from pypdf import PdfReader, PdfWriter

from ingest.errors import LetterError
from ingest.extract import read_file
from ingest.letter import Letter
from ingest.letter_store import LetterStore, read_letter
from ingest.outline import outline
from ingest.pdf.legible import is_garbled, is_scan, notes
from ingest.pdf.page import DAMAGED, Drawing

DATA = Path(__file__).parent / "data"
HANDS = "body { margin: 20mm; font: 12pt serif } h1 { font-size: 18pt } h2 { font-size: 15pt }"


def drawing(text: str, pictured: float = 0.0) -> Drawing:
    return Drawing(tuple(words(text, 50, 700)), (), pictured)


@pytest.mark.parametrize(
    ("page", "scan"),
    [
        (drawing("", 0.9), True),
        (drawing("7", 0.6), True),
        (drawing("", 0.05), False),
        (drawing("een bladzijde met een plaatje en met tekst eronder " * 3, 0.9), False),
        (drawing(""), False),
    ],
)
def test_scans(page: Drawing, scan: bool) -> None:
    assert is_scan(page) == scan


@pytest.mark.parametrize(
    ("page", "garbled"),
    [
        (DAMAGED, True),
        (drawing("\ufffd\ufffd\ufffd \ufffd\ufffd en dat"), True),
        (drawing("zhw bhhow zhw zrugw qlhw jhohchq " * 12), True),
        (drawing("de gemeente bouwt duizend woningen " * 12), False),
        (drawing("2027 18,4 22,1 26,3 " * 40), False),
        (drawing("Wonen " + "." * 600 + " 4"), False),
        (drawing(""), False),
    ],
)
def test_garbled_pages(page: Drawing, garbled: bool) -> None:
    assert is_garbled(page) == garbled


def test_the_pages_are_named() -> None:
    (scans, garbled) = notes([2, 3, 4, 7], [9], installed=False)
    assert scans.startswith(
        "Bladzijden 2 tot en met 4 en 7 zijn scans zonder tekst en niet gelezen. Installeer"
    )
    assert garbled.startswith("Bladzijde 9 is niet te lezen")
    assert notes([], [], installed=True) == ()


@pytest.fixture(scope="module")
def scanned(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first pages of a letter as pictures."""
    letter = read_letter(DATA / "brief-genummerd.txt")
    page = browser.new_page(viewport={"width": 794, "height": 1123}, device_scale_factor=2)
    page.set_content(as_page(letter, HANDS))
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    page.close()
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    picture.save(path, "PDF", resolution=192)
    return path


@pytest.fixture
def mixed(scanned: Path, letter: Letter, tmp_path: Path) -> Path:
    """A typed letter with a scan as its second page."""
    typed = PdfReader(by_reportlab(letter, tmp_path, columns=1))
    writer = PdfWriter()
    for page in (typed.pages[0], PdfReader(scanned).pages[0], typed.pages[1]):
        writer.add_page(page)
    writer.write(tmp_path / "half.pdf")
    return tmp_path / "half.pdf"


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("tesseract"), reason="no tesseract: apt-get install tesseract-ocr-nld")
def test_a_scan_is_read_by_tesseract(scanned: Path) -> None:
    extract = read_file(scanned)
    letter = outline(extract.lines, "scan")
    assert extract.notes == ()
    assert letter.title == "Kustbeheer en zwemwater in 2028"
    assert "Er doen 31 kustgemeenten aan mee." in letter.text
    assert [part.chapter_title for part in letter.parts][:2] == ["Aanbiedingsbrief", "Inleiding"]


@pytest.mark.browser
def test_without_tesseract_the_pages_are_named(
    mixed: Path, scanned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (note,) = read_file(mixed).notes
    assert note.startswith("Bladzijde 2 is een scan zonder tekst en niet gelezen. Installeer")
    with pytest.raises(LetterError, match=r"geen tekst die te lezen is\. Bladzijde 1 is een scan"):
        read_file(scanned)


@pytest.mark.browser
def test_notes_are_kept_with_the_letter(mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    store = LetterStore(tmp_path / "home")
    assert len(store.add(mixed).notes) == 1
