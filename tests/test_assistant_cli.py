"""The command line as its users and other programs meet it: real processes, real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.service import Assistant

ROOT = Path(__file__).parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(home: Path, assistant: Assistant) -> Run:
    """Run ``python -m MODULE …`` in the home whose index is built, cut off from any network proxy."""

    def run(*arguments: str, at: Path = home) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "VRAAGBAAK_HOME": str(at), "HF_HUB_OFFLINE": "1"},
            timeout=120,
        )

    return run


def test_ask_prints_the_answer_with_its_places(run: Run) -> None:
    done = run("assistant", "ask", "Hoeveel landen helpt VNG International?")
    assert done.returncode == 0, done.stderr
    assert "14 landen" in done.stdout
    assert "[1] Hoofdstuk 4 › Ontwikkelingssamenwerking › Wat betekent dit voor gemeenten?" in done.stdout
    assert "Het taalmodel wordt geladen" in done.stderr


def test_ask_json_is_the_contract_and_agrees_with_python(run: Run, assistant: Assistant) -> None:
    question = "Wanneer stopt de huishoudelijke hulp uit de Wmo?"
    done = run("assistant", "ask", question, "--json")
    answer = json.loads(done.stdout)
    assert list(answer) == [
        "id",
        "question",
        "resolved_question",
        "status",
        "answer",
        "statements",
        "citations",
        "nearest",
        "notes",
        "confidence",
        "timing_ms",
    ]
    own = json.loads(json.dumps(assistant.ask(question).to_dict()))
    for changing in ("timing_ms", "id"):
        del answer[changing], own[changing]
    assert answer == own


def test_batch_answers_each_line_in_order(run: Run, tmp_path: Path) -> None:
    batch = tmp_path / "vragen.jsonl"
    lines = [
        {"id": "a", "question": "Wat willen ze met fatbikes?"},
        {"id": "b", "question": "En wat betekent dat voor ons?", "history": ["Wat willen ze met fatbikes?"]},
        {"id": "c", "question": ""},
    ]
    batch.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    done = run("assistant", "ask", "--batch", str(batch))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["id"], a["status"]) for a in answers] == [
        ("a", "answered"),
        ("b", "answered"),
        ("c", "invalid"),
    ]
    assert "fatbikes" in answers[1]["resolved_question"]


def test_search_gives_whole_paragraphs_with_scores(run: Run) -> None:
    done = run("assistant", "search", "Wat staat er over bibliotheken?", "--top", "3", "--json")
    hits = json.loads(done.stdout)["hits"]
    assert len(hits) == 3
    assert all(hit["quote"] == hit["passage"] for hit in hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert hits[0]["section"][-1] == "Bibliotheken"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["assistant", "ask", ""], "U hebt nog geen vraag gesteld."),
        (["assistant", "ask", "x" * 10_000], "Uw vraag is te lang."),
        (["assistant", "ask", "geld\x07"], "tekens die ik niet kan lezen"),
        (["assistant", "ask"], "Geef één vraag op"),
        (["assistant", "ask", "geld?", "--batch", "x.jsonl"], "Geef één vraag op"),
        (["assistant", "search", ""], "U hebt nog geen vraag gesteld."),
        (["assistant", "ask", "--batch", "bestaat-niet.jsonl"], "bestaat-niet.jsonl' is niet te lezen"),
        (["assistant", "ask", "geld?", "--document", "weg"], "Er is geen brief met de naam 'weg'."),
        (["assistant", "search", "geld?", "--top", "0"], "Kies achter --top een getal"),
        (["assistant", "letters", "outline", "weg"], "Er is geen brief met de naam 'weg'."),
        (["assistant", "letters", "add", "weg.txt"], "weg.txt' bestaat niet"),
        (["assistant", "onzin"], "De opdracht 'onzin' klopt niet."),
        (["assistant", "ask", "geld?", "--model", "bestaat/niet"], "Het taalmodel 'bestaat/niet'"),
        (["index", "onzin"], "klopt niet."),
    ],
)
def test_a_users_error_is_one_dutch_line_and_code_2(run: Run, arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "line",
    ["{}", "geen json", '{"id": 1, "question": 3}', '["x"]', '{"question": "a", "history": "b"}'],
)
def test_a_faulty_batch_line_is_named_and_nothing_is_answered(run: Run, tmp_path: Path, line: str) -> None:
    batch = tmp_path / "vragen.jsonl"
    batch.write_text('{"id": "a", "question": "Wat is er?"}\n' + line + "\n", encoding="utf-8")
    done = run("assistant", "ask", "--batch", str(batch))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Regel 2 van 'vragen.jsonl' is niet goed." in done.stderr


def test_index_info_describes_the_index(run: Run) -> None:
    done = run("index", "info")
    assert "vraagbaak-e5-small (384 dimensies)" in done.stdout
    assert "vng-ledenbrief-coalitieakkoord" in done.stdout
    assert "240" in done.stdout


def test_index_info_without_an_index(run: Run, tmp_path: Path) -> None:
    done = run("index", "info", at=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "Er is nog geen index. Maak hem met 'vraagbaak index build'.\n"


def test_letters_are_listed_added_outlined_and_removed(run: Run, tmp_path: Path) -> None:
    source = ROOT / "tests" / "data" / "brief-genummerd.txt"
    done = run("assistant", "letters", "add", str(source), at=tmp_path)
    assert done.stdout == "Toegevoegd: brief-genummerd  Kustbeheer en zwemwater in 2028\n"
    listed = json.loads(run("assistant", "letters", "list", "--json", at=tmp_path).stdout)
    assert [row["document"] for row in listed] == ["vng-ledenbrief-coalitieakkoord", "brief-genummerd"]
    outline = json.loads(
        run("assistant", "letters", "outline", "brief-genummerd", "--json", at=tmp_path).stdout
    )
    assert outline["parts"][2]["section_number"] == "2.1"
    assert outline["parts"][2]["paragraphs"][0]["text"].startswith("Vanaf 1 mei 2028")
    again = run("assistant", "letters", "add", str(source), at=tmp_path)
    assert (again.returncode, again.stdout.split("  ")[0]) == (0, "Al aanwezig: brief-genummerd")
    other = tmp_path / source.name
    other.write_text(source.read_text(encoding="utf-8") + "\nNog een zin.\n", encoding="utf-8")
    taken = run("assistant", "letters", "add", str(other), at=tmp_path)
    assert taken.returncode == 2
    assert "Er is al een brief met de naam 'brief-genummerd'." in taken.stderr
    run("assistant", "letters", "remove", "brief-genummerd", at=tmp_path)
    run("assistant", "letters", "remove", "vng-ledenbrief-coalitieakkoord", at=tmp_path)
    assert run("assistant", "letters", "list", "--json", at=tmp_path).stdout.strip() == "[]"
    asked = run("assistant", "ask", "Wat nu?", at=tmp_path)
    assert asked.returncode == 2
    assert "Er is geen brief. Voeg er een toe" in asked.stderr


def test_the_console_script_offers_every_command() -> None:
    script = Path(sys.executable).with_name("vraagbaak")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "assistant"]
    shown = subprocess.run([*command, "--help"], capture_output=True, text=True, cwd=ROOT, check=True)
    for name in ("ask", "search", "chat", "letters", "check", "index"):
        assert f"\n    {name} " in shown.stdout
