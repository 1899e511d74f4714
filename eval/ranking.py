"""Measures of a ranking of passages, by ir-measures.

ir-measures (MacAvaney and others, ECIR 2022; Apache 2.0) is what the field's own tools report with: it
asks trec_eval itself, is 1.8 MB with it and imports in a tenth of a second. ranx compiles for minutes on
first use and breaks ties its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from eval.gold import Gold
from ingest.errors import VraagbaakError

CUTS = (1, 3, 5, 10)
NAMES = (*(f"recall@{k}" for k in CUTS), "MRR", "nDCG@10")


def require() -> None:
    """Raise VraagbaakError where ir-measures is not installed: Linux on ARM has no wheel of trec_eval."""
    if find_spec("ir_measures") is None:
        raise VraagbaakError(
            "Om te meten is het pakket 'ir-measures' nodig. Installeer het met 'pip install ir-measures'."
        )


def ranking_values(golds: Sequence[Gold], rankings: Sequence[Sequence[str]]) -> list[dict[str, float]]:
    """Return the measures of each question by name, given the names of its passages, best first.

    Of the places in a group of evidence, any of which answers, the one ranked best counts; a group that
    was not found counts as missed. A question without a result has 0 for all. A question without
    evidence has no measures.
    """
    require()
    import ir_measures
    from ir_measures import RR, R, nDCG

    measures = dict(zip(NAMES, (*(R @ k for k in CUTS), RR, nDCG @ 10), strict=True))
    wanted: dict[str, dict[str, int]] = {}
    run: dict[str, dict[str, float]] = {}
    for number, (gold, ranking) in enumerate(zip(golds, rankings, strict=True)):
        if not gold.groups:
            continue
        places = {key: place for place, key in enumerate(ranking)}
        best = [min((p.key for p in g), key=lambda key: places.get(key, len(places))) for g in gold.groups]
        wanted[str(number)] = dict.fromkeys(best, 1)
        run[str(number)] = {key: float(-place) for key, place in places.items()}  # no ties: they differ
    values: list[dict[str, float]] = [
        dict.fromkeys(measures, 0.0) if str(number) in wanted else {} for number in range(len(golds))
    ]
    names = {str(measure): name for name, measure in measures.items()}
    for metric in ir_measures.iter_calc(list(measures.values()), wanted, run):
        values[int(metric.query_id)][names[str(metric.measure)]] = float(metric.value)
    return values
