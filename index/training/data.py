"""Reads training letters: JSON files with paragraphs, questions, and near misses."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import LetterError
from ingest.letter import Letter, Part, Passage
from ingest.lines import voice_of

FOLDER = Path(__file__).parent
FOLDS = 2
GROUPS = 2  # what is outside a fold is searched in groups of five or six letters: 230 paragraphs


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question on one letter; ``anchors`` are the passages that answer, else the nearest ones.

    ``answer`` is verbatim, one sentence or two, and ``span`` its shortest words that settle the
    question; both are "" for a near miss. ``kind`` is what is asked for, "" where not said.
    """

    text: str
    history: tuple[str, ...]
    letter: str
    anchors: tuple[str, ...]
    answer: str
    span: str
    kind: str
    style: str

    @property
    def standalone(self) -> str:
        """The question with the earlier ones before it, as it is searched."""
        return " ".join((*self.history, self.text))


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Letters with their questions, and the slugs of the letters ``held_out`` from training."""

    letters: tuple[Letter, ...]
    questions: tuple[TrainingQuestion, ...]
    held_out: frozenset[str]

    @property
    def seen(self) -> list[Letter]:
        """The letters to train on."""
        return [letter for letter in self.letters if letter.slug not in self.held_out]

    @property
    def unseen(self) -> list[Letter]:
        """The letters held out."""
        return [letter for letter in self.letters if letter.slug in self.held_out]

    def fold(self, number: int) -> tuple[list[Letter], list[Letter]]:
        """Return one of FOLDS parts of the letters to train on, and the rest of them."""
        inside = self.seen[number::FOLDS]
        return inside, [letter for letter in self.seen if letter not in inside]

    def of(self, letter: Letter) -> list[TrainingQuestion]:
        """Return the questions on ``letter``."""
        return [q for q in self.questions if q.letter == letter.slug]


def read_training(folder: Path = FOLDER) -> TrainingSet:
    """Read ``letters/*.json``, the further ``questions/*.json`` and ``held_out.txt`` in ``folder``.

    Raises LetterError when there is no letter, or a file has another form.
    """
    files = sorted((folder / "letters").glob("*.json"))
    if not files:
        raise LetterError(f"In de map '{folder}' staan geen trainingsbrieven (letters/*.json).")
    letters: list[Letter] = []
    questions: list[TrainingQuestion] = []
    for file in files:
        more = folder / "questions" / file.name
        try:
            fields = json.loads(file.read_text(encoding="utf-8"))
            letters.append(_letter(fields))
            asked = fields["questions"] + (
                json.loads(more.read_text(encoding="utf-8")) if more.exists() else []
            )
            questions.extend(_question(fields["slug"], q) for q in asked)
        except (KeyError, ValueError, TypeError) as error:
            raise LetterError(f"Het bestand '{file.name}' is geen trainingsbrief: {error}") from error
    split = folder / "held_out.txt"
    held_out = frozenset(split.read_text(encoding="utf-8").split()) if split.exists() else frozenset()
    return TrainingSet(tuple(letters), tuple(questions), held_out)


def digests() -> dict[str, str]:
    """Return the SHA-256 of every file of the training data, by its path."""
    return {
        file.relative_to(FOLDER).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(FOLDER.glob("*/*.json"))
    }


def answers(sentence: str, answer: str) -> bool:
    """Tell whether ``sentence`` is part of ``answer``, or holds it."""
    return sentence.strip() in answer or answer.strip() in sentence


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
        span=fields["span"] if answerable else "",
        kind=fields.get("kind", ""),
        style=fields.get("style", "") if answerable else "near",
    )
