"""A set is held against its letter before anything is asked, and a faulty line is named."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import main
from eval.cases import Fault, QuestionSet, read_cases
from eval.checking import coverage, faults_of, load_sets
from eval.gold import Library
from ingest.errors import VraagbaakError
from ingest.letter import Letter
from ingest.letter_store import read_letter

EVAL = Path(__file__).parent.parent / "eval"
SECOND_LETTER = EVAL / "letters" / "brief-waterzorgplan.txt"
SECOND_SET = EVAL / "sets" / "waterzorgplan-40.jsonl"
SETS = sorted(set((EVAL / "sets").glob("*.jsonl")) - {SECOND_SET})
PLACE = {
    "chapter": 1,
    "section": "Versterking van de rivierdijken",
    "heading": "Wat gaat er veranderen?",
    "snippet": "leggen daar 12 procent bovenop",
}
GOOD: dict[str, Any] = {
    "id": "a",
    "question": "Hoeveel komt erbovenop?",
    "type": "amount",
    "answerable": True,
    "evidence": [[PLACE]],
}


@pytest.fixture(scope="module")
def second() -> Library:
    return Library((read_letter(SECOND_LETTER),))


def written(path: Path, *lines: dict[str, Any] | str) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def found(path: Path, library: Library) -> list[Fault]:
    return list(faults_of([QuestionSet.read(path)], library))


def test_the_shipped_sets_are_true_to_their_letters(letter: Letter, second: Library) -> None:
    first = Library((letter,))
    sets = load_sets(SETS, first)
    assert sum(len(questions.cases) for questions in sets) >= 499
    assert len(load_sets([SECOND_SET], second)[0].cases) == 40
    asked = {case.question for questions in sets for case in questions.cases}
    assert not asked & {case.question for case in read_cases(SECOND_SET)}


def test_every_section_and_both_halves_have_questions(letter: Letter) -> None:
    library = Library((letter,))
    parts = coverage(load_sets(SETS, library), library)
    sections: dict[tuple[int, tuple[str, ...]], int] = {}
    for part, counts in parts:
        key = (part.chapter, part.section)
        sections[key] = sections.get(key, 0) + counts.total()
    assert [section for section, count in sections.items() if not count] == []
    for voice in ("akkoord", "vng"):
        of_voice = [counts.total() > 0 for part, counts in parts if part.voice == voice]
        assert sum(of_voice) / len(of_voice) > 0.95


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("geen json", "het is geen JSON"),
        ("[1]", "het is geen JSON-object"),
        ({}, "het veld 'id' ontbreekt"),
        ({"id": 1, "question": "x"}, "het veld 'id' ontbreekt of is geen tekst"),
        ({**GOOD, "answerable": "ja"}, "'answerable' is niet true of false"),
        ({**GOOD, "evidence": []}, "er staat geen bewijs bij"),
        ({**GOOD, "evidence": [[{"chapter": 1}]]}, "een veld heeft niet de juiste vorm"),
        ({**GOOD, "must_contain": ["twaalf"]}, "'must_contain' is geen lijst van teksten"),
        ({**GOOD, "must_contian": []}, "het veld 'must_contian' bestaat niet"),
        ({**GOOD, "answerable": False, "expect": "nooit"}, "'expect' is 'nooit'"),
    ],
)
def test_a_line_of_the_wrong_form_is_named(
    tmp_path: Path, second: Library, line: dict[str, Any] | str, what: str
) -> None:
    faults = found(written(tmp_path / "set.jsonl", {**GOOD, "id": "b", "question": "Hoe?"}, line), second)
    assert [(fault.line, what in fault.what, bool(fault.mend)) for fault in faults] == [(2, True, True)]
    with pytest.raises(VraagbaakError, match=r"Regel 2 van 'set\.jsonl'"):
        read_cases(tmp_path / "set.jsonl")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"snippet": "dit staat nergens"}, "het citaat staat niet in de brief"),
        ({"snippet": ""}, "er is bewijs zonder citaat"),
        ({"chapter": 2}, "het citaat staat niet onder hoofdstuk 2"),
        ({"section": "Peilbeheer"}, "het citaat staat niet onder hoofdstuk 1, 'Peilbeheer'"),
        ({"heading": "Wat verwachten wij van u?"}, "het citaat staat niet onder hoofdstuk 1"),
    ],
)
def test_evidence_that_is_not_there_is_named(
    tmp_path: Path, second: Library, change: dict[str, Any], what: str
) -> None:
    faults = found(written(tmp_path / "set.jsonl", {**GOOD, "evidence": [[PLACE | change]]}), second)
    assert [(fault.line, fault.id, fault.what.startswith(what)) for fault in faults] == [(1, "a", True)]


def test_a_misplaced_snippet_is_told_where_it_stands(tmp_path: Path, second: Library) -> None:
    path = written(tmp_path / "set.jsonl", {**GOOD, "evidence": [[PLACE | {"chapter": 2}]]})
    assert "Het staat in hoofdstuk 1, 'Versterking van de rivierdijken'" in found(path, second)[0].mend


def test_white_space_quotes_and_dashes_do_not_matter(tmp_path: Path, second: Library) -> None:
    place = PLACE | {"snippet": "leggen  daar\n12 procent bovenop"}
    assert found(written(tmp_path / "set.jsonl", {**GOOD, "evidence": [[place]]}), second) == []


def test_the_same_id_or_question_twice_is_named_also_across_sets(tmp_path: Path, second: Library) -> None:
    one = written(tmp_path / "een.jsonl", GOOD)
    two = written(tmp_path / "twee.jsonl", {**GOOD, "question": "Hoeveel?"}, {**GOOD, "id": "c"})
    faults = list(faults_of([QuestionSet.read(one), QuestionSet.read(two)], second))
    assert [(fault.line, fault.what) for fault in faults] == [
        (1, "het id staat al op regel 1 van 'een.jsonl'"),
        (2, "de vraag staat al op regel 1 van 'een.jsonl'"),
    ]


def test_a_draft_is_not_asked(tmp_path: Path, second: Library) -> None:
    (fault,) = found(written(tmp_path / "set.jsonl", {**GOOD, "draft": True}), second)
    assert "concept" in fault.what
    assert "accept" in fault.mend


def test_an_empty_set_is_said(tmp_path: Path) -> None:
    with pytest.raises(VraagbaakError, match="staat geen vraag"):
        QuestionSet.read(written(tmp_path / "set.jsonl", ""))


def test_a_faulty_set_stops_a_run_before_the_model_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "set.jsonl", {**GOOD, "evidence": [[PLACE | {"snippet": "nergens"}]]}, "x")
    monkeypatch.setattr(sys, "argv", ["eval", "run", str(path), "--letter", str(SECOND_LETTER)])
    assert main() == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Regel 2 van 'set.jsonl' is geen goede vraag: het is geen JSON.")
    assert "Nog 1" in said.err
    assert "taalmodel" not in said.err


def test_check_names_every_fault_and_shows_what_is_covered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "set.jsonl", GOOD)
    monkeypatch.setattr(sys, "argv", ["eval", "check", str(path), "--letter", str(SECOND_LETTER)])
    assert main() == 0
    said = capsys.readouterr().out
    assert "set: 1 vragen, waarvan de brief er 1 beantwoordt" in said
    assert "Nog geen vraag over:" in said
    written(path, {**GOOD, "type": ""}, {**GOOD, "answerable": None})
    assert main() == 2
    assert len(capsys.readouterr().out.splitlines()) == 2
