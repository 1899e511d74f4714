"""Draft questions from a letter's own sentences, for a person to accept or reject."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from eval.cases import lines_of
from eval.drafting import Asked, questions_of
from eval.files import write_whole
from index.abbreviations import abbreviations
from index.analysis import STOP_WORDS
from ingest.errors import VraagbaakError
from ingest.letter import Letter, Part, Passage
from ingest.sentences import sentence_spans

# A line that announces a list, with the name of what it lists.
_NAMED = re.compile(
    r"\b(?:de volgende|twee|drie|vier|vijf|zes|zeven|acht|negen|tien) ((?:[a-z]+e )?[a-z-]+(?:en|s))\b[^.]*:$"
)
_A_PART = 2  # drafts from what stands under one heading


def drafts(letter: Letter) -> Iterator[dict[str, Any]]:
    """Yield a draft case for each sentence that gives a sound question, in reading order."""
    number = 0
    asked: set[str] = set()
    for part in letter.parts:
        taken = 0
        for passage in part.passages:
            for sentence, question in _questions(part, passage):
                if taken < _A_PART and question.question not in asked:
                    taken, number = taken + 1, number + 1
                    asked.add(question.question)
                    yield _case(f"{_initials(letter.slug)}{number:03d}", part, sentence, question)


def _questions(part: Part, passage: Passage) -> Iterator[tuple[str, Asked]]:
    for start, end in sentence_spans(passage.text):
        sentence = passage.text[start:end]
        for question in questions_of(sentence):
            yield sentence, question
        named = _NAMED.search(sentence)
        if named and passage.kind == "list" and part.section:
            asked = f"Welke {named.group(1)} noemt de brief bij ‘{part.section[-1]}’?"
            yield sentence, Asked(asked, "list", "")
    for short, long in abbreviations(passage.text):
        if len(long.split()) > 1 and long.split()[0] not in STOP_WORDS:
            yield f"{long} ({short})", Asked(f"Waar staat de afkorting {short} voor?", "definition", long)


def _initials(slug: str) -> str:
    return "".join(word[0] for word in slug.split("-")).upper()


def _case(name: str, part: Part, snippet: str, asked: Asked) -> dict[str, Any]:
    evidence = {
        "chapter": part.chapter,
        "section": part.section[-1] if part.section else "",
        "heading": part.heading,
        "snippet": snippet,
    }
    return {
        "id": name,
        "question": asked.question,
        "type": asked.kind,
        "answerable": True,
        "evidence": [[evidence]],
        "must_contain": [[asked.fact]] if asked.fact else [],
        "style": "plain",
        "history": [],
        "must_not_contain": [],
        "draft": True,
    }


def decide(path: Path, ids: Collection[str], *, accept: bool) -> int:
    """Accept or reject the drafts ``ids`` of a set ("alle" for every one); return how many there were.

    The other lines stay as they are. Raises VraagbaakError when one of ``ids`` is no draft there.
    """
    kept: list[str] = []
    decided: list[str] = []
    for number, line in lines_of(path):
        try:
            fields = json.loads(line)
        except ValueError as error:
            raise VraagbaakError(
                f"Regel {number} van '{path.name}' is geen JSON. Verbeter die regel."
            ) from error
        chosen = fields.get("draft") and (fields["id"] in ids or "alle" in ids)
        if not chosen:
            kept.append(line)
            continue
        decided.append(fields.pop("id"))
        if accept:
            del fields["draft"]
            kept.append(json.dumps({"id": decided[-1], **fields}, ensure_ascii=False))
    if unknown := sorted(set(ids) - {"alle"} - set(decided)):
        raise VraagbaakError(
            f"In '{path.name}' staat geen concept met het id {', '.join(unknown)}. Kijk na welke er staan."
        )
    write_whole(path, "".join(f"{line}\n" for line in kept))
    return len(decided)
