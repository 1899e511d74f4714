"""The answer to what is no question about a letter; needs no model and no index."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.messages import refusal
from assistant.scope import judge


def refuse(question: str, max_characters: int) -> Answer | None:
    """Return the refusal that ``question`` gets before any search, None when it may be answered."""
    verdict = judge(question, max_characters)
    if verdict is None:
        return None
    status, text = refusal(verdict, max_characters)
    readable = question.encode("utf-8", "replace").decode("utf-8")
    return Answer(readable, readable.strip(), status, text, timing_ms={"total": 0.0})
