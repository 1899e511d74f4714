"""The desk, feedback and the pages about the assistant, as a browser without JavaScript meets them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from answers import WordFinder, answer_of
from assistant.answer import Answer
from assistant.checks import Check, Verdict
from assistant.question_log import QuestionLog
from assistant.settings import Settings
from assistant.store import CheckStore
from assistant.web.feedback import checked_label
from assistant.web.loading import LoadingAssistant
from assistant.web.site import create_site
from ingest.letter import Letter

ATTACK = '<script>alert(1)</script> ‘x’ & "y"'
AT = "2026-11-23T10:00:00+00:00"
RIGHT = Verdict("right")


@pytest.fixture
def store(tmp_path: Path) -> CheckStore:
    return CheckStore.of_home(tmp_path)


def site(letter: Letter, home: Path, *, log_questions: bool = False) -> TestClient:
    log = QuestionLog.of_home(home).add if log_questions else None
    assistant = LoadingAssistant(lambda progress: WordFinder(letter), report=lambda message: None, log=log)
    assistant.start()
    assistant.wait(10)
    settings = Settings(home=home, log_questions=log_questions)
    site = create_site(assistant, [letter], opened=lambda failure: None, settings=settings)
    return TestClient(site, "http://127.0.0.1", client=("127.0.0.1", 50000))


@pytest.fixture
def client(letter: Letter, tmp_path: Path) -> TestClient:
    return site(letter, tmp_path)


@pytest.fixture
def number(store: CheckStore, letter: Letter) -> int:
    """An answer of two statements in the queue."""
    return store.add(answer_of(letter, "Wat staat er?", 40, 60), (), "run")[0]


def filled(**fields: str) -> dict[str, str]:
    """A form in which all is well, but for ``fields``."""
    form = {"version": "1", "initials": "AB", "judgement-0": "right", "judgement-1": "right"}
    return form | {name.replace("_", "-"): value for name, value in fields.items()}


def test_empty_queue_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/controle")
    assert answer.status_code == 200
    assert "De lijst is leeg. Stel hierboven een vraag" in answer.text


def test_typed_question_is_asked_and_opens_its_answer(client: TestClient, store: CheckStore) -> None:
    answer = client.post("/controle/vraag", data={"question": "Wat staat er over woningbouw?"})
    assert str(answer.url).endswith("/controle/1?melding=toegevoegd")
    assert "Wat staat er over woningbouw?" in answer.text
    assert store.item(1).source == "typed"
    again = client.post("/controle/vraag", data={"question": "wat staat er over woningbouw"})
    assert "stond al in de lijst" in again.text
    assert store.count() == 1


def test_empty_typed_question_is_not_put_in_the_queue(client: TestClient, store: CheckStore) -> None:
    answer = client.post("/controle/vraag", data={"question": "  "})
    assert answer.status_code == 422
    assert "U hebt nog geen vraag gesteld." in answer.text
    assert store.count() == 0


def test_typed_question_waits_in_its_field_while_loading(letter: Letter, tmp_path: Path) -> None:
    assistant = LoadingAssistant(lambda progress: WordFinder(letter), report=lambda message: None)
    site = create_site(assistant, [letter], opened=lambda failure: None, settings=Settings(home=tmp_path))
    answer = TestClient(site, "http://127.0.0.1", client=("127.0.0.1", 50000)).post(
        "/controle/vraag", data={"question": ATTACK}
    )
    assert answer.status_code == 503
    assert "Vraagbaak laadt nog. Uw vraag staat nog in het veld" in answer.text
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt; ‘x’ &amp; &#34;y&#34;"' in answer.text


def test_run_is_uploaded(client: TestClient, letter: Letter) -> None:
    good = answer_of(letter, "Wat staat er?", 40)
    other = replace(good, citations=(replace(good.citations[0], document="weg"),))
    data = "\n".join(json.dumps(answer.to_dict()) for answer in (good, other))
    for new, old in ((1, 0), (0, 1)):
        answer = client.post("/controle/invoer", files={"file": ("run.jsonl", data)})
        assert f"Toegevoegd: {new}. Stond er al: {old}. Overgeslagen: 1" in answer.text
        assert "de eerste is regel 2" in answer.text


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"file": ("run.jsonl", b"{}")}, "Regel 1 van &#39;run.jsonl&#39; is geen antwoord."),
        ({"file": ("<b>.jsonl", b"\xff")}, "&lt;b&gt;.jsonl"),
        ({"other": ("x", b"")}, "Kies eerst een bestand"),
    ],
)
def test_upload_that_is_no_run_is_said(client: TestClient, files: object, said: str) -> None:
    answer = client.post("/controle/invoer", files=files)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert said in answer.text


def test_answer_stands_beside_its_marked_quotes(client: TestClient, number: int, letter: Letter) -> None:
    html = client.get(f"/controle/{number}").text
    for citation in answer_of(letter, "", 40, 60).citations:
        assert citation.label in html
    assert html.count("<mark>") == 2
    assert html.count('class="differs"') == 0
    assert html.count("Cijfers en namen staan zo in het citaat.") == 2


def test_figures_and_names_that_differ_are_marked_on_both_sides(
    client: TestClient, store: CheckStore, letter: Letter
) -> None:
    answer = next(
        found
        for found in (answer_of(letter, "Wat?", n) for n in range(40, 200))
        if re.search(r"\b2029\b", found.statements[0].text)
    )
    worded = replace(answer.statements[0], text=answer.statements[0].text.replace("2029", "2031"))
    number, _ = store.add(replace(answer, answer=worded.text, statements=(worded,)), (), "run")
    html = client.get(f"/controle/{number}").text
    assert '<span class="differs">2031</span>' in html
    assert '<span class="differs">2029</span>' in html
    assert "Wel in het antwoord, niet in het citaat: <strong>2031</strong>" in html


def test_check_is_saved_and_the_next_answer_opens(
    client: TestClient, store: CheckStore, number: int, letter: Letter
) -> None:
    following, _ = store.add(answer_of(letter, "Nog een?", 70), (), "run")
    _, passage = list(letter.places)[90]
    place = f"{letter.slug}:{passage.start}-{passage.end}"
    form = filled(judgement_0="wrong", remark_0=" Zie Wmo.\r\nEcht. ", place_0=place)
    answer = client.post(f"/controle/{number}", data=form)
    assert str(answer.url).endswith(f"/controle/{following}?melding=bewaard")
    check = store.item(number).check
    assert check and check.initials == "AB"
    first, second = check.verdicts
    assert (first.judgement, first.remark, second) == ("wrong", "Zie Wmo.\nEcht.", RIGHT)
    assert first.place and first.place.text == passage.text
    shown = client.get(f"/controle/{number}").text
    assert f"alinea {passage.number} (p. {passage.page})</span>" in shown
    assert "Geschiedenis (1)" in shown
    last = client.post(f"/controle/{following}", data=filled())
    assert "Alle antwoorden in de lijst zijn nu gecontroleerd." in last.text


def test_partly_judged_answer_stays(client: TestClient, number: int) -> None:
    form = filled()
    del form["judgement-1"]
    answer = client.post(f"/controle/{number}", data=form)
    assert str(answer.url).endswith(f"/controle/{number}?melding=deels")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"initials": ""}, "initials"),
        ({"initials": "<b>"}, "initials"),
        ({"judgement_0": "", "judgement_1": "x", "remark_0": ""}, "judgement-0-right"),
        ({"remark_1": "x" * 2001}, "remark-1"),
        ({"place_0": "weg:1-2"}, "choose-0"),
        ({"place_0": "x"}, "choose-0"),
    ],
)
def test_form_that_is_not_right_comes_back_as_it_was(
    client: TestClient, store: CheckStore, number: int, fields: dict[str, str], field: str
) -> None:
    answer = client.post(f"/controle/{number}", data=filled(remark_0=ATTACK) | filled(**fields))
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}"' in answer.text
    assert "<script>alert" not in answer.text
    assert store.item(number).check is None


def test_second_person_sees_both_and_may_save_after_all(
    client: TestClient, store: CheckStore, number: int
) -> None:
    client.post(f"/controle/{number}", data=filled(initials="CD", judgement_1="wrong", remark_1="Van CD"))
    answer = client.post(f"/controle/{number}", data=filled(remark_0="Van AB"))
    assert answer.status_code == 409
    assert "Iemand anders was u voor" in answer.text
    assert "‘Van CD’" in answer.text
    assert ">Van AB</textarea>" in answer.text
    assert 'value="AB"' in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert version
    client.post(f"/controle/{number}", data=filled(remark_0="Van AB", version=version[1]))
    assert [change.who for change in store.changes(number)] == ["AB", "CD"]


def test_double_submit_is_saved_once(client: TestClient, store: CheckStore, number: int) -> None:
    for _ in range(2):
        assert client.post(f"/controle/{number}", data=filled()).status_code == 200
    assert len(store.changes(number)) == 1


def test_answer_whose_letter_changed_says_so_and_is_asked_again(
    client: TestClient, store: CheckStore, letter: Letter
) -> None:
    old = answer_of(letter, "Wat staat er over woningbouw?", 40)
    gone = replace(old, citations=(replace(old.citations[0], passage="Zo stond het er."),))
    number, _ = store.add(gone, (), "run")
    assert "De brief is veranderd sinds dit antwoord" in client.get(f"/controle/{number}").text
    again = client.post("/controle/vraag", data={"question": old.question})
    assert "De brief is veranderd" not in again.text
    assert store.count() == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/controle/99", 404),
        ("/controle/0", 404),
        ("/controle/x", 404),
        (f"/controle/{'9' * 30}", 404),
        ("/controle?vanaf=x", 404),
        ("/controle?vanaf=-1", 404),
        ("/controle/brief/weg", 404),
        ("/controle/vragenset.jsonl", 404),
        ("/controle?toon=x&bron=y&vanaf=50", 200),
    ],
)
def test_address_that_is_not_there_is_a_dutch_page(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert '<html lang="nl">' in answer.text
    assert 'href="/controle"' in answer.text


def test_letter_to_pick_from_has_every_paragraph(client: TestClient, letter: Letter) -> None:
    html = client.get(f"/controle/brief/{letter.slug}").text
    places = re.findall(r'data-place="([^"]+)"', html)
    assert places == [f"{letter.slug}:{p.start}-{p.end}" for _, p in letter.places]


def test_set_is_given_out(client: TestClient, store: CheckStore, number: int) -> None:
    store.save(number, 1, Check("AB", AT, (RIGHT, RIGHT)))
    answer = client.get("/controle/vragenset.jsonl")
    assert answer.headers["content-disposition"] == 'attachment; filename="controle-vragenset.jsonl"'
    assert json.loads(answer.text)["id"] == f"controle-{number}"


def test_html_in_what_was_sent_is_text(client: TestClient, store: CheckStore, letter: Letter) -> None:
    answer = replace(answer_of(letter, ATTACK, 40), answer=ATTACK)
    number = store.add_feedback(answer, (ATTACK,), useful=False, remark=ATTACK)
    verdicts = tuple(Verdict("wrong", ATTACK) for _ in store.item(number).claims)
    store.save(number, 1, Check("AB", AT, verdicts))
    for path in (f"/controle/{number}", "/controle?toon=all"):
        assert "<script>alert" not in client.get(path).text


def test_nothing_is_changed_by_get_or_from_another_site(
    client: TestClient, store: CheckStore, number: int
) -> None:
    foreign = {"Origin": "http://elders.example", "Sec-Fetch-Site": "cross-site"}
    for path in ("/controle/vraag", "/controle/invoer", f"/controle/{number}"):
        answer = client.post(path, data=filled(question="Wat?"), headers=foreign)
        assert answer.status_code == 403
        assert "kwam van een andere website" in answer.text
    client.get(f"/controle/{number}", params=filled())
    assert client.get("/controle/vraag").status_code == 404
    assert (store.count(), store.item(number).check) == (1, None)


def test_desk_pages_run_our_scripts_only_and_post_to_ourselves_only(client: TestClient, number: int) -> None:
    for path in ("/controle", f"/controle/{number}"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'self';")
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["referrer-policy"] == "same-origin"  # with none, Origin would be "null"
        assert set(re.findall(r"<script[^>]*>", answer.text)) <= {
            '<script src="/web/desk.js" defer>',
            '<script src="/web/picker.js" defer>',
        }


def test_damaged_store_is_said_and_the_rest_goes_on(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "controle.sqlite3").write_bytes(b"kapot" * 1000)
    for answer in (client.get("/controle"), client.get("/controle/1")):
        assert answer.status_code == 503
        assert "is beschadigd. Het is niet veranderd." in answer.text
    body = {"question": "Wat staat er over woningbouw?"}
    asked = client.post("/api/ask", json=body)
    assert asked.json()["status"] == "answered"
    feedback = client.post("/api/feedback", json=body | {"useful": True})
    assert (feedback.status_code, "is beschadigd" in feedback.json()["error"]) == (503, True)


def test_feedback_asks_the_question_itself_and_goes_to_the_queue(
    client: TestClient, store: CheckStore, letter: Letter
) -> None:
    body = {"question": "En de woningbouw?", "history": ["Wat wil het kabinet?"], "useful": False}
    answer = client.post("/api/feedback", json=body | {"remark": " Te kort. ", "answer": "Verzonnen"})
    assert answer.json() == {"message": "Dank u. Uw reactie ligt nu bij wie de antwoorden controleert."}
    item = store.item(1)
    assert item.answer == WordFinder(letter).ask("En de woningbouw?", ["Wat wil het kabinet?"])
    assert (item.source, item.history) == ("feedback", ("Wat wil het kabinet?",))
    assert [(f.useful, f.remark) for f in item.feedback] == [(False, "Te kort.")]
    page = client.get("/controle/1").text
    assert "Te kort." in page
    assert "Gevraagd na: ‘Wat wil het kabinet?’" in page


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"question": "Wat?"}, 422),
        ({"question": "Wat?", "useful": True, "remark": "x" * 2001}, 422),
        ({"question": "x" * 2001, "useful": True}, 422),
        ({"question": "Wat?", "useful": True, "history": ["x"] * 21}, 422),
        ({"question": " ", "useful": True}, 400),
        ({"question": "Wat?", "useful": True, "remark": "x" * 70_000}, 413),
    ],
)
def test_feedback_that_is_not_right_is_said_and_not_kept(
    client: TestClient, store: CheckStore, body: dict[str, object], status: int
) -> None:
    answer = client.post("/api/feedback", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert store.count() == 0


def test_feedback_is_limited_by_the_minute(client: TestClient) -> None:
    body = {"question": "Wat staat er over woningbouw?", "useful": True}
    codes = [client.post("/api/feedback", json=body).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_feedback_from_another_site_is_refused(client: TestClient, store: CheckStore) -> None:
    body = {"question": "Wat staat er over woningbouw?", "useful": True}
    answer = client.post("/api/feedback", json=body, headers={"Origin": "http://elders.example"})
    assert answer.status_code == 403
    assert store.count() == 0


def test_checked_answer_is_told_until_it_changes(
    client: TestClient, store: CheckStore, letter: Letter
) -> None:
    body = {"question": "Wat staat er over woningbouw?"}
    assert client.post("/api/checked", json=body).json() == {"checked": None}
    answer = WordFinder(letter).ask(body["question"])
    number, _ = store.add(answer, (), "typed")
    store.save(number, 1, Check("AB", AT, (RIGHT,) * len(store.item(number).claims)))
    label = "Gecontroleerd door griffie op 23 november 2026"
    assert client.post("/api/checked", json=body).json() == {"checked": {"at": AT, "label": label}}
    assert checked_label(store, answer) == label
    changed = replace(answer.citations[0], passage="Anders.")
    assert checked_label(store, replace(answer, citations=(changed,))) == ""


def test_label_is_left_out_when_the_store_cannot_be_read(tmp_path: Path, letter: Letter) -> None:
    (tmp_path / "controle.sqlite3").write_bytes(b"kapot" * 1000)
    assert checked_label(CheckStore.of_home(tmp_path), answer_of(letter, "Wat?", 40)) == ""


def test_questions_are_kept_only_when_the_operator_says_so(letter: Letter, tmp_path: Path) -> None:
    body = {"question": "Wat staat er over woningbouw?"}
    off, on = tmp_path / "uit", tmp_path / "aan"
    client = site(letter, off)
    client.post("/api/ask", json=body)
    client.post("/api/checked", json=body)
    client.get("/controle")
    assert not off.exists()
    assert "Uw vragen worden niet bewaard</strong>" in client.get("/over").text
    client = site(letter, on, log_questions=True)
    client.post("/api/ask", json=body)
    client.post("/api/feedback", json=body | {"useful": True})
    assert [asked.question for asked in QuestionLog.of_home(on).entries()] == [body["question"]]
    assert "Uw vragen worden bewaard" in client.get("/over").text


def test_answer_comes_though_the_log_cannot_be_written(letter: Letter, tmp_path: Path) -> None:
    (tmp_path / "vragen.sqlite3").write_bytes(b"kapot" * 1000)
    reports: list[str] = []
    log: Callable[..., None] = QuestionLog.of_home(tmp_path).add
    assistant = LoadingAssistant(lambda progress: WordFinder(letter), report=reports.append, log=log)
    assistant.start()
    answer: Answer = assistant.ask("Wat staat er over woningbouw?")
    assert answer.status == "answered"
    assert "is beschadigd" in reports[-1]


def test_about_page_names_letters_model_and_what_is_kept(client: TestClient, letter: Letter) -> None:
    html = client.get("/over").text
    assert f'href="/brief/{letter.slug}"' in html
    assert f"{letter.pages} bladzijden" in html
    assert Settings().model in html
    assert "er gaat niets naar het internet" in html


def test_accessibility_statement_names_its_faults(client: TestClient) -> None:
    html = client.get("/toegankelijkheid").text
    for heading in ("Nalevingsstatus", "Wat er is onderzocht", "Wat nog niet toegankelijk is"):
        assert f"<h2>{heading}</h2>" in html
    assert "voldoet gedeeltelijk" in html


def test_every_plain_page_leads_to_both(client: TestClient) -> None:
    for path in ("/brief", "/controle", "/over", "/toegankelijkheid"):
        html = client.get(path).text
        assert 'href="/over"' in html
        assert 'href="/toegankelijkheid"' in html
