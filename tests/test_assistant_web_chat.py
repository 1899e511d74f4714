"""The chat in a real Chromium, served by the real command over the real letter."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from chat_server import Server, free_port
from ingest.letter import Letter

pytestmark = pytest.mark.browser

QUESTION = "Wat staat er in het akkoord over huishoudelijke hulp?"
SECTION = "Huishoudelijke hulp"
FIRST_ANSWER = 300_000  # ms; the model loads and the index is built first
ANSWER = 15_000


# A page that is left aborts what it still asked for and says so; that is no error of the page.
LEFT = "addEventListener('beforeunload', () => { console.error = () => {}; });"


@dataclass
class Watch:
    """What the browser did: hosts it asked for and errors it met."""

    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The chat with an empty home folder, from the moment that its page is up."""
    running = Server.start(tmp_path_factory.mktemp("home"), free_port())
    try:
        running.wait_for_page()
        yield running
    finally:
        running.process.kill()
        running.process.wait()


@pytest.fixture(scope="module")
def watch() -> Watch:
    """What every page of this module did together."""
    return Watch()


@pytest.fixture
def page(server: Server, browser: Browser, watch: Watch) -> Iterator[Page]:
    """A new tab with the chat, watched; a dialog would be a script that ran."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en-US"
    )

    def meet(tab: Page) -> None:
        tab.on("console", lambda m: watch.errors.append(m.text) if m.type == "error" else None)
        tab.on("pageerror", lambda error: watch.errors.append(str(error)))
        tab.on("dialog", lambda dialog: watch.errors.append(f"dialog: {dialog.message}"))

    context.add_init_script(LEFT)
    context.on("page", meet)
    context.on("request", lambda request: watch.hosts.add(urlsplit(request.url).netloc))
    tab = context.new_page()
    tab.goto(server.address)
    tab.wait_for_selector("#question textarea")
    yield tab
    context.close()


def ask(page: Page, question: str, *, timeout: int = ANSWER) -> Locator:
    """Ask by keyboard and return the turn with the answer."""
    number = page.locator(".turn").count() + 1
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(f".turn:nth-of-type({number}) .answer h3", timeout=timeout, state="attached")
    return page.locator(".turn").nth(number - 1)


def test_first_question_waits_for_the_model(page: Page, server: Server) -> None:
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    waiting = page.locator(".turn .waiting").inner_text(timeout=5000)
    assert waiting.startswith("Vraagbaak laadt nog. Uw vraag wacht")
    assert "Dat duurt" in page.inner_text("#loading-message")
    page.wait_for_selector(".source", timeout=FIRST_ANSWER)
    assert SECTION in page.locator(".source .place").first.inner_text()
    page.wait_for_selector("#loading", state="hidden")
    assert any(line.startswith("Klaar") for _, line in server.lines)


def test_terminal_says_at_once_what_goes_on(server: Server) -> None:
    seconds, line = server.lines[0]
    assert line == f"Vraagbaak start; de pagina opent zo op {server.address} …"
    assert seconds < 3  # 0.9 s on two idle cores


def test_page_is_up_within_eight_seconds(server: Server) -> None:
    assert server.seconds_to_page < 8


def test_page_is_dutch_and_has_its_title(page: Page) -> None:
    assert page.get_attribute("html", "lang") == "nl"
    assert page.title() == "Vraagbaak"
    assert page.locator("h1").inner_text() == "Vraagbaak"
    assert page.get_by_label("Uw vraag").is_visible()
    assert "Gradio" not in page.inner_text("body")


def test_answer_shows_voice_place_and_marked_quote(page: Page, letter: Letter) -> None:
    turn = ask(page, QUESTION)
    assert turn.locator(".statements .voice").first.inner_text() in {"Akkoord", "VNG"}
    source = turn.locator(".source").first
    place = source.locator(".place").inner_text()
    assert re.search(rf"Hoofdstuk 5 › {SECTION} › Wat .+\? › alinea \d+ \(p\. \d+\)", place)
    url = source.get_by_role("link").get_attribute("href")
    assert url
    start, end = map(int, re.findall(r"citaat=(\d+)-(\d+)", url)[0])
    assert source.locator("mark").inner_text() == letter.text[start:end]
    passage = next(p for _, p in letter.places if p.start <= start and end <= p.end)
    assert source.locator("blockquote").inner_text() == passage.text
    assert turn.locator(".said").first.inner_text().startswith(letter.text[start:end][:40])


def test_source_link_opens_the_letter_at_the_marked_quote(page: Page) -> None:
    source = ask(page, QUESTION).locator(".source").first
    quote = source.locator("mark").inner_text()
    with page.expect_popup() as opened:
        source.get_by_role("link").click()
    reader = opened.value
    reader.wait_for_load_state()
    assert "".join(reader.locator("mark").all_inner_texts()) == quote
    assert reader.locator(".passage:target mark").count() == 1
    box = reader.locator("mark").first.bounding_box()
    assert box and 0 <= box["y"] < 900


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> huishoudelijke hulp?",
        "${alert(1)} {{alert(1)}} huishoudelijke hulp?",
        "</textarea></h2><b>vet</b> & 'aanhaling' \"dubbel\"",
    ],
)
def test_html_in_a_question_is_text(page: Page, watch: Watch, attack: str) -> None:
    for _ in range(2):  # the second time it is also part of the history
        turn = ask(page, attack)
        assert turn.locator(".question").text_content() == f"Uw vraag: {attack}"
    assert page.locator("#conversation :is(script, img, b)").count() == 0
    assert not [error for error in watch.errors if error.startswith("dialog")]


def test_everything_works_by_keyboard(page: Page) -> None:
    focused = "document.activeElement.tagName"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == "TEXTAREA":
            break
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".source", timeout=ANSWER)
    assert page.evaluate(focused) == "TEXTAREA"
    page.locator("a.marker").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className").split() == ["source", "open"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "marker"


def test_follow_up_takes_the_first_question_along(page: Page) -> None:
    ask(page, QUESTION)
    turn = ask(page, "En wat betekent dat voor gemeenten?")
    places = turn.locator(".source .place").all_inner_texts()
    assert any(SECTION in place for place in places)
    assert page.locator(".turn").count() == 2


def test_sample_question_is_asked_with_a_click(page: Page) -> None:
    sample = page.locator("#samples button").first
    text = sample.inner_text()
    sample.click()
    page.wait_for_selector(".turn .answer h3", state="attached", timeout=ANSWER)
    assert page.locator(".turn .question").text_content() == f"Uw vraag: {text}"
    assert page.locator("#samples").count() == 0


def test_new_conversation_forgets_the_old_one(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Nieuw gesprek").click()
    page.wait_for_selector("#samples")
    assert page.locator(".turn").count() == 0
    turn = ask(page, "Wat staat er over kinderopvang?")
    assert turn.locator(".resolved").count() == 0


def test_a_number_shows_its_quote_on_hover_and_focus_until_escape(page: Page) -> None:
    turn = ask(page, QUESTION)
    marker = turn.locator("a.marker").first
    quote = turn.locator(".source").first.locator("mark").inner_text()
    marker.hover()
    page.wait_for_selector("#quote")
    assert page.locator("#quote").inner_text().endswith(quote)
    page.keyboard.press("Escape")
    page.wait_for_selector("#quote", state="hidden")
    page.mouse.move(0, 0)
    page.locator("#question textarea").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "marker":
            break
    page.wait_for_selector("#quote")
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "quote"


def test_questions_to_go_on_with_are_answered(page: Page) -> None:
    ask(page, QUESTION)
    button = page.locator("#more button").first
    button.wait_for(timeout=ANSWER)
    text = button.inner_text()
    button.click()
    page.wait_for_selector(".turn:nth-of-type(2) .source", timeout=ANSWER)
    assert page.locator(".turn").nth(1).locator(".question").text_content() == f"Uw vraag: {text}"


def test_a_link_repeats_a_question_and_the_browser_remembers_it(page: Page, server: Server) -> None:
    page.goto(f"{server.address}?vraag=Wat%20staat%20er%20over%20kinderopvang%3F")
    page.wait_for_selector(".turn .answer h3", state="attached", timeout=2 * ANSWER)
    link = page.locator(".tools a").first.get_attribute("href")
    assert link == "/?vraag=Wat%20staat%20er%20over%20kinderopvang%3F"
    page.goto(server.address)
    page.locator("#history summary").click()
    page.get_by_role("button", name="Wat staat er over kinderopvang?").click()
    page.wait_for_selector(".turn .answer h3", state="attached", timeout=ANSWER)
    page.goto(server.address)
    page.locator("#history summary").click()
    page.get_by_role("button", name="Wis deze vragen").click()
    page.wait_for_selector("#history", state="hidden")
    page.reload()  # the conversation comes back, what was wiped does not
    page.wait_for_selector(".turn .answer h3", state="attached", timeout=2 * ANSWER)
    assert page.evaluate("localStorage.getItem('vraagbaak-vragen')") == "[]"


def test_refusal_is_calm_and_shows_the_nearest_places(page: Page) -> None:
    turn = ask(page, "Hoeveel leden telt de kerk van Rome?")
    assert turn.locator(".refusal h3").is_visible()
    assert turn.locator(".sources").count() == 0
    link = turn.locator(".nearest a").first
    assert (link.get_attribute("href") or "").startswith("/brief/")


@pytest.mark.parametrize("question", ["", "   "])
def test_empty_question_gets_a_hint(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.click("#send")
    page.wait_for_selector("#hint p")
    assert page.inner_text("#hint") == "Typ eerst uw vraag."
    assert page.locator(".turn").count() == 0


def test_very_long_question_gets_a_clear_answer(page: Page) -> None:
    turn = ask(page, "waarom " * 1500)
    assert turn.locator(".refusal .lead").inner_text()


@pytest.mark.parametrize("width", [320, 390])
def test_phone_shows_everything_without_scrolling_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    turn = ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    answer = turn.locator(".answer").bounding_box()
    sources = turn.locator(".sources").bounding_box()
    assert answer and sources and sources["y"] >= answer["y"] + answer["height"]


def test_nothing_left_the_machine_and_no_errors_came_up(server: Server, watch: Watch) -> None:
    assert watch.hosts <= {f"127.0.0.1:{server.port}"}
    assert watch.errors == []


def test_port_in_use_is_one_clear_line(server: Server, tmp_path: Path) -> None:
    second = Server.start(tmp_path, server.port)
    assert second.process.wait(30) == 2
    time.sleep(0.2)
    (line,) = [line for _, line in second.lines]
    assert f"Poort {server.port} is al in gebruik" in line
    assert "--port" in line


def test_ctrl_c_while_loading_ends_quietly(tmp_path: Path) -> None:
    server = Server.start(tmp_path, free_port())
    server.wait_for_page()
    assert server.stop() == 0
    time.sleep(0.2)
    assert server.lines[-1][1] == "Vraagbaak is gestopt."
    assert not [line for _, line in server.lines if "Traceback" in line or "Error" in line]
