"""The assistant as the web page sees it: loaded in the background, asked when it is there."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.answer import Answer
from ingest.errors import VraagbaakError

State = Literal["laden", "klaar", "fout"]
Progress = Callable[[str], None]
Counter = Callable[[int, int], None]
Log = Callable[[Answer, Sequence[str]], None]

_log = logging.getLogger(__name__)

# Two cores, index on disk: 9 to 14 s, nearly all of it imports; the first time the index is built.
_LOADING = "Het taalmodel en de index worden geladen. Dat duurt meestal 10 tot 20 seconden."
_WHAT_TO_DO = (
    "Stop Vraagbaak in de terminal met Ctrl-C en start het opnieuw. Helpt dat niet, "
    "maak de index dan opnieuw met: python -m index build"
)


class Answering(Protocol):
    """What the web page needs of ``assistant.service.Assistant``; called from several threads."""

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        """Answer ``question``; ``history`` holds the earlier ones, ``documents`` letters' slugs."""

    def renewed(self, *, progress: Counter) -> Answering:
        """Return one for the letters as they are now."""


class NotLoadedError(VraagbaakError):
    """The assistant could not be loaded; the message says what the user can do."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far the loading is, with a sentence for the user; ``seconds`` since the start."""

    state: State
    message: str
    seconds: int


class LoadingAssistant:
    """Loads an assistant in a thread of its own and lets questions wait for it.

    ``log`` gets each answer that was asked for, with the questions before it.
    """

    def __init__(
        self, load: Callable[[Progress], Answering], *, report: Progress, log: Log | None = None
    ) -> None:
        self._load = load
        self._report = report
        self._log = log
        self._doing = _LOADING
        self._begun = time.monotonic()
        self._assistant: Answering | None = None
        self._failure = ""
        self._settled = threading.Event()
        self._renewing = threading.Lock()
        self._share: float | None = None

    def start(self) -> None:
        """Begin to load; returns at once."""
        threading.Thread(target=self._run, name="vraagbaak-load", daemon=True).start()

    @property
    def status(self) -> Status:
        """How far the loading is now."""
        seconds = int(time.monotonic() - self._begun)
        if not self._settled.is_set():
            return Status("laden", self._doing, seconds)
        if self._failure:
            return Status("fout", self._failure, seconds)
        return Status("klaar", "Vraagbaak is klaar voor uw vraag.", seconds)

    @property
    def renewing(self) -> float | None:
        """How far a renewal is, from 0 to 1; None when none goes on."""
        return self._share

    def renew(self) -> None:
        """Take in the letters as they are now; questions are answered from the former ones meanwhile."""
        self.wait()
        if self._assistant is None:
            return
        with self._renewing:
            try:
                self._share = 0.0
                self._assistant = self._assistant.renewed(progress=self._count)
                self._report("De brieven zijn bijgewerkt.")
            except VraagbaakError as error:
                self._report(f"De brieven konden niet worden bijgewerkt: {error}")
            finally:
                self._share = None

    def _count(self, done: int, total: int) -> None:
        self._share = done / total if total else 0.0

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until loading has ended, well or badly; False when ``seconds`` passed first."""
        return self._settled.wait(seconds)

    def ask(self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        """Wait for the assistant and return its answer.

        Raises NotLoadedError when the assistant could not be loaded.
        """
        answer = self.ask_again(question, history, documents)
        if self._log:
            try:
                self._log(answer, history)
            except VraagbaakError as error:  # the answer is worth more than its log
                self._report(str(error))
        return answer

    def ask_again(self, question: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        """Do as ``ask`` for a question that no reader asks now: it is not logged."""
        self.wait()
        if self._assistant is None:
            raise NotLoadedError(self._failure)
        return self._assistant.ask(question, history, documents)

    def _progress(self, message: str) -> None:
        self._doing = message
        self._report(message)

    def _run(self) -> None:
        try:
            self._assistant = self._load(self._progress)
            self._report("Klaar: u kunt uw vraag stellen.")
        except VraagbaakError as error:
            self._fail(str(error))
        except Exception as error:
            _log.debug("loading failed", exc_info=True)
            reason = f"Vraagbaak kon niet worden geladen ({str(error) or type(error).__name__})."
            self._fail(f"{reason} {_WHAT_TO_DO}")
        finally:
            self._settled.set()

    def _fail(self, reason: str) -> None:
        self._failure = reason
        self._report(self._failure)
