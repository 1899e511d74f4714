"""History → a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis import STOP_WORDS, words

# A question that opens like this, or points back with one of these words, leans on the last one.
_OPENS = re.compile(r"^(?:en|maar|dus|oké|ok|en dan|nou|ook)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:dat|die|dit|deze|daar|daarvan|daarvoor|daarmee|daarbij|daardoor|daarover|daaraan|daarin|"
    r"daarna|daartegen|hiervan|hiervoor|hiermee|hierbij|hierdoor|hierover|hierin|ervan|ervoor|ermee|"
    r"erbij|erover|eraan|erin|ze|zij|hij|hem|haar|hen|hun|het|er|dan|dezelfde|zoiets|zulke)\b",
    re.IGNORECASE,
)
# Words that ask about whatever was spoken of: a question of only these names no subject of its own.
_GENERAL = frozenset(
    "bedrag betekent bron caveat concreet datum deel details duidelijk exact extra gemeente gemeenten "
    "geld gevolg gevolgen groot grootste hoog jaar jaarlijks jaren kost kosten lang maand miljoen "
    "miljard onduidelijk onduidelijkheden plan plannen precies raad reden risico risico's structureel "
    "totaal uitleg vng vinden vindt voorwaarden zeker akkoord coalitie kabinet staat brief gebeurt "
    "gebeuren verandert anders eerste laatste nieuw nieuwe ingaan ingang ingaat gaat".split()
)
_MAX_LEANING_WORDS = 4  # a question with more words of its own stands alone unless it opens with "en"


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
    return bool(_POINTS_BACK.search(question)) and len(own) <= _MAX_LEANING_WORDS
