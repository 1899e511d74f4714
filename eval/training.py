"""Reads training letters: JSON files with paragraphs, questions, and near misses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import LetterError
from ingest.letter import Letter, Part, Passage
from ingest.lines import voice_of


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question on one letter; ``answer`` is "" for a near miss, ``anchors`` the right passages."""

    text: str
    history: tuple[str, ...]
    letter: str
    anchors: tuple[str, ...]
    answer: str
    style: str


def read_training(folder: Path) -> tuple[list[Letter], list[TrainingQuestion]]:
    """Return the letters of the JSON files in ``folder`` and all their questions.

    Raises LetterError when there is no such file or one has another form.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise LetterError(f"In de map '{folder}' staan geen trainingsbrieven (.json).")
    letters: list[Letter] = []
    questions: list[TrainingQuestion] = []
    for file in files:
        try:
            fields = json.loads(file.read_text(encoding="utf-8"))
            letters.append(_letter(fields))
            questions.extend(_question(fields["slug"], q) for q in fields["questions"])
        except (KeyError, ValueError, TypeError) as error:
            raise LetterError(f"Het bestand '{file.name}' is geen trainingsbrief: {error}") from error
    return letters, questions


def _letter(fields: dict[str, Any]) -> Letter:
    text = ""
    parts: list[Part] = []
    passages: list[Passage] = []
    former: dict[str, Any] = {}
    for entry in fields["passages"]:
        same = former and all(former[key] == entry[key] for key in ("chapter", "section", "heading"))
        if not same:
            passages = []
        start = len(text)
        text += entry["text"] + "\n\n"
        passages.append(
            Passage(
                text=entry["text"],
                start=start,
                end=start + len(entry["text"]),
                page=1,
                number=len(passages) + 1,
                anchor=entry["id"],
            )
        )
        part = Part(
            chapter=entry["chapter"],
            chapter_title=entry["chapter_title"],
            section=tuple(entry["section"]),
            section_number="",
            heading=entry["heading"],
            voice=voice_of(entry["heading"]),
            page=1,
            passages=tuple(passages),
        )
        if same:
            parts[-1] = part
        else:
            parts.append(part)
        former = entry
    return Letter(fields["slug"], fields["title"], text, 1, tuple(parts))


def _question(slug: str, fields: dict[str, Any]) -> TrainingQuestion:
    answerable = bool(fields["answerable"])
    return TrainingQuestion(
        text=fields["question"],
        history=tuple(fields.get("history", ())),
        letter=slug,
        anchors=tuple(fields["passages"] if answerable else fields["nearest"]),
        answer=fields["answer"] if answerable else "",
        style=fields.get("style", "near"),
    )
