"""An answer or a conversation as plain text, for the clipboard."""

from __future__ import annotations

from assistant.export.report import Numbering, Report


def as_text(report: Report) -> str:
    """Return questions and answers with [1] marks, then the notes, then how it was made."""
    numbering = Numbering()
    parts: list[str] = []
    notes: list[str] = []
    for section in report.sections:
        rows = [section.question]
        for line in section.lines:
            marks = ""
            for citation in line.sources:
                number, is_new = numbering.number(citation)
                marks += f" [{number}]"
                if is_new:
                    notes.append(f"[{number}] {report.note(citation, section)}")
            rows.append(f"{line.opening}{line.text}{marks}")
        parts.append("\n".join(rows))
    if notes:
        parts.append("\n".join(("Bronnen", *notes)))
    return "\n\n".join((*parts, report.origin)) + "\n"
