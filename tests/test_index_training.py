"""The training data is sound and has nothing of what measures the product; a fit learns."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eval.cases import read_cases
from index.stance import STANCES
from index.training.data import FOLDER, TrainingSet, read_training
from ingest.errors import LetterError
from ingest.letter import Letter

HERE = Path(__file__).parent
SETS = sorted([*(HERE.parent / "eval" / "sets").glob("*.jsonl"), *(HERE / "data").glob("*.jsonl")])


@pytest.fixture(scope="module")
def data() -> TrainingSet:
    return read_training()


def squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def shingles(text: str, size: int = 8) -> set[str]:
    words = squeezed(text).split()
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_at_least_four_letters_are_held_out(data: TrainingSet) -> None:
    assert len(data.held_out) >= 4
    assert data.held_out < {letter.slug for letter in data.letters}


def test_what_measures_is_not_trained_on(data: TrainingSet) -> None:
    seen, unseen = set(data.seen_questions), set(data.unseen_questions)
    assert not seen & unseen
    assert seen | unseen == {*data.questions, *data.far}
    assert {q.letter for q in unseen} == {"", *data.held_out}
    assert sum(not q.letter for q in unseen) >= 50


def test_gold_stands_in_its_passages(data: TrainingSet) -> None:
    passages = {
        (letter.slug, passage.anchor): passage.text
        for letter in data.letters
        for part in letter.parts
        for passage in part.passages
    }
    for question in data.questions:
        texts = [squeezed(passages[question.letter, anchor]) for anchor in question.anchors]
        assert texts, question
        for words in (question.answer, question.span):
            assert any(squeezed(words) in text for text in texts), question
        assert squeezed(question.span) in squeezed(question.answer), question


def test_every_stance_is_of_an_answerable_question(data: TrainingSet) -> None:
    labels = json.loads((FOLDER / "stances.json").read_text(encoding="utf-8"))
    assert {label for of_letter in labels.values() for label in of_letter.values()} == set(STANCES)
    assert sum(bool(q.stance) for q in data.questions) == sum(map(len, labels.values()))
    assert all(q.answer for q in data.questions if q.stance)


def test_every_letter_is_searched_once_by_a_fold_that_has_not_seen_it(data: TrainingSet) -> None:
    slugs = [letter.slug for letter in data.seen]
    folds = [slugs[::2], slugs[3::2]]  # one letter is in neither
    searches = data.searches(folds)
    assert sorted(letter.slug for _, letters in searches for letter in letters) == slugs
    assert all(letter.slug not in folds[number] for number, letters in searches for letter in letters)
    assert {len(letters) for _, letters in searches} >= {1, 5}


def test_no_question_is_asked_twice_of_a_letter(data: TrainingSet) -> None:
    asked = [(q.letter, q.history, squeezed(q.text)) for q in (*data.questions, *data.far)]
    assert len(asked) == len(set(asked))


def test_nothing_of_the_shipped_letter_is_trained_on(data: TrainingSet, letter: Letter) -> None:
    shipped = shingles(letter.text)
    for other in data.letters:
        shared = shingles(other.text) & shipped
        assert not shared, (other.slug, shared)


def test_no_question_that_measures_is_trained_on(data: TrainingSet) -> None:
    measured = {
        squeezed(" ".join((*case.history, case.question))) for path in SETS for case in read_cases(path)
    }
    # Two or three words ("En vanaf wanneer?") are anyone's.
    asked = [squeezed(q.standalone) for q in (*data.questions, *data.far)]
    alike = {text for text in asked if text in measured and len(text.split()) > 5}
    assert SETS and not alike


def test_a_folder_without_letters_is_said(tmp_path: Path) -> None:
    with pytest.raises(LetterError, match="geen trainingsbrieven"):
        read_training(tmp_path)


def test_a_faulty_letter_is_named(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "brief.json").write_text("{}")
    with pytest.raises(LetterError, match=r"brief\.json"):
        read_training(tmp_path)


def test_a_fit_learns(data: TrainingSet) -> None:
    from index.bundled import bundled_weights
    from index.reading import layers_from
    from index.training import encoder
    from index.training.encoder import UpperLayers
    from index.training.states import lower_states

    letter = data.letters[0]
    few = TrainingSet((letter,), tuple(data.of(letter)[:40]), frozenset())
    (states,) = lower_states(few, 11)
    weights = bundled_weights()
    losses: list[float] = []
    upper = UpperLayers(layers_from(weights.tensors, 11, weights.shape))
    encoder.fit(upper, [states], epochs=6, seed=1, after_epoch=lambda _, loss: losses.append(loss))
    assert losses[-1] < losses[0]


def test_the_reader_learns_too(data: TrainingSet) -> None:
    import numpy as np

    from index.bundled import bundled_weights
    from index.joint import JointReader
    from index.reading import layers_from
    from index.training import reading
    from index.training.states import LetterStates, lower_states

    def in_order(letter: LetterStates, home: LetterStates) -> reading.Rank:
        return np.tile(np.arange(len(letter.owner)), (len(home.questions), 1))

    letter = data.letters[0]
    few = TrainingSet((letter,), tuple(data.of(letter)[:60]), frozenset())
    states = lower_states(few, 11)
    weights = bundled_weights()
    cases = reading.cases(states, in_order, np.random.default_rng(1))
    reader = JointReader(layers_from(weights.tensors, 11, weights.shape), weights.shape.hidden)
    losses: list[float] = []
    reading.fit(reader, cases, epochs=4, seed=1, after_epoch=lambda _, loss: losses.append(loss))
    measures = reading.measure(reader, cases, top=5)
    assert losses[-1] < losses[0]
    assert 0 <= measures.first_right <= 1
