"""Everything a user can set, in one frozen object."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from assistant.limits import MAX_QUESTION_CHARACTERS
from index.defaults import DEFAULT_MODEL
from ingest.home import default_home

STAFF_PASSWORD = "VRAAGBAAK_STAFF_PASSWORD"


@dataclass(frozen=True, slots=True)
class Settings:
    """``home`` is the one folder the program writes to; ``model`` names the embedding model."""

    home: Path = field(default_factory=default_home)
    model: str = DEFAULT_MODEL
    documents: tuple[str, ...] = ()  # the letters to answer from; all when empty
    max_question_characters: int = MAX_QUESTION_CHARACTERS
    log_questions: bool = False  # keep every question that is asked on the web page
    # What staff must know to use their pages from another machine; without it only this one may.
    staff_password: str = field(default_factory=lambda: os.environ.get(STAFF_PASSWORD, ""), repr=False)
    candidates: int = 12  # passages a search hands to the composer
