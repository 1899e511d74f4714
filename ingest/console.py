"""The command line in Dutch: one parser class, and errors as one line with exit code 2."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from typing import NoReturn

from ingest.errors import VraagbaakError

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class DutchParser(argparse.ArgumentParser):
    """An argument parser whose own words are Dutch."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title = "wat u opgeeft"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg en stop")

    def format_usage(self) -> str:
        """Return the usage line, which begins with "gebruik"."""
        return super().format_usage().replace("usage:", "gebruik:", 1)

    def format_help(self) -> str:
        """Return the help text, which begins with "gebruik"."""
        return super().format_help().replace("usage:", "gebruik:", 1)

    def error(self, message: str) -> NoReturn:
        """Say that the command is not right, and where its form can be read; exit code 2."""
        given = " ".join(sys.argv[1:])
        self.exit(2, f"De opdracht '{given}' klopt niet. Zie '{self.prog} --help' voor de vorm.\n")


def run_reported(action: Callable[[], int]) -> int:
    """Run ``action`` and return its exit code; what a user can mend is one line and code 2."""
    try:
        return action()
    except VraagbaakError as error:
        say(_CONTROL.sub(" ", str(error)))  # it may hold the name of a file from anywhere
        return 2
    except KeyboardInterrupt:
        say("Gestopt.")
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left: nothing to report to
        return 0
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        say(
            f"Lezen of schrijven lukt niet{place}: {error.strerror or error}. Controleer of de map "
            "bestaat, of u er mag schrijven en of de schijf niet vol is. VRAAGBAAK_HOME kiest een andere map."
        )
        return 2


def say(message: str) -> None:
    """Write a line to stderr: progress and errors stay out of the results."""
    print(message, file=sys.stderr, flush=True)


class Bar:
    """A progress bar on stderr; on a screen it redraws one line, elsewhere it stays silent."""

    _WIDTH = 30

    def __init__(self, label: str) -> None:
        self._label = label
        self._shows = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Draw the bar at ``done`` of ``total``."""
        if not self._shows or not total:
            return
        filled = self._WIDTH * done // total
        bar = "█" * filled + "·" * (self._WIDTH - filled)
        end = "\n" if done >= total else ""
        print(f"\r{self._label} {bar} {100 * done // total:3d}%", end=end, file=sys.stderr, flush=True)
