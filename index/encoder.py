"""What the index asks of an embedding model; every library behind it stays out of sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from ingest.errors import VraagbaakError

FloatArray = npt.NDArray[np.float32]
Role = Literal["query", "passage"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text as vectors: ``vector`` (dimension,) of unit length, ``tokens`` (tokens, dimension).

    ``offsets`` (tokens, 2) are the first and last character (exclusive) of each token in the text.
    """

    vector: FloatArray
    tokens: FloatArray
    offsets: npt.NDArray[np.int32]


class EncoderError(VraagbaakError):
    """A model cannot be had; the text is one line of Dutch for the user, with what to do now."""


class Encoder(Protocol):
    """Turns texts into vectors; ``name`` tells two models apart in an index's manifest."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> list[Encoding]:
        """Return one encoding a text, in order; ``progress`` gets (done, all) as it goes."""
        ...
