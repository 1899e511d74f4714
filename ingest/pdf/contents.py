"""Finds a table of contents, which is no text of the letter: titles with the page they are on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LEADERS = r"(?:\.{4,}|(?:\s\.){3,}|…{2,}|·{4,}|_{4,})"
_LED = re.compile(rf"(?P<title>.*?\w.*?)\s*{_LEADERS}[\s.…]*(?P<page>\d{{1,4}}|[ivxl]{{1,6}})?")
_NUMBERED = re.compile(r"(?P<title>.*?[^\W\d].*?)[\t ]\s*(?P<page>\d{1,4})")
_HEADS = re.compile(r"(?:inhoud(?:sopgave)?|in deze brief|table of contents|contents)\s*:?", re.IGNORECASE)
_FEWEST = 3  # entries
_FARTHEST = 3  # lines between entries: one that runs over several
_LOOK_BACK = 3  # lines before the first entry, for the heading


def contents(texts: Sequence[str]) -> set[int]:
    """Return the places in ``texts`` of the lines that make a table of contents, its heading among them."""
    known = Counter(_words(text) for text in texts)
    entries = [i for i, text in enumerate(texts) if _is_entry(text, known)]
    runs: list[list[int]] = []
    for i in entries:
        if runs and i - runs[-1][-1] <= _FARTHEST:
            runs[-1].append(i)
        else:
            runs.append([i])
    found: set[int] = set()
    for run in runs:
        if len(run) < _FEWEST or not _rises([texts[i] for i in run]):
            continue
        start = run[0]
        for i in range(max(0, start - _LOOK_BACK), start):
            if _HEADS.fullmatch(texts[i].strip()):
                start = i
                break
        found |= set(range(start, run[-1] + 1))
    return found


def _is_entry(text: str, known: Counter[str]) -> bool:
    if _LED.fullmatch(text):
        return True
    match = _NUMBERED.fullmatch(text)
    return bool(match and known[_words(match["title"])])


def _rises(entries: Sequence[str]) -> bool:
    """Tell whether the page numbers go up, as they do in a table of contents."""
    matches = [_LED.fullmatch(entry) or _NUMBERED.fullmatch(entry) for entry in entries]
    pages = [int(m["page"]) for m in matches if m and m["page"] and m["page"].isdigit()]
    return pages == sorted(pages)


def _words(text: str) -> str:
    return " ".join(text.split()).lower()
