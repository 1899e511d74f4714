"""An interrupted run goes on where it stopped, and only where nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from eval.cases import QuestionSet
from eval.files import write_whole
from eval.journal import Journal, key_of
from eval.observation import Observation
from eval.run import run_set
from ingest.letter import Letter

LINE = '{{"id": "{0}", "question": "{1}", "type": "x", "answerable": false, "style": "smalltalk"}}'
QUESTIONS = ("Hallo!", "Wie ben jij?", "Bedankt!", "Goedemorgen!")


class Counting(Assistant):
    """The assistant, which counts its questions and is interrupted at the one after ``limit``."""

    limit = len(QUESTIONS)
    asked = 0

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        if self.asked == self.limit:
            raise KeyboardInterrupt
        self.asked += 1
        return super().ask(question, history, documents)


@pytest.fixture
def counting(assistant: Assistant) -> Counting:
    from assistant.settings import Settings

    return Counting(assistant.index, assistant.reader, Settings())


@pytest.fixture
def questions(tmp_path: Path) -> QuestionSet:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(LINE.format(f"q{i}", q) for i, q in enumerate(QUESTIONS)), encoding="utf-8")
    return QuestionSet.read(path)


def test_an_interrupted_run_goes_on(
    counting: Counting, questions: QuestionSet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counting.limit = 3
    with pytest.raises(KeyboardInterrupt):
        run_set(counting, questions, tmp_path / "eval", resume=False)
    assert "--resume" in capsys.readouterr().err
    (partial,) = (tmp_path / "eval").iterdir()
    partial.write_text(partial.read_text(encoding="utf-8")[:-20], encoding="utf-8")  # cut off while writing
    counting.limit, counting.asked = 9, 0
    result = run_set(counting, questions, tmp_path / "eval", resume=True)
    assert counting.asked == 2
    assert [v.case.id for v in result.verdicts] == ["q0", "q1", "q2", "q3"]
    assert [v.answer.status for v in result.verdicts] == ["out_of_scope"] * 4
    assert list((tmp_path / "eval").iterdir()) == []


def test_without_resume_a_run_begins_anew(counting: Counting, questions: QuestionSet, tmp_path: Path) -> None:
    counting.limit = 3
    with pytest.raises(KeyboardInterrupt):
        run_set(counting, questions, tmp_path / "eval", resume=False)
    counting.limit, counting.asked = 9, 0
    run_set(counting, questions, tmp_path / "eval", resume=False)
    assert counting.asked == len(QUESTIONS)


def test_what_was_observed_of_something_else_is_not_used(tmp_path: Path) -> None:
    seen = Observation(Answer("?", "?", "answered", "Ja."))
    Journal.open(tmp_path, "set", "a" * 16, resume=True).add("q", seen)
    assert Journal.open(tmp_path, "set", "a" * 16, resume=True).get("q") == seen
    other = Journal.open(tmp_path, "set", "b" * 16, resume=True)
    assert len(other) == 0
    assert list(tmp_path.iterdir()) == [] or [p.name for p in tmp_path.iterdir()] == [
        f"set-{'b' * 16}.partial"
    ]


def test_the_key_changes_with_set_letter_and_model(letter: Letter, tmp_path: Path) -> None:
    one, two = tmp_path / "een", tmp_path / "twee"
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    keys = {key_of(one, [letter], ["m"]), key_of(two, [letter], ["m"]), key_of(one, [], ["m"])}
    assert len(keys | {key_of(one, [letter], ["n"])}) == 4
    assert key_of(one, [letter], ["m"]) in keys


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "map" / "verslag.json"
    write_whole(path, "oud")
    with pytest.raises(TypeError):
        write_whole(path, None)  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "oud"
    assert [p.name for p in path.parent.iterdir()] == ["verslag.json"]
