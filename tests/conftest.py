"""What several test modules share: the shipped letter, the real encoder, index and assistant, a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from assistant.service import Assistant
from assistant.settings import Settings
from index.defaults import DEFAULT_MODEL
from index.encoder import Encoder
from index.sentence_encoder import load_encoder
from ingest.letter import Letter
from ingest.letter_store import LetterStore

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: the machine's own, or the one that playwright installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        path = found or (str(own) if own.exists() else "/usr/bin/chromium")
        if not Path(path).exists():
            pytest.skip("no Chromium on this machine: playwright install chromium")
        launched = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield launched
        launched.close()
