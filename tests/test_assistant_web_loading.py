"""Loading in the background: questions wait, progress is said, a failure says what to do."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer
from assistant.web.app import AddressError, serve
from assistant.web.loading import LoadingAssistant, NotLoadedError
from assistant.web.site import create_site
from ingest.errors import LetterError


class Echo:
    """Answers with what it was asked; refuses the letter "weg"."""

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        if "weg" in documents:
            raise LetterError("De brief 'weg' is er niet.")
        resolved = " / ".join([*history, question])
        return Answer(question, resolved, "out_of_scope", f"Geen antwoord op: {question}")


def loading(load: Callable[[Callable[[str], None]], Echo]) -> tuple[LoadingAssistant, list[str]]:
    """An assistant that has begun to load, and what it reports."""
    reports: list[str] = []
    assistant = LoadingAssistant(load, report=reports.append)
    assistant.start()
    return assistant, reports


def test_question_waits_until_the_assistant_is_there() -> None:
    go_on = threading.Event()

    def load(progress: Callable[[str], None]) -> Echo:
        progress("Het taalmodel wordt geladen.")
        go_on.wait(10)
        return Echo()

    assistant, reports = loading(load)
    answers: list[Answer] = []
    asking = threading.Thread(target=lambda: answers.append(assistant.ask("Wat?")))
    asking.start()
    assert not assistant.wait(0.05)
    status = assistant.status
    assert (status.state, status.message) == ("laden", "Het taalmodel wordt geladen.")
    assert answers == []
    go_on.set()
    asking.join(10)
    assert answers[0].question == "Wat?"
    assert assistant.status.state == "klaar"
    assert reports == ["Het taalmodel wordt geladen.", "Klaar: u kunt uw vraag stellen."]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LetterError("De brief is leeg. Kies een andere."), "De brief is leeg. Kies een andere."),
        (RuntimeError("kapot"), "Vraagbaak kon niet worden geladen (kapot). Stop Vraagbaak"),
        (RuntimeError(), "Vraagbaak kon niet worden geladen (RuntimeError). Stop Vraagbaak"),
    ],
)
def test_failure_says_what_to_do(error: Exception, said: str) -> None:
    def load(progress: Callable[[str], None]) -> Echo:
        raise error

    assistant, reports = loading(load)
    assert assistant.wait(10)
    assert assistant.status.state == "fout"
    assert assistant.status.message.startswith(said)
    assert reports == [assistant.status.message]
    with pytest.raises(NotLoadedError, match=re.escape(said)):
        assistant.ask("Wat?")


def client_of(load: Callable[[Callable[[str], None]], Echo]) -> TestClient:
    return TestClient(create_site(loading(load)[0], [], opened=lambda failure: None))


def test_question_by_http_gets_the_whole_answer() -> None:
    body = {"question": "En dan?", "history": ["Wat?"], "documents": []}
    answer = client_of(lambda progress: Echo()).post("/api/ask", json=body)
    assert answer.status_code == 200
    assert answer.json() == Echo().ask("En dan?", ["Wat?"]).to_dict()


def test_unknown_letter_by_http_is_a_dutch_message() -> None:
    body = {"question": "Wat?", "documents": ["weg"]}
    answer = client_of(lambda progress: Echo()).post("/api/ask", json=body)
    assert (answer.status_code, answer.json()) == (400, {"error": "De brief 'weg' is er niet."})


def test_question_by_http_after_a_failure_says_so() -> None:
    def load(progress: Callable[[str], None]) -> Echo:
        raise LetterError("De brief is leeg.")

    answer = client_of(load).post("/api/ask", json={"question": "Wat?"})
    assert answer.status_code == 503
    assert answer.json()["error"].startswith("De brief is leeg.")


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", 70_000, "Poort 70000 bestaat niet"),
        ("127.0.0.1", -1, "Poort -1 bestaat niet"),
        ("niet.een.adres.invalid", 0, "kan niet starten op 'niet.een.adres.invalid'"),
    ],
)
def test_address_that_cannot_be_used_is_said_in_dutch(host: str, port: int, said: str) -> None:
    with pytest.raises(AddressError, match=said):
        serve(lambda progress: Echo(), (), host=host, port=port, open_browser=False)
