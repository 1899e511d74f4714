"""The measures of a set: what each one is, which way is better, and how questions add up to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from eval.calibration import Numbers, aurc, calibration_error
from eval.metrics import REFUSALS, Verdict
from eval.ranking import NAMES as RANKING

Better = Literal["higher", "lower"]
Columns = Mapping[str, Numbers]
_REFUSED_AS = {
    "not_stated": "‘staat er niet in’",
    "not_in_letter": "‘gaat er niet over’",
    "out_of_scope": "‘geen vraag over de brief’",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; ``value`` takes the columns it names, a row a question, NaN where one does not count."""

    name: str
    label: str
    columns: tuple[str, ...]
    value: Callable[..., float]
    better: Better = "higher"
    digits: int = 3

    def of(self, table: Columns) -> float | None:
        """Return the measure of ``table``, None when none of its questions counts."""
        given = [table[column] for column in self.columns]
        known = ~np.isnan(np.sum(given, axis=0))
        return self.value(*(column[known] for column in given)) if known.any() else None

    def worse(self, value: float, bar: float) -> bool:
        """Tell whether ``value`` is on the wrong side of ``bar``."""
        return value < bar if self.better == "higher" else value > bar


def _mean(values: Numbers) -> float:
    return float(values.mean())


def _median(values: Numbers) -> float:
    return float(np.median(values))


def _p95(values: Numbers) -> float:
    return float(np.percentile(values, 95))


def _share(name: str, label: str) -> Measure:
    return Measure(name, label, (name,), _mean)


MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        _share("right", "juist, van alle vragen"),
        _share("answerable", "juist, van wat de brief beantwoordt"),
        _share("unanswerable", "juist, van wat de brief niet beantwoordt"),
        _share("answered", "kreeg een antwoord, van wat de brief beantwoordt"),
        _share("facts", "alle feiten genoemd"),
        _share("cited", "plaatsen van het bewijs geciteerd"),
        _share("first", "eerste citaat is bewijs"),
        _share("in_section", "citaten in een paragraaf van het bewijs"),
        _share("verbatim", "citaten letterlijk, op het teken"),
        _share("citation_recall", "uitspraken gedragen door hun citaten (ALCE)"),
        _share("citation_precision", "citaten nodig voor hun uitspraak (ALCE)"),
        _share("voice", "juiste stem: akkoord of VNG"),
        _share("caveat", "voorbehoud van het bewijs getoond"),
        *(_share(name, f"zoeken: {name} van alinea's") for name in RANKING),
        _share("refusal_precision", "terecht geweigerd, van de weigeringen"),
        _share("refusal_recall", "geweigerd, van wat de brief niet beantwoordt"),
        *(
            _share(f"{status}_{side}", f"{_REFUSED_AS[status]}: {side}")
            for status in REFUSALS
            for side in ("precision", "recall")
        ),
        _share("nearest", "wijst bij een weigering naar de juiste paragraaf"),
        Measure("aurc", "fout bij elke dekking, gemiddeld (AURC)", ("confidence", "sure"), aurc, "lower"),
        Measure(
            "ece",
            "zekerheid naast juistheid, 10 gelijke groepen (ECE)",
            ("confidence", "sure"),
            calibration_error,
            "lower",
        ),
        Measure("words", "woorden in een antwoord, mediaan", ("words",), _median, "lower", 0),
        Measure("ms_median", "milliseconden per vraag, mediaan", ("ms",), _median, "lower", 0),
        Measure("ms_p95", "milliseconden per vraag, 95e percentiel", ("ms",), _p95, "lower", 0),
    )
}
COLUMNS = tuple(dict.fromkeys(column for m in MEASURES.values() for column in m.columns))


def columns_of(verdicts: Sequence[Verdict]) -> Columns:
    """Return the columns of all measures, a row a verdict.

    The confidence counts for questions that were answered: a refusal's is not of an answer.
    """
    rows = [
        {**v.values}
        | (
            {"confidence": v.answer.confidence, "sure": v.values["right"]}
            if v.answer.status == "answered"
            else {}
        )
        for v in verdicts
    ]
    return {name: np.array([row.get(name, np.nan) for row in rows], float) for name in COLUMNS}


def measured(table: Columns) -> dict[str, float]:
    """Return every measure that ``table`` has questions for."""
    values = {name: measure.of(table) for name, measure in MEASURES.items()}
    return {name: value for name, value in values.items() if value is not None}
