"""Cuts Dutch text into sentences, as offsets."""

from __future__ import annotations

import re

# Abbreviations after which a full stop does not end a sentence: general written Dutch.
_ABBREVIATIONS = frozenset(
    "a.d art bijv blz bv ca dhr dr drs e.a e.d e.v evt excl fig i.c i.h.b i.o i.p.v i.v.m incl ing ir "
    "jl jo km lid m.b.t m.i m.i.v m.n m.u.v max mevr min mln mld mr n.a.v n.v.t nl no nr nrs o.a "
    "o.b.v o.g.v o.i.d o.l.v o.m pag par prof resp sec st t.a.v t.b.v t.g.v t.n.v t.o.v tel v.a vgl "
    "vlg vs w.o z.g z.o.z zgn zie".split()
)
_END = re.compile(r"[.!?…]+[\"'’”»)\]]*(?=\s+\S)")
_LAST_WORD = re.compile(r"[\w.]*$")
_STARTS_SENTENCE = re.compile(r"[\"'‘“«(\[]*[A-ZÀ-Þ0-9€•–-]|[\"'‘“«(\[]*'[a-z]\s")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of ``text``; every line break ends one too."""
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for stop in _END.finditer(line.group()):
            end = line.start() + stop.end()
            rest = text[end : line.end()].lstrip()
            if _STARTS_SENTENCE.match(rest) and not _is_abbreviation(text[start:end]):
                spans.append((start, end))
                start = line.end() - len(text[end : line.end()].lstrip())
        if text[start : line.end()].strip():
            spans.append((start, line.end()))
    return spans


def _is_abbreviation(sentence: str) -> bool:
    if not sentence.endswith("."):
        return False
    match = _LAST_WORD.search(sentence[:-1])
    word = match.group().lower() if match else ""
    is_initial = bool(re.fullmatch(r"(?:[a-z]\.)*[a-z]", word)) and word not in {"u", "e"}
    return word in _ABBREVIATIONS or is_initial
