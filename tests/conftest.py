"""What several test modules share: the shipped letter, and the real encoder, index and assistant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from index.defaults import DEFAULT_MODEL
from index.encoder import Encoder
from index.sentence_encoder import load_encoder
from ingest.letter import Letter
from ingest.letter_store import LetterStore

SHIPPED = Path(__file__).parent.parent / "ingest" / "letters"


@pytest.fixture(scope="session")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    """The letter that ships with the program."""
    (shipped,) = LetterStore(tmp_path_factory.mktemp("letters")).load()
    return shipped


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real default model."""
    return load_encoder(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that starts empty and holds the built index after ``assistant``."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def assistant(home: Path) -> Iterator[Assistant]:
    """The whole assistant over the shipped letter."""
    yield Assistant.load(Settings(home=home))
