"""What staff check and readers report, kept in SQLite: the queue, the checks, their history."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from assistant import answer_json
from assistant.answer import Answer
from assistant.checks import Change, Check, Feedback, Item, Source, key_of
from assistant.database import Connection, Database, now
from ingest.errors import VraagbaakError

FILE_NAME = "controle.sqlite3"
Show = Literal["open", "done", "all"]

_CHECK = TypeAdapter(Check)
_CHOSEN = "(:show = 'all' OR open = (:show = 'open')) AND source = ifnull(:source, source)"
_MIGRATIONS = (
    (
        """CREATE TABLE item (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL DEFAULT 1,
            source TEXT NOT NULL CHECK (source IN ('feedback', 'run', 'typed')),
            added TEXT NOT NULL,
            open INTEGER NOT NULL DEFAULT 1,
            question TEXT NOT NULL,
            history TEXT NOT NULL,
            answer TEXT NOT NULL,
            verdicts TEXT
        ) STRICT""",
        """CREATE TABLE change (
            number INTEGER PRIMARY KEY,
            item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            before TEXT,
            after TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE feedback (
            number INTEGER PRIMARY KEY,
            item INTEGER NOT NULL REFERENCES item ON DELETE CASCADE,
            at TEXT NOT NULL,
            useful INTEGER NOT NULL,
            remark TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX change_item ON change (item)",
        "CREATE INDEX feedback_item ON feedback (item)",
    ),
)


class GoneError(VraagbaakError):
    """An item is not, or no longer, in the queue."""


class ConflictError(VraagbaakError):
    """Somebody else saved a check of this item meanwhile; ``item`` is as it is now."""

    def __init__(self, item: Item) -> None:
        super().__init__("Iemand anders heeft dit antwoord intussen gecontroleerd.")
        self.item = item


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the queue; ``unhelpful`` counts the readers who found the answer of no use."""

    number: int
    source: Source
    added: str
    open: bool
    question: str
    check: Check | None
    feedback: int
    unhelpful: int


class CheckStore:
    """The queue in the file at ``path``; safe from several threads and processes.

    Every method raises StoreError when the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _MIGRATIONS)

    @classmethod
    def of_home(cls, home: Path) -> CheckStore:
        """Return the store of a home folder."""
        return cls(home / FILE_NAME)

    def add(self, answer: Answer, history: Sequence[str], source: Source) -> tuple[int, bool]:
        """Put an answer in the queue; return its number, and whether it was not there yet."""
        with self._database.writing() as connection:
            return _add(connection, answer, history, source)

    def add_all(self, answers: Sequence[tuple[Answer, Sequence[str]]], source: Source) -> int:
        """Put answers with their histories in the queue, all or none; return how many were new."""
        with self._database.writing() as connection:
            return sum(_add(connection, answer, history, source)[1] for answer, history in answers)

    def add_feedback(self, answer: Answer, history: Sequence[str], *, useful: bool, remark: str = "") -> int:
        """Put an answer in the queue with what a reader thought of it; return its number.

        An answer that was checked before is opened again unless the reader was content.
        """
        with self._database.writing() as connection:
            number, _ = _add(connection, answer, history, "feedback")
            connection.execute(
                "INSERT INTO feedback (item, at, useful, remark) VALUES (?, ?, ?, ?)",
                (number, now(), useful, remark),
            )
            if remark or not useful:
                connection.execute("UPDATE item SET open = 1 WHERE number = ?", (number,))
        return number

    def entries(
        self, show: Show = "all", source: Source | None = None, *, first: int = 0, count: int = -1
    ) -> list[Entry]:
        """Return lines of the queue, oldest first; of those that are open, or done, or of a source."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"""SELECT number, source, added, open, question, verdicts,
                    (SELECT count(*) FROM feedback WHERE item = item.number) AS feedback,
                    (SELECT count(*) FROM feedback WHERE item = item.number AND NOT useful) AS unhelpful
                FROM item WHERE {_CHOSEN} ORDER BY number LIMIT :count OFFSET :first""",
                {"show": show, "source": source, "first": first, "count": count},
            ).fetchall()
        return [
            Entry(
                number=row["number"],
                source=row["source"],
                added=row["added"],
                open=bool(row["open"]),
                question=row["question"],
                check=_check(row["verdicts"]),
                feedback=row["feedback"],
                unhelpful=row["unhelpful"],
            )
            for row in rows
        ]

    def count(self, show: Show = "all", source: Source | None = None) -> int:
        """Return how many items there are, as ``entries`` chooses them."""
        with self._database.reading() as connection:
            found: int = connection.execute(
                f"SELECT count(*) FROM item WHERE {_CHOSEN}", {"show": show, "source": source}
            ).fetchone()[0]
        return found

    def item(self, number: int) -> Item:
        """Return one item. Raises GoneError."""
        with self._database.reading() as connection:
            return _item(connection, number)

    def items(self) -> Iterator[Item]:
        """Return every item, as they are at one moment, oldest first."""
        with self._database.reading() as connection:
            numbers = [row[0] for row in connection.execute("SELECT number FROM item ORDER BY number")]
            return iter([_item(connection, number) for number in numbers])

    def next_open(self, after: int) -> int | None:
        """Return the number of the next open item after ``after``, the first one after the last."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT number FROM item WHERE open AND number <> ?1 ORDER BY number < ?1, number LIMIT 1",
                (after,),
            ).fetchone()
        return row[0] if row else None

    def save(self, number: int, version: int, check: Check) -> Item:
        """Save the check of an item that was read at ``version``, and return the item.

        Saving the same once more changes nothing. Raises ConflictError when somebody else saved
        meanwhile, GoneError when the item was removed.
        """
        with self._database.writing() as connection:
            item = _item(connection, number)
            if check.same_as(item.check) and (version != item.version or not item.open):
                return item
            if version != item.version:
                raise ConflictError(item)
            after = _CHECK.dump_json(check).decode()
            connection.execute(
                "INSERT INTO change (item, at, who, before, after) SELECT ?1, ?2, ?3, verdicts, ?4 "
                "FROM item WHERE number = ?1",
                (number, check.at, check.initials, after),
            )
            connection.execute(
                "UPDATE item SET verdicts = ?, version = version + 1, open = ? WHERE number = ?",
                (after, not check.complete, number),
            )
            return _item(connection, number)

    def changes(self, number: int) -> list[Change]:
        """Return every saving of an item's check, the last one first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT at, who, before, after FROM change WHERE item = ? ORDER BY number DESC", (number,)
            ).fetchall()
        return [
            Change(row["at"], row["who"], _check(row["before"]), _CHECK.validate_json(row["after"]))
            for row in rows
        ]

    def checked(self, answer: Answer) -> Check | None:
        """Return the check by which exactly this answer to this question was found right.

        None when it was not, and when the answer or the text of a cited paragraph has changed since.
        """
        with self._database.reading() as connection:
            row = connection.execute("SELECT verdicts FROM item WHERE key = ?", (key_of(answer),)).fetchone()
        check = _check(row["verdicts"]) if row else None
        return check if check and check.approves else None

    def remove(self, number: int) -> None:
        """Remove an item with its checks, history and feedback for good. Raises GoneError."""
        with self._database.writing() as connection:
            if not connection.execute("DELETE FROM item WHERE number = ?", (number,)).rowcount:
                raise _gone(number)

    def backup(self, target: Path) -> None:
        """Write a copy of the file to ``target``, which is there whole or not at all."""
        handle, scratch = tempfile.mkstemp(dir=target.parent, suffix=".deel")
        os.close(handle)
        try:
            self._database.backup(Path(scratch))
            Path(scratch).replace(target)
        finally:
            with suppress(FileNotFoundError):
                Path(scratch).unlink()


def _add(connection: Connection, answer: Answer, history: Sequence[str], source: Source) -> tuple[int, bool]:
    key = key_of(answer)
    added = connection.execute(
        "INSERT INTO item (key, source, added, question, history, answer) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO NOTHING",
        (
            key,
            source,
            now(),
            answer.question,
            json.dumps(list(history), ensure_ascii=False),
            answer_json.dump(answer),
        ),
    ).rowcount
    number: int = connection.execute("SELECT number FROM item WHERE key = ?", (key,)).fetchone()[0]
    return number, bool(added)


def _item(connection: Connection, number: int) -> Item:
    row = connection.execute("SELECT * FROM item WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise _gone(number)
    feedback = connection.execute(
        "SELECT at, useful, remark FROM feedback WHERE item = ? ORDER BY number", (number,)
    )
    return Item(
        number=number,
        version=row["version"],
        source=row["source"],
        added=row["added"],
        open=bool(row["open"]),
        question=row["question"],
        history=tuple(json.loads(row["history"])),
        answer=answer_json.load(row["answer"]),
        check=_check(row["verdicts"]),
        feedback=tuple(Feedback(f["at"], bool(f["useful"]), f["remark"]) for f in feedback),
    )


def _check(text: str | None) -> Check | None:
    return None if text is None else _CHECK.validate_json(text)


def _gone(number: int) -> GoneError:
    return GoneError(
        f"Antwoord {number} staat niet (meer) in de lijst. Kies een ander antwoord uit de lijst."
    )
