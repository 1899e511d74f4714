"""The letter's page in a real Chromium: search, contents, links to paragraphs, for eye, hand and ear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect
from served_site import faults, served

from ingest.letter import Letter

pytestmark = pytest.mark.browser

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
ANCHOR = "h5-huishoudelijke-hulp-wat-staat-in-het-akkoord-1"


@pytest.fixture(scope="module")
def address(letter: Letter) -> Iterator[str]:
    """The letter's page, and at /brief/oud a version of it that was replaced."""
    old = replace(letter, slug="oud", replaced_by=letter.slug)
    with served([letter, old]) as site:
        yield f"{site}/brief/{letter.slug}"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A new tab in which no script may fail."""
    context = browser.new_context(viewport=request.param, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    yield tab
    assert errors == []
    context.close()


def look_for(page: Page, words: str) -> None:
    page.get_by_label("Zoek in de brief").last.fill(words)


def said(page: Page) -> str:
    return page.locator("#found").inner_text()


def test_search_counts_and_steps_both_ways(page: Page, address: str, letter: Letter) -> None:
    page.goto(address)
    look_for(page, "GEMEENTEFONDS")
    count = sum(passage.text.lower().count("gemeentefonds") for _, passage in letter.places)
    expect(page.locator("#found")).to_have_text(f"{count} plaatsen")
    for keys, place in [("Enter", 1), ("Enter", 2), ("Shift+Enter", 1), ("Shift+Enter", count)]:
        page.keyboard.press(keys)
        assert said(page) == f"Plaats {place} van {count}"
        assert "gemeentefonds" in page.locator(".found-here").inner_text().lower()
        expect(page.locator(".found-here")).to_be_in_viewport()
    expect(page.get_by_label("Zoek in de brief").last).to_be_focused()


def test_search_begins_where_one_reads(page: Page, address: str) -> None:
    page.goto(f"{address}#{ANCHOR}")
    look_for(page, "onduidelijk")
    page.get_by_role("button", name="Volgende plaats").click()
    place, count = (int(word) for word in said(page).split() if word.isdigit())
    assert 1 < place < count


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("'Aan de slag!'", "‘Aan de slag!’"),
        ("oekraiense  ontheemden", "Oekraïense ontheemden"),
        ("non-profit", None),
    ],
)
def test_search_does_not_mind_quotes_and_accents(
    page: Page, address: str, letter: Letter, typed: str, written: str | None
) -> None:
    page.goto(address)
    look_for(page, typed)
    if written is None:
        assert typed not in letter.text
        expect(page.locator("#found")).to_have_text("Niet gevonden. Probeer een ander of korter woord.")
    else:
        expect(page.locator("#found")).to_have_text(re.compile(r"^\d+ plaats(en)?$"))
        page.keyboard.press("Enter")
        assert written.lower() in page.locator(".found-here").inner_text().lower()


def test_escape_ends_the_search(page: Page, address: str) -> None:
    page.goto(address)
    look_for(page, "gemeentefonds")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert said(page) == ""
    assert page.locator(".found-here").count() == 0
    expect(page.get_by_label("Zoek in de brief").last).to_have_value("")


def test_found_paragraph_has_a_link(page: Page, address: str) -> None:
    page.goto(address)
    look_for(page, "taakstellend")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Naar deze alinea").click()
    assert page.url.endswith(f"#{ANCHOR}")


def test_contents_follow_the_reading(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP, reduced_motion="reduce")
    page.goto(address)
    current = page.locator(".contents [aria-current]")
    expect(current).to_have_text("Aanbiedingsbrief")
    page.goto(f"{address}#{ANCHOR}")
    expect(current).to_have_text("Huishoudelijke hulp")
    expect(current).to_be_in_viewport()
    page.keyboard.press("End")
    expect(current).not_to_have_text("Huishoudelijke hulp")
    page.close()


def test_half_after_deeper_sections_is_shown_under_its_own_section(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport=DESKTOP, reduced_motion="reduce")
    page.goto(f"{address}#h3-op-koers-voor-het-klimaat-en-groene-groei-wat-betekent-dit-voor-gemeenten-2")
    expect(page.locator(".contents [aria-current]")).to_have_text("Op koers voor het klimaat en groene groei")
    page.close()


def test_link_to_a_paragraph_is_copied_and_said(page: Page, address: str) -> None:
    page.goto(f"{address}?citaat=5-9#h0-1")
    page.locator(f'.here[href="#{ANCHOR}"]').click()
    expect(page.locator("#copied")).to_have_text("Link naar deze alinea gekopieerd.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}#{ANCHOR}"
    expect(page.locator(f"#{ANCHOR}")).to_be_in_viewport()


def test_paragraph_that_is_gone_is_said_with_a_way_on(page: Page, address: str) -> None:
    page.goto(f"{address}#h5-huishoudelijke-hulp-wat-staat-in-het-akkoord-99")
    notice = page.locator("#gone")
    expect(notice).to_contain_text("staat niet meer in deze brief")
    expect(notice).to_be_in_viewport()
    notice.get_by_role("link").click()
    expect(page.locator(f"#{ANCHOR}")).to_be_in_viewport()
    expect(notice).to_be_hidden()


@pytest.mark.parametrize("name", ["zo-niet", "%", '"]<b>'])
def test_subject_that_is_gone_leads_to_the_letters(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}#{name}")
    link = page.locator("#gone").get_by_role("link")
    assert link.get_attribute("href") == "/brief"


def test_quote_that_is_not_in_its_paragraph_is_said(page: Page, address: str) -> None:
    page.goto(f"{address}?citaat=5-9#{ANCHOR}")
    expect(page.locator("#gone")).to_contain_text("staat nu in een andere alinea")


def test_link_that_fits_says_nothing(page: Page, address: str, letter: Letter) -> None:
    passage = next(passage for _, passage in letter.places if passage.anchor == ANCHOR)
    page.goto(f"{address}?citaat={passage.start}-{passage.end}#{ANCHOR}")
    expect(page.locator("main mark").first).to_be_in_viewport()
    expect(page.locator("#gone")).to_be_hidden()


def test_nothing_falls_outside_a_narrow_screen(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{address.rpartition('/')[0]}/oud?citaat=5-9#weg")
    look_for(page, "gemeentefonds")
    page.keyboard.press("Enter")
    expect(page.locator("#gone")).to_be_visible()
    assert faults(page) == []
