"""``python -m index train``: makes the weights that ship, and those that the other fits need.

1. The encoder's upper layers, on all letters that are not held out.
2. The joint reader, on the same letters; its layers begin as the encoder's lowest trained ones.
3. Two encoders more, each on half of those letters ("folds"): what is fitted on top of the search
   must see letters that the encoder has not.
4. The weights of the fusion, with those encoders; the assistant's own network is fitted likewise by
   ``python -m eval train``.

The lower layers stay frozen, so that what they make of a text is computed once: on two cores that
and the shared passages of a step make an epoch of some 7,000 questions a matter of minutes.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import torch

from index.bundled import PACKAGE, bundled_weights
from index.defaults import DEFAULT_MODEL
from index.encoder import FloatArray
from index.fusion import FITTED, Weights
from index.joint import JointReader
from index.letter_index import READ, LetterIndex
from index.reading import layers_from
from index.sentence_encoder import SentenceEncoder, load_encoder
from index.trained import WEIGHTS, Trained, save, sums
from index.training import encoder, fusion, reading
from index.training.data import FOLDS, digests, read_training
from index.training.encoder import UpperLayers
from index.training.measure import of_ranking
from index.training.states import LetterStates, lower_states
from ingest.console import say
from ingest.letter import Letter

FROZEN = 6  # of the model's 12 layers
_READER_LAYERS = 3
_ENCODER_EPOCHS = 2
_FOLD_EPOCHS = 1
_READER_EPOCHS = 3


class Training:
    """The stages of training; each reads what the one before it wrote into the folder ``work``."""

    def __init__(self, work: Path, *, seed: int) -> None:
        self._work = work
        self._seed = seed
        self._data = read_training()
        self._weights = bundled_weights()
        work.mkdir(parents=True, exist_ok=True)

    @cached_property
    def _states(self) -> list[LetterStates]:
        say(f"{len(self._data.letters)} letters, {len(self._data.questions)} questions: lower layers…")
        return lower_states(self._data, FROZEN)

    def _of(self, letters: Sequence[Letter]) -> list[LetterStates]:
        return [states for states in self._states if states.letter in letters]

    def encoder(self) -> None:
        """Train the encoder on all letters that are not held out."""
        seen, unseen = self._of(self._data.seen), self._of(self._data.unseen)
        self._fit_encoder("encoder", seen, unseen, _ENCODER_EPOCHS)

    def folds(self) -> None:
        """Train two encoders more, each on half of those letters."""
        for number in range(FOLDS):
            inside, outside = self._data.fold(number)
            self._fit_encoder(f"fold-{number}", self._of(inside), self._of(outside), _FOLD_EPOCHS)

    def reader(self) -> None:
        """Train the joint reader, and write it and the encoder as the weights that ship."""
        path = self._work / "encoder.npz"
        trained = Trained.load(path)
        tensors = sums(self._weights.tensors, trained.encoder)
        upper = UpperLayers(layers_from(tensors, FROZEN, self._weights.shape)).eval()
        layers = layers_from(tensors, FROZEN, self._weights.shape)[:_READER_LAYERS]
        torch.manual_seed(self._seed)
        reader = JointReader(layers, self._weights.shape.hidden)
        seen, unseen = (
            reading.cases(letters, lambda *two: _rank(upper, *two), np.random.default_rng(self._seed))
            for letters in (self._of(self._data.seen), self._of(self._data.unseen))
        )

        def report(epoch: int, loss: float) -> None:
            measures = reading.measure(reader, unseen, top=READ)
            say(f"reader, epoch {epoch}: loss {loss:.3f}; unseen letters: {measures}")

        reading.fit(reader, seen, epochs=_READER_EPOCHS, seed=self._seed, after_epoch=report)
        heads = {name: tensor.detach().numpy() for name, tensor in reader.heads().items()}
        measures = {"encoder": of_ranking(upper, self._of(self._data.unseen))} | asdict(
            reading.measure(reader, unseen, top=READ)
        )
        save(
            WEIGHTS,
            encoder=trained.encoder,
            reader=self._differences(reader.layers) | heads,
            manifest=self._about(self._data.seen, _READER_EPOCHS)
            | {
                "measures": measures,
                "encoder": json.loads(path.with_suffix(".json").read_text(encoding="utf-8")),
            },
        )
        say(f"Geschreven: {WEIGHTS}")

    def fusion(self) -> None:
        """Fit how the signals of a search are added up, on letters that the encoders have not seen."""
        data: list[fusion.Searched] = []
        chance = np.random.default_rng(self._seed)
        folds = [Trained.load(self._work / f"fold-{number}.npz") for number in range(FOLDS)]
        searchers = [SentenceEncoder.trained(fold) for fold in folds]
        for number, letters in self._data.searches([fold.letters for fold in folds]):
            index = LetterIndex.build(letters, searchers[number])
            data += fusion.searched(index, self._data.questions, chance)
            say(f"fusion: {len(data)} questions searched")
        weights = fusion.fit(data)
        shipped = load_encoder(DEFAULT_MODEL)
        index = LetterIndex.build(self._data.unseen, shipped, weights=weights)
        weights = replace(weights, reading=fusion.fit_reading(index, self._data.questions))
        fusion.write(FITTED, DEFAULT_MODEL, shipped.weights, weights)
        say(f"Geschreven: {FITTED}: {weights}")

    def _fit_encoder(
        self, name: str, seen: Sequence[LetterStates], unseen: Sequence[LetterStates], epochs: int
    ) -> None:
        upper = UpperLayers(layers_from(self._weights.tensors, FROZEN, self._weights.shape))
        say(f"{name}, as it came: unseen letters: {of_ranking(upper, unseen)}")

        def report(epoch: int, loss: float) -> None:
            say(f"{name}, epoch {epoch}: loss {loss:.3f}; unseen letters: {of_ranking(upper, unseen)}")

        encoder.fit(upper, seen, epochs=epochs, seed=self._seed, after_epoch=report)
        save(
            self._work / f"{name}.npz",
            encoder=self._differences(upper.layers),
            reader={},
            manifest=self._about([states.letter for states in seen], epochs),
        )
        say(f"Geschreven: {self._work / name}.npz")

    def _differences(self, layers: Any) -> dict[str, FloatArray]:
        tensors = {n: t for i, layer in enumerate(layers) for n, t in layer.give(f"l{FROZEN + i}").items()}
        return {n: t - self._weights.tensors[n].reshape(t.shape) for n, t in tensors.items()}

    def _about(self, letters: Sequence[Letter], epochs: int) -> dict[str, Any]:
        packages = ("torch", "transformers", "sentence-transformers", "numpy", PACKAGE)
        return {
            "frozen": FROZEN,
            "seed": self._seed,
            "epochs": epochs,
            "letters": [letter.slug for letter in letters],
            "held_out": sorted(self._data.held_out),
            "python": platform.python_version(),
            "versions": {name: version(name) for name in packages},
            "data": digests(),
        }


def _rank(upper: UpperLayers, letter: LetterStates, home: LetterStates) -> reading.Rank:
    """Rank a letter's sentences for all questions of ``home``, as a search would."""
    with torch.inference_mode():
        scores = upper.scores(replace(letter, questions=home.questions), range(len(home.questions)))
        owner = torch.from_numpy(letter.owner)
        worth = (
            _z(scores.sentence_dense)
            + _z(scores.sentence_tokens)
            + Weights().owner * _z(scores.passage_tokens)[:, owner]
        )
        order: reading.Rank = worth.argsort(1, descending=True).numpy()
    return order


def _z(scores: torch.Tensor) -> torch.Tensor:
    return (scores - scores.mean(1, keepdim=True)) / scores.std(1, keepdim=True)
