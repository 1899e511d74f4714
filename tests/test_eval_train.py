"""The fit of the assistant's network learns what is there to learn, and no more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import assistant
from assistant.reader import Reader
from eval.calibration import Numbers
from eval.certainty import Tried, calibrate, fitted
from eval.network import Example, fit, fit_certainty, fit_joint
from index.defaults import BASE_MODEL
from index.encoder import FloatArray
from index.training.data import digests
from ingest.errors import VraagbaakError

DATA = Path(assistant.__file__).parent / "data"


def examples(count: int, *, informative: bool) -> list[Example]:
    """Questions with ten sentences, of which one answers (not for every third question).

    The first feature tells which; the readings do too when ``informative``, else they are noise.
    """
    chance = np.random.default_rng(5)
    found: list[Example] = []
    for number in range(count):
        answers = np.zeros(10, bool)
        answers[chance.integers(10)] = number % 3 > 0
        values = chance.standard_normal((10, 3)).astype(np.float32)
        values[:, 0] += 3 * answers
        readings = chance.standard_normal(10).astype(np.float32)
        readings += 3 * answers if informative else 0
        readings[chance.random(10) < 0.3] = np.nan
        found.append(Example(values, answers, readings, f"brief-{number % 4}", "plain", 0.5, readings))
    return found


def test_the_network_finds_the_sentence_that_answers() -> None:
    data = examples(300, informative=False)
    reader = Reader.of(fit(data[:200], seed=1))
    tested = [e for e in data[200:] if e.answers.any()]
    right = [e.answers[reader.scores(e.values).argmax()] for e in tested]
    assert np.mean(right) > 0.7


@pytest.mark.parametrize("informative", [True, False])
def test_the_joint_reader_counts_for_what_it_is_worth(informative: bool) -> None:
    data = examples(300, informative=informative)
    scores: list[FloatArray] = [3 * e.values[:, 0] for e in data]
    scale, joint = fit_joint(data, scores)
    assert scale > 0
    assert (joint.slope > 1) is informative
    assert abs(joint.slope) < 0.3 or informative


def answers(count: int, seed: int) -> list[Tried]:
    """Answers of which a logistic of the score tells how many are right; every fourth has no answer."""
    chance = np.random.default_rng(seed)
    scores = 2 * chance.standard_normal(count)
    right = chance.random(count) < 1 / (1 + np.exp(-0.5 * scores - 1))
    return [
        Tried(f"brief-{i % 4}", bool(i % 4) or bool(right[i]), True, bool(right[i]), float(scores[i]), 0.5)
        for i in range(count)
    ]


def test_certainty_finds_the_share_that_is_right() -> None:
    tried = answers(4000, 3)
    scores, right = np.array([t.score for t in tried]), np.array([t.right for t in tried], float)
    found = fit_certainty(scores, right, np.ones(len(tried)))
    assert found.slope == pytest.approx(0.5, abs=0.05)
    assert found.offset == pytest.approx(1.0, abs=0.1)


def test_certainty_is_measured_on_letters_left_out() -> None:
    _, measures = fitted(answers(2000, 4), [f"brief-{i}" for i in range(4)])
    assert measures["aurc"] < measures["aurc, that any answers"]  # which are all alike here


def test_fewer_questions_without_an_answer_make_it_surer() -> None:
    tried = answers(2000, 5)
    wrong = [replace(t, answerable=False, right=False) for t in tried]
    alike, _ = fitted(tried, ["brief-0"])
    weighed, _ = fitted([*tried, *wrong, *wrong], ["brief-0"])
    plain = fit_certainty(*_columns([*tried, *wrong, *wrong]))
    assert alike.offset > weighed.offset > plain.offset


def _columns(tried: list[Tried]) -> tuple[Numbers, Numbers, Numbers]:
    return (
        np.array([t.score for t in tried]),
        np.array([t.right for t in tried], float),
        np.ones(len(tried)),
    )


def test_numbers_are_not_fitted_beside_a_reader_of_other_weights(tmp_path: Path) -> None:
    target = tmp_path / "reader.json"
    target.write_text(json.dumps({"weights": "of another"}), encoding="utf-8")
    with pytest.raises(VraagbaakError, match="eval train"):
        calibrate(target, BASE_MODEL)


def test_the_certainty_that_ships_is_of_the_letters_held_out() -> None:
    now = digests()
    for name in ("reader.json", "reader-plain.json"):
        fields = json.loads((DATA / name).read_text(encoding="utf-8"))
        made = fields["calibration"]
        assert len(made["data"]) >= 5
        assert made["data"].items() <= now.items()
        assert made["answered"] > 500
        assert fields["certainty"]["slope"] > 0
