"""Dates and times as a Dutch reader writes them, in the time of this machine."""

from __future__ import annotations

from datetime import date, datetime

from ingest.letter import dutch_date


def day(at: str | date) -> str:
    """Return "23 november 2026" for a date, or for a time in ISO 8601."""
    moment = datetime.fromisoformat(at).astimezone() if isinstance(at, str) else at
    return dutch_date(moment)


def day_and_time(at: str) -> str:
    """Return "23 november 2026, 17:03" for a time in ISO 8601."""
    return f"{day(at)}, {datetime.fromisoformat(at).astimezone():%H:%M}"
