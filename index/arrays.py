"""Dataclasses of arrays and numbers as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]
_Table = TypeVar("_Table")


def named(name: str, table: Any) -> dict[str, npt.NDArray[Any]]:
    """Return the fields of the dataclass ``table`` by their names, after that of the table."""
    return {f"{name}.{field.name}": np.asarray(getattr(table, field.name)) for field in fields(table)}


def table(kind: type[_Table], name: str, arrays: Arrays) -> _Table:
    """Return the table of a ``kind`` that ``named`` took apart."""
    found = {field.name: arrays[f"{name}.{field.name}"] for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{field: value if value.ndim else value.item() for field, value in found.items()})


def read_arrays(path: Path) -> Arrays:
    """Read the arrays in a file that numpy wrote."""
    with np.load(path) as stored:
        return dict(stored)


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write arrays to a file."""
    np.savez(path, **arrays)  # type: ignore[arg-type]  # which takes an option of another type too


def joined_bounds(parts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[np.int64]:
    """Return the bounds (runs + 1,) of runs that ``parts`` bound one after the other."""
    sizes = [bounds[1:] - bounds[:-1] for bounds in parts]
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(sizes), dtype=np.int64)])
