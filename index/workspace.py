"""The index of a home folder: opened when it fits the letters and the model, built when not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import Timeout

from index.analysis import Thesaurus
from index.encoder import Encoder, Progress
from index.letter_index import LetterIndex
from index.storage import IndexDamaged, IndexMissing, IndexOutdated, IndexProblem, IndexStore, Manifest
from ingest.errors import LetterError
from ingest.letter import Letter
from ingest.letter_store import LetterStore

Notify = Callable[[str], None]


class Workspace:
    """The letters and the index under ``home``; ``notify`` gets a line of Dutch at each step."""

    def __init__(self, home: Path, notify: Notify, progress: Progress | None = None) -> None:
        self._letters = LetterStore(home)
        self._store = IndexStore(home / "index")
        self._thesaurus = Thesaurus.load(home / "thesaurus.txt")
        self._notify = notify
        self._progress = progress

    def letters(self) -> tuple[Letter, ...]:
        """Return the letters. Raises LetterError when there is none."""
        letters = self._letters.load()
        if not letters:
            raise LetterError("Er is geen brief. Voeg er een toe met 'vraagbaak letters add BESTAND'.")
        return letters

    def open(self, encoder: Encoder) -> LetterIndex:
        """Return the index for ``encoder``, built first where it is missing, damaged or outdated.

        Raises IndexForeign when another model made it: that is not overwritten unasked.
        """
        letters = self.letters()
        try:
            return self._load(letters, encoder)
        except (IndexMissing, IndexDamaged) as problem:
            self._notify(str(problem).partition(" Maak ")[0])
            sound = isinstance(problem, IndexOutdated)
        return self.build(encoder, unless_ready=True, thorough=not sound)

    def build(self, encoder: Encoder, *, unless_ready: bool = False, thorough: bool = True) -> LetterIndex:
        """Build the index and return it; a build by another process is waited for.

        What is there of letters that are the same is kept; if ``thorough``, after it has been compared
        with its digests. With ``unless_ready`` the other process's index is used when it fits.
        """
        letters = self.letters()
        lock = self._store.lock()
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self._notify("Een ander programma maakt de index al. Even wachten…")
            lock.acquire()
        try:
            if unless_ready:
                with suppress(IndexProblem):
                    return self._load(letters, encoder)
            self._notify("De index wordt gemaakt. Een nieuwe brief duurt ongeveer een halve minuut.")
            LetterIndex.create(letters, encoder, self._store, progress=self._progress, thorough=thorough)
            self._notify("De index is klaar.")
            return self._load(letters, encoder)
        finally:
            lock.release()

    def manifest(self, *, thorough: bool = False) -> Manifest:
        """Return what the index on disk holds; ``thorough`` compares all of it with its digests.

        Raises IndexMissing or IndexDamaged.
        """
        return self._store.open(thorough=thorough)[1]

    def _load(self, letters: tuple[Letter, ...], encoder: Encoder) -> LetterIndex:
        return LetterIndex.load(letters, encoder, self._store, thesaurus=self._thesaurus)
