"""A report as text for a terminal, and as Markdown for a merge request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eval.gate import Bar, Report, shown
from eval.measures import MEASURES, Measure
from eval.report.breakdown import STATUSES, Share, by_kind, by_style, confusion

_HEADS = ("maat", "waarde", "grens", "vorige", "verschil", "95%-interval", "")


def heading(report: Report) -> str:
    """Return the set's name with what came of it."""
    return f"{report.result.name}: {summary(report)}"


def summary(report: Report) -> str:
    """Return how many questions went right, of which sorts."""
    verdicts = report.result.verdicts
    known = sum(v.case.answerable for v in verdicts)
    right = sum(v.right for v in verdicts)
    return (
        f"{right} van {len(verdicts)} juist "
        f"({known} die de brief beantwoordt, {len(verdicts) - known} die hij niet beantwoordt)"
    )


def measure_rows(report: Report, *, chosen: bool) -> list[tuple[str, ...]]:
    """Return the cells of the measures; ``chosen`` leaves those without bar or news out."""
    bars = {bar.measure.name: bar for bar in report.bars}
    rows: list[tuple[str, ...]] = []
    for name, measure in MEASURES.items():
        bar, change = bars.get(name), report.differences.get(name)
        news = change is not None and (change.is_worse or change.is_better)
        if name not in report.result.measures and bar is None:
            continue
        if chosen and bar is None and not news and name not in ("answerable", "unanswerable"):
            continue
        value = shown(report.result.measures.get(name), measure)
        rows.append((name, value, shown(bar.bar, measure) if bar else "", *_change(report, measure, bar)))
    return rows


def _change(report: Report, measure: Measure, bar: Bar | None) -> tuple[str, ...]:
    change = report.differences.get(measure.name)
    said = measure.label
    if bar is not None and not bar.holds:
        said = f"ONDER DE GRENS: {said}"
    if change is None:
        return "", "", "", said
    if change.is_worse or change.is_better:
        said = f"{'slechter' if change.is_worse else 'beter'}: {said}"
    if change.low == change.high == 0:
        return shown(change.old, measure), "=", "", said
    interval = f"{change.low:+.{measure.digits}f} … {change.high:+.{measure.digits}f}"
    return shown(change.old, measure), f"{change.change:+.{measure.digits}f}", interval, said


def as_text(reports: Sequence[Report], *, chosen: bool, wrong: bool = False) -> str:
    """Return the reports for a terminal; ``chosen`` keeps to bars and news, ``wrong`` lists the faults."""
    return "\n".join(line for report in reports for line in _text(report, chosen=chosen, wrong=wrong))


def _text(report: Report, *, chosen: bool, wrong: bool) -> Iterator[str]:
    yield heading(report)
    yield ""
    rows = measure_rows(report, chosen=chosen)
    heads = (
        _HEADS if report.differences else tuple(h if h in ("maat", "waarde", "grens") else "" for h in _HEADS)
    )
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(_HEADS))]
    for row in (heads, *rows):
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:-1], widths[1:-1], strict=True))]
        yield "  ".join([*(c for c, w in zip(cells, widths[:-1], strict=True) if w), row[-1]]).rstrip()
    yield from _turned(report)
    if not chosen:
        yield from _parts(report)
    if wrong:
        yield ""
        for v in report.result.verdicts:
            if not v.right:
                yield f"{v.case.id} {v.case.question} | {'; '.join(v.faults)}"
    yield ""


def _turned(report: Report) -> Iterator[str]:
    for name, ids in (("Nieuw fout", report.new_wrong), ("Nieuw goed", report.new_right)):
        if ids:
            yield f"{name} ({len(ids)}): {', '.join(ids)}"


def _parts(report: Report) -> Iterator[str]:
    verdicts = report.result.verdicts
    for title, found in (
        ("Juist per soort vraag, van wat de brief beantwoordt", by_kind(verdicts)),
        ("Juist per stijl van vraag", by_style(verdicts)),
    ):
        if found:
            yield ""
            yield title
            yield from (f"  {share.name:24s} {_of(share)}" for share in found)
    yield ""
    yield f"{'Status per soort':32s}" + "".join(f"{status:>15s}" for status in STATUSES)
    for name, counts in confusion(verdicts).items():
        yield f"  {name:30s}" + "".join(f"{counts[status]:15d}" for status in STATUSES)


def _of(share: Share) -> str:
    return f"{share.value:6.3f}  {share.right:4d} van {share.count}"


def as_markdown(reports: Sequence[Report]) -> str:
    """Return the reports as Markdown: the verdict first, then a table a set."""
    reasons = [reason for report in reports for reason in report.reasons]
    lines = ["## Meting van de antwoorden", ""]
    lines += [f"- ❌ {reason}" for reason in reasons] or ["✅ Geen maat onder zijn grens, niets slechter."]
    for report in reports:
        rows = measure_rows(report, chosen=False)
        lines += ["", f"### {heading(report)}", "", _row(_HEADS), _row(["---"] * len(_HEADS))]
        lines += [_row(row) for row in rows]
        lines += [""] + [f"- {line}" for line in _turned(report)]
        lines += ["", "<details><summary>Juist per soort en per stijl</summary>", ""]
        lines += [_row(("soort", "juist", "van")), _row(["---"] * 3)]
        for share in (*by_kind(report.result.verdicts), *by_style(report.result.verdicts)):
            lines.append(_row((share.name, f"{share.value:.3f}", str(share.count))))
        lines += ["", "</details>"]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
