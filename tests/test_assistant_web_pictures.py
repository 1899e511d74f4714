"""A letter that came as PDF shows its pages as pictures, the cited one with the quote marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from letter_page import as_page
from playwright.sync_api import Browser, Page, expect
from served_site import faults, served

from assistant.web.shelf import Shelf
from ingest.letter_store import LetterStore, read_letter

pytestmark = pytest.mark.browser

TEXT = Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"


@pytest.fixture(scope="module")
def shelf(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The shipped letter, which is text, and another that was printed as PDF."""
    folder = tmp_path_factory.mktemp("home")
    printer = browser.new_page()
    printer.set_content(as_page(read_letter(TEXT), "body { font: 11pt serif } h1 { font-size: 18pt }"))
    printer.pdf(path=folder / "waterzorgplan.pdf", format="A4")
    printer.close()
    store = LetterStore(folder / "home")
    store.add(folder / "waterzorgplan.pdf")
    return Shelf(store)


@pytest.fixture(scope="module")
def address(shelf: Shelf) -> Iterator[str]:
    with served(shelf) as site:
        yield site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield tab
    tab.close()


def wait_until_shown(page: Page) -> None:
    image = page.locator("details.picture[open] img")
    image.scroll_into_view_if_needed()
    width = image.evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert width in (1000, 1001)


def test_cited_page_is_open_with_the_quote_marked(page: Page, address: str, shelf: Shelf) -> None:
    letter = next(letter for letter in shelf if letter.slug == "waterzorgplan")
    passage = [p for _, p in letter.places if p.page == 2][1]
    page.goto(f"{address}/brief/{letter.slug}?citaat={passage.start}-{passage.end}#{passage.anchor}")
    open_ones = page.locator("details.picture[open] img")
    expect(open_ones).to_have_count(1)
    wait_until_shown(page)
    assert (open_ones.get_attribute("src") or "").endswith(f"2.png?citaat={passage.start}-{passage.end}")
    plain = page.request.get(f"{address}/blad/{letter.slug}/2.png").body()
    assert page.request.get(address + (open_ones.get_attribute("src") or "")).body() != plain
    assert faults(page) == []


def test_other_pages_open_by_hand(page: Page, address: str) -> None:
    page.goto(f"{address}/brief/waterzorgplan")
    expect(page.locator("details.picture[open]")).to_have_count(0)
    page.get_by_text("bladzijde 1 als plaatje").press("Enter")
    wait_until_shown(page)


def test_letter_of_text_has_no_pictures(page: Page, address: str, shelf: Shelf) -> None:
    page.goto(f"{address}/brief/{shelf[0].slug}")
    expect(page.locator("p.page").first).to_have_text("bladzijde 1")
    assert page.locator(".picture").count() == 0


@pytest.mark.parametrize("place", ["weg/1", "waterzorgplan/999", "vng-ledenbrief-coalitieakkoord/1"])
def test_picture_that_is_not_there_is_said(page: Page, address: str, place: str) -> None:
    answer = page.request.get(f"{address}/blad/{place}.png")
    assert answer.status == 400
    assert "Lees de tekst van de brief" in answer.text()
