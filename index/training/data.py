"""Reads training letters: JSON files with paragraphs, questions, and near misses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import LetterError
from ingest.letter import Letter, Part, Passage
from ingest.lines import voice_of

FOLDER = Path(__file__).parent
FOLDS = 2
_FAR_OUT = 7
_TOGETHER = 5


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question on one letter; ``anchors`` are the passages that answer, else the nearest ones.

    ``answer`` is verbatim, one sentence or two, and ``span`` its shortest words that settle the
    question; both are "" for a near miss. ``kind`` is what is asked for, "" where not said;
    ``stance`` what the answer says to a question for yes or no: "yes", "no", "unclear" or "other".
    """

    text: str
    history: tuple[str, ...]
    letter: str
    anchors: tuple[str, ...]
    answer: str
    span: str
    kind: str
    style: str
    stance: str = ""

    @property
    def standalone(self) -> str:
        """The question with the earlier ones before it, as it is searched."""
        return " ".join((*self.history, self.text))


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Letters with their questions, and the slugs of the letters ``held_out`` from training.

    ``far`` are questions that no letter treats; they have no letter, and every seventh is held out.
    """

    letters: tuple[Letter, ...]
    questions: tuple[TrainingQuestion, ...]
    held_out: frozenset[str]
    far: tuple[TrainingQuestion, ...] = ()

    @property
    def seen(self) -> list[Letter]:
        """The letters to train on."""
        return [letter for letter in self.letters if letter.slug not in self.held_out]

    @property
    def unseen(self) -> list[Letter]:
        """The letters held out."""
        return [letter for letter in self.letters if letter.slug in self.held_out]

    @property
    def seen_questions(self) -> list[TrainingQuestion]:
        """The questions to train on, the far ones last."""
        asked = [q for q in self.questions if q.letter not in self.held_out]
        return asked + [q for i, q in enumerate(self.far) if i % _FAR_OUT]

    @property
    def unseen_questions(self) -> list[TrainingQuestion]:
        """The questions held out, the far ones last."""
        return [q for q in self.questions if q.letter in self.held_out] + list(self.far[::_FAR_OUT])

    def fold(self, number: int) -> tuple[list[Letter], list[Letter]]:
        """Return one of FOLDS parts of the letters to train on, and the rest of them."""
        inside = self.seen[number::FOLDS]
        return inside, [letter for letter in self.seen if letter not in inside]

    def searches(self, folds: Sequence[Collection[str]]) -> list[tuple[int, list[Letter]]]:
        """Return groups of the letters to train on, each with a fold that none of them is in.

        ``folds`` are the slugs of the letters in each, counted from 0; a letter in none is searched by
        the first.
        """
        found: list[tuple[int, list[Letter]]] = []
        rest = self.seen
        for number, inside in enumerate(folds):
            groups = searched_together([letter for letter in rest if letter.slug not in inside])
            found += [(number, letters) for letters in groups]
            rest = [letter for letter in rest if letter.slug in inside]
        return found

    def of(self, letter: Letter) -> list[TrainingQuestion]:
        """Return the questions on ``letter``."""
        return [q for q in self.questions if q.letter == letter.slug]


def read_training(folder: Path = FOLDER) -> TrainingSet:
    """Read the letters in ``folder``, with what its README names beside them.

    Raises LetterError when there is no letter, or a file has another form.
    """
    files = sorted((folder / "letters").glob("*.json"))
    if not files:
        raise LetterError(f"In de map '{folder}' staan geen trainingsbrieven (letters/*.json).")
    letters: list[Letter] = []
    questions: list[TrainingQuestion] = []
    stances = _json(folder / "stances.json", {})
    for file in files:
        try:
            fields = _json(file, {})
            letters.append(_letter(fields))
            asked = fields["questions"] + _json(folder / "questions" / file.name, [])
            said = stances.get(fields["slug"], {})
            questions.extend(_question(fields["slug"], q, said.get(q["id"], "")) for q in asked)
        except (KeyError, ValueError, TypeError) as error:
            raise LetterError(f"Het bestand '{file.name}' is geen trainingsbrief: {error}") from error
    split = folder / "held_out.txt"
    held_out = frozenset(split.read_text(encoding="utf-8").split()) if split.exists() else frozenset()
    far = tuple(map(_far, _json(folder / "far.json", [])))
    return TrainingSet(tuple(letters), tuple(questions), held_out, far)


def searched_together(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Return ``letters`` as they are searched when something is fitted on searches.

    Five together, some 230 paragraphs, and then five one by one: a home may hold many letters or one.
    """
    groups: list[list[Letter]] = []
    for start in range(0, len(letters), 2 * _TOGETHER):
        groups.append(list(letters[start : start + _TOGETHER]))
        groups += [[letter] for letter in letters[start + _TOGETHER : start + 2 * _TOGETHER]]
    return groups


def digests() -> dict[str, str]:
    """Return the SHA-256 of every file of the training data, by its path."""
    return {
        file.relative_to(FOLDER).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(FOLDER.rglob("*.json"))
    }


def answers(sentence: str, answer: str) -> bool:
    """Tell whether ``sentence`` is part of ``answer``, or holds it."""
    return sentence.strip() in answer or answer.strip() in sentence


def _json(path: Path, default: Any) -> Any:
    """Return what ``path`` holds, ``default`` where there is no such file. LetterError if it is no JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else default
    except ValueError as error:
        raise LetterError(f"Het bestand '{path.name}' is geen JSON: {error}. Herstel het.") from error


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


def _question(slug: str, fields: dict[str, Any], stance: str) -> TrainingQuestion:
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
        stance=stance if answerable else "",
    )


def _far(text: str) -> TrainingQuestion:
    return TrainingQuestion(
        text=text, history=(), letter="", anchors=(), answer="", span="", kind="", style="far"
    )
