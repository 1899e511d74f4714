"""Finds figures, dates, names and reservations in Dutch sentences, each as a span."""

from __future__ import annotations

import re

from assistant.question import ROLE, Kind
from index.analysis import stem, words

_NUMBER_WORDS = (
    r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|"
    r"zeventien|achttien|negentien|twintig|dertig|veertig|vijftig|zestig|honderd|duizend"
)
_MONTHS = r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_SCALE = r"(?:\s?(?:miljoen|miljard|mln\.?|mld\.?|duizend))"
_FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_YEAR = r"(?:19|20)\d\d"

AMOUNT = re.compile(
    rf"(?:(?:€|EUR)\s?(?:{_FIGURE})(?:\s?(?:à|tot|-|–)\s?(?:€\s?)?(?:{_FIGURE}))?{_SCALE}?|"
    rf"(?:{_FIGURE}){_SCALE}?\s?(?:euro|dollar)\b)"
)
MONTH = re.compile(rf"\b(?:{_MONTHS})\b", re.IGNORECASE)
YEAR = re.compile(rf"(?<![\d.,/-]){_YEAR}(?!\d)")
SHARE = re.compile(
    r"\d+(?:,\d+)?\s?(?:%|procent)|\b(?:de helft|een (?:derde|kwart|vijfde|tiende)|twee derde|"
    r"driekwart|drie kwart|\d/\d)\b",
    re.IGNORECASE,
)
DATE = re.compile(
    rf"(?:\b\d{{1,2}}\s(?:{_MONTHS})(?:\s{_YEAR})?|\b(?:{_MONTHS})(?:\s{_YEAR})?\b|(?<![\d.,/-]){_YEAR}(?!\d)|"
    r"\b(?:volgend jaar|dit jaar|vorig jaar|dit voorjaar|dit najaar|deze zomer|medio|eind|begin)\b)",
    re.IGNORECASE,
)
DURATION = re.compile(
    rf"\b(?:\d+(?:,\d+)?|één|een|{_NUMBER_WORDS})(?:\s(?:tot|à)\s\d+)?\s"
    r"(?:jaar|jaren|maand|maanden|week|weken|dag|dagen|uur|uren|kwartalen)\b",
    re.IGNORECASE,
)
COUNT = re.compile(
    rf"(?<![\w€.,/-])(?:(?:{_FIGURE}){_SCALE}?|(?:{_NUMBER_WORDS}))(?![\w%]|[.,/]\d)", re.IGNORECASE
)
NAME = re.compile(
    r"(?<!^)(?<![.?!:]\s)\b(?:[A-ZÀ-Þ][\w’'.-]*[\w’])(?:\s(?:van |de |der |den )*[A-ZÀ-Þ][\w’'-]+)*"
)
PERSON = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:[A-Z]\.)+)?(?:\s(?:van|de|der|den|ter|ten))*\s[A-ZÀ-Þ][\w’'-]+|"
    r"(?:[A-Z]\.)+\s(?:(?:van|de|der|den|ter|ten)\s)*[A-ZÀ-Þ][\w’'-]+"
)
ACTOR = re.compile(
    r"\b(?:gemeenten?|rijk|rijksoverheid|kabinet|minister\w*|staatssecretaris\w*|werkgevers?|provincies?|"
    r"burgemeesters?|college\w*|raad|raden|coalitiepartijen|coalitie|partijen|corporaties?|verhuurders?|"
    r"aanbieders?|scholen|politie|inwoners|burgers|commissie|waterschap\w*|regio\w*|bedrijven|"
    r"organisaties?|bestuur|ministerie\w*|uitvoerder|rechter|VNG|zorgverzekeraars?|ouders)\b",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\b(?:omdat|doordat|want|zodat|daardoor|hierdoor|vanwege|wegens|door de|om te|met als doel|reden|"
    r"aangezien|daarom|waardoor|gezien|ter voorkoming|als gevolg)\b",
    re.IGNORECASE,
)
CAVEAT = re.compile(
    r"\b(?:onduidelijk\w*|(?:niet|nog niet|onvoldoende) (?:duidelijk|helder|bekend|uitgewerkt|concreet|"
    r"vastgesteld|bepaald|zeker|structureel|in zicht|in te schatten)|onbekend|vooralsnog|"
    r"nog geen|geen duidelijkheid|duidelijkheid .{0,40}ontbreekt|(?:ontbreekt|ontbreken)|"
    r"incidenteel|moet nog blijken|naar verwachting|mits|lastig te (?:zeggen|overzien)|laat in het midden|"
    r"onder voorbehoud|geen (?:extra|aanvullende|nieuwe|financiële) middelen|niet expliciet|"
    r"geen (?:dekking|zekerheid)|vraagteken|hangt .{0,30}af van|weinig (?:concrete )?duidelijkheid)",
    re.IGNORECASE,
)
UNKNOWN = re.compile(
    r"\b(?:onduidelijk\w*|niet duidelijk|nog niet (?:duidelijk|bekend|helder|uitgewerkt)|onbekend|"
    r"vooralsnog|moet nog blijken|uitwerking .{0,30}ontbreekt)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"(?:Die|Dit|Dat|Deze|Hier\w+|Daar(?:voor|mee|door|van|naast|bij|na|in|aan|op|om|entegen)?|Ze|Zij|"
    r"Hij|Ook|Dan|Zo|Wel|Maar|Echter|Toch|Bovendien|Tegelijk\w*|Dergelijke|Zulke|Het gaat|"
    r"Het (?:budget|bedrag|programma|fonds)|Anders|Men|Tevens|Verder|Enerzijds|Anderzijds|Evenmin|"
    r"De uitwerking)\b"
)
_REGIONS = frozenset(
    "nederland europa koninkrijk holland brabant limburg zeeland utrecht gelderland overijssel drenthe "
    "groningen friesland fryslan flevoland".split()
)
_ARTICLE = re.compile(r"\b(?:de|het|een)\s$", re.IGNORECASE)
_OF_A_PERSON = re.compile(
    rf"\b(?:{ROLE}\b|mevrouw\b|mevr\.|mw\.|de heer\b|dhr\.|drs?\.|ir\.|mr\.|ing\.|prof\.|leiding van\b|"
    r"namens\b)",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(rf"\b\d{{1,2}}\s(?:{_MONTHS})\b", re.IGNORECASE)

_BY_KIND: dict[Kind, tuple[re.Pattern[str], ...]] = {
    "amount": (AMOUNT,),
    "count": (COUNT, SHARE, AMOUNT),
    "share": (SHARE,),
    "date": (DATE,),
    "duration": (DURATION,),
    "reason": (REASON,),
    "who": (NAME, ACTOR),
    "place": (NAME,),
}


def spans(kind: Kind, text: str) -> list[tuple[int, int]]:
    """Return where ``text`` has what an answer of ``kind`` must have, in reading order."""
    found: set[tuple[int, int]] = set()
    for pattern in _BY_KIND.get(kind, ()):
        found.update(match.span() for match in pattern.finditer(text))
    if kind == "count":
        found -= {match.span() for match in YEAR.finditer(text)}
    return sorted(found)


def counts(noun: str, text: str) -> bool:
    """Tell whether ``text`` has a figure with ``noun``, or a compound of it, right after it."""
    asked = stem(noun)
    for _, end in spans("count", text):
        following = [stem(word) for word in words(text[end:])[:3]]
        if any(word == asked or (len(asked) > 4 and asked in word) for word in following):
            return True
    return False


def has_day(text: str) -> bool:
    """Tell whether ``text`` names a day of a month."""
    return bool(_DAY_OF_MONTH.search(text))


def new_names(text: str, question: str) -> int:
    """Return how many names of two words or more ``text`` has that ``question`` has not."""
    asked = set(words(question))
    return sum(
        " " in match.group() and not set(words(match.group())) & asked for match in NAME.finditer(text)
    )


def has_person(text: str, letter: str, question: str) -> bool:
    """Tell whether ``text`` has a person's name that ``question`` has not.

    A name of two words or more counts as a person's when a role or a form of address stands with it,
    it names no region, no article goes before it and the ``letter`` never writes one of its words
    without a capital, as it does for "Verklaring Bestaanszekerheid".
    """
    asked = set(words(question))
    return bool(_OF_A_PERSON.search(text)) and any(
        len(match.group().split()) > 1
        and not _ARTICLE.search(text[: match.start()])
        and not set(words(match.group())) & (asked | _REGIONS)
        and not any(re.search(rf"\b{re.escape(w.lower())}\b", letter) for w in match.group().split())
        for match in PERSON.finditer(text)
    )


def asks_evidence(kind: Kind) -> bool:
    """Tell whether an answer of ``kind`` must have something that can be pointed at."""
    return kind in ("amount", "count", "share", "date", "duration", "place")


def has_caveat(text: str) -> bool:
    """Tell whether ``text`` says that something is unclear, missing, temporary or conditional."""
    return bool(CAVEAT.search(text))


def points_back(sentence: str) -> bool:
    """Tell whether ``sentence`` needs the one before it to be understood."""
    return bool(_ANAPHOR.match(sentence))
