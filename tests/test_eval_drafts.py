"""Drafts are good Dutch with evidence that stands in the letter, and are not asked until accepted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.cases import QuestionSet, read_cases
from eval.checking import faults_of
from eval.drafting import questions_of
from eval.drafts import decide, drafts
from eval.gold import Library
from ingest.errors import VraagbaakError
from ingest.letter import Letter
from ingest.letter_store import read_letter

SECOND_LETTER = Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"


@pytest.mark.parametrize(
    ("sentence", "question", "fact"),
    [
        (
            "Per 1 januari 2029 vervalt de regeling voor kleine dorpen.",
            "Per wanneer vervalt de regeling voor kleine dorpen?",
            "1 januari 2029",
        ),
        (
            "Op vrijdag 6 maart hebben alle partijen het plan ondertekend.",
            "Wanneer hebben alle partijen het plan ondertekend?",
            "6 maart",
        ),
        (
            "De nieuwe wet treedt op 1 juli 2027 in werking.",
            "Wanneer treedt de nieuwe wet in werking?",
            "1 juli 2027",
        ),
        (
            "De pilot in Beekhorst loopt tot eind 2028.",
            "Tot wanneer loopt de pilot in Beekhorst?",
            "eind 2028",
        ),
        (
            "Het kabinet trekt jaarlijks € 50 miljoen uit voor bibliotheken.",
            "Hoeveel geld trekt het kabinet jaarlijks uit voor bibliotheken?",
            "€ 50 miljoen",
        ),
        (
            "De bouw kost naar schatting € 4,4 miljoen.",
            "Hoeveel kost de bouw naar schatting?",
            "€ 4,4 miljoen",
        ),
        (
            "Voor groot onderhoud is in totaal € 18 miljoen beschikbaar.",
            "Hoeveel geld is voor groot onderhoud in totaal beschikbaar?",
            "€ 18 miljoen",
        ),
        (
            "De regio telt 84 bedrijventerreinen met veel leegstand.",
            "Hoeveel bedrijventerreinen telt de regio met veel leegstand?",
            "84",
        ),
        (
            "Het Rijk betaalt 60 procent van de kosten.",
            "Welk deel van de kosten betaalt het Rijk?",
            "60 procent",
        ),
        (
            "Minister De Boer presenteert de nieuwe plannen aan gemeenten.",
            "Wie presenteert de nieuwe plannen aan gemeenten?",
            "De Boer",
        ),
    ],
)
def test_a_sentence_becomes_the_question_it_answers(sentence: str, question: str, fact: str) -> None:
    assert [(asked.question, asked.fact) for asked in questions_of(sentence)] == [(question, fact)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Per 1 januari 2029 vervalt deze regeling voor kleine dorpen.",  # leans on what was said before
        "De regeling, die in 2027 begint, kost € 5 miljoen.",  # a clause in a clause
        "De wet gaat in per 2027 en wordt in 2030 herzien.",  # two years
        "In 2027 en 2028 komt er geld voor scholen.",
        "De kosten stijgen van € 5 miljoen naar € 8 miljoen.",  # two amounts
        "Kort.",
    ],
)
def test_a_sentence_that_is_not_sure_to_give_good_dutch_gives_none(sentence: str) -> None:
    assert list(questions_of(sentence)) == []


def test_drafts_of_a_letter_are_cases_that_wait(letter: Letter, tmp_path: Path) -> None:
    found = list(drafts(letter))
    assert len(found) >= 10
    assert len({draft["id"] for draft in found}) == len({draft["question"] for draft in found}) == len(found)
    path = tmp_path / "concepten.jsonl"
    path.write_text("".join(json.dumps(draft) + "\n" for draft in found), encoding="utf-8")
    library = Library((letter,))
    faults = list(faults_of([QuestionSet.read(path)], library))
    assert len(faults) == len(found)
    assert all("concept" in fault.what for fault in faults)  # and nothing else: the evidence stands there
    assert decide(path, ["alle"], accept=True) == len(found)
    assert list(faults_of([QuestionSet.read(path)], library)) == []
    for draft in found:
        snippet = draft["evidence"][0][0]["snippet"]
        assert all(fact in snippet for facts in draft["must_contain"] for fact in facts)


def test_drafts_are_accepted_and_rejected_by_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.jsonl"
    monkeypatch.setattr(sys, "argv", ["eval", "drafts", "--letter", str(SECOND_LETTER), "--out", str(path)])
    assert main() == 0
    assert main() == 2  # what is there is not overwritten
    cases = read_cases(path)
    assert all(case.draft for case in cases)
    first, second = cases[0].id, cases[1].id
    monkeypatch.setattr(sys, "argv", ["eval", "accept", str(path), first])
    assert main() == 0
    monkeypatch.setattr(sys, "argv", ["eval", "reject", str(path), second])
    assert main() == 0
    left = read_cases(path)
    assert [case.draft for case in left[:2]] == [False, True]
    assert second not in {case.id for case in left}
    assert len(left) == len(cases) - 1
    with pytest.raises(VraagbaakError, match="geen concept met het id"):
        decide(path, [first], accept=True)
    capsys.readouterr()
    assert not list(faults_of([QuestionSet(path, (left[0],), ())], Library((read_letter(SECOND_LETTER),))))
