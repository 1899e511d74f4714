"""``python -m eval bench``: what an index of very many letters costs, and what its search still finds.

The letters are the home's first one and copies of it (see ``eval.copies``). With ``encoded`` only that
many are really encoded; the vectors of the rest are those of the original with noise, which the table
says. Every size is built upon the one before. What is measured:

- letters and passages a second that were added, and how long one more letter takes;
- the folder on disk, the time to open the index, and by how much a fresh program that holds the letters
  grows when it opens the index and is asked all questions (without a model);
- milliseconds of a warm question by stage: encoding it, ranking, joint reading;
- recall@10: the share of questions with a passage among the first ten that answers it, when the
  original alone is searched, and among all letters, where the same place of a copy counts too (but
  copies of one place also take the places of others, so it falls with their number);
- what is lost to speed: the share of the ten best passages (before the joint reading) of a search in
  which every passage is scored, and of the 100 nearest vectors, that are found. A copy of a passage does
  for the passage and for any other copy of it, each once: which of a thousand copies is the best is
  decided by the noise.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from eval.cases import Case
from eval.copies import PerturbedEncoder, RecordedEncoder, copy
from eval.retrieval import Query, of_cases
from index.encoder import Encoder
from index.letter_index import LetterIndex
from index.scoring import Asked, joined
from index.storage import IndexStore
from index.tables import EXACT
from index.units import units_of
from ingest.console import Bar, say
from ingest.letter import Letter

_TOP = 10
_NEAR = 100
_COMPARED = 20  # questions for which every passage is scored


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one size; None where they do not apply."""

    letters: int
    encoded: int
    passages: int
    passages_a_second: float | None
    one_more_s: float | None
    disk_mb: float
    open_s: float
    index_memory_mb: float | None
    encode_ms: str
    rank_ms: str
    join_ms: str
    total_ms: str
    recall_10: float
    recall_10_original: float
    best_found: float | None
    nearest_found: float | None


_NAMES = {
    "letters": "brieven",
    "encoded": "waarvan echt verwerkt",
    "passages": "alinea's",
    "passages_a_second": "alinea's per seconde toegevoegd",
    "one_more_s": "een brief erbij, s",
    "disk_mb": "op schijf, MB",
    "open_s": "openen, s",
    "index_memory_mb": "geheugen van de index, MB",
    "encode_ms": "vraag verwerken, ms",
    "rank_ms": "rangschikken, ms",
    "join_ms": "lezen, ms",
    "total_ms": "samen, ms",
    "recall_10": "recall@10",
    "recall_10_original": "recall@10, eerste brief alleen",
    "best_found": "van de beste tien gevonden",
    "nearest_found": "van de 100 naaste vectoren gevonden",
}


def bench(
    sizes: Sequence[int],
    letter: Letter,
    encoder: Encoder,
    cases: Sequence[Case],
    *,
    encoded: int,
    exact: float = EXACT,
) -> Iterator[Row]:
    """Yield the measures of an index of each of ``sizes`` letters, the smallest first."""
    sizes = sorted(sizes)
    queries = [query for query in of_cases(cases, units_of([letter])) if query.right]
    say("copies…")
    letters = [letter, *(copy(letter, number) for number in range(1, sizes[-1]))]
    noisy = PerturbedEncoder(encoder, letter, letters[encoded:]) if sizes[-1] > encoded else encoder
    with TemporaryDirectory() as folder:
        store = IndexStore(Path(folder) / "index")
        before = 0
        for size in sizes:
            say(f"{size} letters…")
            yield _row(letters[:size], noisy, store, queries, before=before, encoded=encoded, exact=exact)
            before = size


def _row(
    letters: Sequence[Letter],
    encoder: Encoder,
    store: IndexStore,
    queries: Sequence[Query],
    *,
    before: int,
    encoded: int,
    exact: float,
) -> Row:
    """Bring the index in ``store`` from the first ``before`` of ``letters`` to all, and measure it."""
    bulk, one_more = None, None
    if len(letters) - before > 1:
        seconds = _create(letters[:-1], encoder, store, exact)
        bulk = sum(len(list(letter.places)) for letter in letters[before:-1]) / seconds
    if before or bulk:
        one_more = _create(letters, encoder, store, exact)
    else:
        bulk = len(list(letters[0].places)) / _create(letters, encoder, store, exact)
    started = time.perf_counter()
    index = LetterIndex.load(letters, encoder, store, exact=exact)
    opened = time.perf_counter() - started
    anchors = [passage.anchor for _, passage in letters[0].places]
    right = [{anchors[number] for number in query.right} for query in queries]
    for query in queries[:3]:  # warm
        index.search(query.text)
    found = [index.search(query.text, top=_TOP) for query in queries]
    alone = [index.search(query.text, top=_TOP, documents=[letters[0].slug]) for query in queries]
    times = {stage: [search.timing_ms[stage] for search in found] for stage in ("encode", "rank", "join")}
    encodings = encoder.encode([query.text for query in queries], "query")
    recorded = RecordedEncoder(encoder, dict(zip([query.text for query in queries], encodings, strict=True)))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        memory = pool.submit(_memory, letters, recorded, store, exact).result()
    best, near = _compared(index, queries) if index.tables.candidates else (None, None)
    return Row(
        letters=len(letters),
        encoded=min(encoded, len(letters)),
        passages=sum(shard.passages for shard in index.tables.shards),
        passages_a_second=bulk,
        one_more_s=one_more,
        disk_mb=sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file()) / 1e6,
        open_s=opened,
        index_memory_mb=memory,
        encode_ms=_spread(times["encode"]),
        rank_ms=_spread(times["rank"]),
        join_ms=_spread(times["join"]),
        total_ms=_spread([sum(search.timing_ms.values()) for search in found]),
        recall_10=_recall([{hit.passage.anchor for hit in search.hits} for search in found], right),
        recall_10_original=_recall([{hit.passage.anchor for hit in search.hits} for search in alone], right),
        best_found=best,
        nearest_found=near,
    )


def _create(letters: Sequence[Letter], encoder: Encoder, store: IndexStore, exact: float) -> float:
    started = time.perf_counter()
    LetterIndex.create(letters, encoder, store, progress=Bar("Index"), exact=exact)
    return time.perf_counter() - started


def _recall(found: Sequence[set[str]], right: Sequence[set[str]]) -> float:
    return float(np.mean([bool(one & other) for one, other in zip(found, right, strict=True)]))


def _compared(index: LetterIndex, queries: Sequence[Query]) -> tuple[float, float]:
    """Return what share of the best passages and of the nearest vectors the search in two stages finds."""
    chosen = queries[:: max(1, len(queries) // _COMPARED)]
    asked = [index.asked(q.text, index.encoder.encode([q.text], "query")[0]) for q in chosen]
    per_letter = list(index.tables.by_letter(asked))
    places = [passage.anchor for letter in index.letters for _, passage in letter.places]
    best: list[float] = []
    for number, query in enumerate(chosen):
        everything = joined([found[number] for found in per_letter])
        fused, _ = index.weights.score(everything, np.ones(len(everything.numbers), bool))
        order = np.argsort(-fused, kind="stable")[:_TOP]
        wanted = Counter(places[n] for n in everything.numbers[order].tolist())
        hits = index.search(query.text, top=_TOP, read=False).hits
        best.append((wanted & Counter(hit.passage.anchor for hit in hits)).total() / _TOP)
    return float(np.mean(best)), _nearest(index, asked)


def _nearest(index: LetterIndex, asked: Sequence[Asked]) -> float:
    """Return what share of the nearest vectors of each question the first stage finds."""
    first_stage = index.tables.candidates
    assert first_stage is not None
    questions = np.stack([one.vector for one in asked])
    numbers: list[np.ndarray] = []
    scores: list[np.ndarray] = []
    for slug, shard in zip((letter.slug for letter in index.letters), index.tables.shards, strict=True):
        _, first, end = first_stage.rows[slug]
        numbers.append(np.arange(first, end))
        scores.append(questions @ shard.vectors().T)
    order = np.argsort(-np.concatenate(scores, axis=1), axis=1, kind="stable")[:, :_NEAR]
    wanted = np.concatenate(numbers)[order]
    return float(
        np.mean(
            [
                len(np.intersect1d(first_stage.near.nearest(one.vector, _NEAR), exact)) / _NEAR
                for one, exact in zip(asked, wanted, strict=True)
            ]
        )
    )


def _spread(milliseconds: Sequence[float]) -> str:
    """Return the median and the 95th percentile."""
    return f"{np.median(milliseconds):.0f} / {np.percentile(milliseconds, 95):.0f}"


def _memory(
    letters: Sequence[Letter], encoder: RecordedEncoder, store: IndexStore, exact: float
) -> float | None:
    """Return by how much the program grows when the index is opened and asked, in MB."""
    before = _resident()
    index = LetterIndex.load(letters, encoder, store, exact=exact)
    for question in encoder.questions:
        index.search(question)
    after = _resident()
    return None if before is None or after is None else after - before


def _resident() -> float | None:
    """Return the program's resident memory in MB, None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    except OSError:
        return None
    return pages * 4096 / 1e6


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table in Markdown, a column a size; names are in Dutch."""
    lines = []
    for name, words in _NAMES.items():
        cells = [_cell(getattr(row, name)) for row in rows]
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join([lines[0], "|" + " --- |" * (1 + len(rows)), *lines[1:]])


def _cell(value: float | str | None) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value < 10 else f"{value:.0f}"
    return "–" if value is None else str(value)
