"""The trained weights that ship: what training added to the default model's, in 8 bits.

A file holds, for each tensor of the encoder and of the reader's layers, the difference from the same
layer of the default model, one byte a weight with a scale a row; small tensors stay in fp32.
``index train`` writes it, with a manifest beside it that says from what and how.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from index.encoder import EncoderError, FloatArray

WEIGHTS = Path(__file__).parent / "data" / "trained.npz"
_FORMAT = 1
_SCALE = "/scale"

Tensors = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class Trained:
    """Differences to add: ``encoder`` and ``reader`` by the names of ``index.transformer``.

    The first ``frozen`` layers were left as they are; ``digest`` is the SHA-256 of the file;
    ``letters`` are the slugs of the training letters they saw.
    """

    frozen: int
    encoder: dict[str, FloatArray]
    reader: dict[str, FloatArray]
    digest: str
    letters: frozenset[str]

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Trained:
        """Read the weights in ``path``. EncoderError if they are missing or damaged."""
        try:
            data = path.read_bytes()
            manifest = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            digest = hashlib.sha256(data).hexdigest()
            if (manifest["format"], manifest["sha256"]) != (_FORMAT, digest):
                raise ValueError("format or digest differs")
            frozen, letters = int(manifest["frozen"]), frozenset(manifest["letters"])
            with np.load(BytesIO(data)) as stored:
                tensors = _unpacked(dict(stored))
            parts: dict[str, dict[str, FloatArray]] = {"encoder": {}, "reader": {}}
            for name, tensor in tensors.items():
                part, _, own = name.partition("/")
                parts[part][own] = tensor
        except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
            raise EncoderError(
                f"De getrainde gewichten in '{path}' ontbreken of zijn beschadigd. Installeer Vraagbaak "
                "opnieuw, of maak ze met: python -m index train."
            ) from error
        return cls(frozen, parts["encoder"], parts["reader"], digest, letters)


def save(path: Path, *, encoder: Tensors, reader: Tensors, manifest: Mapping[str, Any]) -> None:
    """Write differences to ``path``, and beside it ``manifest``, with at least "frozen" and "letters"."""
    packed = _packed(
        {f"encoder/{n}": t for n, t in encoder.items()} | {f"reader/{n}": t for n, t in reader.items()}
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **packed)
    fields = {"format": _FORMAT, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), **manifest}
    path.with_suffix(".json").write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")


def sums(tensors: Tensors, differences: Tensors) -> dict[str, FloatArray]:
    """Return ``tensors`` with ``differences`` added to those of the same name, or put beside them."""
    added = {
        name: (tensors[name].reshape(d.shape) + d if name in tensors else d)
        for name, d in differences.items()
    }
    return {**tensors, **added}


def _packed(tensors: Tensors) -> dict[str, Any]:
    packed: dict[str, Any] = {}
    for name, tensor in tensors.items():
        if tensor.ndim < 2:
            packed[name] = tensor.astype(np.float32)
            continue
        scale = np.maximum(np.abs(tensor).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
        packed[name] = np.rint(tensor / scale).astype(np.int8)
        packed[name + _SCALE] = scale
    return packed


def _unpacked(packed: Mapping[str, Any]) -> dict[str, FloatArray]:
    return {
        name: stored * packed[name + _SCALE] if stored.dtype == np.int8 else stored
        for name, stored in packed.items()
        if not name.endswith(_SCALE)
    }
