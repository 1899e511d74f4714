"""The questions that were asked, kept only where the operator turned it on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer
from assistant.database import Database, now

FILE_NAME = "vragen.sqlite3"  # apart from the checks, so that it can be thrown away
_MIGRATIONS = (
    (
        """CREATE TABLE asked (
            number INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            question TEXT NOT NULL,
            history TEXT NOT NULL,
            status TEXT NOT NULL
        ) STRICT""",
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked, after those of ``history``, and the status of its answer."""

    at: str
    question: str
    history: tuple[str, ...]
    status: str


class QuestionLog:
    """The log in the file at ``path``. Every method raises StoreError when it cannot be used."""

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _MIGRATIONS)

    @classmethod
    def of_home(cls, home: Path) -> QuestionLog:
        """Return the log of a home folder."""
        return cls(home / FILE_NAME)

    def add(self, answer: Answer, history: Sequence[str]) -> None:
        """Keep the question of ``answer``; the answer itself is not kept."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO asked (at, question, history, status) VALUES (?, ?, ?, ?)",
                (now(), answer.question, json.dumps(list(history), ensure_ascii=False), answer.status),
            )

    def entries(self) -> list[Asked]:
        """Return the questions, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM asked ORDER BY number").fetchall()
        return [
            Asked(row["at"], row["question"], tuple(json.loads(row["history"])), row["status"])
            for row in rows
        ]

    def clear(self) -> int:
        """Remove every question for good; return how many there were."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM asked").rowcount
