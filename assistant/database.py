"""One SQLite file: opened, brought up to date and locked; every trouble with it said in Dutch."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.errors import VraagbaakError

Connection = sqlite3.Connection
Migrations = Sequence[Sequence[str]]
"""Per version of the file's layout the statements that make it of the one before."""

_APPLICATION = 0x56524247  # "VRBG" in the file's header, see sqlite.org/fileformat.html
_BUSY_SECONDS = 15.0
_DAMAGED = (
    "Het bestand '{path}' is beschadigd. Het is niet veranderd. Zet een reservekopie "
    "terug, of geef het bestand een andere naam om opnieuw te beginnen."
)
_FOREIGN = (
    "Het bestand '{path}' is niet van Vraagbaak. Het is niet veranderd. Geef het een andere naam; "
    "Vraagbaak maakt dan zelf een nieuw bestand."
)
_NEWER = (
    "Het bestand '{path}' is gemaakt met een nieuwere Vraagbaak (indeling {found}, deze "
    "Vraagbaak kent {known}). Het is niet veranderd. Installeer de nieuwe versie van Vraagbaak."
)
_BUSY = (
    "Een ander programma houdt het bestand '{path}' bezet. Er is niets bewaard. Wacht even en probeer "
    "het opnieuw."
)
_UNWRITABLE = (
    "Lezen of schrijven van '{path}' lukt niet ({reason}). Er is niets bewaard. Controleer of de schijf "
    "niet vol is en of Vraagbaak in deze map mag schrijven, en probeer het opnieuw."
)


def now() -> str:
    """Return the time as it is kept: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class StoreError(VraagbaakError):
    """The file with the checks cannot be used; the message says why and what to do."""


class Database:
    """A SQLite file in WAL mode with a connection for each piece of work.

    So threads and processes can share it. What is committed survives a crash or a loss of power
    (``synchronous=FULL``); what is deleted is overwritten (``secure_delete``).
    """

    def __init__(self, path: Path, migrations: Migrations) -> None:
        self._path = path
        self._migrations = migrations
        self._sound = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give one consistent view of the file; an empty one where there is no file yet.

        Raises StoreError.
        """
        with self._connected(self._path if self._path.exists() else None) as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the file to one writer, who is committed at the end, or not at all when it raises.

        Raises StoreError.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._path.exists():
                self._path.touch(mode=0o600)  # remarks are for staff only
        except OSError as error:
            raise self._trouble(_UNWRITABLE, reason=error.strerror) from error
        with self._connected(self._path) as connection, _transaction(connection):
            yield connection

    def backup(self, target: Path) -> None:
        """Write a copy of the file as it is now to ``target``. Raises StoreError."""
        with self.reading() as connection, closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)

    @contextmanager
    def _connected(self, path: Path | None) -> Iterator[Connection]:
        try:
            with closing(
                sqlite3.connect(path or ":memory:", timeout=_BUSY_SECONDS, isolation_level=None)
            ) as connection:
                connection.row_factory = sqlite3.Row
                for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
                    connection.execute(f"PRAGMA {pragma}")
                self._prepare(connection)
                yield connection
        except sqlite3.Error as error:
            raise self._said(error) from error

    def _prepare(self, connection: Connection) -> None:
        """Check what the file is before anything is written to it, and bring it up to date."""
        version = _pragma(connection, "user_version")
        if _pragma(connection, "application_id") != _APPLICATION and not _is_empty(connection):
            raise self._trouble(_FOREIGN)
        if version > len(self._migrations):
            raise self._trouble(_NEWER, found=version, known=len(self._migrations))
        if not self._sound and _pragma(connection, "quick_check(1)") != "ok":
            raise self._trouble(_DAMAGED)
        self._sound = True
        if version < len(self._migrations):
            _set_wal(connection)
            self._migrate(connection)

    def _migrate(self, connection: Connection) -> None:
        with _transaction(connection):  # another process may have been first
            for step in self._migrations[_pragma(connection, "user_version") :]:
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id={_APPLICATION}")
            connection.execute(f"PRAGMA user_version={len(self._migrations)}")

    def _said(self, error: sqlite3.Error) -> Exception:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return self._trouble(_DAMAGED)
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return self._trouble(_BUSY)
        if name.startswith(("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")):
            return self._trouble(_UNWRITABLE, reason=str(error))
        return error

    def _trouble(self, message: str, **details: object) -> StoreError:
        return StoreError(message.format(path=self._path, **details))


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite itself may have rolled back, as on a full disk
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _pragma(connection: Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _is_empty(connection: Connection) -> bool:
    count: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return count == 0


def _set_wal(connection: Connection) -> None:
    """Turn WAL on; SQLite does not wait by itself for others that do the same."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
