"""What a sentence says to a question that asks for yes or no."""

from __future__ import annotations

from dataclasses import dataclass

STANCES = ("yes", "no", "unclear", "other")  # the last one: neither, or only in part


@dataclass(frozen=True, slots=True)
class Stance:
    """The probability of each of STANCES but the last, to which what is left to 1 belongs."""

    yes: float
    no: float
    unclear: float

    @property
    def likeliest(self) -> tuple[str, float]:
        """The name of the likeliest of the three, with its probability."""
        return max((("yes", self.yes), ("no", self.no), ("unclear", self.unclear)), key=lambda said: said[1])
