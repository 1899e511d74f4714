"""The evaluation set is true to the letter, and the assistant stays above its bars on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.service import Assistant
from eval.cases import read_cases
from eval.metrics import judge
from eval.run import report, run
from ingest.errors import VraagbaakError
from ingest.letter import Letter

SET = Path(__file__).parent.parent / "eval" / "sets" / "coalitieakkoord-120.jsonl"


def squeezed(text: str) -> str:
    for curly, plain in (("’", "'"), ("‘", "'"), ("\u2011", "-"), ("–", "-")):
        text = text.replace(curly, plain)
    return "".join(text.split()).lower()


def test_every_snippet_stands_in_its_section(letter: Letter) -> None:
    places: dict[tuple[int, str], str] = {}
    for part, passage in letter.places:
        for title in (*part.section, ""):
            key = (part.chapter, squeezed(title))
            places[key] = places.get(key, "") + squeezed(passage.text)
    for case in read_cases(SET):
        for evidence in [e for group in case.evidence for e in group]:
            text = places[evidence.chapter, squeezed(evidence.section)]
            assert squeezed(evidence.snippet) in text, case.id


def test_the_assistant_stays_above_its_bars(assistant: Assistant) -> None:
    verdicts = run(assistant, read_cases(SET))
    for answerable, bar in ((True, 0.60), (False, 0.55)):
        chosen = [v for v in verdicts if v.case.answerable is answerable]
        right = sum(not v.faults for v in chosen) / len(chosen)
        assert right >= bar, report(verdicts)


def test_a_wrong_answer_is_told_from_a_right_one(assistant: Assistant) -> None:
    cases = {case.question: case for case in read_cases(SET)}
    case = next(c for c in cases.values() if c.answerable and c.must)
    refused = judge(case, assistant.ask("Hallo!"))
    assert "status out_of_scope" in refused.faults
    assert any(fault.startswith("lacks") for fault in refused.faults)
    foreign = next(c for c in cases.values() if not c.answerable)
    assert judge(foreign, assistant.ask("Hallo!")).faults == ()


@pytest.mark.parametrize("line", ["geen json", "{}", '{"id": 1, "question": "x"}'])
def test_a_faulty_line_is_named(tmp_path: Path, line: str) -> None:
    good = json.dumps({"id": "a", "question": "x", "type": "fact", "answerable": False})
    path = tmp_path / "set.jsonl"
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(VraagbaakError, match=r"Regel 2 van 'set\.jsonl'"):
        read_cases(path)
