"""Answers of a run come in as they were given, and checks go out as a set that the evaluation reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from answers import answer_of
from assistant.answer import Answer
from assistant.answer_json import MismatchError, bind, dump, load
from assistant.check_files import export_cases, read_answers
from assistant.checks import Check, Item, Place, Verdict, claims
from assistant.service import Assistant
from assistant.store import CheckStore
from eval.cases import Case, read_cases
from eval.gold import Gold, Library
from eval.metrics import judge
from eval.observation import Observation
from ingest.errors import VraagbaakError
from ingest.letter import Letter

ROOT = Path(__file__).parent.parent
RIGHT, WRONG = Verdict("right"), Verdict("wrong")


def item(answer: Answer, *verdicts: Verdict, unanswerable: bool = False, number: int = 7) -> Item:
    check = Check("AB", "2026-11-23T10:00:00+00:00", verdicts, unanswerable) if verdicts else None
    return Item(
        number, 1, "typed", "2026-11-23T09:00:00+00:00", False, answer.question, (), answer, check, ()
    )


def lines(*answers: Answer) -> bytes:
    return "\n".join(json.dumps(a.to_dict(), ensure_ascii=False) for a in answers).encode()


def place(letter: Letter, number: int) -> Place:
    _, passage = list(letter.places)[number]
    return Place(letter.slug, passage.start, passage.end, passage.text)


def test_answer_survives_being_stored(letter: Letter) -> None:
    answer = answer_of(letter, "Wat?", 3, 40, 100)
    assert load(dump(answer)) == answer


def test_contract_gives_the_same_answer_back(letter: Letter) -> None:
    for status in ("answered", "not_stated"):
        answer = answer_of(letter, "Wat?", 40, 60, status=status)  # type: ignore[arg-type]
        assert bind(json.loads(json.dumps(answer.to_dict())), [letter]) == answer


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"document": "weg"}, "Er is geen brief met de naam 'weg'."),
        ({"quote": "Verzonnen."}, "Een citaat staat niet op zijn plaats"),
        ({"start": 0}, "Een citaat staat niet op zijn plaats"),
    ],
)
def test_quote_that_is_not_in_the_letter_is_not_taken(
    letter: Letter, change: dict[str, object], said: str
) -> None:
    fields = answer_of(letter, "Wat?", 40).to_dict()
    fields["citations"][0] |= change
    with pytest.raises(MismatchError, match=said):
        bind(fields, [letter])


def test_run_is_read_and_what_does_not_fit_is_left_out(letter: Letter) -> None:
    good = answer_of(letter, "Wat?", 40)
    other = replace(good, citations=(replace(good.citations[0], document="weg"),))
    unread = Answer("", "", "invalid", "U hebt nog geen vraag gesteld.")
    found = read_answers(lines(good, other, unread) + b"\n\n", "run.jsonl", [letter])
    assert found.answers == ((good, ()),)
    assert [number for number, _ in found.left_out] == [2, 3]


def test_line_of_a_measurement_holds_the_answer_with_its_history(letter: Letter) -> None:
    answer = answer_of(letter, "En dan?", 40)
    line = json.dumps({"answer": asdict(answer), "history": ["Wat?"], "ranked": []})
    assert read_answers(line.encode(), "run.jsonl", [letter]).answers == ((answer, ("Wat?",)),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "In 'run.jsonl' staan geen antwoorden."),
        (b"{}", "Regel 1 van 'run.jsonl' is geen antwoord."),
        (b"[1]", "Regel 1 van 'run.jsonl' is geen antwoord."),
        (b"geen json", "Regel 1 van 'run.jsonl' is geen JSON."),
        (b"[" * 100_000, "Regel 1 van 'run.jsonl' is geen JSON."),
        (b"\xff\xfe", "is geen tekst in UTF-8"),
    ],
)
def test_file_that_is_no_run_is_named(letter: Letter, data: bytes, said: str) -> None:
    with pytest.raises(VraagbaakError, match="ask --batch") as trouble:
        read_answers(data, "run.jsonl", [letter])
    assert said in str(trouble.value)


def faults(case: Case, answer: Answer, letter: Letter) -> tuple[str, ...]:
    library = Library((letter,))
    return judge(Gold.of(case, library), Observation(answer, ()), library).faults


def test_case_of_a_right_answer_is_right_by_the_evaluation(letter: Letter, tmp_path: Path) -> None:
    answer = answer_of(letter, "Wat staat er?", 40, 60)
    lead = replace(answer, answer=f"€ 40 miljoen [1]\n{answer.answer}")
    exported = export_cases([item(lead, RIGHT, RIGHT, RIGHT)], [letter])
    path = tmp_path / "set.jsonl"
    path.write_text(exported.text, encoding="utf-8")
    (case,) = read_cases(path)
    assert (case.id, case.question, case.answerable) == ("controle-7", "Wat staat er?", True)
    assert case.must == (("€ 40 miljoen",),)
    assert faults(case, lead, letter) == ()
    assert faults(case, answer_of(letter, "Wat staat er?", 41), letter) != ()


def test_case_asks_for_the_paragraph_that_staff_picked(letter: Letter, tmp_path: Path) -> None:
    answer = answer_of(letter, "Wat staat er?", 40, 60)
    picked = Verdict("wrong", "", place(letter, 90))
    path = tmp_path / "set.jsonl"
    path.write_text(export_cases([item(answer, RIGHT, picked)], [letter]).text, encoding="utf-8")
    (case,) = read_cases(path)
    assert len(case.evidence) == 2
    assert faults(case, answer, letter) == ("noemt 1 van 2 plaatsen",)
    assert faults(case, answer_of(letter, "Wat staat er?", 40, 90), letter) == ()


def test_refusal_makes_an_unanswerable_case_or_one_with_the_place(letter: Letter) -> None:
    refused = answer_of(letter, "Wat?", 40, status="not_stated")
    shown = Verdict("wrong", "", place(letter, 90))
    cases = export_cases([item(refused, RIGHT), item(refused, shown)], [letter]).cases
    assert [case["answerable"] for case in cases] == [False, True]
    assert cases[0]["type"] == "unanswerable"
    assert cases[1]["evidence"][0][0]["snippet"] == place(letter, 90).text


def test_answer_that_should_not_have_come_makes_an_unanswerable_case(letter: Letter) -> None:
    answered = answer_of(letter, "Wat?", 40)
    (case,) = export_cases([item(answered, WRONG, unanswerable=True)], [letter]).cases
    assert (case["answerable"], case["evidence"]) == (False, [])


def test_check_that_gives_no_case_is_left_out(letter: Letter) -> None:
    answer = answer_of(letter, "Wat?", 40)
    gone = Verdict("wrong", "", Place(letter.slug, 0, 5, "Er is niet meer."))
    items = [
        item(answer, number=1),
        item(answer, Verdict(), number=2),
        item(answer, WRONG, number=3),
        item(answer, gone, number=4),
        item(answer_of(replace(letter, slug="weg"), "Wat?", 40), RIGHT, number=5),
    ]
    exported = export_cases(items, [letter])
    assert (exported.cases, exported.left_out) == ((), (1, 2, 3, 4, 5))


def test_follow_up_keeps_its_history_or_else_stands_alone(letter: Letter) -> None:
    answer = replace(answer_of(letter, "En dan?", 40), resolved_question="Wat staat er? En dan?")
    alone = item(answer, RIGHT)
    cases = export_cases([alone, replace(alone, history=("Wat staat er?",))], [letter]).cases
    assert [(case["question"], case["history"]) for case in cases] == [
        ("Wat staat er? En dan?", []),
        ("En dan?", ["Wat staat er?"]),
    ]


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "VRAAGBAAK_HOME": str(home)},
        timeout=120,
    )


def test_commands_take_a_run_in_and_give_a_set_out(
    assistant: Assistant, letter: Letter, tmp_path: Path
) -> None:
    questions = ["Hoeveel landen helpt VNG International?", "Hoeveel leden telt de kerk van Rome?"]
    answers = [assistant.ask(question) for question in questions]
    batch, out = tmp_path / "antwoorden.jsonl", tmp_path / "set.jsonl"
    batch.write_bytes(lines(*answers))
    assert (
        run(tmp_path, "check", "import", str(batch)).stdout
        == "Op de controletafel gezet: 2. Stond er al: 0.\n"
    )
    assert (
        run(tmp_path, "check", "import", str(batch)).stdout
        == "Op de controletafel gezet: 0. Stond er al: 2.\n"
    )
    early = run(tmp_path, "check", "export", str(out))
    assert (early.returncode, early.stdout) == (2, "")
    assert "Er is nog niets om op te slaan" in early.stderr
    store = CheckStore.of_home(tmp_path)
    for number, answer in enumerate(answers, start=1):
        verdicts = (RIGHT,) * len(claims(answer))
        store.save(number, 1, Check("AB", "2026-11-23T10:00:00+00:00", verdicts))
    assert "Opgeslagen: 2 vragen" in run(tmp_path, "check", "export", str(out)).stdout
    assert [faults(case, answer, letter) for case, answer in zip(read_cases(out), answers, strict=True)] == [
        (),
        (),
    ]
    listed = [json.loads(line) for line in run(tmp_path, "check", "list", "--json").stdout.splitlines()]
    assert [row["check"]["initials"] for row in listed] == ["AB", "AB"]
    assert [len(row["changes"]) for row in listed] == [1, 1]
    copy = tmp_path / "kopie.sqlite3"
    assert run(tmp_path, "check", "backup", str(copy)).returncode == 0
    assert CheckStore(copy).count("done") == 2
    assert run(tmp_path, "check", "remove", "1").stdout == "Verwijderd: 1\n"
    again = run(tmp_path, "check", "remove", "1")
    assert (again.returncode, "Antwoord 1 staat niet" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "import", "weg.jsonl"], "Het bestand 'weg.jsonl' is niet te lezen."),
        (["check", "onzin"], "klopt niet."),
        (["check", "backup", "/bestaat/niet/x"], "Lezen of schrijven lukt niet"),
    ],
)
def test_a_users_error_is_one_dutch_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
