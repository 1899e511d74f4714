"""Footnotes in a Word file, which python-docx 1.2 reads past: the part that holds them and their marks.

ECMA-376, part 1, 17.11: ``word/footnotes.xml`` has two separators, then the notes by id; a run in the
text refers to one by that id.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
_PART = "".join(
    (
        f"<w:footnotes {nsdecls('w')}>",
        *(
            f'<w:footnote w:type="{name}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
            f'w:lineRule="auto"/></w:pPr><w:r><w:{name}/></w:r></w:p></w:footnote>'
            for number, name in _SEPARATORS.items()
        ),
        "</w:footnotes>",
    )
)


class Footnotes:
    """The footnotes of one document, numbered by Word in the order of their marks."""

    def __init__(self, document: Document) -> None:
        text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = document.styles["Normal"]
        text.font.size = Pt(9)
        text.paragraph_format.space_after = Pt(0)
        mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True
        self._text_style, self._mark_style = text.style_id, mark.style_id
        self._element = parse_xml(_PART)
        self._count = 0
        name, package = PackURI("/word/footnotes.xml"), document.part.package
        part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, self._element, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        _declare_separators(document)

    def add(self, paragraph: Paragraph, text: str) -> int:
        """Put a mark at the end of ``paragraph`` for a new note of ``text``; return the note's number."""
        self._count += 1
        reference = _child(self._marked_run(paragraph._p), "w:footnoteReference")
        reference.set(qn("w:id"), str(self._count))
        note = _child(self._element, "w:footnote")
        note.set(qn("w:id"), str(self._count))
        body = _child(note, "w:p")
        body.get_or_add_pPr().style = self._text_style
        _child(self._marked_run(body), "w:footnoteRef")
        body.add_r().text = f" {text}"
        return self._count

    def _marked_run(self, paragraph: Any) -> Any:
        run = paragraph.add_r()
        run.style = self._mark_style
        return run


def _declare_separators(document: Document) -> None:
    """Name the separators in the settings, where their order in the schema puts them: before ``compat``."""
    declared = OxmlElement("w:footnotePr")
    for number in _SEPARATORS:
        _child(declared, "w:footnote").set(qn("w:id"), str(number))
    document.settings.element.find(qn("w:compat")).addprevious(declared)


def _child(parent: Any, tag: str) -> Any:
    child = OxmlElement(tag)
    parent.append(child)
    return child
