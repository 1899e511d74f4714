"""A plain pipeline, as tutorials build it, to set ours against: chunks, a vector each, the top four.

LangChain's recursive splitter with its usual 1,000 characters and 200 of overlap, the same model, an
exact FAISS index. Both show as many words: the plain one its four chunks, ours as many of its best
passages as fit in what those hold for the same question.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

import numpy as np

from eval.cases import Case
from eval.matching import stands_in
from index.dense import DenseIndex
from index.encoder import Encoder
from index.letter_index import LetterIndex
from ingest.errors import VraagbaakError
from ingest.letter import Letter

_CHARACTERS, _OVERLAP, _CHUNKS = 1_000, 200, 4
_PASSAGES = 20  # of ours that are looked at


def compare(letter: Letter, encoder: Encoder, cases: Sequence[Case], index: LetterIndex) -> str:
    """Return a table in Markdown of both pipelines over the answerable ``cases``.

    Evidence is the share of the places that answer whose words are shown whole; ms the median of a
    question. Raises VraagbaakError where the splitter is not installed.
    """
    chunks = _split(letter.text)
    vectors = [encoding.vector for encoding in encoder.encode(chunks, "passage")]
    plain = DenseIndex.build(np.stack(vectors))
    shares: dict[str, list[float]] = {"plain": [], "ours": []}
    times: dict[str, list[float]] = {"plain": [], "ours": []}
    words: list[int] = []
    asked = [case for case in cases if case.answerable and not case.history]
    for case in asked:
        started = time.perf_counter()
        scores = plain.scores(encoder.encode([case.question], "query")[0].vector)
        best = np.argsort(-scores, kind="stable")[:_CHUNKS]
        searched = time.perf_counter()
        hits = index.search(case.question, top=_PASSAGES).hits
        times["plain"].append(1000 * (searched - started))
        times["ours"].append(1000 * (time.perf_counter() - searched))
        shown = [chunks[int(number)] for number in best]
        words.append(sum(len(text.split()) for text in shown))
        shares["plain"].append(_shown(case, shown))
        shares["ours"].append(_shown(case, _fitting([hit.passage.text for hit in hits], words[-1])))
    rows = [
        f"| {said} | {np.mean(shares[name]):.3f} | {median(words):.0f} | {median(times[name]):.0f} |"
        for name, said in (("plain", "gewone opzet"), ("ours", "Vraagbaak"))
    ]
    return "\n".join(["| | bewijs getoond | woorden | ms |", "| --- | --- | --- | --- |", *rows])


def _split(text: str) -> list[str]:
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise VraagbaakError(
            "Voor de vergelijking ontbreekt een pakket. Installeer het met: pip install '.[test]'"
        ) from error
    splitter = RecursiveCharacterTextSplitter(chunk_size=_CHARACTERS, chunk_overlap=_OVERLAP)
    return list(splitter.split_text(text))


def _fitting(texts: Sequence[str], words: int) -> list[str]:
    """Return the first of ``texts`` that together have no more than ``words``, at least one."""
    kept: list[str] = []
    for text in texts:
        words -= len(text.split())
        if kept and words < 0:
            break
        kept.append(text)
    return kept


def _shown(case: Case, texts: Sequence[str]) -> float:
    """Return what share of the places that must be cited stands in one of ``texts``."""
    groups = [any(stands_in(e.snippet, t) for e in group for t in texts) for group in case.evidence]
    return sum(groups) / len(groups) if groups else 1.0
