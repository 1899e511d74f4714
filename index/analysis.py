"""Dutch words for the lexical side: normalised, stemmed, spelled in pieces, and their synonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import Stemmer

from ingest.errors import VraagbaakError

_THESAURUS = Path(__file__).parent / "data" / "thesaurus.txt"
_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_HYPHENS = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")

# Words that ask or bind but name nothing. General Dutch.
STOP_WORDS = frozenset(
    "aan al alle allemaal als alleen ben bent bij daar daarvan dan dat de deze die dit doen door dus "
    "een eigenlijk elk elke en er eens even ervan ervoor gaan gaat geeft ging haar heb hebben heeft "
    "hem het hier hij hoe hoeveel hun iets iemand ik in is ja je jij jullie kan komen komt krijg "
    "krijgen krijgt kun kunnen laat maar me meer men met mij mijn moet moeten mogen na naar nog nou nu "
    "of om omdat onder ons onze ook op over per precies straks te tegen toch toe tot u uit uw van "
    "vanaf veel via volgens voor waar waarom wanneer waren was wat we wel welk welke werd wie wij wil "
    "willen word worden wordt zal ze zei zelf zich zij zijn zo zou zouden".split()
)


def words(text: str) -> list[str]:
    """Return the words and figures of ``text`` in lower case, without accents; hyphens part them."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return [w.replace("’", "'") for w in _WORD.findall(_HYPHENS.sub(" ", plain))]


def terms(text: str) -> list[str]:
    """Return the stems of the words of ``text`` that name something."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def ngrams(text: str, sizes: Sequence[int] = (4, 5)) -> list[str]:
    """Return the character n-grams of each naming word, which meet compounds and misspellings."""
    grams: list[str] = []
    for word in words(text):
        if word not in STOP_WORDS:
            padded = f" {word} "
            for size in sizes:
                grams.extend(padded[i : i + size] for i in range(max(1, len(padded) - size + 1)))
    return grams


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the Snowball stem of a Dutch word in lower case."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch")


class Thesaurus:
    """Groups of expressions that mean the same in municipal Dutch."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._groups = [[(terms(expression), expression) for expression in g] for g in groups]
        self._beginning: dict[str, set[int]] = {}  # the groups with an expression that begins with a stem
        for number, group in enumerate(self._groups):
            for stems, _ in group:
                self._beginning.setdefault(stems[0] if stems else "", set()).add(number)

    @classmethod
    def load(cls, extra: Path | None = None) -> Thesaurus:
        """Read the shipped groups and those in ``extra``, if that file is there.

        A line holds one group, its expressions set apart by "=", a line that begins with "#" is a
        remark. Raises VraagbaakError when ``extra`` is no text.
        """
        files = [_THESAURUS] + ([extra] if extra and extra.exists() else [])
        try:
            lines = [line for f in files for line in f.read_text(encoding="utf-8-sig").splitlines()]
        except UnicodeDecodeError as error:
            raise VraagbaakError(
                f"Het bestand '{extra}' is geen UTF-8-tekst. Sla het op als UTF-8 of verwijder het."
            ) from error
        return cls(
            [
                [part.strip() for part in line.split("=") if part.strip()]
                for line in lines
                if line.strip() and not line.startswith("#")
            ]
        )

    def extended(self, groups: Iterable[Sequence[str]]) -> Thesaurus:
        """Return a thesaurus with these ``groups`` too."""
        return Thesaurus([[expression for _, expression in g] for g in self._groups] + [*groups])

    def expand(self, text: str) -> list[str]:
        """Return the expressions that mean the same as one that stands in ``text``."""
        asked = terms(text)
        near = sorted({number for word in asked for number in self._beginning.get(word, ())})
        return [
            expression
            for group in (self._groups[number] for number in near)
            if any(stems and _holds(asked, stems) for stems, _ in group)
            for stems, expression in group
            if not _holds(asked, stems)
        ]


def _holds(haystack: Sequence[str], needle: Sequence[str]) -> bool:
    n = len(needle)
    return any(list(haystack[i : i + n]) == list(needle) for i in range(len(haystack) - n + 1))
