"""A conversation taken along: the same words and places in every form, with real footnotes in Word."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.answer import Answer
from assistant.citing import reference
from assistant.draft import Draft, Span
from assistant.export.markdown import as_markdown
from assistant.export.plain import as_text
from assistant.export.report import EmptyConversationError, Report
from assistant.export.word import as_word
from ingest.docx import read_docx
from ingest.letter import Letter, Part, Passage
from ingest.pdf.reader import read_pdf

MADE = date(2026, 11, 23)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ATTACK = "1. *vet* [x](http://y) <b>&amp; # `code` | tabel_naam\n- punt"


def answer_of(letter: Letter, *numbers: int, note: int | None = None, lead: str = "") -> Answer:
    """An answer that states whole paragraphs of ``letter``, by number, as a composer would."""
    places = list(letter.places)

    def span(number: int) -> Span:
        part, passage = places[number]
        return Span(letter, part, passage, passage.start, passage.end)

    draft = Draft()
    for number in numbers:
        draft.state(span(number))
    if note is not None:
        draft.note("contradiction", "De brief noemt hier twee dingen.", span(note))
    draft.lead = lead
    return Answer(
        question="Wat staat er?",
        resolved_question="Wat staat er?",
        status="answered",
        answer=draft.text,
        statements=tuple(draft.statements),
        citations=tuple(draft.citations),
        notes=tuple(draft.notes),
    )


def refusal_of(letter: Letter) -> Answer:
    nearest = answer_of(letter, 12).citations
    return Answer(
        question="En Enschede?",
        resolved_question="Hoeveel krijgt Enschede?",
        status="not_stated",
        answer="Dat staat niet in de brief.",
        nearest=nearest,
    )


def report_of(letter: Letter, *answers: Answer) -> Report:
    return Report.of(answers, [letter], MADE)


def words_of(data: bytes) -> dict[str, ElementTree.Element]:
    """The XML parts of a Word file by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if ".xml" in name
        }


def footnotes_of(data: bytes) -> dict[int, str]:
    notes = words_of(data)["word/footnotes.xml"]
    return {
        int(note.get(f"{W}id", "")): "".join(text.text or "" for text in note.iter(f"{W}t")).strip()
        for note in notes
        if note.get(f"{W}type") is None
    }


def test_empty_conversation_says_what_to_do() -> None:
    with pytest.raises(EmptyConversationError, match="Stel eerst een vraag"):
        Report.of([], [], MADE)


def test_origin_says_how_it_was_made(letter: Letter) -> None:
    dated = replace(letter, date=date(2026, 2, 12))
    origin = report_of(dated, answer_of(dated, 10)).origin
    assert origin.startswith(
        f"Gemaakt met Vraagbaak op 23 november 2026 uit: {letter.title} (12 februari 2026)."
    )
    assert "staan letterlijk in de brief" in origin
    assert "controleer de bron" in origin


def test_origin_names_only_letters_that_are_cited(letter: Letter) -> None:
    other = replace(letter, slug="ander", title="Andere brief")
    report = Report.of([answer_of(letter, 10)], [letter, other], MADE)
    assert "Andere brief" not in report.origin


def test_origin_does_not_call_other_words_verbatim(letter: Letter) -> None:
    answer = answer_of(letter, 10)
    worded = replace(answer, statements=(replace(answer.statements[0], text="In andere woorden."),))
    assert "Niet alle zinnen" in report_of(letter, worded).origin


def test_every_form_has_every_statement_and_place(letter: Letter) -> None:
    report = report_of(letter, answer_of(letter, 10, 30, lead="€ 5"), refusal_of(letter))
    footnotes = " ".join(footnotes_of(as_word(report)).values())
    body = "".join(text.text or "" for text in words_of(as_word(report))["word/document.xml"].iter(f"{W}t"))
    for answer in report.answers:
        for citation in (*answer.citations, *answer.nearest):
            place = reference(citation, letter)
            assert place in as_text(report)
            assert place in as_markdown(report).replace("\\", "")
            assert place in footnotes
            for form in (as_text(report), as_markdown(report).replace("\\", ""), body):
                assert citation.quote in form
    assert "Gelezen als: Hoeveel krijgt Enschede?" in as_text(report)
    assert "Dit zegt de brief niet" in as_text(report)


def test_note_quotes_what_the_answer_does_not_say(letter: Letter) -> None:
    answer = answer_of(letter, 10, note=30)
    said, unsaid = answer.citations
    text = as_text(report_of(letter, answer))
    assert f"[1] {reference(said, letter)}.\n" in text
    assert f"[2] {reference(unsaid, letter)}: “{unsaid.quote}”" in text


def test_quote_that_comes_back_keeps_its_number(letter: Letter) -> None:
    report = report_of(letter, answer_of(letter, 10), answer_of(letter, 30, 10))
    assert re.findall(r"\[(\d)\]", as_text(report).partition("Bronnen")[0]) == ["1", "2", "1"]
    assert as_markdown(report).count("[^1]") == 3
    assert footnotes_of(as_word(report))[3] == "Zie noot 1."


def test_markdown_escapes_what_is_said() -> None:
    passage = Passage(ATTACK, 0, len(ATTACK), 1, 1, "h1-1")
    letter = Letter("brief", "Brief", ATTACK, 1, (Part(1, "B", (), "", "", "vng", 1, (passage,)),))
    markdown = as_markdown(report_of(letter, answer_of(letter, 0)))
    assert (
        "- **VNG:** 1\\. \\*vet\\* \\[x\\](http://y) \\<b\\>\\&amp; # \\`code\\` \\| tabel\\_naam\\\n"
        "  \\- punt[^1]" in markdown
    )


def test_word_marks_and_footnotes_belong_together(letter: Letter) -> None:
    data = as_word(report_of(letter, answer_of(letter, 10, 30, lead="€ 5"), refusal_of(letter)))
    parts = words_of(data)
    marks = [int(m.get(f"{W}id", "")) for m in parts["word/document.xml"].iter(f"{W}footnoteReference")]
    assert marks == [1, 2, 3, 4] == list(footnotes_of(data))
    styles = {style.get(f"{W}styleId") for style in parts["word/styles.xml"].iter(f"{W}style")}
    used = {
        e.get(f"{W}val")
        for part in parts.values()
        for e in part.iter(
            f"{W}rStyle",
        )
    }
    used |= {e.get(f"{W}val") for part in parts.values() for e in part.iter(f"{W}pStyle")}
    assert used <= styles
    declared = {e.get("PartName"): e.get("ContentType") for e in parts["[Content_Types].xml"]}
    assert declared["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")  # type: ignore[union-attr]


def test_marks_in_word_do_not_run_together(letter: Letter) -> None:
    answer = answer_of(letter, 10, 30)
    both = replace(answer, statements=(replace(answer.statements[0], markers=(1, 2)),))
    body = words_of(as_word(report_of(letter, both)))["word/document.xml"]
    runs = [run for run in body.iter(f"{W}r") if run.find(f"{W}footnoteReference") is not None]
    assert len(runs) == 2
    assert [text.text for text in body.iter(f"{W}t")][-1] == ","


def test_word_settings_keep_the_order_of_their_schema(letter: Letter) -> None:
    settings = words_of(as_word(report_of(letter, answer_of(letter, 10))))["word/settings.xml"]
    names = [element.tag.removeprefix(W) for element in settings]
    assert names.index("characterSpacingControl") < names.index("footnotePr") < names.index("compat")


def test_word_file_can_be_read_back(letter: Letter, tmp_path: Path) -> None:
    file = tmp_path / "gesprek.docx"
    answer = answer_of(letter, 10)
    file.write_bytes(as_word(report_of(letter, answer)))
    lines = [line.text for line in read_docx(file)]
    assert lines[0] == "Antwoord van Vraagbaak"
    assert lines[2] == "Wat staat er?"
    assert (
        lines[3]
        == f"{'Akkoord' if answer.statements[0].voice == 'akkoord' else 'VNG'}: {answer.statements[0].text}"
    )


def test_characters_that_xml_has_not_are_left_out_of_word(letter: Letter) -> None:
    answer = replace(answer_of(letter, 10), question="Wat\x00 \x1bstaat\ufffe er?")
    body = words_of(as_word(report_of(letter, answer)))["word/document.xml"]
    assert "Wat staat er?" in [text.text for text in body.iter(f"{W}t")]


def test_libreoffice_shows_the_footnotes(letter: Letter, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine")
    answer = answer_of(letter, 10)
    (tmp_path / "gesprek.docx").write_bytes(as_word(report_of(letter, answer)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "gesprek.docx")], check=True, capture_output=True, timeout=240)
    lines = read_pdf(tmp_path / "gesprek.pdf").lines
    page = " ".join(text for line in lines for text in (line.text, *line.notes))
    assert reference(answer.citations[0], letter) in page
