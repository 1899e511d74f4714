"""The evaluation set is true to the letter, and the assistant stays above its bars on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.reader import Reader
from assistant.service import Assistant
from assistant.settings import Settings
from eval.cases import read_cases
from eval.metrics import judge
from eval.run import report, run
from index.encoder import Encoder
from index.letter_index import LetterIndex
from ingest.errors import VraagbaakError
from ingest.letter import Letter
from ingest.letter_store import read_letter

SETS = Path(__file__).parent.parent / "eval" / "sets"
SET = SETS / "coalitieakkoord-120.jsonl"
DATA = Path(__file__).parent / "data"
SECOND_SET = DATA / "waterzorgplan-40.jsonl"  # on a letter of another body, in another layout


@pytest.fixture(scope="module")
def second_letter() -> Letter:
    return read_letter(DATA / "brief-waterzorgplan.txt")


def squeezed(text: str) -> str:
    for curly, plain in (("’", "'"), ("‘", "'"), ("\u2011", "-"), ("–", "-")):
        text = text.replace(curly, plain)
    return "".join(text.split()).lower()


def misplaced(path: Path, letter: Letter) -> list[str]:
    """The cases with evidence that does not stand in the section that it names."""
    places: dict[tuple[int, str], str] = {}
    for part, passage in letter.places:
        for title in (*part.section, ""):
            key = (part.chapter, squeezed(title))
            places[key] = places.get(key, "") + squeezed(passage.text)
    return [
        case.id
        for case in read_cases(path)
        for group in case.evidence
        for e in group
        if squeezed(e.snippet) not in places.get((e.chapter, squeezed(e.section)), "")
    ]


@pytest.mark.parametrize("path", sorted(SETS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_snippet_stands_in_its_section(path: Path, letter: Letter) -> None:
    assert not misplaced(path, letter)


def test_every_snippet_of_the_second_letter_too(second_letter: Letter) -> None:
    assert not misplaced(SECOND_SET, second_letter)


def test_the_assistant_stays_above_its_bars(assistant: Assistant) -> None:
    hold(assistant, SET, answerable=0.60, unanswerable=0.55)


def test_and_on_a_letter_of_another_body(second_letter: Letter, encoder: Encoder) -> None:
    index = LetterIndex.build([second_letter], encoder)
    hold(
        Assistant(index, Reader.load(joint=True), Settings()), SECOND_SET, answerable=0.60, unanswerable=0.55
    )


def hold(assistant: Assistant, path: Path, *, answerable: float, unanswerable: float) -> None:
    verdicts = run(assistant, read_cases(path))
    for wanted, bar in ((True, answerable), (False, unanswerable)):
        chosen = [v for v in verdicts if v.case.answerable is wanted]
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
