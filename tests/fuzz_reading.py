"""Reads damaged letters one after the other: ``python tests/fuzz_reading.py KIND FIRST LAST``.

Every number makes the same file again. Prints the number before each file is read and its outcome after, so
that a crash and a hang name their file; any error but a LetterError ends the run with its traceback.
"""

from __future__ import annotations

import io
import logging
import random
import re
import resource
import signal
import sys
import tempfile
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import FrameType

import docx
from lxml import etree
from pdf_file import TEXT, packed_pdf, pages_of, pdf, stream

from ingest.errors import LetterError
from ingest.extract import read_here
from ingest.outline import outline

SECONDS = 20  # for one file of a page or two, which takes some hundredths
MEGABYTES = 2_000  # as the reader's own process has
_NUMBERS = (b"0", b"-1", b"1", b"3", b"255", b"65536", b"99999999", b"2147483648", b"1e9", b"9" * 40)
_TOKEN = re.compile(rb"/?[A-Za-z]+|-?\d+(?:\.\d+)?|[^\sA-Za-z\d]")

DRAWN = b"""q 1 0 0 1 0 0 cm 72 400 m 200 400 l S Q /X1 Do
BT /F1 9 Tf 1 0 0 1 72 500 Tm [(Rijk)-2500(1)] TJ 0 -12 Td (Samen) Tj 90 0 Td (2) Tj T* (-) ' ET
/P << /MCID 0 >> BDC BT /F1 18 Tf 72 600 Td (Wonen) Tj ET EMC
BI /W 1 /H 1 /BPC 8 /CS /G ID a EI BT /F2 11 Tf 72 560 Td <00480049> Tj ET
"""
UNICODE = b"""/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff>
endcodespacerange 1 beginbfchar <0048> <0041> endbfchar 1 beginbfrange <0049> <0060> <0042>
endbfrange endcmap end"""
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> >> "
HTML = b"""<!doctype html><html lang=nl><head><meta charset=utf-8><title>x</title></head><body>
<nav><a href=#>Menu</a></nav><main><h1>Brief &eacute;</h1><p>Er komt <b>geld</b> bij<sup>1</sup>.<br>En zand.
<h2>Wonen</h2><ol start=3 type=a><li>a<ul><li value=2>b</ul></ol><dl><dt>g<dd>h</dl><pre>i
 j</pre><table><caption>c</caption><tr><th colspan=2>d<th>e<tr><td rowspan=2>f<td>1<td>2</table>
<p hidden>k</p></main></body></html>"""
MARKDOWN = b"""---
title: x
---
# Brief

Er komt *geld* bij [hier](http://x).

## Wonen

- a
  - b

3. c

| e | f |
|---|--:|
| 1 | 2 |

> g

```
h
```

Titel
-----
<b>i</b> &amp; `j` ![k](l)
"""


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return ``data`` with one to four faults in it."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice((_flipped, _cut, _swapped, _copied, _retoken, _retoken, _retoken))(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    copy = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 32))):
        if copy:
            copy[chance.randrange(len(copy))] = chance.randrange(256)
    return bytes(copy)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _block(data, chance)
    return chance.choice((data[:start], data[:start] + data[end:]))


def _swapped(data: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_block(data, chance), _block(data, chance)))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:] if b <= c else data


def _copied(data: bytes, chance: random.Random) -> bytes:
    start, end = _block(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _retoken(data: bytes, chance: random.Random) -> bytes:
    """Put another token of the file, or a number that is seldom right, in the place of one."""
    tokens = list(_TOKEN.finditer(data))
    if not tokens:
        return data
    token, other = chance.choice(tokens), chance.choice(tokens).group()
    if token.group().lstrip(b"-").isdigit() and chance.random() < 0.7:
        other = chance.choice(_NUMBERS)
    return data[: token.start()] + other + data[token.end() :]


def _block(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 8, 64, 512)))


def pdf_file(chance: random.Random) -> bytes:
    """Return a PDF of two pages that is damaged as a whole, in an object, or in what a stream holds."""
    way = chance.randrange(4)
    page, unicode = (changed(data, chance) if way == i else data for i, data in enumerate((DRAWN, UNICODE)))
    fonts = b"/Font << /F1 3 0 R /F2 8 0 R >> /XObject << /X1 10 0 R >>"
    objects = pages_of([TEXT, TEXT + page], flate=chance.random() < 0.5, resources=fonts)
    objects += [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 9 0 R >>",
        stream(unicode),
        stream(TEXT, FORM),
    ]
    if way == 2:
        place = chance.randrange(len(objects))
        objects[place] = changed(objects[place], chance)
    data = chance.choice((pdf, packed_pdf))(objects)
    return changed(data, chance) if way == 3 else data


def docx_file(chance: random.Random) -> bytes:
    """Return a Word file that is damaged as a whole, or in one part, most often one that is XML still."""
    # What python-docx reads of a letter stands in these parts.
    read = [name for name in WORD if re.search(r"document\.xml|styles\.xml$|\.rels$|Content_Types", name)]
    name, way = chance.choice(read), chance.randrange(4)
    part = reshaped(WORD[name], chance) if way > 1 else changed(WORD[name], chance) if way else WORD[name]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in (WORD | {name: part}).items():
            archive.writestr(member, data)
    return file.getvalue() if way else changed(file.getvalue(), chance)


def reshaped(xml: bytes, chance: random.Random) -> bytes:
    """Return ``xml`` with elements left out, copied or moved, and odd values: XML still."""
    root = etree.fromstring(xml)
    for _ in range(chance.randint(1, 6)):
        one, other = chance.choice(list(root.iter())), chance.choice(list(root.iter()))
        act = chance.randrange(4)
        if act == 0 and one is not root:
            one.getparent().remove(one)
        elif act == 1:
            other.append(deepcopy(one))
        elif act == 2 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(_NUMBERS).decode())
        elif act == 3:
            one.tag = other.tag
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def word_parts() -> dict[str, bytes]:
    """Return the parts of a Word file with titles, a list, a table and a page break."""
    document = docx.Document()
    document.add_heading("Wonen", 1)
    document.add_paragraph("Er komt geld bij voor de kust.").add_run("vet").bold = True
    document.add_paragraph("zand", "List Bullet")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Rijk"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "2027"
    document.add_page_break()
    document.add_heading("Zorg", 2)
    file = io.BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


WORD = word_parts()
FILES: dict[str, Callable[[random.Random], bytes]] = {
    "pdf": pdf_file,
    "docx": docx_file,
    "html": lambda chance: changed(HTML, chance),
    "md": lambda chance: changed(MARKDOWN, chance),
}


class TooSlow(BaseException):
    """A file takes longer than it may; no reader takes this for a fault in the file."""


def _too_slow(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


def main(kind: str, first: int, last: int) -> None:
    """Read the files from ``first`` up to ``last``."""
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1_000_000,) * 2)
    signal.signal(signal.SIGALRM, _too_slow)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"brief.{kind}"
        for number in range(first, last):
            print(f"{kind} {number}", end=" ", flush=True)
            path.write_bytes(FILES[kind](random.Random(f"{kind} {number}")))
            signal.alarm(SECONDS)
            try:
                outcome = f"read {len(outline(read_here(path).lines, 'brief').parts)}"
            except LetterError as error:
                outcome = f"refused {type(error.__cause__).__name__}"
            signal.alarm(0)
            print(outcome, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
