"""A page of a PDF as a picture: the passage marked where it stands, and only where that is sure."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from ingest.errors import LetterError
from ingest.page_image import page_image

TEXT = "De brug gaat open. De brug gaat dicht. Niemand weet wanneer de ‘grote’ her-opening is."
MARK = (255, 230, 154)


@pytest.fixture(scope="module")
def pdf(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages: on the first ``TEXT`` at the top, in narrow lines."""
    path = tmp_path_factory.mktemp("pdf") / "brief.pdf"
    page = browser.new_page()
    page.set_content(
        f"<body style='font: 14pt serif; width: 8em; margin: 0'>{TEXT}<p style='break-before: page'>Slot."
    )
    page.pdf(path=path, format="A4", margin={"top": "2cm", "left": "2cm"})
    page.close()
    return path


def marked(png: bytes) -> tuple[int, int, int, int] | None:
    """The box around what is marked."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    assert picture.width in (1000, 1001)
    mask = Image.new("L", picture.size)
    mask.putdata([255 * (pixel == MARK) for pixel in picture.get_flattened_data()])
    return mask.getbbox()


def test_page_without_quote_has_no_mark(pdf: Path) -> None:
    assert marked(page_image(pdf, 1)) is None


def test_quote_is_marked_where_it_stands_in_its_passage(pdf: Path) -> None:
    second = TEXT.index("De brug gaat dicht.")
    first_box = marked(page_image(pdf, 1, TEXT, 0, len("De brug gaat open.")))
    second_box = marked(page_image(pdf, 1, TEXT, second, second + len("De brug gaat dicht.")))
    assert first_box and second_box
    assert first_box[1] < second_box[1]
    assert second_box[3] < 400  # the top of the page


def test_quotes_hyphens_and_line_breaks_do_not_matter(pdf: Path) -> None:
    passage = TEXT.replace("‘", "'").replace("’", "'").replace("her-opening", "heropening")
    assert marked(page_image(pdf, 1, passage, 0, len(passage)))


def test_passage_that_is_not_there_once_is_not_marked(pdf: Path) -> None:
    assert marked(page_image(pdf, 1, "De brug gaat", 0, 12)) is None
    assert marked(page_image(pdf, 2, TEXT, 0, 18)) is None


def test_quote_over_two_pages_is_marked_on_both(browser: Browser, tmp_path: Path) -> None:
    words = " ".join(
        f"Zin {number} gaat over brug {number * 7} en sluis {number * 3}." for number in range(90)
    )
    path = tmp_path / "lang.pdf"
    page = browser.new_page()
    page.set_content(f"<body style='font: 16pt serif; width: 20em; margin: 0'>Kop<p>{words}<p>Slot.")
    page.pdf(
        path=path,
        format="A4",
        margin={"top": "2cm", "left": "2cm", "bottom": "2cm"},
        display_header_footer=True,
        header_template="<p style='font-size: 9pt'>Brief</p>",
        footer_template="<p style='font-size: 9pt'>bladzijde <span class=pageNumber></span></p>",
    )
    page.close()
    first, second = (marked(page_image(path, number, words, 0, len(words))) for number in (1, 2))
    assert first and second
    assert first[1] < 200 and first[3] > 1200  # to the foot of a page of 1414 pixels
    assert second[1] < 150
    quote = words.index("Zin 3 ")
    assert marked(page_image(path, 2, words, quote, quote + 60)) is None  # all of it is on the page before


@pytest.mark.parametrize("number", [0, 3, -1])
def test_page_that_is_not_there_is_said(pdf: Path, number: int) -> None:
    with pytest.raises(LetterError, match="kan niet als plaatje"):
        page_image(pdf, number)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"PK"])
def test_broken_file_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(data)
    with pytest.raises(LetterError, match="Lees de tekst van de brief"):
        page_image(path, 1)
