"""A run that later ones are compared with: what each question added to the measures, in a compact file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.calibration import Numbers
from eval.files import write_whole
from eval.measures import COLUMNS, Columns
from eval.run import Result
from ingest.errors import VraagbaakError

_FORMAT = 1
_TIMED = ("ms",)  # says more of the machine than of the answers
_MEND = "Maak hem opnieuw met 'python -m eval gate --update-baseline'."


@dataclass(frozen=True, slots=True)
class Baseline:
    """The columns of a run, a row a question; ``digests`` tell whether a question is still the same."""

    ids: tuple[str, ...]
    digests: tuple[str, ...]
    columns: Columns

    @classmethod
    def of(cls, result: Result) -> Baseline:
        """Return what there is to keep of a run."""
        cases = [verdict.case for verdict in result.verdicts]
        kept = {name: column for name, column in result.columns.items() if name not in _TIMED}
        return cls(tuple(c.id for c in cases), tuple(c.digest for c in cases), kept)

    @classmethod
    def load(cls, path: Path) -> Baseline | None:
        """Read a file, None when there is none. Raises VraagbaakError when it cannot be used."""
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            if fields["format"] != _FORMAT:
                raise VraagbaakError(f"De vorige meting '{path}' heeft een andere versie. {_MEND}")
            columns = {
                name: np.array([np.nan if value is None else value for value in values], float)
                for name, values in fields["columns"].items()
            }
            found = cls(tuple(fields["ids"]), tuple(fields["digests"]), columns)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise VraagbaakError(f"De vorige meting '{path}' is beschadigd. {_MEND}") from error
        lengths = {len(found.digests), *(len(column) for column in columns.values())}
        if lengths != {len(found.ids)} or not set(columns) <= set(COLUMNS):
            raise VraagbaakError(f"De vorige meting '{path}' is beschadigd. {_MEND}")
        return found

    def save(self, path: Path) -> None:
        """Write the file, a line a column, so that a change shows where it is."""
        columns = {name: [_compact(v) for v in column] for name, column in self.columns.items()}
        lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(values)}" for name, values in columns.items())
        write_whole(
            path,
            f'{{"format": {_FORMAT},\n "ids": {json.dumps(self.ids)},\n "digests": '
            f'{json.dumps(self.digests)},\n "columns": {{\n{lines}\n }}}}\n',
        )


def _compact(value: float) -> float | int | None:
    if np.isnan(value):
        return None
    return int(value) if value == int(value) else round(float(value), 4)


def rows(column: Numbers, chosen: list[int]) -> Numbers:
    """Return the rows ``chosen`` as the file keeps them, so that equal answers compare equal."""
    return np.round(column[chosen], 4)
