"""What a reader does in the chat, flow by flow, on a desktop and on a phone, over two letters.

And what axe-core says of the chat in each of its states, light and dark, wide and narrow.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from served_site import faults

from assistant.checks import Check, Verdict
from assistant.service import Assistant
from assistant.store import CheckStore
from chat_server import Server, free_port
from ingest.letter_store import LetterStore

pytestmark = pytest.mark.browser

OTHER = Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"
QUESTION = "Wat staat er in het akkoord over huishoudelijke hulp?"
BOTH = "Wat staat er in het akkoord over huishoudelijke hulp en wat betekent dat voor gemeenten?"
CHILDREN = "Wat staat er over kinderopvang?"
REFUSED = "Hoeveel leden telt de kerk van Rome?"
ANSWER = 20_000  # ms
DESKTOP, PHONE = (1280, 900), (390, 780)
AT = "2026-11-23T10:00:00+00:00"


@pytest.fixture(scope="module")
def two_letters(assistant: Assistant, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the index of the shipped letter, and one letter more."""
    copy = tmp_path_factory.mktemp("flows") / "home"
    shutil.copytree(home, copy)
    LetterStore(copy).add(OTHER)
    return copy


@pytest.fixture(scope="module")
def server(two_letters: Path) -> Iterator[Server]:
    running = Server.start(two_letters, free_port())
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.process.kill()
        running.process.wait()


def new_context(browser: Browser, size: tuple[int, int], scheme: str = "light") -> BrowserContext:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        has_touch=size == PHONE,
        accept_downloads=True,
    )
    # "Copy" works by way of the clipboard of the machine only where that is allowed.
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    context = new_context(browser, request.param)
    tab = context.new_page()
    tab.goto(server.address)
    tab.wait_for_selector("#question textarea")
    tab.wait_for_selector("#take-along", state="attached")
    yield tab
    assert tab.evaluate("document.documentElement.scrollWidth") == request.param[0]
    context.close()


def ask(page: Page, question: str) -> Locator:
    """Ask by keyboard and return the turn with the answer, once what to ask next is there too."""
    number = page.locator(".turn").count() + 1
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(f".turn:nth-of-type({number}) .answer h3", timeout=ANSWER, state="attached")
    return page.locator(".turn").nth(number - 1)


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_number_opens_its_source_and_there_is_a_way_back(page: Page) -> None:
    turn = ask(page, QUESTION)
    marker, source = turn.locator("a.marker").last, turn.locator(".source").last
    marker.click()
    expect(source).to_be_focused()
    expect(source.locator("mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()
    expect(marker).to_be_in_viewport()
    marker.press("Enter")
    source.get_by_role("button", name="Terug naar het antwoord").click()
    expect(marker).to_be_focused()
    expect(turn.get_by_role("button", name="Terug naar het antwoord")).to_have_count(0)


def test_quote_shows_at_its_number_within_the_screen(page: Page) -> None:
    marker = ask(page, QUESTION).locator("a.marker").first
    page.keyboard.press("Shift+Tab")
    marker.hover()
    expect(page.locator("#quote")).to_be_visible()
    box = page.locator("#quote").bounding_box()
    assert box and box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
    page.keyboard.press("Escape")
    expect(page.locator("#quote")).to_be_hidden()


def test_both_halves_stand_apart_with_the_cover_letter_on_its_own_side(page: Page) -> None:
    halves = ask(page, BOTH).locator(".half")
    expect(halves).to_have_count(2)
    assert set(halves.nth(0).locator(".voice").all_inner_texts()) == {"Akkoord"}
    assert set(halves.nth(1).locator(".voice").all_inner_texts()) == {"VNG"}


def test_place_and_answer_are_copied(page: Page) -> None:
    turn = ask(page, QUESTION)
    turn.get_by_role("button", name="Kopieer verwijzing").first.click()
    expect(page.locator("#copied")).to_have_text("Verwijzing gekopieerd.")
    assert re.search(r"hoofdstuk 5, Huishoudelijke hulp, .*alinea \d+, p\. \d+", copied(page))
    turn.get_by_role("button", name="Kopieer antwoord").click()
    expect(page.locator("#copied")).to_have_text("Antwoord gekopieerd, met de bronnen.")
    text = copied(page)
    assert turn.locator(".source mark").first.inner_text() in text
    assert QUESTION in text


def test_conversation_is_taken_along_as_word_markdown_and_print(page: Page, tmp_path: Path) -> None:
    expect(page.locator("#take-along")).to_be_hidden()  # nothing to take along yet
    quote = ask(page, QUESTION).locator(".source mark").first.inner_text()
    for name, suffix in (("Word", "docx"), ("Markdown", "md")):
        with page.expect_download() as downloading:
            page.get_by_role("button", name=name, exact=True).click()
        download = downloading.value
        assert download.suggested_filename.endswith(suffix)
        download.save_as(tmp_path / download.suggested_filename)
    (markdown,) = tmp_path.glob("*.md")
    assert quote in markdown.read_text(encoding="utf-8")
    (word,) = tmp_path.glob("*.docx")
    assert "word/footnotes.xml" in zipfile.ZipFile(word).namelist()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Afdrukken of PDF").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Antwoord van Vraagbaak")
    assert quote in opened.value.inner_text("main")


def test_export_of_an_empty_conversation_is_said(page: Page) -> None:
    with page.expect_popup() as opened:  # in one go: the page hides the form as long as there is no answer
        page.evaluate(
            "const form = document.getElementById('take-along'); form.hidden = false;"
            "form.querySelector('[value=print]').click()"
        )
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Het gesprek kan niet mee")
    opened.value.get_by_role("link", name="Ga naar de chat").click()
    expect(opened.value.locator("#question textarea")).to_be_visible(timeout=ANSWER)


def test_reaction_reaches_the_desk_and_a_checked_answer_says_so(page: Page, two_letters: Path) -> None:
    store = CheckStore.of_home(two_letters)
    question = f"{CHILDREN} {page.viewport_size['width']}"  # type: ignore[index]
    turn = ask(page, question)
    assert turn.locator(".checked").count() == 0
    turn.get_by_role("button", name="Niet nuttig").click()
    expect(turn.locator(".feedback textarea")).to_be_focused()
    page.keyboard.type("Ik mis het jaar.")
    turn.get_by_role("button", name="Verstuur").click()
    expect(turn.locator(".feedback [role=status]")).to_contain_text("Dank u.")
    item = store.item(store.count())
    assert (item.answer.question, item.feedback[0].remark) == (question, "Ik mis het jaar.")
    store.save(store.count(), 1, Check("AB", AT, (Verdict("right"),) * len(item.claims)))
    expect(ask_anew(page, question).locator(".checked")).to_have_text(
        "Gecontroleerd door griffie op 23 november 2026"
    )


def ask_anew(page: Page, question: str) -> Locator:
    page.get_by_role("button", name="Nieuw gesprek").click()
    expect(page.locator(".turn")).to_have_count(0)
    return ask(page, question)


def test_questions_to_go_on_with_lead_to_an_answer(page: Page) -> None:
    ask(page, QUESTION)
    button = page.locator("#more button").first
    text = button.inner_text(timeout=ANSWER)
    button.click()
    expect(page.locator(".turn").nth(1).locator(".source").first).to_be_visible(timeout=ANSWER)
    assert page.locator(".turn").nth(1).get_attribute("data-question") == text


def test_link_repeats_a_question_and_the_browser_remembers_it(page: Page, server: Server) -> None:
    ask(page, QUESTION)
    link = ask(page, CHILDREN).get_by_role("link", name="Koppeling naar deze vraag")
    link.click()
    turn = page.locator(".turn")
    expect(turn.locator(".source").first).to_be_visible(timeout=ANSWER)
    expect(turn).to_have_count(1)  # a link begins anew
    page.get_by_text("Uw eerdere vragen").click()
    page.locator("#history").get_by_role("button", name=QUESTION).click()
    expect(turn).to_have_count(2, timeout=ANSWER)


def test_reload_brings_the_conversation_and_what_was_typed_back(page: Page) -> None:
    ask(page, QUESTION)
    quotes = ask(page, CHILDREN).locator(".source mark").all_inner_texts()
    page.fill("#question textarea", "Wat kost dat gem")
    page.reload()
    turns = page.locator(".turn")
    expect(turns).to_have_count(2, timeout=ANSWER)
    assert turns.nth(1).locator(".source mark").all_inner_texts() == quotes
    expect(page.locator("#question textarea")).to_have_value("Wat kost dat gem")
    assert ask(page, REFUSED).locator(".refusal").is_visible()
    page.get_by_role("button", name="Nieuw gesprek").click()
    expect(turns).to_have_count(0)
    page.reload()
    expect(page.locator("#samples")).to_be_visible(timeout=ANSWER)
    page.wait_for_timeout(500)
    expect(turns).to_have_count(0)


def test_double_submit_is_asked_once(page: Page) -> None:
    page.fill("#question textarea", QUESTION)
    page.evaluate("() => { const send = document.getElementById('send'); send.click(); send.click(); }")
    expect(page.locator(".turn .source").first).to_be_visible(timeout=ANSWER)
    page.wait_for_timeout(1000)
    expect(page.locator(".turn")).to_have_count(1)


def test_letters_are_chosen_and_a_period_without_letters_is_said(page: Page) -> None:
    page.get_by_role("button", name="Kies brieven of een periode").click()
    page.get_by_role("checkbox").first.check()
    links = ask(page, CHILDREN).locator(".source a, .nearest a")
    documents = {str(link.get_attribute("href")).split("?")[0] for link in links.all()}
    assert documents == {str(page.locator(".letters a").first.get_attribute("href"))}
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_label("Brieven vanaf").fill("eergisteren")
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator("#hint p")).to_contain_text("eergisteren")
    expect(page.locator("#question textarea")).to_have_value(QUESTION)  # nothing is lost


def test_deep_link_to_a_paragraph_that_is_gone_is_said(page: Page) -> None:
    address = ask(page, QUESTION).get_by_role("link", name="Lees dit in de brief").first
    page.goto(re.sub("#.*", "#weg-alinea-9", str(address.evaluate("link => link.href"))))
    expect(page.locator(".notice:visible").first).to_be_visible()
    page.go_back()
    expect(page.locator(".turn .source").first).to_be_visible(timeout=ANSWER)


def test_page_can_be_used_at_200_percent(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    page = context.new_page()  # 1280 by 900 at 200%
    page.goto(server.address)
    turn = ask(page, QUESTION)
    turn.locator("a.marker").first.click()
    expect(turn.locator(".source.open mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 640
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, (320, 640)], ids=["wide", "narrow"])
def test_axe_finds_nothing(browser: Browser, server: Server, size: tuple[int, int], scheme: str) -> None:
    context = new_context(browser, size, scheme)
    page = context.new_page()
    page.goto(server.address)
    page.wait_for_selector("#samples button")
    expect(page.locator(".loading:visible")).to_have_count(0)
    found = {"empty": faults(page)}
    page.get_by_text("Meer over wat Vraagbaak").click()
    page.get_by_role("button", name="Kies brieven of een periode").click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    found["filter"] = faults(page)
    page.click("#send")
    expect(page.locator("#hint p")).to_be_visible()
    found["hint"] = faults(page)
    turn = ask(page, BOTH)
    expect(turn.locator(".half")).to_have_count(2)
    found["two columns"] = faults(page)
    ask(page, BOTH)  # names may not come twice
    ask(page, REFUSED)
    found["refusal"] = faults(page)
    turn.locator("a.marker").first.hover()
    expect(page.locator("#quote")).to_be_visible()
    found["quote"] = faults(page)
    turn.locator("a.marker").first.click()
    turn.get_by_role("button", name="Niet nuttig").click()
    page.get_by_text("Uw eerdere vragen").click()
    expect(page.locator("#take-along")).to_be_visible()
    found["source, feedback, history and export"] = faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    context.close()
    assert {state: said for state, said in found.items() if said} == {}


def test_lost_connection_loses_nothing(browser: Browser, two_letters: Path, tmp_path: Path) -> None:
    copy = tmp_path / "home"
    shutil.copytree(two_letters, copy)
    running = Server.start(copy, free_port())
    try:
        running.wait_until_ready()
        pages = [new_context(browser, size).new_page() for size in (DESKTOP, PHONE)]
        for page in pages:
            page.goto(running.address)
            ask(page, QUESTION)
        running.process.kill()
        running.process.wait()
        for page in pages:
            page.fill("#question textarea", CHILDREN)
            page.press("#question textarea", "Enter")
            expect(page.locator("#loading-message")).to_contain_text("Geen verbinding", timeout=ANSWER)
            expect(page.locator("#question textarea")).to_have_value(CHILDREN)
            expect(page.locator(".turn .source").first).to_be_visible()
            assert faults(page) == []
        running = Server.start(copy, running.port)
        running.wait_until_ready()
        for page in pages:
            page.reload()
            expect(page.locator(".turn .source").first).to_be_visible(timeout=ANSWER)
            expect(page.locator("#question textarea")).to_have_value(CHILDREN)
            ask(page, CHILDREN)
            expect(page.locator(".turn")).to_have_count(2)
            page.context.close()
    finally:
        running.process.kill()
        running.process.wait()
