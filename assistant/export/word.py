"""A conversation as a Word file: who says it in bold, and footnotes with chapter and paragraph."""

from __future__ import annotations

import io
import re
from datetime import datetime, time

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from assistant.export.footnotes import Footnotes
from assistant.export.report import Line, Numbering, Report

_FONT = "Calibri"
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_word(report: Report) -> bytes:
    """Return the report as the bytes of a .docx file."""
    document = docx.Document()
    _dress(document, report)
    footnotes, numbering = Footnotes(document), Numbering()
    first: dict[int, int] = {}  # of each note where it is said; Word numbers every mark
    document.add_heading(report.title, level=0)
    document.add_paragraph().add_run(report.origin).italic = True
    for section in report.sections:
        document.add_heading(_clean(" ".join(section.question.split())), level=1)
        for line in section.lines:
            paragraph = _write(document, line)
            for i, citation in enumerate(line.sources):
                if i:
                    paragraph.add_run(",").font.superscript = True  # 1 and 2 are not 12
                number, is_new = numbering.number(citation)
                text = report.note(citation, section) if is_new else f"Zie noot {first[number]}."
                mark = footnotes.add(paragraph, _clean(text))
                first.setdefault(number, mark)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Document, line: Line) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.add_run(line.opening).bold = True
    paragraph.add_run(_clean(line.text)).bold = line.role in ("refusal", "lead")
    if line.role in ("note", "nearest"):
        paragraph.paragraph_format.left_indent = Cm(0.75)
    return paragraph


def _clean(text: str) -> str:
    """Return ``text`` without what XML cannot hold, as a question may."""
    return _NOT_XML.sub("", text)


def _dress(document: Document, report: Report) -> None:
    """Set page, font, language (for the speller) and what the file says of itself."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    for name, size in (("Title", 20), ("Heading 1", 14)):
        style = document.styles[name]
        style.font.size = Pt(size)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.name = _FONT
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    normal.element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.author, about.language = report.title, "Vraagbaak", "nl-NL"
    about.comments, about.created = "", datetime.combine(report.made, time())
