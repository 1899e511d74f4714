"""The register as a page: readable as it is, sorted and filtered in a real Chromium, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect
from served_site import faults, served

from assistant.register import register
from assistant.web.loading import LoadingAssistant
from assistant.web.register import render_register
from assistant.web.site import create_site
from ingest.letter import Letter, Part, Passage


def client_of(*letters: Letter) -> TestClient:
    """The site while the assistant still loads."""
    assistant = LoadingAssistant(lambda progress: None, report=lambda message: None)  # type: ignore[arg-type,return-value]
    return TestClient(create_site(assistant, letters, opened=lambda failure: None))


def letter_of(text: str, slug: str = "brief") -> Letter:
    """A letter of one paragraph."""
    passage = Passage(text, 0, len(text), 1, 1, "h1-1")
    return Letter(slug, "Brief", text, 1, (Part(1, "Begin", (), "", "", "vng", 1, (passage,)),))


def test_one_letter_is_shown_at_once(letter: Letter) -> None:
    answer = client_of(letter).get("/register", follow_redirects=False)
    assert answer.headers["location"] == f"/register/{letter.slug}"


def test_of_several_letters_one_is_chosen(letter: Letter) -> None:
    page = client_of(letter, letter_of("In 2030.")).get("/register").text
    assert f'href="/register/{letter.slug}"' in page
    assert 'href="/register/brief"' in page


def test_every_entry_has_its_sentence_marked_and_leads_to_it(letter: Letter) -> None:
    page = client_of(letter).get(f"/register/{letter.slug}").text
    entries = register(letter)
    assert page.count('<tr role="row" data-kind=') == len(entries)
    for entry in entries:
        quote = entry.citation
        assert f"?citaat={quote.start}-{quote.end}#{quote.anchor}" in page
        assert f"<mark>{entry.text}</mark>" in page


def test_html_in_a_letter_is_text() -> None:
    assert "<b>" not in render_register(letter_of("<b>In 2030</b> & <script>x</script>"))


def test_letter_without_figures_says_so() -> None:
    page = client_of(letter_of("Niets.")).get("/register/brief").text
    assert "geen bedragen, jaartallen of termijnen" in page
    assert "<table" not in page


def test_no_letters_says_what_to_do() -> None:
    assert "vraagbaak letters add" in client_of().get("/register").text


@pytest.mark.parametrize("path", ["/register/nee", "/register/nee.csv"])
def test_unknown_letter_is_a_page_with_a_way_on(path: str) -> None:
    answer = client_of(letter_of("In 2030.")).get(path)
    assert answer.status_code == 404
    assert "Deze bladzijde is er niet" in answer.text


def test_csv_is_a_download_of_one_letter_or_all(letter: Letter) -> None:
    client = client_of(letter, letter_of("In 2030."))
    one, all_of_them = client.get("/register/brief.csv"), client.get("/register.csv")
    assert one.headers["content-type"] == "text/csv; charset=utf-8"
    assert one.headers["content-disposition"].startswith('attachment; filename="bedragen-en-termijnen-brief-')
    assert one.content.count(b"\r\n") == 2
    assert all_of_them.content.count(b"\r\n") == len(register(letter)) + 2


@pytest.fixture(scope="module")
def address(letter: Letter) -> Iterator[str]:
    with served([letter, replace(letter, slug="tweede")]) as site:
        yield f"{site}/register/{letter.slug}"


@pytest.fixture(
    params=[{"width": 1280, "height": 900}, {"width": 320, "height": 640}], ids=["desktop", "phone"]
)
def page(browser: Browser, request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport=request.param, reduced_motion="reduce")
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    tab.goto(address)
    yield tab
    assert errors == []
    context.close()


def shown(page: Page) -> list[str]:
    """The words in the first column of the rows that are shown."""
    return page.locator("tbody tr:visible th").evaluate_all(
        "heads => heads.map(head => head.querySelector('a').firstChild.data)"
    )


@pytest.mark.browser
def test_amounts_sort_by_value_both_ways(page: Page) -> None:
    page.get_by_label("Soort", exact=True).select_option("amount")
    button = page.get_by_role("button", name="Bedrag of moment")
    button.press("Enter")
    assert shown(page)[0] == "€ 10 miljoen"
    assert button.locator("..").get_attribute("aria-sort") == "ascending"
    button.press("Enter")
    assert shown(page)[:2] == ["€ 20 miljard", "€ 6,5 miljard"]
    assert shown(page)[-1] == "€ 795,0"  # no scale is given: last, whichever way
    assert page.locator("th[aria-sort]").count() == 1


@pytest.mark.browser
def test_filters_work_together_and_are_said(page: Page, letter: Letter) -> None:
    count = page.locator("#count")
    total = len(register(letter))
    expect(count).to_have_text(f"{total} regels")
    page.get_by_label("Soort", exact=True).select_option("deadline")
    page.get_by_label("Hoofdstuk").select_option("5")
    page.get_by_label("Woorden").fill("HUISHOUDELIJKE hulp")
    assert shown(page) == ["met ingang van 1 januari 2029", "per 2029"]
    expect(count).to_have_text(f"2 van {total} regels")
    page.get_by_role("button", name="Wis keuze").click()
    expect(count).to_have_text(f"{total} regels")


@pytest.mark.browser
def test_nothing_left_says_what_to_do(page: Page) -> None:
    page.get_by_label("Woorden").fill("zwembad in Enschede")
    expect(page.locator(".nothing")).to_be_visible()
    page.locator("#clear").click()
    expect(page.locator(".nothing")).to_be_hidden()
    assert len(shown(page)) > 100


@pytest.mark.browser
def test_register_can_be_read_without_scripts(browser: Browser, address: str, letter: Letter) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    assert page.locator("tbody tr").count() == len(register(letter))
    expect(page.locator(".filters")).to_be_hidden()
    page.locator("tbody a").first.click()
    expect(page.locator("main mark").first).to_be_visible()
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
