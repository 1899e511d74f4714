"""A page of a PDF as a picture, with a passage marked where the page has its words.

A PDF comes from anywhere, so it is drawn in a process of its own, with a limit on time and memory:
``python -m ingest.page_image FILE PAGE`` reads the words as JSON and writes a PNG.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ingest.errors import LetterError

_SECONDS = 20  # a page takes half a second, most of it the start of the process
_MEGABYTES = 1_000
_WIDTH = 1_000  # pixels: sharp on a laptop, 100 to 200 kB
_TALLEST = 3_000
_MARKER = (255, 230, 154)
_NO_PAGE = 3
_SURE = 12  # letters and digits, three words, of a quote that the page has in part
_RUNNING = 200  # letters and digits that may stand over the text or under it: running lines and footnotes


def page_image(path: Path, page: int, passage: str = "", start: int = 0, end: int = 0) -> bytes:
    """Return ``page``, counted from 1, of the PDF at ``path`` as a PNG, ``passage[start:end]`` marked.

    Of a quote that runs over two pages each has its part marked; nothing is marked where the page does not
    have the passage just once. Raises LetterError when the page
    is not there or cannot be drawn.
    """
    command = [sys.executable, "-m", "ingest.page_image", str(path.resolve()), str(page)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PYTHONUTF8": "1"}
    words = json.dumps([passage, start, end]).encode()
    with suppress(subprocess.TimeoutExpired):
        run = subprocess.run(command, input=words, capture_output=True, timeout=_SECONDS, env=environment)
        if run.returncode == 0:
            return run.stdout
    raise LetterError(f"Bladzijde {page} kan niet als plaatje worden getoond. Lees de tekst van de brief.")


def main() -> int:
    """Write the page that the command line names to stdout."""
    import pypdfium2
    from PIL import Image, ImageChops, ImageDraw

    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEGABYTES * 1_000_000,) * 2)
    passage, start, end = json.load(sys.stdin)
    document = pypdfium2.PdfDocument(sys.argv[1])
    number = int(sys.argv[2])
    if not 1 <= number <= len(document):
        return _NO_PAGE
    page = document[number - 1]
    scale = min(_WIDTH / page.get_width(), _TALLEST / page.get_height())
    bitmap = page.render(scale=scale)
    picture = bitmap.to_pil().convert("RGB")
    marked = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(marked)
    place = bitmap.get_posconv(page)
    for left, bottom, right, top in _boxes(page.get_textpage(), passage, start, end):
        corners = [place.to_bitmap(left, bottom), place.to_bitmap(right, top)]
        (x0, x1), (y0, y1) = (sorted(ends) for ends in zip(*corners, strict=True))
        draw.rectangle((x0 - 1, y0 - 2, x1 + 1, y1 + 2), fill=_MARKER)
    ImageChops.multiply(picture, marked).save(sys.stdout.buffer, "PNG", optimize=True)
    return 0


def _boxes(page: Any, passage: str, start: int, end: int) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of ``passage[start:end]`` on the page, in points; none where it is not just once.

    Only letters and digits are compared: white space, hyphens and quotes are not in a PDF as they are
    in the letter's text.
    """
    import pypdfium2.raw as pdfium

    drawn = [chr(pdfium.FPDFText_GetUnicode(page, i)) for i in range(page.count_chars())]
    places = [i for i, character in enumerate(drawn) if character.isalnum()]
    text = "".join(drawn[i] for i in places)
    before, words, after = (_bare(part) for part in (passage[:start], passage[start:end], passage[end:]))
    span = _standing(text, before, words, after)
    if span:
        first, last = places[span[0]], places[span[1] - 1]
        count = page.count_rects(first, last - first + 1)
        yield from (page.get_rect(i) for i in range(count))


def _standing(text: str, before: str, words: str, after: str) -> tuple[int, int] | None:
    """Return where ``words``, with ``before`` and ``after`` around it, stands in ``text``; None where unsure.

    What goes on from the page before, or goes on on the next, is there in part: its end at the top of the
    text or its beginning at the bottom, under and over the page's running lines.
    """
    if not words:
        return None
    for ahead, behind in ((before, after), ("", "")):  # the rest of the paragraph may be on another page
        if text.count(ahead + words + behind) == 1:
            start = text.index(ahead + words + behind) + len(ahead)
            return start, start + len(words)
    tail = _longest(len(words), lambda length: text.count(words[-length:] + after) == 1)
    head = _longest(len(words), lambda length: text.count(before + words[:length]) == 1)
    if max(head, tail) < _SURE:
        return None
    if tail > head:
        start = text.index(words[-tail:] + after)
        return (start, start + tail) if start <= _RUNNING else None
    start = text.index(before + words[:head]) + len(before)
    return (start, start + head) if len(text) - start - head <= _RUNNING else None


def _longest(most: int, fits: Callable[[int], bool]) -> int:
    """Return the greatest length under ``most`` that fits, 0 where none does."""
    return next((length for length in range(most - 1, 0, -1) if fits(length)), 0)


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


if __name__ == "__main__":
    sys.exit(main())
