"""A report as one page that stands by itself: measures, plots, and every wrong answer beside its gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.answer import Citation
from eval.calibration import bins, risk_coverage
from eval.gate import Report
from eval.gold import Place
from eval.matching import stands_in
from eval.metrics import Verdict
from eval.report.breakdown import STATUSES, by_kind, by_style, confusion
from eval.report.plots import Axis, Line, bars, curves
from eval.report.table import measure_rows, summary
from eval.report.words import in_dutch

_TOKENS = Path(__file__).parents[2] / "assistant" / "web" / "static" / "tokens.css"
_HEADLINES = ("answerable", "unanswerable", "first", "recall@5", "ms_median")
_SHOWN = 5  # passages of the search beside a wrong answer


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing, with the numbers it shows: a table for who cannot see it."""

    title: str
    words: str
    svg: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer with its gold; ``new`` tells that the former run had it right."""

    verdict: Verdict
    set_name: str
    new: bool

    @property
    def expected(self) -> list[tuple[int, str, str]]:
        """The places that answer: the number of the fact they are for, the place, the words."""
        groups = zip(self.verdict.case.evidence, self.verdict.gold.groups, strict=True)
        return [
            (number, _label(place), evidence.snippet)
            for number, (group, places) in enumerate(groups, start=1)
            for evidence in group
            for place in places
            if stands_in(evidence.snippet, place.passage.text)
        ]

    @property
    def ranked(self) -> list[tuple[Citation, bool]]:
        """The first passages of the search, each with whether it is evidence."""
        gold = {place.key for group in self.verdict.gold.groups for place in group}
        found = self.verdict.observation.ranked[:_SHOWN]
        return [(c, f"{c.document}#{c.anchor}" in gold) for c in found]


def as_page(reports: Sequence[Report]) -> str:
    """Return the reports as one HTML document without any reference to another file."""
    wrong = [
        Wrong(verdict, report.result.name, verdict.case.id in report.new_wrong)
        for report in reports
        if not report.total
        for verdict in report.result.verdicts
        if not verdict.right
    ]
    return _environment.get_template("page.html").render(
        reports=reports,
        reasons=[reason for report in reports for reason in report.reasons],
        wrong=wrong,
        styles=_TOKENS.read_text(encoding="utf-8"),
        statuses=STATUSES,
        held=any(r.bars or r.differences for r in reports),
        asked=sum(len(r.result.verdicts) for r in reports if not r.total),
    )


def tiles(report: Report) -> list[tuple[str, str]]:
    """Return the measures to see first: value and what it is."""
    rows = {row[0]: (row[1], row[-1]) for row in measure_rows(report, chosen=False)}
    return [rows[name] for name in _HEADLINES if name in rows]


def plots(report: Report) -> list[Plot]:
    """Return the plots of a report, without those that have nothing to show."""
    found = [_shares("Juist per soort vraag", report, styles=False)]
    found.append(_shares("Juist per stijl van vraag", report, styles=True))
    columns = report.result.columns
    known = ~np.isnan(columns["confidence"])
    confidence, right = columns["confidence"][known], columns["sure"][known]
    if len(right):
        found += [_risk(confidence, right), _calibration(confidence, right)]
    times = np.sort(columns["ms"][~np.isnan(columns["ms"])])
    if len(times):
        found.append(_latency(times))
    return [plot for plot in found if plot.rows]


def _shares(title: str, report: Report, *, styles: bool) -> Plot:
    shares = (by_style if styles else by_kind)(report.result.verdicts)
    of = "alle vragen" if styles else "vragen die de brief beantwoordt"
    rows = tuple((in_dutch(s.name), f"{s.value:.2f}", f"{s.right} van {s.count}") for s in shares)
    words = f"Aandeel juiste antwoorden, {of}. De dunne lijn is het 95%-interval."
    drawn = bars([replace(share, name=in_dutch(share.name)) for share in shares], title)
    return Plot(title, words, drawn, ("soort", "aandeel", "juist"), rows)


def _risk(confidence: np.ndarray, right: np.ndarray) -> Plot:
    title = "Risico en dekking"
    risk = risk_coverage(confidence, right)
    share = np.arange(1, len(risk) + 1) / len(risk)
    overall = float(1 - right.mean())
    lines = [
        Line(list(zip(share, risk, strict=True)), "line", "gesorteerd op zekerheid"),
        Line([(0.0, overall), (1.0, overall)], "reference", "zonder zekerheid"),
    ]
    words = (
        "Wie alleen de zekerste antwoorden toont: welk deel daarvan is fout? Lager dan de stippellijn "
        "betekent dat de zekerheid iets zegt."
    )
    top = max(0.2, float(np.ceil(5 * risk.max()) / 5))
    drawn = curves(
        lines, Axis("deel van de antwoorden dat getoond wordt"), Axis("deel fout", high=top), title
    )
    marks = [max(1, round(len(risk) * quarter / 4)) - 1 for quarter in range(1, 5)]
    rows = tuple((f"{share[i]:.0%}", f"{risk[i]:.1%}") for i in marks)
    return Plot(title, words, drawn, ("getoond", "fout"), rows)


def _calibration(confidence: np.ndarray, right: np.ndarray) -> Plot:
    title = "Zekerheid naast juistheid"
    found = bins(confidence, right)
    dots = [(b.confidence, b.right) for b in found]
    lines = [Line(dots, "line", "gemeten"), Line([(0.0, 0.0), (1.0, 1.0)], "reference", "volmaakt")]
    words = "Tien groepen antwoorden met oplopende zekerheid: welk deel is juist?"
    drawn = curves(lines, Axis("zekerheid van het antwoord"), Axis("deel juist"), title, dots=dots)
    rows = tuple((f"{b.confidence:.2f}", f"{b.right:.2f}", str(b.count)) for b in found)
    return Plot(title, words, drawn, ("zekerheid", "juist", "antwoorden"), rows)


def _latency(times: np.ndarray) -> Plot:
    title = "Tijd per vraag"
    share = np.arange(1, len(times) + 1) / len(times)
    middle, late = np.percentile(times, [50, 95])
    end = float(100 * np.ceil(np.percentile(times, 99) / 100))
    lines = [
        Line([(0.0, 0.0), *zip(times, share, strict=True)], "line"),
        Line([(middle, 0.0), (middle, 0.5)], "reference", f"mediaan {middle:.0f} ms"),
        Line([(late, 0.0), (late, 0.95)], "reference", f"95% binnen {late:.0f} ms"),
    ]
    words = "Welk deel van de vragen binnen een tijd beantwoord is, zoals gemeten op deze machine."
    across = Axis("milliseconden", high=end, percent=False)
    drawn = curves(lines, across, Axis("deel van de vragen"), title, low_names=True)
    quarters = (10, 50, 90, 95, 99)
    rows = tuple((f"{q}%", f"{np.percentile(times, q):.0f} ms") for q in quarters)
    return Plot(title, words, drawn, ("deel van de vragen", "binnen"), rows)


def _label(place: Place) -> str:
    passage = place.passage
    whole = Citation.of(place.letter, place.part, passage, marker=1, start=passage.start, end=passage.end)
    return whole.label


_environment = Environment(
    loader=PackageLoader("eval.report", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals |= {
    "in_dutch": in_dutch,
    "summary": summary,
    "measure_rows": measure_rows,
    "tiles": tiles,
    "plots": plots,
    "confusion": confusion,
}
