"""The form of the desk: what was filled in, as a check, with what is wrong about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from assistant.checks import (
    MAX_REMARK_CHARACTERS,
    Check,
    Item,
    Judgement,
    Place,
    Verdict,
    are_initials,
    passage_at,
)
from assistant.database import now
from ingest.letter import Letter

_PLACE = re.compile(r"([a-z0-9-]+):(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not filled in well; ``field`` is the id of its field on the page."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent: the check it makes, the version it was about, and what is wrong."""

    check: Check
    version: int
    problems: tuple[Problem, ...]


def read_form(fields: Mapping[str, str], item: Item, letters: Mapping[str, Letter]) -> Filled:
    """Return what ``fields`` say about ``item``."""
    problems: list[Problem] = []
    verdicts = tuple(_verdict(fields, number, item, letters, problems) for number in range(len(item.claims)))
    initials = " ".join(fields.get("initials", "").split())
    if not are_initials(initials):
        message = "Vul uw initialen in, bijvoorbeeld ‘JdV’. Zo is later te zien wie dit controleerde."
        problems.append(Problem("initials", message))
    unanswerable = "unanswerable" in fields
    if not any(v != Verdict() for v in verdicts) and not unanswerable:
        problems.append(Problem("judgement-0-right", "Kies bij minstens één onderdeel een oordeel."))
    version = fields.get("version", "")
    check = Check(initials[:MAX_REMARK_CHARACTERS], now(), verdicts, unanswerable)
    return Filled(check, int(version) if version.isdecimal() else 0, tuple(problems))


def _verdict(
    fields: Mapping[str, str], number: int, item: Item, letters: Mapping[str, Letter], problems: list[Problem]
) -> Verdict:
    judgement = next((j for j in get_args(Judgement) if fields.get(f"judgement-{number}") == j), None)
    remark = fields.get(f"remark-{number}", "").replace("\r\n", "\n").strip()
    if len(remark) > MAX_REMARK_CHARACTERS:
        message = f"De opmerking is te lang. Maak haar korter dan {MAX_REMARK_CHARACTERS} tekens."
        problems.append(Problem(f"remark-{number}", message))
    chosen = fields.get(f"place-{number}", "")
    place = _place(chosen, letters)
    if chosen and place is None:
        saved = item.check.verdicts[number].place if item.check else None
        if saved and chosen == f"{saved.document}:{saved.start}-{saved.end}":
            place = saved  # picked before the letter changed
        else:
            message = "De gekozen alinea staat niet (meer) in de brief. Kies de alinea opnieuw."
            problems.append(Problem(f"choose-{number}", message))
    return Verdict(judgement, remark, place)


def _place(text: str, letters: Mapping[str, Letter]) -> Place | None:
    named = _PLACE.fullmatch(text)
    found = passage_at(letters, named[1], int(named[2]), int(named[3])) if named else None
    if found is None:
        return None
    letter, _, passage = found
    return Place(letter.slug, passage.start, passage.end, passage.text)
