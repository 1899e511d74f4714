"""Reads Markdown into lines: CommonMark with tables, taken as the web page that it stands for."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.html import html_lines
from ingest.text import Line, decode, read_bytes

# What programs keep about a text before it: "---", fields in YAML, "---".
_FIELDS = re.compile(r"\A---[ \t]*\n(?:(?:[\w-]+[ \t]*:|[ \t]|- |#).*\n)+(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


def read_markdown(path: Path) -> list[Line]:
    """Return the lines of the Markdown at ``path``, on pages 0. Raises LetterError when it holds no text."""
    from markdown_it import MarkdownIt

    text = decode(read_bytes(path), path.name).replace("\r\n", "\n")
    page = MarkdownIt("commonmark").enable("table").render(_FIELDS.sub("", text))
    return html_lines(page, path.name)
