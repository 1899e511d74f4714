"""Writes small PDFs byte by byte, so that a test can say what is wrong in them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TEXT = b"BT /F1 12 Tf 72 700 Td (Er komt geld bij voor de kust.) Tj ET\n"


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Return a PDF of ``objects``, numbered from 1, of which the first is its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, trailer, len(data))
    )


def packed_pdf(objects: Sequence[bytes]) -> bytes:
    """Return the PDF as newer programs write it: objects in a compressed stream, their table in another."""
    data, rows, inside = b"%PDF-1.7\n", [(0, 0, 65535)], []
    holder, table = len(objects) + 1, len(objects) + 2
    for number, body in enumerate(objects, start=1):
        if b"stream" in body:  # may not stand in another
            rows.append((1, len(data), 0))
            data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        else:
            rows.append((2, holder, len(inside)))
            inside.append((number, body))
    head, bodies = b"", b""
    for number, body in inside:
        head += b"%d %d " % (number, len(bodies))
        bodies += body + b"\n"
    fields = b"/Type /ObjStm /N %d /First %d " % (len(inside), len(head))
    rows.append((1, len(data), 0))
    data += b"%d 0 obj\n%b\nendobj\n" % (holder, stream(head + bodies, fields, flate=True))
    rows.append((1, len(data), 0))
    places = b"".join(a.to_bytes(1, "big") + b.to_bytes(4, "big") + c.to_bytes(2, "big") for a, b, c in rows)
    fields = b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R " % len(rows)
    body = stream(places, fields, flate=True)
    return data + b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, body, len(data))


def stream(data: bytes, fields: bytes = b"", *, flate: bool = False) -> bytes:
    """Return a stream object that holds ``data``."""
    if flate:
        data, fields = zlib.compress(data, 9), fields + b"/Filter /FlateDecode "
    return b"<< /Length %d %b>>\nstream\n%b\nendstream" % (len(data), fields, data)


def pages_of(contents: Sequence[bytes], *, flate: bool = False, resources: bytes = b"") -> list[bytes]:
    """Return the objects of a PDF with a page for each of ``contents``; the font is object 3."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(contents)))
    objects = [CATALOG, b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(contents)), FONT]
    for i, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R >> %b >> >>" % (5 + 2 * i, resources)
        )
        objects.append(stream(content, flate=flate))
    return objects


def drawing(content: bytes) -> bytes:
    """Return a PDF of one page that draws ``content``."""
    return pdf(pages_of([content], flate=True))
