"""What the index asks of an embedding model; every library behind it stays out of sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from index.stance import Stance
from ingest.errors import VraagbaakError

FloatArray = npt.NDArray[np.float32]
Role = Literal["query", "passage"]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text as vectors: ``vector`` (dimension,) of unit length, ``tokens`` (tokens, dimension).

    ``offsets`` (tokens, 2) are the first and last character (exclusive) of each token in the text.
    A model that comes with a reader gives the ``middle`` states that it reads: for a passage of the
    same tokens, for a query of all tokens, prefix and special ones too.
    """

    vector: FloatArray
    tokens: FloatArray
    offsets: npt.NDArray[np.int32]
    middle: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader makes of one sentence.

    ``score`` is the log-odds of its answering against no answer among all candidates; ``first`` and
    ``last`` are the tokens of the words that settle the question; ``stance`` means something only
    where the question asks for yes or no.
    """

    score: float
    first: int
    last: int
    stance: Stance


class PassageReader(Protocol):
    """Reads sentences together with a question."""

    def read(self, question: FloatArray, candidates: Sequence[tuple[int, FloatArray]]) -> list[Read]:
        """Return what each candidate has to say: the number of its passage and its middle states.

        ``question`` (tokens, hidden) holds all its tokens, a candidate (tokens, hidden) its own, at
        least one.
        """
        ...


class EncoderError(VraagbaakError):
    """A model cannot be had; the text is one line of Dutch for the user, with what to do now."""


class Encoder(Protocol):
    """Turns texts into vectors.

    ``name`` and ``weights`` (a digest; "" where the name says it all) tell two models apart in an
    index's manifest. ``reader`` reads what the model makes of texts, None where it has none.
    """

    name: str
    weights: str
    dimension: int
    reader: PassageReader | None

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> list[Encoding]:
        """Return one encoding a text, in order; ``progress`` gets (done, all) as it goes."""
        ...
