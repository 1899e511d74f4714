"""History → a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis import STOP_WORDS, words

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_OPENS = re.compile(r"(?:en|maar|dus|oké|ok|nou|ook)\b", re.IGNORECASE)
# These words point back at what was said, whatever follows them.
_POINTS_BACK = re.compile(
    r"\b(?:daar(?:van|voor|mee|bij|door|over|aan|in|na|tegen|uit|toe|naast|op|om)?|"
    r"hier(?:van|voor|mee|bij|door|over|aan|in|na|tegen|uit|toe|op)?|er(?:van|voor|mee|bij|over|aan|in|tegen|uit|op)|"
    r"hem|hen|dezelfde|hetzelfde|zoiets|zulke|dergelijke|diezelfde|laatste|zo'n|(?<!er )dan)\b",
    re.IGNORECASE,
)
# These point back when they stand alone: not in "dat fonds" but in "hoeveel is dat?".
_ALONE = frozenset("dat dit die deze het hij ze zij".split())
_PARTICIPLE = re.compile(r"(?:\w{2,4})?(?:ge|be|ver|ont)\w+(?:d|t|en)|(?:uit|af|aan|op|in|toe)\w+d")
# Words that ask about whatever was spoken of: a question of only these names no subject of its own.
_GENERAL = frozenset(
    "bedrag betekent bron caveat concreet datum deel details duidelijk exact extra gemeente gemeenten "
    "geld gevolg gevolgen groot grootste hoog jaar jaarlijks jaren kost kosten lang maand miljoen "
    "miljard onduidelijk onduidelijkheden plan plannen precies raad reden risico risico's structureel "
    "totaal uitleg vng vinden vindt voorwaarden zeker akkoord coalitie kabinet staat brief gebeurt "
    "gebeuren verandert anders eerste laatste nieuw nieuwe ingaan ingang ingaat gaat".split()
)
_MAX_LEANING_WORDS = 4  # a question with more words of its own stands alone unless it opens with "en"


def plain(question: str) -> str:
    """Return ``question`` as it is searched: without markup, and not all in capitals."""
    text = " ".join(_MARKUP.sub(" ", question).split())
    return text.lower() if text.isupper() and len(text.split()) > 2 else text


def resolve(question: str, history: Sequence[str]) -> str:
    """Return ``question`` with the subject it leans on put before it, else ``question`` itself.

    ``history`` holds the earlier questions, oldest first. A question that names a subject of its
    own ignores them.
    """
    subject = ""
    for earlier in history:
        subject = _with_subject(earlier, subject)
    return _with_subject(question, subject)


def _with_subject(question: str, subject: str) -> str:
    question = question.strip()
    if not subject or not leans(question):
        return question
    return f"{subject.rstrip(' .')} {question}"


def leans(question: str) -> bool:
    """Tell whether ``question`` needs the conversation to be understood."""
    asked = words(question)
    own = [word for word in asked if word not in STOP_WORDS and word not in _GENERAL]
    if not own:
        return True
    if _OPENS.match(question.strip()):
        return len(own) <= _MAX_LEANING_WORDS + 2
    if len(own) > _MAX_LEANING_WORDS:
        return False
    alone = any(
        word in _ALONE
        and (following in STOP_WORDS or following in _GENERAL or bool(_PARTICIPLE.fullmatch(following)))
        for word, following in zip(asked, [*asked[1:], "is"], strict=True)
    )
    return alone or bool(_POINTS_BACK.search(question))
