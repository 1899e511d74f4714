"""Questions for every place: "op welke plekken komt X terug", "noem alle …", "in de hoofdstukken 2 en 4"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.draft import Draft, Span
from assistant.evidence import AMOUNT
from assistant.numbers import NUMBER_WORDS
from assistant.places import chapters_named, without_chapters
from assistant.question import Question
from index.analysis import STOP_WORDS, stem, words
from ingest.letter import Letter
from ingest.sentences import sentence_spans

_MAX_STATEMENTS = 7
_MAX_WORDS = 170

_PLACES = (
    r"(?:punten|plekken|plaatsen|passages|onderdelen|onderwerpen|hoofdstukken|paragrafen|alinea's|thema's)"
)
_MENTIONED = r"(?:brief|terug|langs|voorbij|genoemd|noemt|noemen|besproken|gesproken|ter sprake|aan de orde)"
_COUNT = "|".join(word for word, number in NUMBER_WORDS.items() if number > 1)
_EVERYWHERE = re.compile(
    rf"\b(?:op|in|bij|voor) welke (?:\w+ )?{_PLACES}\b.*\b{_MENTIONED}\b|"
    r"\bwaar (?:\w+ ){0,3}(?:overal|allemaal)\b.*\b(?:over|brief|terug|genoemd|langs)\b|"
    rf"\b(?:noem|geef|toon|som) (?:\w+ )?alle (?:bedragen|{_PLACES})\b|\bin (?:de )?hoofdstukken \d|"
    rf"\bwelke (?:{_COUNT}) \w+\b.*\d",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(r"\bbedrag(?:en)?\b", re.IGNORECASE)
_HOW_MANY = re.compile(rf"\bwelke (?P<count>{_COUNT})\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s?(?:%|procent|miljoen|miljard))?")
_NAME = re.compile(r"(?<![\w&])[A-ZÀ-Þ][\w’']*(?:[&-][A-ZÀ-Þ][\w’']*)+|(?<!\w)[A-ZÀ-Þ]{2,}\w*")
# Words of such a question that are not its subject.
_ASKING = frozenset(
    "alinea alinea's allemaal bedrag bedragen besproken brief dingen genoemd genoemde gaat gesproken "
    "hoofdstuk hoofdstukken komen komt langs lees letter noemen noemt noem onderdelen onderwerp "
    "onderwerpen orde overal paragrafen passages plaatsen plekken punten sprake staan staat terug thema's "
    "vermeld voorbij voorkomt zaken geef toon akkoord coalitie coalitieakkoord".split()
)


def gathered(question: Question, last: str, letters: Sequence[Letter]) -> Draft | None:
    """Return a sentence of each section that names the subject; None when that is not asked for.

    ``last`` is what was asked last, in which it must be asked for. None too when fewer than two
    sections name the subject: then the question is answered as any other.
    """
    if not _EVERYWHERE.search(last):
        return None
    chapters = chapters_named(last)
    subject = without_chapters(question.text)
    names = [*question.names, *_NAME.findall(subject)]
    marks = names + _FIGURE.findall(subject)
    said = STOP_WORDS | _ASKING | NUMBER_WORDS.keys() | {word for mark in marks for word in words(mark)}
    asked = {stem(word) for word in words(subject) if word not in said}
    if not asked and not marks:
        return None
    # A name says much: of the words beside it half must be there. A figure says so more exactly still.
    wanted = len(asked) if not marks else len(asked) / 2 if names else len(asked) // 2
    amounts = bool(_AMOUNTS.search(last)) and not _FIGURE.search(subject)
    best: dict[tuple[str, int, tuple[str, ...]], tuple[int, Span]] = {}
    for span in _sentences(letters, chapters, marks):
        shared = _shared(asked, " ".join((*span.part.section, span.text)))
        if shared < wanted or (amounts and not AMOUNT.search(span.text)):
            continue
        worth = shared + _shared(asked, span.text)
        place = (span.letter.slug, span.part.chapter, span.part.section)
        if place not in best or best[place][0] < worth:
            best[place] = (worth, span)
    found = list(best.values())
    if len(found) < 2:
        return None
    shown = found[:_MAX_STATEMENTS]
    if match := _HOW_MANY.search(last):
        closest = sorted(found, key=lambda one: -one[0])[: NUMBER_WORDS[match["count"].lower()]]
        shown = [one for one in found if one in closest]
    return _drafted([span for _, span in shown], len(found))


def _drafted(places: Sequence[Span], count: int) -> Draft:
    """Return the draft of as many of ``places`` as there is room for, of the ``count`` that there are."""
    draft, total = Draft(), 0
    for span in places:
        total += span.words
        if len(draft.statements) > 1 and total > _MAX_WORDS:
            break
        draft.state(span)
    draft.lead = f"Dit staat in {count} paragrafen van de brief."
    if len(draft.statements) < count:
        draft.lead += f" Hier staan er {len(draft.statements)}:"
    return draft


def _sentences(letters: Sequence[Letter], chapters: Collection[int], marks: Sequence[str]) -> Iterator[Span]:
    """Yield the sentences that hold all ``marks``, of the ``chapters`` if there are any."""
    for letter in letters:
        for part, passage in letter.places:
            if passage.kind == "formality" or (chapters and part.chapter not in chapters):
                continue
            if not _names(passage.text, marks):
                continue
            for start, end in sentence_spans(passage.text):
                if _names(passage.text[start:end], marks):
                    yield Span(letter, part, passage, passage.start + start, passage.start + end)


def _shared(asked: set[str], text: str) -> int:
    """Return how many of the stems ``asked`` are in ``text``, the longer ones as parts of compounds too."""
    said = {stem(word) for word in words(text)}
    return sum(
        a in said or (len(a) > 4 and any(word.startswith(a) or word.endswith(a) for word in said))
        for a in asked
    )


def _names(text: str, marks: Sequence[str]) -> bool:
    """Tell whether ``text`` has all ``marks``, names or figures, and not as a piece of another one."""
    return all(re.search(rf"(?<![\w.,]){re.escape(mark)}(?![\w]|[.,]\d)", text) for mark in marks)
