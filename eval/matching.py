"""When two texts count as the same, and a place as the one that is meant; as in every scorer of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from eval.cases import Evidence

_SIGNS = str.maketrans("’‘“”\u2011–—", "''\"\"---")


@lru_cache(maxsize=20_000)
def flat(text: str) -> str:
    """Return ``text`` without white space and case, with plain quotes and dashes."""
    return re.sub(r"\s+", "", text.translate(_SIGNS)).lower()


def soft(text: str) -> str:
    """Return ``text`` without case, with single spaces and plain quotes and dashes."""
    return " ".join(text.translate(_SIGNS).split()).lower()


def stands_in(snippet: str, passage: str) -> bool:
    """Tell whether ``snippet`` stands in ``passage``, white space and case aside."""
    return flat(snippet) in flat(passage)


def in_section(evidence: Evidence, chapter: int, section: Sequence[str]) -> bool:
    """Tell whether a place in ``chapter`` and ``section`` is in the section of ``evidence``."""
    sections = {flat(title) for title in section}
    return chapter == evidence.chapter and (not evidence.section or flat(evidence.section) in sections)
