"""A letter as JSON and back, so that a letter that was parsed need not be parsed again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from ingest.letter import Letter, Part, Passage, Table, TableRow

FORMAT = 1


def dumps(letter: Letter) -> str:
    """Return ``letter`` as JSON."""
    fields = asdict(letter) | {"date": letter.date.isoformat() if letter.date else None}
    return json.dumps({"format": FORMAT, "letter": fields}, ensure_ascii=False)


def loads(text: str) -> Letter:
    """Return the letter that ``dumps`` wrote. Raises ValueError, KeyError or TypeError when it did not."""
    fields = json.loads(text)
    if fields["format"] != FORMAT:
        raise ValueError(f"format {fields['format']}")
    letter = fields["letter"]
    return Letter(
        **letter
        | {
            "parts": tuple(_part(part) for part in letter["parts"]),
            "date": date.fromisoformat(letter["date"]) if letter["date"] else None,
        }
    )


def _part(fields: dict[str, Any]) -> Part:
    passages = tuple(Passage(**p | {"table": _table(p["table"])}) for p in fields["passages"])
    return Part(**fields | {"section": tuple(fields["section"]), "passages": passages})


def _table(fields: dict[str, Any] | None) -> Table | None:
    if fields is None:
        return None
    rows = tuple(TableRow(**row | {"cells": tuple(row["cells"])}) for row in fields["rows"])
    return Table(**fields | {"columns": tuple(fields["columns"]), "rows": rows})
