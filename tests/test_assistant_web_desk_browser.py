"""The desk in a real Chromium over the real letter: flows, nothing lost, keyboard, accessibility."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from assistant.checks import Check, Verdict
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.store import CheckStore
from assistant.web.loading import LoadingAssistant
from assistant.web.site import create_site
from ingest.letter import Letter

pytestmark = pytest.mark.browser

QUESTIONS = [
    "Wat is het plan met huishoudelijke hulp?",
    "Hoe hoog is het dreigende tekort in de jeugdzorg in 2030?",
    "Hoeveel krijgt Enschede uit het Gemeenschapsfonds?",
]
AT = "2026-11-23T10:00:00+00:00"
DESKTOP, PHONE, NARROW = (1280, 900), (390, 800), (320, 640)
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass
class Desk:
    """The running site, without the chat, and its store."""

    address: str
    store: CheckStore

    def fill(self, assistant: Assistant) -> None:
        """Put the answers to the questions in the queue, the first one by a reader."""
        for item in self.store.items():
            self.store.remove(item.number)
        answers = [assistant.ask(question) for question in QUESTIONS]
        self.store.add_feedback(answers[0], (), useful=False, remark="Klopt dit wel?")
        for answer in answers[1:]:
            self.store.add(answer, (), "run")

    @property
    def numbers(self) -> list[int]:
        return [entry.number for entry in self.store.entries()]


@pytest.fixture(scope="module")
def running(assistant: Assistant, letter: Letter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("desk")
    loading = LoadingAssistant(lambda progress: assistant, report=lambda message: None)
    loading.start()
    site = create_site(loading, [letter], opened=lambda failure: None, settings=Settings(home=home))
    server = uvicorn.Server(uvicorn.Config(site, port=0, lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Desk(f"http://127.0.0.1:{port}", CheckStore.of_home(home))
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def desk(running: Desk, assistant: Assistant) -> Desk:
    """The desk with three answers to do."""
    running.fill(assistant)
    return running


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    yield from _context(browser, request.param)


@pytest.fixture
def wide(browser: Browser) -> Iterator[BrowserContext]:
    yield from _context(browser, DESKTOP)


def _context(browser: Browser, size: tuple[int, int]) -> Iterator[BrowserContext]:
    """A browser of its own that fails the test on any error of a script or of the security policy."""
    errors: list[str] = []
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, reduced_motion="reduce")  # type: ignore[arg-type]
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda m: errors.append(m.text) if "Content Security Policy" in m.text else None)
    yield context
    context.close()
    assert errors == []


def open_item(context: BrowserContext, desk: Desk, place: int = 0) -> Page:
    page = context.new_page()
    page.goto(f"{desk.address}/controle/{desk.numbers[place]}")
    return page


def judge_all(page: Page, label: str = "Juist") -> None:
    for claim in page.locator(".claim").all():
        claim.get_by_label(label, exact=True).check()


def test_answer_is_judged_and_the_next_one_opens(context: BrowserContext, desk: Desk) -> None:
    page = context.new_page()
    page.goto(f"{desk.address}/controle")
    page.get_by_role("link", name=QUESTIONS[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[0])
    expect(page.locator(".reactions")).to_contain_text("Klopt dit wel?")
    judge_all(page)
    page.get_by_label("Uw initialen").fill("JdV")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[1])
    expect(page.get_by_role("status").first).to_have_text("Uw oordeel is bewaard.")
    expect(page.get_by_label("Uw initialen")).to_have_value("JdV")  # remembered
    first = desk.store.item(desk.numbers[0])
    assert first.check and first.check.approves and not first.open


def test_right_paragraph_is_picked_by_a_click(context: BrowserContext, desk: Desk, letter: Letter) -> None:
    page = open_item(context, desk)
    claim = page.locator(".claim").first
    claim.get_by_label("Onjuist", exact=True).check()
    claim.get_by_role("button", name="Wijs de juiste alinea aan").click()
    page.get_by_label("Zoek in de brief").fill("bibliotheken laaggeletterdheid")
    expect(page.locator("#picker-status")).to_have_text("1 alinea gevonden")
    option = page.get_by_role("option").first
    text = option.text_content()
    option.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(claim.locator(".chosen")).to_contain_text("Bibliotheken")
    page.get_by_label("Uw initialen").fill("AB")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("status").first).to_contain_text("blijft open")
    check = desk.store.item(desk.numbers[0]).check
    assert check and check.verdicts[0].place
    place = check.verdicts[0].place
    assert (place.text, letter.text[place.start : place.end]) == (text, text)


def test_everything_works_by_keyboard(wide: BrowserContext, desk: Desk) -> None:
    page = open_item(wide, desk)
    page.get_by_text("Sneltoetsen", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Gebruik sneltoetsen").focus()
    page.keyboard.press("Space")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("2")
    page.keyboard.press("p")
    expect(page.get_by_role("listbox")).to_be_focused()
    cited = page.locator("[role=option].active").get_attribute("data-place")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    picked = page.locator("[name=place-0]").input_value()
    assert picked and picked != cited
    expect(page.locator("#judgement-0-wrong")).to_be_focused()
    claims = page.locator(".claim").count()
    for _ in range(1, claims):
        page.keyboard.press("j")
        page.keyboard.press("1")
    page.keyboard.press("o")
    page.keyboard.type("b1 klopt")  # letters of shortcuts are text here
    page.keyboard.press("Tab")
    page.get_by_label("Uw initialen").focus()
    page.keyboard.type("AB")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[1])
    check = desk.store.item(desk.numbers[0]).check
    assert check
    assert [v.judgement for v in check.verdicts] == ["wrong", *["right"] * (claims - 1)]
    assert check.verdicts[-1].remark == "b1 klopt"


def test_shortcuts_are_off_until_they_are_turned_on(wide: BrowserContext, desk: Desk) -> None:
    page = open_item(wide, desk)
    page.locator("#judgement-0-right").focus()
    page.keyboard.press("2")
    expect(page.locator("#judgement-0-wrong")).not_to_be_checked()


def test_escape_leaves_the_picker_without_a_choice(wide: BrowserContext, desk: Desk) -> None:
    page = open_item(wide, desk)
    page.locator("#choose-0").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#choose-0")).to_be_focused()
    assert page.locator("[name=place-0]").input_value() == ""


def test_picked_paragraph_is_taken_back(wide: BrowserContext, desk: Desk) -> None:
    page = open_item(wide, desk)
    page.locator("#choose-0").click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Wis de juiste alinea").first.click()
    assert page.locator("[name=place-0]").input_value() == ""
    expect(page.locator(".chosen").first).to_be_hidden()


def test_reload_in_the_middle_loses_nothing(context: BrowserContext, desk: Desk) -> None:
    page = open_item(context, desk)
    page.locator(".claim").first.get_by_label("Onvolledig", exact=True).check()
    page.locator("#remark-0").fill("Het jaar ontbreekt.")
    page.locator("#choose-0").click()
    page.get_by_role("option").nth(2).click()
    picked = page.locator("[name=place-0]").input_value()
    page.reload()
    expect(page.locator("#restored [role=status]")).to_have_text(
        "Wat u eerder invulde en nog niet bewaarde, staat er weer."
    )
    expect(page.locator("#judgement-0-incomplete")).to_be_checked()
    expect(page.locator("#remark-0")).to_have_value("Het jaar ontbreekt.")
    assert page.locator("[name=place-0]").input_value() == picked
    expect(page.locator(".chosen").first).to_contain_text("alinea")
    page.get_by_role("link", name="Wis wat ik invulde").click()
    expect(page.locator("#remark-0")).to_have_value("")
    expect(page.locator("#restored")).to_be_hidden()


def test_lost_connection_is_said_and_nothing_is_lost(context: BrowserContext, desk: Desk) -> None:
    page = open_item(context, desk)
    judge_all(page)
    page.get_by_label("Uw initialen").fill("AB")
    context.set_offline(True)
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.locator("#lost")).to_contain_text("Geen verbinding met Vraagbaak. Er is niets bewaard.")
    assert desk.store.item(desk.numbers[0]).check is None
    context.set_offline(False)
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[1])
    assert desk.store.item(desk.numbers[0]).check


def test_double_click_saves_once(wide: BrowserContext, desk: Desk) -> None:
    page = open_item(wide, desk)
    sent: list[str] = []

    def slowly(route: Route) -> None:
        sent.append(route.request.method)
        time.sleep(0.3)
        route.continue_()

    page.route(
        "**/controle/*", lambda route: slowly(route) if route.request.method == "POST" else route.continue_()
    )
    judge_all(page)
    page.get_by_label("Uw initialen").fill("AB")
    page.get_by_role("button", name="Bewaar en ga verder").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[1])
    assert sent == ["POST"]
    assert len(desk.store.changes(desk.numbers[0])) == 1


def test_two_people_on_one_answer_both_keep_their_work(context: BrowserContext, desk: Desk) -> None:
    page = open_item(context, desk)
    judge_all(page)
    page.locator("#remark-0").fill("Van mij")
    page.get_by_label("Uw initialen").fill("AB")
    number = desk.numbers[0]
    claims = len(desk.store.item(number).claims)
    desk.store.save(number, 1, Check("CD", AT, (Verdict("wrong", "Van de ander"),) * claims))
    page.get_by_role("button", name="Bewaar en ga verder").click()
    message = page.get_by_role("alert").filter(has_text="Iemand anders was u voor")
    expect(message).to_be_focused()
    expect(message).to_contain_text("CD heeft dit antwoord")
    expect(message).to_contain_text("Van de ander")
    expect(page.locator("#remark-0")).to_have_value("Van mij")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[1])
    assert [change.who for change in desk.store.changes(number)] == ["AB", "CD"]


def test_missing_initials_are_asked_for_at_their_field(context: BrowserContext, desk: Desk) -> None:
    page = open_item(context, desk)
    judge_all(page)
    page.get_by_role("button", name="Bewaar en ga verder").click()
    problems = page.get_by_role("alert").filter(has_text="Nog niet bewaard")
    expect(problems).to_be_focused()
    problems.get_by_role("link").click()
    expect(page.get_by_label("Uw initialen")).to_be_focused()
    expect(page.locator("#judgement-0-right")).to_be_checked()


def test_typed_question_is_asked_and_a_run_is_taken_in(
    context: BrowserContext, desk: Desk, assistant: Assistant, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{desk.address}/controle")
    page.get_by_label("Uw vraag").fill("Waar staat iets over bibliotheken?")
    page.get_by_role("button", name="Stel vraag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar staat iets over bibliotheken?")
    run = tmp_path / "run.jsonl"
    run.write_text(json.dumps(assistant.ask("Wat willen ze met fatbikes?").to_dict()), encoding="utf-8")
    page.get_by_role("link", name="Terug naar de lijst").click()
    page.get_by_label("Bestand met antwoorden").set_input_files(run)
    page.get_by_role("button", name="Zet in de lijst").click()
    expect(page.get_by_role("status").first).to_have_text("Toegevoegd: 1. Stond er al: 0.")
    assert desk.store.count() == 5


def test_filter_and_set_of_what_was_checked(wide: BrowserContext, desk: Desk, tmp_path: Path) -> None:
    number = desk.numbers[2]
    desk.store.save(number, 1, Check("AB", AT, (Verdict("right"),)))
    page = wide.new_page()
    page.goto(f"{desk.address}/controle")
    assert page.locator(".queue li").count() == 2
    page.get_by_label("Klaar").check()
    page.get_by_role("button", name="Toon deze antwoorden").click()
    expect(page.locator(".queue li")).to_have_count(1)
    expect(page.locator(".queue .state")).to_have_text("Juist")
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar wat gecontroleerd is als vragenset").click()
    download.value.save_as(tmp_path / "set.jsonl")
    case = json.loads((tmp_path / "set.jsonl").read_text(encoding="utf-8"))
    assert (case["question"], case["answerable"]) == (QUESTIONS[2], False)


def test_form_saves_without_javascript(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = open_item(context, desk)
    expect(page.locator(".choose").first).to_be_hidden()
    judge_all(page)
    page.get_by_label("Uw initialen").fill("AB")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTIONS[1])
    context.close()
    assert desk.store.item(desk.numbers[0]).check


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, desk: Desk, size: tuple[int, int], scheme: str
) -> None:
    number = desk.numbers[0]
    claims = len(desk.store.item(number).claims)
    desk.store.save(number, 1, Check("AB", AT, (Verdict("wrong", "Nee."),) + (Verdict(),) * (claims - 1)))
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found: dict[str, str] = {}

    def look(name: str) -> None:
        result = Axe().run(page, options=ALL_RULES)
        if result.violations_count:
            found[name] = result.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], name

    paths = [
        "/controle",
        "/controle/0",
        "/over",
        "/toegankelijkheid",
        *(f"/controle/{n}" for n in desk.numbers),
    ]
    for path in paths:
        page.goto(desk.address + path)
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        look(path)
    page.goto(f"{desk.address}/controle/{number}")
    page.locator("#choose-0").click()
    page.get_by_role("option").first.wait_for()
    look("picker")
    page.keyboard.press("Escape")
    page.get_by_label("Uw initialen").fill("")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.get_by_role("alert").filter(has_text="Nog niet bewaard").wait_for()
    look("problems")
    context.close()
    assert found == {}
