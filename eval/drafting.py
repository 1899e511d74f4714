"""Turns a Dutch sentence into a question that it answers, for the few forms where that is sure to be Dutch.

In a main clause the finite verb stands second (ANS, the Algemene Nederlandse Spraakkunst, 21.1), and so it
does in a question that begins with its question word. Where what is asked for stands first, its place is
taken by the question word and nothing else moves; where the subject stands first, it changes places with
the verb, which is looked for among frequent verbs. What does not fit a form exactly gives no question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.evidence import AMOUNT, SHARE

_VERBS = (
    "is zijn was waren wordt worden werd werden heeft hebben had hadden krijgt krijgen kreeg kregen komt "
    "komen kwam kwamen gaat gaan ging gingen blijft blijven moet moeten mag mogen kan kunnen zal zullen wil "
    "willen trekt trekken stelt stellen reserveert reserveren investeert investeren ontvangt ontvangen kost "
    "kosten bedraagt bedragen bespaart besparen levert leveren betaalt betalen telt tellen bevat bevatten "
    "kent kennen helpt helpen noemt noemen start starten begint beginnen eindigt eindigen stopt stoppen "
    "verdwijnt verdwijnen vervalt vervallen stijgt stijgen daalt dalen geldt gelden presenteert presenteren "
    "publiceert publiceren verschijnt verschijnen treedt treden loopt lopen maakt maken geeft geven neemt "
    "nemen bestaat bestaan steunt steunen verhoogt verhogen verlaagt verlagen besluit besluiten beslist "
    "voert voeren legt leggen bouwt bouwen organiseert organiseren sluit sluiten verwacht verwachten vindt "
    "vinden valt vallen streeft streven draait draaien opent openen"
)
_VERB = f"(?P<verb>{'|'.join(_VERBS.split())})"
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_DAY = rf"(?:\d{{1,2}} )?(?:{_MONTHS})(?: (?:19|20)\d\d)?"
_WEEKDAY = "(?:maan|dins|woens|donder|vrij|zater|zon)dag"
_DATE = rf"(?:{_WEEKDAY} )?(?P<fact>(?:(?:eind|begin|medio) )?(?:{_DAY}|(?:19|20)\d\d))"
_WHEN = {
    "per": "Per wanneer",
    "vanaf": "Vanaf wanneer",
    "met ingang van": "Vanaf wanneer",
    "tot": "Tot wanneer",
    "tot en met": "Tot en met wanneer",
    "sinds": "Sinds wanneer",
    "in": "Wanneer",
    "op": "Wanneer",
}
_WHEN_WORDS = f"(?P<when>{'|'.join(sorted(_WHEN, key=len, reverse=True))})"
# A subject that is known by itself: an article with what follows it, or names.
_SUBJECT = (
    r"(?P<subject>(?:(?:De|Het|Een|Alle)(?! (?:bedrag|budget)\b)(?: (?!en\b)[A-Za-zÀ-ÿ’'-]+){1,9}?|"
    r"[A-Z][\w-]*[A-Z][\w-]*(?: [A-Z][\w-]+){0,2}))"
)
_AIM = r"(?P<aim>(?:Voor|Met|Naar|Aan|Vanuit|Binnen|Via)(?: [\w’'-]+){1,9}?)"
_OFFICE = r"(?:Minister|Staatssecretaris|Wethouder|Burgemeester|Gedeputeerde|Voorzitter|Directeur|Dijkgraaf)"
_NUMBERS = "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|vijftien|twintig|dertig|veertig|honderd"
_NUMBER = rf"(?P<fact>\d{{1,3}}(?:\.\d{{3}})*|{_NUMBERS})"
# Words that lean on what was said before, or on who says it; a clause inside a clause.
_LEANS = re.compile(
    r"\b(?:dit|deze|dat|(?:daar|hier|waar)(?:aan|bij|door|in|mee|na|naar|naast|om|onder|op|over|toe|uit|van|voor)?|"
    r"er(?:aan|bij|door|in|mee|naar|op|over|toe|uit|van|voor)|hij|zij|ze|zulke|dergelijke|ook|echter|bovendien|"
    r"we|wij|ons|onze|ik|hun|haar|dan|eerder\w*|genoemde|laatste|omdat|zodat|maar|want|terwijl|eveneens|"
    r"respectievelijk|nogmaals|bijvoorbeeld|namelijk|dus|u|uw)\b|[:;()…]",
    re.IGNORECASE,
)
# An article without its noun; "het" that stands for what was said before.
_ODD = re.compile(r"\b(?:de|het|een) (?:van|voor|in|op|met|aan|bij|door|uit|te)\b|\b(?:gaat|ging) het om\b")
_PREPOSITION = re.compile(
    r"\b(?:van|met|voor|op|tot|over|om|door|bij|naar|uit|in|aan|per|circa|onder|boven|tegen|ruim|slechts|en)$"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the words of the sentence that settle it; ``kind`` is that of a case."""

    question: str
    kind: str
    fact: str


def questions_of(sentence: str) -> Iterator[Asked]:
    """Yield the questions that ``sentence`` answers; few sentences give one."""
    if not sentence.endswith(".") or not 6 <= len(sentence.split()) <= 32 or _LEANS.search(sentence):
        return
    body = sentence[:-1]
    for make in _FORMS:
        if (asked := make(body)) is not None:
            yield asked
            return


def _date_first(body: str) -> Asked | None:
    """‘In 2027 komt er een wet’ → ‘Wanneer komt er een wet?’."""
    match = re.match(rf"{_WHEN_WORDS} {_DATE} {_VERB} (?P<rest>.+)$", _lowered(body))
    if match is None or re.search(_DATE, match["rest"]):
        return None
    rest = body[match.start("rest") :]
    return _asked(f"{_WHEN[match['when']]} {match['verb']} {rest}", "date", match["fact"])


def _date_inside(body: str) -> Asked | None:
    """‘De wet gaat in per 1 januari 2029’ → ‘Per wanneer gaat de wet in?’."""
    match = re.match(
        rf"{_SUBJECT} {_VERB}(?P<middle> .+?)? {_WHEN_WORDS} {_DATE}(?P<rest>(?: [^,]+)?)$", body
    )
    if match is None or _is_clause(match["middle"], match["rest"]) or len(re.findall(_DATE, body)) > 1:
        return None
    middle = match["middle"] or ""
    if match["when"] == "in" and re.search(r"\b(?:van|met|tot)$", middle):
        return None
    words = f"{_WHEN[match['when']]} {match['verb']} {_inside(match['subject'])}{middle}{match['rest']}"
    return _asked(words, "date", match["fact"])


def _amount(body: str) -> Asked | None:
    """‘Het Rijk trekt € 5 miljoen uit voor X’ → ‘Hoeveel geld trekt het Rijk uit voor X?’."""
    amounts = list(AMOUNT.finditer(body))
    match = re.match(rf"(?:{_SUBJECT}|(?P<there>Er)) {_VERB}(?P<middle>(?: [^,]+?)?) (?=€)", body)
    if len(amounts) != 1 or match is None or match.end() != amounts[0].start():
        return None
    rest = body[amounts[0].end() :]
    if _PREPOSITION.search(match["middle"]) or _is_clause(match["middle"], rest):
        return None
    subject = "er" if match["there"] else _inside(match["subject"])
    words = f"Hoeveel geld {match['verb']} {subject}{match['middle']}{rest}"
    if match["verb"] in ("bedraagt", "bedragen", "kost", "kosten"):
        words = words.replace("Hoeveel geld", "Hoeveel", 1)
    if match["verb"] in ("is", "zijn", "was", "waren") and not match["there"]:
        words = words.replace("Hoeveel geld", "Hoe hoog", 1)
    return _asked(words, "amount", amounts[0].group())


def _count(body: str) -> Asked | None:
    """‘De VNG helpt 35 landen’ → ‘Hoeveel landen helpt de VNG?’."""
    match = re.match(
        rf"{_SUBJECT} {_VERB}(?P<out> uit)? {_NUMBER} (?P<noun>[a-zà-ÿ-]{{3,}}(?:en|s))"
        r"(?P<rest>(?: (?:van|voor|in|op|met|per|aan|bij|uit) [^,]+)?)$",
        body,
    )
    if match is None or _is_clause(match["rest"]) or (match["verb"][:5] == "besta") is not bool(match["out"]):
        return None
    first = "Uit hoeveel" if match["out"] else "Hoeveel"
    words = f"{first} {match['noun']} {match['verb']} {_inside(match['subject'])}{match['rest']}"
    return _asked(words, "fact", match["fact"])


def _portion(body: str) -> Asked | None:
    """‘Het Rijk betaalt 60 procent van de kosten’ → ‘Welk deel van de kosten betaalt het Rijk?’."""
    shares = list(SHARE.finditer(body))
    match = re.match(rf"{_SUBJECT} {_VERB} (?=\d)", body)
    if match is None or len(shares) != 1 or shares[0].start() != match.end():
        return None
    rest = body[shares[0].end() :]
    if not rest.startswith(" van ") or _is_clause(rest) or len(rest.split()) > 7:
        return None
    return _asked(f"Welk deel{rest} {match['verb']} {_inside(match['subject'])}", "fact", shares[0].group())


def _aimed(body: str) -> Asked | None:
    """‘Voor X wordt € 5 miljoen vrijgemaakt’ → ‘Hoeveel geld wordt voor X vrijgemaakt?’."""
    amounts = list(AMOUNT.finditer(body))
    match = re.match(
        rf"{_AIM} (?P<verb>wordt|is|komt|gaat)(?P<there> er)?(?P<middle>(?: [^,]+?)?) (?=€)", body
    )
    if len(amounts) != 1 or match is None or match.end() != amounts[0].start():
        return None
    rest = body[amounts[0].end() :]
    if _PREPOSITION.search(match["middle"]) or _is_clause(match["middle"], rest):
        return None
    words = (
        f"Hoeveel geld {match['verb']}{match['there'] or ''} {_lowered(match['aim'])}{match['middle']}{rest}"
    )
    return _asked(words, "amount", amounts[0].group())


def _person(body: str) -> Asked | None:
    """‘Minister Jansen presenteert in mei een wet’ → ‘Wie presenteert in mei een wet?’."""
    match = re.match(
        rf"{_OFFICE} (?P<fact>(?:[A-Z][\w’'-]+|van|de|der|den| )+?) {_VERB} (?P<rest>[^,]+)$", body
    )
    if match is None or _is_clause(match["rest"]):
        return None
    return _asked(f"Wie {match['verb']} {match['rest']}", "who", match["fact"])


_FORMS: tuple[Callable[[str], Asked | None], ...] = (
    _date_first,
    _amount,
    _aimed,
    _portion,
    _date_inside,
    _count,
    _person,
)


def _asked(words: str, kind: str, fact: str) -> Asked | None:
    """Return the question, None where it gives its own answer away or has gone wrong."""
    question = f"{' '.join(words.split())}?"
    odd = fact.lower() in question.lower() or _ODD.search(question)
    return None if odd else Asked(question, kind, fact)


def _lowered(body: str) -> str:
    return body[:1].lower() + body[1:]


def _inside(subject: str) -> str:
    """Return a subject as it is written inside a sentence: an article loses its capital, a name does not."""
    return _lowered(subject) if re.match(r"(?:De|Het|Een|Alle)\b", subject) else subject


def _is_clause(*parts: str | None) -> bool:
    """Tell whether there may be a clause of its own in the words, where a verb would have to move too."""
    text = " ".join(part or "" for part in parts)
    verb = rf"(?:{'|'.join(_VERBS.split())}|\w+(?:t|de|den|te|ten))"
    second = rf"en (?:het|er|[a-z]+ [a-z]+|{verb})"
    return bool(re.search(rf",|\b(?:die|of|om|als|wie|wat|hoe|te|is|zijn|wordt|worden|{second})\b", text))
