"""The letters as the web pages show them: those on disk, also after they changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import overload

from ingest.errors import LetterError
from ingest.letter import Letter
from ingest.letter_store import LetterStore

_log = logging.getLogger(__name__)

_SECONDS = 2.0  # between looks at the disk


class Shelf(Sequence[Letter]):
    """The letters of a store, or those ``chosen`` of it, read again when one was added or changed.

    Raises LetterError when made with a letter that is damaged or not there; one that gets damaged later
    leaves the letters as they were.
    """

    def __init__(self, store: LetterStore, chosen: Sequence[str] = ()) -> None:
        self.store = store
        self._chosen = tuple(chosen)
        self.seen = store.signature()
        self._letters = self._read()

    @overload
    def __getitem__(self, index: int) -> Letter: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Letter]: ...
    def __getitem__(self, index: int | slice) -> Letter | Sequence[Letter]:
        """Return the letter or letters at ``index``."""
        return self._letters[index]

    def __len__(self) -> int:
        """The number of letters."""
        return len(self._letters)

    def refresh(self) -> None:
        """Read the letters again if something changed on disk."""
        now = self.store.signature()
        if now == self.seen:
            return
        try:
            self._letters = self._read()
        except LetterError as error:
            _log.warning("%s", error)
        self.seen = now

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call ``changed`` after every change, from a thread of its own; return what ends that."""
        ended = threading.Event()

        def run() -> None:
            known = self.seen  # a page may refresh the letters between two looks
            while not ended.wait(_SECONDS):
                self.refresh()
                if self.seen != known:
                    known = self.seen
                    changed()

        threading.Thread(target=run, name="vraagbaak-letters", daemon=True).start()
        return ended.set

    def _read(self) -> tuple[Letter, ...]:
        return tuple(map(self.store.get, self._chosen)) or self.store.load()
