"""Makes the pictures of the README's walk-through: ``python tests/walk_through.py``, with Chromium installed.

It starts the real chat over the shipped letter in a home folder of its own, does what a new user does, and
writes ``tests/data/walk-through/*.png`` with a palette, at most 60 kB each.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from chat_server import Server, free_port

PICTURES = Path(__file__).parent / "data" / "walk-through"
COLOURS = 48
BOTH = "Wat staat er in het akkoord over huishoudelijke hulp en wat betekent dat voor gemeenten?"
REFUSED = "Hoeveel krijgt Enschede uit het Gemeenschapsfonds?"


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = Server.start(Path(home), free_port())
        try:
            server.wait_until_ready()
            chromium = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = chromium.new_page(viewport={"width": 1200, "height": 760}, reduced_motion="reduce")
            walk(page, server.address)
            phone = chromium.new_page(
                viewport={"width": 390, "height": 760}, reduced_motion="reduce", color_scheme="dark"
            )
            phone.goto(f"{server.address}?vraag={REFUSED}")
            phone.wait_for_selector(".turn .refusal")
            keep(phone, "geen-antwoord")
        finally:
            server.process.kill()


def walk(page: Page, address: str) -> None:
    """Look at the page, ask, open a source, read it in the letter."""
    page.goto(address)
    page.wait_for_selector("#question textarea")
    keep(page, "begin")
    page.fill("#question textarea", BOTH)
    page.press("#question textarea", "Enter")
    page.wait_for_selector(".turn .source")
    page.wait_for_timeout(1000)  # what to ask next
    page.locator("a.marker").first.hover()
    keep(page, "antwoord")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Lees dit in de brief").first.click()
    opened.value.set_viewport_size({"width": 1200, "height": 760})
    opened.value.wait_for_load_state()
    keep(opened.value, "brief")


def keep(page: Page, name: str) -> None:
    """Write what ``page`` shows as a picture of few colours."""
    page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
