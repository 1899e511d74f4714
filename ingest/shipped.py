"""The letters that come with the program, and what became of them in one home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ingest.errors import LetterError

_FOLDER = Path(__file__).parent / "letters"


class ShippedLetters:
    """Which shipped letters count: ``file`` remembers those removed, and what replaced which."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def paths(self) -> dict[str, Path]:
        """The texts of the letters that were not removed, by slug."""
        removed = self._state()["removed"]
        return {path.stem: path for path in sorted(_FOLDER.glob("*.txt")) if path.stem not in removed}

    def remove(self, slug: str) -> None:
        """Remember that a letter was removed; nothing happens to one that is not shipped."""
        if slug in self.paths:
            state = self._state()
            self._write(state | {"removed": sorted([*state["removed"], slug])})

    def replaced_by(self, slug: str) -> str:
        """Return the slug of the version that came in the place of a letter, "" when none did."""
        return str(self._state()["replaced"].get(slug, ""))

    def replace(self, slug: str, *, by: str) -> None:
        """Remember what came in the place of a letter; "" lets it count again."""
        state = self._state()
        others = {old: new for old, new in state["replaced"].items() if old != slug}
        self._write(state | {"replaced": others | ({slug: by} if by else {})})

    def _state(self) -> dict[str, Any]:
        try:
            fields = json.loads(self.file.read_text(encoding="utf-8"))
            return {"removed": list(fields["removed"]), "replaced": dict(fields["replaced"])}
        except FileNotFoundError:
            return {"removed": [], "replaced": {}}
        except (ValueError, KeyError, TypeError) as error:
            raise LetterError(
                f"Het bestand '{self.file}' is beschadigd. Verwijder dat bestand en probeer het opnieuw."
            ) from error

    def _write(self, state: dict[str, Any]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        scratch = self.file.with_suffix(".deel")
        scratch.write_text(json.dumps(state), encoding="utf-8")
        scratch.replace(self.file)
