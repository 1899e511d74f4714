"""The middle states of all passages, which the reader reads: on disk, mapped, a few at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import FloatArray


class MiddleStates:
    """The states of all texts, one after the other, in half precision.

    ``bounds`` (segments + 1,) says where each segment begins; ``offsets`` (tokens, 2) which
    characters of its passage, titles included, each token covers.
    """

    def __init__(
        self,
        states: npt.NDArray[np.float16],
        bounds: npt.NDArray[np.int64],
        offsets: npt.NDArray[np.int32],
    ) -> None:
        self._states = states
        self._bounds = bounds
        self._offsets = offsets

    @classmethod
    def build(cls, segments: list[tuple[FloatArray, npt.NDArray[np.int32]]]) -> MiddleStates:
        """Index segments, each its states (tokens, hidden) and offsets (tokens, 2)."""
        bounds = np.cumsum([0, *(len(states) for states, _ in segments)]).astype(np.int64)
        return cls(
            np.concatenate([states for states, _ in segments]).astype(np.float16),
            bounds,
            np.concatenate([offsets for _, offsets in segments]),
        )

    @classmethod
    def load(cls, folder: Path) -> MiddleStates:
        """Read what ``save`` wrote; the states stay on disk until they are wanted."""
        return cls(
            np.load(folder / "states.npy", mmap_mode="r"),
            np.load(folder / "bounds.npy"),
            np.load(folder / "offsets.npy"),
        )

    def save(self, folder: Path) -> None:
        """Write the states as files into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "states.npy", self._states)
        np.save(folder / "bounds.npy", self._bounds)
        np.save(folder / "offsets.npy", self._offsets)

    def states(self, segment: int) -> FloatArray:
        """Return the states (tokens, hidden) of a segment."""
        start, end = self._bounds[segment : segment + 2]
        return self._states[start:end].astype(np.float32)

    def characters(self, segment: int, first: int, last: int) -> tuple[int, int]:
        """Return where the tokens ``first`` to ``last`` of a segment begin and end in its passage."""
        start = self._bounds[segment]
        return int(self._offsets[start + first, 0]), int(self._offsets[start + last, 1])
