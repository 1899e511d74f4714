"""Amounts, dates, deadlines and durations in Dutch text, each with its value in a form that sorts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.evidence import AMOUNT, DURATION
from assistant.figures import SCALES, figures
from assistant.numbers import NUMBER_WORDS
from ingest.letter import MONTHS

FindingKind = Literal["amount", "date", "deadline", "duration"]

_YEAR = r"(?:19|20)\d\d"
_MONTH = "|".join(MONTHS)
# No year: part of a longer number, a reference number, or a postal code before its place.
_NO_YEAR = r"(?!\d|[.,]\d|[-/]\d{3}|(?-i:\s?[A-Z]{2}\s+[A-Z][a-z]))"
_MOMENT = re.compile(
    rf"(?<![\w.,/€-])(?P<first>{_YEAR})\s?(?:-|–|/|tot en met|t/m|tot)\s?['’]?"
    rf"(?P<last>{_YEAR}|\d\d){_NO_YEAR}|"
    rf"(?<![\w.,/-])(?P<numeric>\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_YEAR}|{_YEAR}-\d\d-\d\d)(?![\d/-])|"
    rf"\b(?:(?P<day>\d{{1,2}})(?:e|ste)?\s)?(?P<month>{_MONTH})\b(?:\s(?P<of>{_YEAR})\b)?|"
    rf"(?<![\w.,/€-])(?P<year>{_YEAR}){_NO_YEAR}|"
    r"\b(?P<near>dit|volgend|vorig)\s(?:kalender|school|begrotings)?jaar\b",
    re.IGNORECASE,
)
# What goes before a moment: the part of the year that is meant, and before that whether it is a limit.
_PART = re.compile(
    r"\b(?:(?:het |de )?(?:begin|midden|eind|einde|zomer|winter|herfst|lente|voorjaar|najaar|"
    r"(?:eerste|tweede) helft|(?:eerste|tweede|derde|vierde) kwartaal)(?: van)?|medio|Q[1-4]|"
    r"(?:het )?(?:schooljaar|begrotingsjaar|kalenderjaar|belastingjaar))\s$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?:\b(?:uiterlijk|niet later dan|op zijn laatst|tot en met|tot|per|vanaf|met ingang van|ingaande)|"
    r"(?<!\w)vóór|\bt/m)(?:\s(?:in|op|per|na|aan|vóór|voor|de|het))?\s$",
    re.IGNORECASE,
)
# "Voor 2029" may be for what the money is; "voor 1 juli" and "voor eind 2029" say until when.
_BEFORE = re.compile(r"\bvoor\s$", re.IGNORECASE)
_DUE = re.compile(r"(?:het |de )?(?:begin|eind|zomer)|\d{1,2}(?:e|ste)?\s", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
# "30.000 tot 45.000 euro", but not "in 2027 tot 45.000 euro".
_FROM = re.compile(rf"(?<![\w.,])(?!{_YEAR}\s)(?:{_NUMBER.pattern})\s?(?:à|tot|-|–)\s?$")
_SCALE = re.compile("|".join(SCALES), re.IGNORECASE)
# "€ 1.184,1" is no amount in euros, which have two decimals or none.
_ROUNDED = re.compile(r",\d$")
_WITHIN = re.compile(r"\bbinnen\s(?:een (?:periode|termijn) van\s)?$", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"\b(?:personen|mensen|jongeren|kinderen|inwoners|volwassenen|leerlingen|ouderen|studenten|jeugdigen|"
    r"meisjes|jongens|leeftijd\w*|iedereen|wie)\b[^.;,()]{0,20}$|\b(?:jonger|ouder|onder|boven)\s(?:dan\s)?(?:de\s)?$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"\s(?:oud|(?:en|of) (?:ouder|jonger))\b", re.IGNORECASE)
_PER = re.compile(r"\s(?:\w+\s)?per\s")  # "acht uur per week" is how much, not how long
_CLOCK = re.compile(r"(?:\d[:.]|\b(?:om|tot|van|vanaf)\s)$", re.IGNORECASE)
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd".split()
_TEENS = "elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_WORD_VALUES = (
    NUMBER_WORDS
    | {word: number for number, word in enumerate(_TEENS, start=11)}
    | {word: 10 * number for number, word in enumerate(_TENS, start=2)}
    | {"duizend": 1000}
)
_HALVES = re.compile(r"\b(?P<one>anderhalf|(?:een )?half)\s?(?P<unit>jaar|uur)\b", re.IGNORECASE)
_DAYS = {"uur": 1 / 24, "dag": 1, "week": 7, "maand": 30.4, "kwartaal": 91.3, "jaar": 365.25}
_SINGULAR = {"uren": "uur", "dagen": "dag", "weken": "week", "maanden": "maand", "jaren": "jaar"} | {
    "kwartalen": "kwartaal"
}
_NEXT = {"vorig": -1, "dit": 0, "volgend": 1}


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of a text, ``[start, end)``, that name an amount or a time.

    ``value`` is a number with a point for the decimals, or a date as ISO 8601 has it, as precise as the
    words are ("2029", "2029-01", "2029-01-31"); "" where the words do not settle it. ``until`` is the
    other end of a range. ``unit`` is "euro", "dollar", or that of a duration; "" for dates. ``order``
    sorts findings of one kind; None where there is no value.
    """

    kind: FindingKind
    start: int
    end: int
    value: str
    until: str = ""
    unit: str = ""

    @property
    def order(self) -> float | None:
        """A number by which findings of this kind sort."""
        if not self.value:
            return None
        if self.kind in ("date", "deadline"):
            year, month, day = (*map(int, self.value.split("-")), 0, 0)[:3]
            return float(10_000 * year + 100 * month + day)
        return float(self.value) * _DAYS.get(self.unit, 1)


def findings(text: str, *, scale: float = 0, written: date | None = None) -> list[Finding]:
    """Return what ``text`` names of amounts and times, in reading order.

    ``scale`` is that of amounts which do not say theirs, 0 where nothing says it; ``written`` is the day
    from which "dit jaar" counts.
    """
    found: list[Finding] = []
    for finding in (*_amounts(text, scale), *_moments(text, written), *_durations(text)):
        if all(finding.end <= other.start or other.end <= finding.start for other in found):
            found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def _amounts(text: str, scale: float) -> Iterator[Finding]:
    for match in AMOUNT.finditer(text):
        lower = _FROM.search(text, 0, match.start())
        start = lower.start() if lower and match.group()[0].isdigit() else match.start()
        words = text[start : match.end()].removesuffix(".")
        low, high = _range(words, scale)
        unit = "dollar" if words.endswith("dollar") else "euro"
        yield Finding("amount", start, start + len(words), low, high, unit)
    for figure in figures(text):
        if figure.unit == "€":
            yield Finding("amount", figure.start, figure.end, _plain(figure.value), unit="euro")


def _range(words: str, scale: float) -> tuple[str, str]:
    """Return the ends of an amount: "€ 4 à 5 miljard" → 4 and 5 thousand million."""
    named = _SCALE.search(words)
    numbers = _NUMBER.findall(words)
    if not named and not scale and any(_ROUNDED.search(number) for number in numbers):
        return "", ""
    factor = SCALES[named.group().lower()] if named else scale or 1
    values = [float(number.replace(".", "").replace(",", ".")) for number in numbers]
    low, *high = [factor * value for value in values]
    if high and low > high[0]:
        low = values[0]  # "€ 500 tot 2 miljoen"
    return _plain(low), _plain(high[0]) if high else ""


def _plain(value: float) -> str:
    return f"{value:.2f}".removesuffix(".00")


def _moments(text: str, written: date | None) -> Iterator[Finding]:
    for match in _MOMENT.finditer(text):
        start = match.start()
        if part := _PART.search(text, 0, start):
            start = part.start()
        limit = _LIMIT.search(text, 0, start)
        if not limit and _DUE.match(text, start):
            limit = _BEFORE.search(text, 0, start)
        value, until = _dates(match, written)
        if limit:
            yield Finding("deadline", limit.start(), match.end(), value, until)
        else:
            yield Finding("date", start, match.end(), value, until)


def _dates(match: re.Match[str], written: date | None) -> tuple[str, str]:
    if match["first"]:
        last = match["last"]
        return match["first"], last if len(last) > 2 else match["first"][:2] + last
    if match["numeric"]:
        return _numeric(match["numeric"]), ""
    if match["year"]:
        return match["year"], ""
    if match["near"]:
        return (str(written.year + _NEXT[match["near"].lower()]) if written else ""), ""
    if not match["of"]:
        return "", ""  # a month of no year
    month = f"{match['of']}-{MONTHS.index(match['month'].lower()) + 1:02d}"
    return (f"{month}-{int(match['day']):02d}" if match["day"] else month), ""


def _numeric(words: str) -> str:
    """Return "1-7-2027" as "2027-07-01", "" where there is no such day."""
    steps = [int(step) for step in re.split(r"[-/.]", words)]
    year, month, day = steps if steps[0] > 31 else reversed(steps)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _durations(text: str) -> Iterator[Finding]:
    for match in _HALVES.finditer(text):
        value = "1.5" if match["one"].lower() == "anderhalf" else "0.5"
        yield Finding("duration", *match.span(), value, unit=match["unit"].lower())
    for match in DURATION.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        number, *more, word = match.group().lower().split()
        unit = _SINGULAR.get(word, word)
        if _AGE_AFTER.match(after) or (unit == "jaar" and _AGE_BEFORE.search(before)):
            continue
        if unit == "uur" and (_CLOCK.search(before) or _PER.match(after)):
            continue
        within = _WITHIN.search(before)
        start = within.start() if within else match.start()
        value = _plain(float(_WORD_VALUES.get(number) or number.replace(",", ".")))
        yield Finding("duration", start, match.end(), value, more[-1] if more else "", unit)
