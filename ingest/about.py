"""What a letter says of itself: its date, its sender, what kind of letter it is, its language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ingest.language import language_of
from ingest.letter import MONTHS, Letter
from ingest.lines import SENTENCE_END
from ingest.text import Line

_MONTH = {name[:3]: number for number, name in enumerate(MONTHS, start=1)} | {"mrt": 3}
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(MONTHS)}|{'|'.join(_MONTH)})\.?\s+(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>(?:19|20)\d\d)\b"
    r"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:brief)?datum\b|(?:d\.d|dd)\.?\s", re.IGNORECASE)
_PLACE = re.compile(r"['’A-ZÀ-Þ][\w’'. -]{1,30},?\s*")
_FROM = re.compile(r"(?:van|afzender)\s*:\s*(?P<name>\S.*)", re.IGNORECASE)
# How the names of those who write to municipalities begin, or what they hold.
_BODY = re.compile(
    r"(?:(?:Vereniging|Verbond|Bond|Unie|Stichting|Koepel|Platform|Samenwerkingsverband|Federatie|Raad|Koninklijke"
    r"|Ministerie|Provincie|Gemeente|Waterschap|Hoogheemraadschap|Veiligheidsregio|Omgevingsdienst"
    r"|Metropoolregio|Regio|GGD|Interprovinciaal Overleg|Centrum|Instituut|Dienst|Inspectie|Agentschap)\b"
    r"|[A-ZÀ-Þ][\w-]*(?:verbond|bond|unie|vereniging|schap|regio|raad|koepel|dienst|overleg|federatie))"
    r"[\w &’'.,()-]{0,80}"
)
_TO = re.compile(r"(?:aan|t\.a\.v\.|ter attentie)\b", re.IGNORECASE)
_KINDS = (
    "ledenbrief raadsinformatiebrief raadsbrief collegebrief kamerbrief circulaire factsheet handreiking "
    "notitie memo nieuwsbrief persbericht".split()
)
_FIRST, _LAST = 60, 30  # lines at the start and at the end that say what a letter is
_OPENING = 3_000  # characters in which a letter says what it is


def described(letter: Letter, lines: Sequence[Line]) -> Letter:
    """Return ``letter``, made of ``lines``, with what can be read of its date, sender, kind and language."""
    head, tail = [line.text for line in lines[:_FIRST]], [line.text for line in lines[_FIRST:][-_LAST:]]
    formal = [row for _, p in letter.places if p.kind == "formality" for row in p.text.split("\n")]
    return replace(
        letter,
        date=_date(head) or _date(tail) or _date(formal),
        sender=_sender(head, formal),
        kind=_kind(letter),
        language=language_of(letter.text),
    )


def parse_date(text: str) -> date | None:
    """Return the first date written in ``text`` ("12 maart 2027", "12-3-2027", "2027-03-12"), or None."""
    for found in _DATE.finditer(text):
        try:
            if found["iso"]:
                return date.fromisoformat(found["iso"])
            if found["month"]:
                return date(int(found["year"]), _MONTH[found["month"][:3].lower()], int(found["day"]))
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        except (ValueError, KeyError):
            continue  # "31 februari"
    return None


def _date(rows: Sequence[str]) -> date | None:
    """Return the date after a label, else one that fills a line by itself or after a place."""
    for row, following in pairwise([*rows, ""]):
        if label := _LABEL.match(row):
            found = parse_date(row[label.end() :]) or parse_date(following if len(following) < 40 else "")
            if found:
                return found
    for row in rows:
        if (match := _DATE.search(row)) and not row[match.end() :].strip(" ."):
            before = row[: match.start()]
            if not before or _PLACE.fullmatch(before):
                return parse_date(row)
    return None


def _kind(letter: Letter) -> str:
    """Return what the letter calls itself: in its name or title, or as "deze ledenbrief"."""
    names = f"{letter.slug} {letter.title}".lower()
    opening = letter.text[:_OPENING].lower()
    for kind in _KINDS:
        if kind in names or re.search(rf"\b(?:deze|dit) {kind}\b", opening):
            return kind
    return "brief"


def _sender(head: Sequence[str], formal: Sequence[str]) -> str:
    """Return who is named as sender: after "Van:", else the first body that is not addressed."""
    for row in head:
        if named := _FROM.fullmatch(row):
            return named["name"].strip()
    for row in (*head[:12], *reversed(formal)):
        if (
            not _TO.match(row)
            and not SENTENCE_END.search(row)
            and (found := _BODY.fullmatch(row.strip(" ,")))
        ):
            return found.group()
    return ""
