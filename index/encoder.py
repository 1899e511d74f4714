"""What the index asks of an embedding model; every library behind it stays out of sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Role = Literal["query", "passage"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text as vectors: ``vector`` (dimension,) of unit length, ``tokens`` (tokens, dimension)."""

    vector: FloatArray
    tokens: FloatArray


class Encoder(Protocol):
    """Turns texts into vectors; ``name`` tells two models apart in an index's manifest."""

    name: str
    dimension: int

    def encode(
        self, texts: Sequence[str], role: Role, progress: Progress | None = None
    ) -> list[Encoding]:
        """Return one encoding a text, in order; ``progress`` gets (done, all) as it goes."""
        ...
