"""Tells a Dutch question from an English or German one."""

from __future__ import annotations

from ingest.language import small_words


def is_dutch(text: str) -> bool:
    """Tell whether ``text`` reads as Dutch; a few bare words count as Dutch."""
    counts = small_words(text)
    foreign = max(counts["en"], counts["de"])
    return counts["nl"] >= foreign or foreign < 2
