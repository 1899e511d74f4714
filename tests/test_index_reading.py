"""The layers equal those of transformers, and the joint reader reads each question by itself."""

from __future__ import annotations

import pytest
import torch

from index.bundled import bundled_model, bundled_weights
from index.e5_file import Shape
from index.joint import Joined, JointReader
from index.reading import SentenceReader, best_span, layers_from
from index.transformer import Layer

HIDDEN = 8


@pytest.fixture
def network() -> JointReader:
    torch.manual_seed(3)
    layers = [Layer(HIDDEN, 2, 16, epsilon=1e-12) for _ in range(2)]
    return JointReader(layers, HIDDEN).eval()


def states(*lengths: int) -> list[torch.Tensor]:
    chance = torch.Generator().manual_seed(sum(lengths))
    return [torch.randn(n, HIDDEN, generator=chance) for n in lengths]


def test_layers_are_those_of_the_model() -> None:
    model = bundled_model()[0]
    features = model.preprocess(["query: Wie betaalt de jeugdzorg?", "query: ja"])
    with torch.inference_mode():
        hidden = model.network(
            features["input_ids"], features["attention_mask"], output_hidden_states=True
        ).hidden_states
        weights = bundled_weights()
        seen = features["attention_mask"].bool()[:, None, None, :]
        ours = hidden[9]
        for layer in layers_from(weights.tensors, 9, weights.shape):
            ours = layer(ours, seen)
    real = features["attention_mask"].bool()
    assert torch.allclose(ours[real], hidden[12][real], atol=1e-3)  # weights of 16 bits there, of 32 here


def test_a_batch_reads_as_its_questions_alone(network: JointReader) -> None:
    one, other = states(3, 4, 5)[0], states(6, 2)[0]
    first = list(enumerate(states(4, 5)))
    second = [(0, s) for s in states(3, 7, 2)]
    with torch.inference_mode():
        both = network(Joined.of([one, other], [first, second]))
        alone = network(Joined.of([one], [first]))
    assert torch.allclose(both.scores[0, :2], alone.scores[0], atol=1e-5)
    assert torch.allclose(both.stances[0, :2], alone.stances[0], atol=1e-5)
    assert both.scores[0, 2] == -1e9


def test_a_candidate_sees_its_own_passage_only(network: JointReader) -> None:
    joined = Joined.of([states(2)[0]], [[(5, s) for s in states(3)] + [(7, s) for s in states(4)]])
    question, mine, other = 0, 2, 5
    seen = joined.seen[0, 0]
    assert seen[mine, question] and seen[mine, mine] and not seen[mine, other]
    assert seen[question, mine] and seen[question, other]


def test_reading_no_sentences() -> None:
    assert SentenceReader(JointReader([], HIDDEN)).read(states(2)[0].numpy(), []) == []


def test_reads_a_score_and_a_span_for_each_sentence(network: JointReader) -> None:
    reads = SentenceReader(network).read(
        states(3)[0].numpy(), [(n, s.numpy()) for n, s in enumerate(states(4, 1))]
    )
    assert len(reads) == 2
    assert all(0 <= r.first <= r.last for r in reads)
    assert (reads[1].first, reads[1].last) == (0, 0)
    assert all(0 < r.stance.yes + r.stance.no + r.stance.unclear < 1 for r in reads)


def test_a_span_never_ends_before_it_begins() -> None:
    edges = torch.tensor([[0.0, 9.0], [1.0, 0.0], [9.0, 2.0]])
    assert best_span(edges) == (2, 2)


def test_no_layers_where_there_are_none() -> None:
    shape = Shape(HIDDEN, 2, 2, 16, 10, 10, 1, 1e-12, 32)
    assert layers_from({}, 0, shape) == []
