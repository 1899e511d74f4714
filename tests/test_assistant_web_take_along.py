"""Taking a conversation along over HTTP: asked again, so that nothing posted becomes the letter's word."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect
from served_site import faults, served

from assistant.service import Assistant
from assistant.web.loading import LoadingAssistant
from assistant.web.site import create_site
from ingest.letter import Letter

QUESTION = "Hoeveel landen helpt VNG International?"
FOLLOW_UP = "En wat kost dat?"
CONVERSATION = [{"question": QUESTION}, {"question": FOLLOW_UP, "history": [QUESTION]}]


@pytest.fixture(scope="module")
def client(letter: Letter, assistant: Assistant) -> TestClient:
    loading = LoadingAssistant(lambda progress: assistant, report=lambda message: None)
    loading.start()
    return TestClient(create_site(loading, [letter], opened=lambda failure: None))


def posted(client: TestClient, conversation: object, form: str) -> tuple[int, str]:
    body = urlencode({"gesprek": json.dumps(conversation), "vorm": form})
    answer = client.post("/gesprek", content=body)
    return answer.status_code, answer.text


def test_text_holds_the_answers_to_the_questions(client: TestClient, assistant: Assistant) -> None:
    answer = client.post("/api/export", json={"turns": CONVERSATION, "format": "text"})
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="vraagbaak-{date.today().isoformat()}.txt"'
    )
    for found in (assistant.ask(QUESTION), assistant.ask(FOLLOW_UP, [QUESTION])):
        assert found.question in answer.text
        for statement in found.statements:
            assert statement.text in answer.text


def test_word_is_a_word_file(client: TestClient) -> None:
    answer = client.post("/api/export", json={"turns": CONVERSATION[:1]})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b"14 landen" in archive.read("word/document.xml")
        assert b"alinea" in archive.read("word/footnotes.xml")


def test_markdown_has_footnotes(client: TestClient) -> None:
    answer = client.post("/api/export", json={"turns": CONVERSATION[:1], "format": "markdown"})
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "\n[^1]: " in answer.text


def test_posted_answers_are_not_taken_over(client: TestClient) -> None:
    forged = [{"question": QUESTION, "answer": "Verzonnen", "statements": [{"text": "Verzonnen"}]}]
    answer = client.post("/api/export", json={"turns": forged, "format": "text"})
    assert answer.status_code == 200
    assert "Verzonnen" not in answer.text


def test_empty_conversation_is_said(client: TestClient) -> None:
    answer = client.post("/api/export", json={"turns": []})
    assert answer.status_code == 400
    assert "nog geen gesprek" in answer.json()["error"]
    for body in ("", urlencode({"gesprek": "[]"})):
        page = client.post("/gesprek", content=body)
        assert page.status_code == 400
        assert "Er is nog geen gesprek om mee te nemen. Stel eerst een vraag" in page.text
        assert 'href="/"' in page.text


@pytest.mark.parametrize("conversation", ["{", "3", [3], [{"q": 1}], [{"question": None}]])
def test_conversation_that_cannot_be_read_is_said(client: TestClient, conversation: object) -> None:
    status, text = posted(client, conversation, "word")
    assert status == 400
    assert "Het gesprek is niet te lezen" in text


def test_unknown_form_is_said(client: TestClient) -> None:
    assert posted(client, CONVERSATION, "pdf")[0] == 400


def test_too_long_a_conversation_is_said(client: TestClient) -> None:
    for conversation in ([{"question": "x"}] * 201, [{"question": "x" * 2_000_000}]):
        status, text = posted(client, conversation, "print")
        assert status in (400, 413)
        assert "te lang om mee te nemen" in text


def test_unknown_letter_is_said(client: TestClient) -> None:
    status, text = posted(client, [{"question": QUESTION, "documents": ["weg"]}], "word")
    assert status == 400
    assert "Er is geen brief met de naam" in text


def test_html_in_a_question_is_text(client: TestClient) -> None:
    status, text = posted(client, [{"question": "<script>alert(1)</script> landen?"}], "print")
    assert status == 200
    assert "<script>alert" not in text


@pytest.fixture(scope="module")
def address(letter: Letter, assistant: Assistant) -> Iterator[str]:
    with served([letter], assistant) as site:
        yield site


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_to_print_opens_from_a_form(browser: Browser, address: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_content(
        f"<form method=post action={address}/gesprek><input name=gesprek><button name=vorm value=print>Mee"
    )
    page.locator("input").fill(json.dumps(CONVERSATION))
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gesprek met Vraagbaak")
    page.evaluate("window.print = () => { document.title = 'afgedrukt' }")
    page.get_by_role("button", name="Druk af of bewaar als PDF").click()
    assert page.title() == "afgedrukt"
    page.get_by_role("link", name="noot 1", exact=True).first.click()
    expect(page.locator("#noot-1")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
    page.locator("#noot-1 a").click()
    expect(page.locator("main mark").first).to_be_visible()
    page.close()
