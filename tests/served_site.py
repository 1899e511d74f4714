"""The site on a port of its own for a browser, without the chat; and what axe-core says of a page."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from assistant.web.loading import Answering, LoadingAssistant
from assistant.web.pictures import Pictures
from assistant.web.shelf import Shelf
from assistant.web.site import create_site
from ingest.letter import Letter

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def served(letters: Sequence[Letter], assistant: Answering | None = None) -> Iterator[str]:
    """Serve the site and give its address; without ``assistant`` it is loading for ever."""
    loading = LoadingAssistant(lambda progress: assistant, report=lambda message: None)  # type: ignore[arg-type,return-value]
    if assistant is not None:
        loading.start()
    pictures = Pictures(letters) if isinstance(letters, Shelf) else None
    site = create_site(loading, letters, opened=lambda failure: None, pictures=pictures)
    # Without the lifespan, in which the chat is built and Gradio imported.
    server = uvicorn.Server(uvicorn.Config(site, lifespan="off", log_config=None))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def faults(page: Page) -> list[str]:
    """What axe-core finds on ``page``: the rule and the first element of each fault."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found]
