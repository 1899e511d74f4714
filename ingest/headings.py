"""What the titles of a letter tell when they are taken together: chapters by number, halves by repeats."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from ingest.block import Block
from ingest.lines import chapter_of

_REPEATS = 3  # times that a title must come back to be a half's


def with_headings(blocks: list[Block]) -> list[Block]:
    """Return ``blocks`` with the titles that are chapters or headings of halves taken for these."""
    return _halves_from_repeats(_chapters_from_numbers(blocks))


def _chapters_from_numbers(blocks: list[Block]) -> list[Block]:
    """Take "1 Titel" for a chapter in a letter that does not say "Hoofdstuk"."""
    chapters = [chapter_of(block.rows[0]) for block in blocks if block.kind == "chapter"]
    if any(found and found[0] is not None for found in chapters):
        return blocks
    return [
        Block("chapter", (f"{block.number} {block.text}",), block.page, number=block.number)
        if block.kind == "title" and block.number and "." not in block.number
        else block
        for block in blocks
    ]


def _halves_from_repeats(blocks: list[Block]) -> list[Block]:
    """Take a title that comes back in section after section, each time under another title, for a half's."""
    titles = [block.text if block.kind == "title" and not block.number else "" for block in blocks]
    counts = Counter(titles)
    repeated = {title for title in counts if title and counts[title] >= _REPEATS and title != titles[0]}
    places: dict[str, list[int]] = {title: [] for title in repeated}
    own_before = [0]  # how many titles of their own stand before each block
    for i, (block, title) in enumerate(zip(blocks, titles, strict=True)):
        own_before.append(own_before[-1] + (block.kind == "title" and block.text not in repeated))
        if title in repeated:
            places[title].append(i)
    halves = {
        title
        for title, found in places.items()
        if all(own_before[a] < own_before[b] for a, b in pairwise(found))
    }
    return [
        Block("question", block.rows, block.page) if title in halves else block
        for block, title in zip(blocks, titles, strict=True)
    ]
