"""What looks odd in the outline of a letter, for people to look at before it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.letter import Letter, Passage
from ingest.lines import SENTENCE_END

_LONG_PARAGRAPH = 400  # words; in the letters at hand one in a thousand is longer
_LONG_TITLE = 120  # characters
_FEW_TITLES = 1_500  # words of a letter in which at least one title is expected
_SHOWN = 60  # characters of a paragraph that say which it is


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something to look at; ``start`` is its offset in the letter's text, None where it is all of it."""

    text: str
    start: int | None = None


def oddities(letter: Letter) -> tuple[Oddity, ...]:
    """Return what looks odd, in reading order."""
    return (*_of_all(letter), *_of_titles(letter), *_of_passages(letter))


def _of_all(letter: Letter) -> Iterator[Oddity]:
    titles = {part.section for part in letter.parts if part.section}
    if not titles and len(letter.text.split()) > _FEW_TITLES:
        yield Oddity("Er zijn geen titels gevonden. Wijs ze aan, dan zijn plaatsen beter te vinden.")
    if letter.language != "nl":
        yield Oddity("Deze brief lijkt niet in het Nederlands te zijn. Antwoorden zijn dan minder goed.")
    if letter.date is None:
        yield Oddity("De datum van de brief is niet gevonden. Vul hem zelf in.")
    if letter.pages > 1:
        filled = {passage.page for _, passage in letter.places} | {part.page for part in letter.parts}
        if empty := [page for page in range(1, letter.pages + 1) if page not in filled]:
            # A paragraph that runs over a whole page leaves it without a beginning; that is rare.
            pages = ", ".join(map(str, empty))
            yield Oddity(f"Op deze pagina's begint geen alinea: {pages}. Kijk of er tekst ontbreekt.")
    numbers = list(dict.fromkeys(part.chapter for part in letter.parts))
    for before, after in pairwise(numbers):
        if after not in (before + 1, before):
            yield Oddity(f"Na hoofdstuk {before} komt hoofdstuk {after}. Kijk of er een titel ontbreekt.")


def _of_titles(letter: Letter) -> Iterator[Oddity]:
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for part in letter.parts:
        if not part.section or (part.chapter, part.section) in seen:
            continue
        seen.add((part.chapter, part.section))
        title = part.section[-1]
        start = part.passages[0].start
        if len(title) > _LONG_TITLE:
            yield Oddity(f"Deze titel is lang: '{_short(title)}'. Is het gewone tekst?", start)
        elif SENTENCE_END.search(title) and not title.endswith("?"):
            yield Oddity(f"Deze titel eindigt als een zin: '{_short(title)}'. Is het gewone tekst?", start)


def _of_passages(letter: Letter) -> Iterator[Oddity]:
    for _, passage in letter.places:
        if passage.kind == "formality":
            continue
        words = passage.text.split()
        if len(words) > _LONG_PARAGRAPH and passage.kind == "text":
            yield _odd(passage, f"Deze alinea is lang ({len(words)} woorden). Staat er een titel in?")
        if "\ufffd" in passage.text or re.search(r"\(cid:\d+\)", passage.text):
            yield _odd(passage, "In deze alinea staan tekens die niet te lezen zijn.")
        if passage.kind == "text" and re.match(r"[a-zà-þ]", passage.text) and len(words) > 1:
            yield _odd(passage, "Deze alinea begint met een kleine letter. Hoort hij bij de vorige?")


def _odd(passage: Passage, what: str) -> Oddity:
    return Oddity(f"{what} ('{_short(passage.text)}', pagina {passage.page})", passage.start)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
