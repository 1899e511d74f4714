"""The gate: bars under which a change may not come, and a former run that it may not be worse than."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eval.baseline import Baseline
from eval.comparison import Difference, Pair, Sampling, differences
from eval.measures import MEASURES, Measure
from eval.run import Result
from ingest.errors import VraagbaakError

DEFAULT = Path(__file__).parent / "gate.toml"
TOGETHER = "alle sets samen"


@dataclass(frozen=True, slots=True, eq=False)
class GateSet:
    """A set with its letter and the bar of each measure."""

    path: Path
    letter: Path
    bars: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands in a gate file; ``compared`` names the measures that may not become worse."""

    path: Path
    sets: tuple[GateSet, ...]
    compared: tuple[str, ...]
    sampling: Sampling

    @classmethod
    def read(cls, path: Path) -> Gate:
        """Read a gate file. Raises VraagbaakError, naming what is wrong in it."""
        try:
            fields = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise VraagbaakError(f"Het bestand '{path}' is niet te lezen. Controleer de naam.") from error
        except tomllib.TOMLDecodeError as error:
            raise VraagbaakError(f"Het bestand '{path}' is geen TOML ({error}). Verbeter het.") from error
        try:
            return cls._of(path, fields)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise VraagbaakError(
                f"In '{path}' ontbreekt iets of staat iets verkeerds ({error}). Vergelijk het met "
                f"'{DEFAULT}'."
            ) from error

    @classmethod
    def _of(cls, path: Path, fields: Mapping[str, Any]) -> Gate:
        folder, compare = path.parent, fields["compare"]
        sets = tuple(
            GateSet(
                folder / found["file"],
                folder / found["letter"],
                {name: float(bar) for name, bar in found.get("bars", {}).items()},
            )
            for found in fields["set"]
        )
        compared = tuple(compare["measures"])
        for name in (*compared, *(bar for found in sets for bar in found.bars)):
            if name not in MEASURES:
                raise VraagbaakError(
                    f"In '{path}' staat de maat '{name}', die er niet is. Kies uit: {', '.join(MEASURES)}."
                )
        sampling = Sampling(float(compare["level"]), int(compare["resamples"]), int(compare["seed"]))
        return cls(path, sets, compared, sampling)

    def about(self, letter: Path) -> list[GateSet]:
        """Return the sets on a letter."""
        return [found for found in self.sets if found.letter == letter]

    def keep(self, reports: Sequence[Report]) -> list[Report]:
        """Make a run the one that later runs are compared with; return what is left to blame.

        A run under a bar is not kept. What became worse is accepted with it.
        """
        accepted = [replace(report, compared=()) for report in reports]
        if not any(report.reasons for report in accepted):
            for report in reports:
                if not report.total:
                    Baseline.of(report.result).save(self.baseline_of(report.result.name))
        return accepted

    def baseline_of(self, name: str) -> Path:
        """Return where the former run of the set ``name`` is kept."""
        return self.path.parent / "baselines" / f"{name}.json"


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure held against its bar; a measure that no question counts for is under it."""

    measure: Measure
    value: float | None
    bar: float

    @property
    def holds(self) -> bool:
        """Whether the measure is on the right side of its bar."""
        return self.value is not None and not self.measure.worse(self.value, self.bar)


@dataclass(frozen=True, slots=True)
class Report:
    """A set as it was asked, with its bars and, where there is a former run, what is different.

    ``compared`` names the measures that may not become worse; ``new_wrong`` and ``new_right`` the
    questions that turned. A ``total`` is of sets that have reports of their own.
    """

    result: Result
    bars: tuple[Bar, ...] = ()
    differences: Mapping[str, Difference] = field(default_factory=dict)
    compared: tuple[str, ...] = ()
    new_wrong: tuple[str, ...] = ()
    new_right: tuple[str, ...] = ()
    total: bool = False

    @property
    def blamed(self) -> tuple[str, ...]:
        """The compared measures that became worse by more than chance."""
        return tuple(n for n in self.compared if n in self.differences and self.differences[n].is_worse)

    @property
    def reasons(self) -> list[str]:
        """Why the gate stays shut, in Dutch; empty when it opens."""
        under = [
            f"{self.result.name}: {b.measure.name} is {shown(b.value, b.measure)}, de grens is "
            f"{shown(b.bar, b.measure)}"
            for b in self.bars
            if not b.holds
        ]
        worse = [
            f"{self.result.name}: {d.measure.name} ging van {shown(d.old, d.measure)} naar "
            f"{shown(d.new, d.measure)}, meer dan toeval (verschil {d.low:+.3f} tot {d.high:+.3f})"
            for d in (self.differences[name] for name in self.blamed)
        ]
        return under + worse


def shown(value: float | None, measure: Measure) -> str:
    """Return a value as a reader sees it, "–" where there is none."""
    return "–" if value is None else f"{value:.{measure.digits}f}"


def hold(result: Result, bars: Mapping[str, float]) -> tuple[Bar, ...]:
    """Hold a result against its bars."""
    return tuple(Bar(MEASURES[name], result.measures.get(name), bar) for name, bar in bars.items())


def judge_runs(gate: Gate, results: Sequence[Result]) -> list[Report]:
    """Return a report for each set of the gate, in its order, and for several together."""
    reports: list[Report] = []
    pairs: list[Pair] = []
    for wanted, result in zip(gate.sets, results, strict=True):
        bars = hold(result, wanted.bars)
        baseline = Baseline.load(gate.baseline_of(result.name))
        pair = Pair.of(baseline, result) if baseline else None
        if pair is None or not pair.ids:
            reports.append(Report(result, bars))
            continue
        pairs.append(pair)
        reports.append(_compared(gate, result, pair, bars))
    if len(pairs) > 1:
        together = Result(TOGETHER, tuple(v for result in results for v in result.verdicts))
        reports.append(replace(_compared(gate, together, Pair.joined(pairs)), total=True))
    return reports


def _compared(gate: Gate, result: Result, pair: Pair, bars: tuple[Bar, ...] = ()) -> Report:
    return Report(
        result,
        bars,
        differences(pair, gate.sampling),
        gate.compared,
        tuple(pair.turned(0)),
        tuple(pair.turned(1)),
    )
