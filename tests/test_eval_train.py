"""The fit of the assistant's network learns what is there to learn, and no more."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.reader import Reader
from eval.network import Example, fit, fit_joint
from index.encoder import FloatArray


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
