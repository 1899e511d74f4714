"""Reads the best sentences of a search together with the question, by the trained joint reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch

from index.e5_file import Shape
from index.encoder import EncoderError, FloatArray, Read
from index.half import halve
from index.joint import Joined, JointReader, Judged
from index.stance import STANCES, Stance
from index.threads import threads
from index.transformer import Layer


def layers_from(tensors: Mapping[str, FloatArray], first: int, shape: Shape) -> list[Layer]:
    """Return the layers of ``tensors`` from number ``first`` on, as many as there are."""
    layers: list[Layer] = []
    while f"l{first + len(layers)}.q.w" in tensors:
        layer = Layer(shape.hidden, shape.heads, shape.feed_forward, epsilon=shape.epsilon)
        layer.take(tensors, f"l{first + len(layers)}")
        layers.append(layer)
    return layers


class SentenceReader:
    """The joint reader, ready to read: a PassageReader."""

    def __init__(self, network: JointReader) -> None:
        self._network = network.eval().requires_grad_(False)
        halve(self._network)

    @classmethod
    def of(cls, tensors: Mapping[str, FloatArray], first: int, shape: Shape) -> SentenceReader:
        """Return the reader with the layers and heads in ``tensors``, its layers from ``first`` on."""
        network = JointReader(layers_from(tensors, first, shape), shape.hidden)
        heads = {n: torch.from_numpy(t) for n, t in tensors.items() if n in network.heads()}
        missing = network.heads().keys() - heads.keys()
        if missing:
            raise EncoderError(
                f"In de getrainde gewichten ontbreekt '{min(missing)}'. Installeer Vraagbaak opnieuw."
            )
        network.load_state_dict(heads, strict=False)
        return cls(network)

    def read(self, question: FloatArray, candidates: Sequence[tuple[int, FloatArray]]) -> list[Read]:
        """Return what each candidate has to say; see ``PassageReader``."""
        if not candidates:
            return []
        with threads(1), torch.inference_mode():
            found = [(number, torch.from_numpy(states)) for number, states in candidates]
            joined = Joined.of([torch.from_numpy(question)], [found])
            judged: Judged = self._network(joined)
            stances = judged.stances[0].softmax(-1)[:, : len(STANCES) - 1]
            return [
                Read(
                    float(score),
                    *best_span(judged.edges[0][joined.sentences[0] == number]),
                    Stance(*stances[number].tolist()),
                )
                for number, score in enumerate(judged.scores[0])
            ]


def best_span(edges: torch.Tensor) -> tuple[int, int]:
    """Return the first and last token of the likeliest span; ``edges`` is (tokens, 2)."""
    both = edges[:, 0, None] + edges[None, :, 1]
    both = both.masked_fill(~torch.ones_like(both, dtype=torch.bool).triu(), -torch.inf)
    place = int(both.argmax())
    return place // len(edges), place % len(edges)
