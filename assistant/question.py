"""What kind of answer a question asks for, and what that answer must name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from index.analysis import STOP_WORDS, words
from ingest.letter import Voice

Kind = Literal[
    "amount",
    "count",
    "share",
    "date",
    "duration",
    "who",
    "place",
    "reason",
    "definition",
    "list",
    "yesno",
    "how",
    "summary",
    "navigation",
    "keyword",
    "explain",
]

_MONEY = (
    r"(?:geld|euro|euro's|miljoen|miljard|mln|mld|budget|bedrag|bedragen|subsidie|kosten|kost|"
    r"middelen|korting|tekort|bezuiniging|bezuinigingen|bezuinigd|besparing|bespaard|investering|"
    r"geïnvesteerd|betaalt|betalen|betaald|uitgetrokken|gereserveerd|dollar|dollars|tarief|boete|"
    r"bijdrage|vergoeding|uitkering|salaris|opbrengst|schuld|huur)"
)
# "Waar … aan?" asks for what, not where: its adverb stands at the end, or before a last verb.
_WHAT_FOR = r".*\b(?:aan|voor|mee|over|op|uit|van|door|tegen|toe|naartoe|bij|om)(?: \w+(?:n|d|t))?[\s?]*$"
# The first pattern that fits decides; the order runs from the particular to the general.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        "summary",
        r"\b(?:vat|samenvatting|samengevat|samenvatten|samenvat|grote lijnen|hoofdlijnen|hoofdpunten|"
        r"kernpunten|belangrijkste punten)\b|"
        r"waar gaat (?:het |de )?(?:hoofdstuk|deel|brief|bijlage|paragraaf|aanbiedingsbrief)\b|"
        r"waarover gaat|inhoud van (?:het |de )?(?:hoofdstuk|deel|brief|bijlage)\b|"
        r"wat staat er (?:allemaal )?in (?:hoofdstuk|deel|bijlage) (?!.*\bover\b)",
    ),
    (
        "navigation",
        r"\b(?:in|onder|op) welk(?:e)? (?:hoofdstuk|hoofdstukken|paragraaf|sectie|kop|bladzijde|"
        r"pagina|alinea|deel|plek in de brief)\b|waar (?:in de brief )?(?:staat|vind ik|lees ik|"
        r"kan ik .* (?:vinden|lezen))\b|welk hoofdstuk\b",
    ),
    (
        "share",
        r"\b(?:hoeveel procent|welk percentage|welk deel|welk aandeel|hoe groot deel|"
        r"what (?:percentage|share)|wie ?viel prozent)\b",
    ),
    (
        "duration",
        r"\b(?:hoe ?lang|hoeveel (?:jaar|maanden|weken|dagen|uur|uren)|welke termijn|how long|wie lange)\b",
    ),
    (
        "amount",
        rf"\b(?:hoeveel (?:\w+ ){{0,3}}{_MONEY}\b|wel(?:k|ke) (?:\w+ )?(?:bedrag|bedragen|budget)|"
        rf"wat kost|wat kosten|hoe duur|"
        rf"hoe (?:hoog|groot) (?:is|zijn|wordt|worden|was) (?:\w+ ){{0,4}}(?:{_MONEY}|gat|minimum)\b)",
    ),
    ("amount", rf"\bhoeveel\b.*\b{_MONEY}\b"),
    (
        "amount",
        r"\bhoeveel (?:extra |meer |minder )?(?:krijg|krijgt|krijgen|gaat|komt|is|wordt|kunnen|moet|"
        r"moeten|hebben|heeft|bezuinigt|investeert|scheelt|trekt|legt|betaal|staat|kan)\b",
    ),
    ("amount", r"^(?:en )?wat krijg(?:t|en)? .*\b(?:precies|per jaar|erbij|aan geld)\b"),
    ("amount", r"\b(?:how much|how (?:high|large|big) is|wie ?viel (?:geld|kostet)|wie hoch ist)\b"),
    (
        "count",
        r"\b(?:hoeveel|hoe vaak|welk aantal|wat is het aantal|hoeveelste|how many|how often|wie ?viele?)\b",
    ),
    (
        "date",
        r"\b(?:wanneer|welk(?:e)? (?:jaar|jaren|datum|data|dag|maand|moment)|hoe laat|per wanneer|"
        r"deadline|ingangsdatum|startdatum|when|(?:what|which) (?:year|date)|wann|welchem jahr)\b",
    ),
    (
        "reason",
        r"\b(?:waarom|waardoor|hoe komt het|wat is de reden|om welke reden|hoezo|why|warum|weshalb)\b",
    ),
    (
        "place",
        rf"\b(?:waar (?!{_WHAT_FOR})(?:precies )?(?:is|zijn|komt|komen|ligt|liggen|wordt|worden|vindt|"
        r"zit|zitten)|welke (?:\w+ )?(?:gemeente|gemeenten|stad|steden|plaats|plaatsen|provincie|provincies|"
        r"land|landen|regio|regio's|eiland|eilanden|wijk|wijken|dorp|dorpen|locatie|locaties)|where|"
        r"which (?:\w+ )?(?:municipalit|countr|cit|town|region|village)\w+)\b|^wo\b",
    ),
    (
        "who",
        r"\b(?:wie|wiens|welke (?:\w+ )?(?:minister|ministers|staatssecretaris|partij|partijen|"
        r"organisatie|organisaties|instantie|commissie|bestuurder|persoon|personen|ministerie)|who|whose|"
        r"which (?:\w+ )?(?:minister|ministers|part(?:y|ies)|organisations?|compan(?:y|ies)))\b|^wer\b",
    ),
    (
        "definition",
        r"^(?:wat is|wat zijn|wat houdt|wat betekent|wat bedoel|waar staat|wat wordt bedoeld|what (?:is|are)|"
        r"was (?:ist|sind))"
        r"(?!.*\b(?:voor (?:ons|gemeenten|de gemeente)|de gevolgen)\b)",
    ),
    ("list", r"\b(?:welke|noem|som op|opsomming|lijst van|wat zijn de|which|welcher?)\b"),
    (
        "yesno",
        r"^(?:en |maar |dus )?(?:is|zijn|komt|komen|kan|kunnen|mag|mogen|moet|moeten|wordt|worden|gaat|"
        r"gaan|heeft|hebben|krijg|krijgt|krijgen|blijft|blijven|wil|willen|staat|staan|doet|doen|"
        r"geldt|gelden|verandert|veranderen|betaalt|betalen|zal|zullen|zou|zouden|loopt|valt|vallen|"
        r"kijkt|helpt|schaft|stopt|hoeft|hoeven|klopt|bestaat|was|waren|werd|werkt|hoort|levert|"
        r"vindt|neemt|verdwijnt|stijgt|daalt|is er|are|does|do|did|will|can|has|have|must|should|gibt|"
        r"ist|sind|wird|werden|hat|muss|müssen)\b",
    ),
    ("how", r"\b(?:hoe|op welke manier|op welke wijze|how)\b"),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_QUESTION_WORD = re.compile(
    r"\b(?:wat|wie|waar\w*|wanneer|welke?|hoe\w*|which|what|who|where|when|how|why|was|wer|wie)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAME = re.compile(r"(?<![.?!]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)*")
_COUNTED = re.compile(
    r"\bhoeveel (?:extra |nieuwe |andere |meer |van de |van het |van die )?(?P<noun>[^\W\d_]{3,}[\w'’]*)"
)
_DAY = re.compile(
    r"\b(?:welke (?:exacte |precieze )?(?:datum|dag)|op welke dag|datum|hoe laat|exacte dag|"
    r"(?:what|which) date)\b"
)
# What a person is, not a body: "Wie is verantwoordelijk?" may well be answered with an organisation.
ROLE = (
    r"[\w-]*(?:minister|secretaris|premier|president|koning|koningin|burgemeester|wethouder|voorzitter|"
    r"directeur|directrice|coördinator|griffier|gedeputeerde|commissaris|dijkgraaf|kamerlid|raadslid|"
    r"ombudsman|inspecteur|formateur|leider|woordvoerder|bestuurder|rector|hoogleraar|auteur|"
    r"ondertekenaar|kampioen|winnaar|chair(?:man)?|mayor|director|secretary)"
)
# "Wie is de eigenaar?", "Wie is de klos?": the few that are as often a body.
_BODY = (
    r"(?:\w+ )?(?:klos|pineut|dupe|sigaar|eigenaar|baas|opdrachtgever|uitvoerder|aanbieder|trekker|"
    r"toezichthouder|beheerder|afzender|partij|partner|organisatie|instantie|gemeente|dienst|overheid)\b"
)
_PERSON = re.compile(
    rf"\bwie (?:is|was|wordt|werd) (?:de|onze) (?!{_BODY})|"
    rf"\b(?:(?:wie|who) (?:is|was|wordt|werd|heet)|hoe heet(?:te)?|naam van|name of) (?:\w+ ){{0,3}}"
    rf"{ROLE}\b|\bwie (?:leidt|zit(?: \w+){{1,6}} voor)\b|\bwelke persoon\b"
)
_ASKS_GOVERNMENT = re.compile(
    r"\b(?:coalitie\w*|kabinet|het akkoord|coalitieakkoord|regeerakkoord|partijen|regering)\b"
)
_ASKS_SENDER = re.compile(
    r"\b(?:vng|betekent|gevolgen?|voor ons|voor gemeenten|voor de gemeente|vindt|vinden|wij|we|onze|"
    r"raad|gemeenten|gemeente|reactie|standpunt|zorgen|risico|teleurgesteld|positief)\b"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone, with what was read from it.

    ``names`` are capitalised words inside the question, ``years`` its years, ``voice`` the side
    whose word is asked for, None when it does not show. ``counted`` is what is to be counted
    ("mensen" in "hoeveel mensen"), ``wants_day`` and ``wants_person`` say that a date to the day
    or a person's name is asked for.
    """

    text: str
    kind: Kind
    names: tuple[str, ...]
    years: tuple[str, ...]
    voice: Voice | None
    counted: str
    wants_day: bool
    wants_person: bool

    @property
    def content(self) -> tuple[str, ...]:
        """The words that name something, in lower case."""
        return tuple(word for word in words(self.text) if word not in STOP_WORDS)


def analyse(text: str) -> Question:
    """Read kind, names, years and side from a Dutch question."""
    lowered = " ".join(text.lower().split())
    return Question(
        text=text,
        kind=_kind(lowered),
        names=tuple(name for name in _NAME.findall(text) if not STOP_WORDS.issuperset(words(name))),
        years=tuple(_YEAR.findall(text)),
        voice=_voice(lowered),
        counted=match.group("noun") if (match := _COUNTED.search(lowered)) else "",
        wants_day=bool(_DAY.search(lowered)),
        wants_person=bool(_PERSON.search(lowered)),
    )


def _kind(lowered: str) -> Kind:
    for kind, pattern in _COMPILED:
        if pattern.search(lowered):
            return kind
    if not _QUESTION_WORD.search(lowered) and len(lowered.split()) <= 6:
        return "keyword"
    return "explain"


def _voice(lowered: str) -> Voice | None:
    government = bool(_ASKS_GOVERNMENT.search(lowered))
    sender = bool(_ASKS_SENDER.search(lowered))
    if government == sender:
        return None
    return "akkoord" if government else "vng"


def analyse_last(last: str, resolved: str) -> Question:
    """Read ``resolved``, which stands alone; kind and side are those of what was asked ``last``."""
    whole = analyse(resolved)
    if last.strip() == resolved:
        return whole
    asked = analyse(last)
    return replace(asked, text=resolved, names=whole.names, years=asked.years or whole.years)
