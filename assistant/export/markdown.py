"""A conversation as Markdown with footnotes, as GitHub, Pandoc and Obsidian read them."""

from __future__ import annotations

import re

from assistant.export.report import Line, Numbering, Report, Role

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~$&]")
_LINE_START = re.compile(r"^([#+-]|\d+(?=[.)]))", re.MULTILINE)
_FORMS: dict[Role, str] = {
    "read_as": "{opening}{text}",
    "refusal": "**{text}**",
    "explanation": "{text}",
    "lead": "**{text}**{marks}",
    "statement": "- {opening}{text}{marks}",
    "note": "> {opening}{text}{marks}",
    "nearest": "- {opening}{text}{marks}",
}
_INDENTS: dict[Role, str] = {"statement": "  ", "note": "> ", "nearest": "  "}


def as_markdown(report: Report) -> str:
    """Return the report; what the letter says is escaped, so that it shows as it stands there."""
    numbering = Numbering()
    blocks = [f"# {report.title}", _escape(report.origin)]
    notes: list[str] = []
    for section in report.sections:
        blocks.append(f"## {_escape(' '.join(section.question.split()))}")
        for line in section.lines:
            marks = ""
            for citation in line.sources:
                number, is_new = numbering.number(citation)
                marks += f"[^{number}]"
                if is_new:
                    notes.append(f"[^{number}]: {_escape(report.note(citation, section))}")
            blocks.append(_block(line, marks))
    return "\n\n".join((*blocks, *notes)) + "\n"


def _block(line: Line, marks: str) -> str:
    opening = f"**{line.label}:** " if line.label else ""
    text = _escape(line.text).replace("\n", "\\\n" + _INDENTS.get(line.role, ""))
    return _FORMS[line.role].format(opening=opening, text=text, marks=marks)


def _escape(text: str) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", text)
    # "1." would begin a list: there the full stop is escaped, after the number.
    return _LINE_START.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", text)
