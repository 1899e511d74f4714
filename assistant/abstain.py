"""Decides whether the letter answers a question, and which no is the honest one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Status
from assistant.reader import Reading
from index.hit import Hit


def verdict(
    reading: Reading,
    hits: Sequence[Hit],
    *,
    threshold: float,
    topical: float,
) -> Status:
    """Return "answered", or the refusal that fits.

    ``threshold`` is the least log-odds that a sentence answers; ``topical`` the least token
    similarity of the best passage for a subject the letter treats.
    """
    if reading.log_odds >= threshold:
        return "answered"
    best = max((hit.signals.tokens for hit in hits), default=0.0)
    return "not_stated" if best >= topical else "not_in_letter"
