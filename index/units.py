"""Letters as the texts that are indexed: passages with their titles, and their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.letter import Letter, Part, Passage
from ingest.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Unit:
    """One passage with its place, and the spans of its sentences inside ``passage.text``."""

    letter: Letter
    part: Part
    passage: Passage
    sentences: tuple[tuple[int, int], ...]

    @property
    def titles(self) -> str:
        """Chapter, sections and heading as one line: the context a paragraph stands in."""
        section = () if self.passage.kind == "formality" else self.part.section
        steps = (self.part.chapter_title, *section, self.part.heading)
        return ". ".join(step.rstrip(".") for step in steps if step)

    @property
    def text(self) -> str:
        """What is embedded for the passage: its titles, then its words."""
        return f"{self.titles}\n{self.passage.text}"

    @property
    def texts(self) -> list[str]:
        """What words are counted of: ``text``, and then each sentence by itself."""
        return [self.text, *(self.passage.text[start:end] for start, end in self.sentences)]

    @property
    def shift(self) -> int:
        """Where the passage's words begin in ``text``."""
        return len(self.titles) + 1

    def segments(self, offsets: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
        """Return which segment of ``text`` each token is in: 0 for the titles, then the sentences.

        ``offsets`` (tokens, 2) are the characters that each token covers. Its last one decides, for
        a tokenizer may count the space before a word as part of it.
        """
        edges = [0, *(self.shift + start for start, _ in self.sentences)]
        return np.searchsorted(edges, offsets[:, 1] - 1, side="right") - 1


def units_of(letters: Sequence[Letter]) -> list[Unit]:
    """Return every passage of ``letters`` in reading order."""
    return [
        Unit(letter, part, passage, tuple(_sentences(passage)))
        for letter in letters
        for part, passage in letter.places
    ]


def _sentences(passage: Passage) -> list[tuple[int, int]]:
    if passage.table:
        return [(row.start - passage.start, row.end - passage.start) for row in passage.table.rows] or [
            (0, len(passage.text))
        ]
    if passage.kind == "formality":
        return [(0, len(passage.text))]
    return sentence_spans(passage.text)
