"""A block: the lines of a letter that make one title, paragraph, list or table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.letter import Voice
from ingest.tables import RawTable

BlockKind = Literal["chapter", "title", "question", "text", "list", "table", "formality"]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of one kind; ``rows`` are its text lines, joined where a line ran on.

    ``rank`` is that of a title whose typography is known (see ``Line``), else 0. ``level`` (from 1) and
    ``voice`` are there where someone set them by hand.
    """

    kind: BlockKind
    rows: tuple[str, ...]
    page: int
    number: str = ""
    table: RawTable | None = None
    rank: int = 0
    level: int = 0
    voice: Voice | None = None

    @property
    def text(self) -> str:
        """The rows as one line: the wording of a title or chapter."""
        return " ".join(self.rows)
