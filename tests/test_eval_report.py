"""The reports say what was measured, in forms that other programs and people without a mouse can read."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page

from assistant.service import Assistant
from eval.__main__ import main
from eval.baseline import Baseline
from eval.cases import QuestionSet
from eval.comparison import Pair, Sampling, differences
from eval.gate import DEFAULT, Report, hold
from eval.measures import MEASURES
from eval.report.breakdown import Share, confusion
from eval.report.junit import as_junit
from eval.report.page import as_page
from eval.report.plots import Axis, Line, bars, curves
from eval.report.record import as_json
from eval.report.table import as_markdown, as_text
from eval.run import Result, run

SET = DEFAULT.parent / "sets" / "coalitieakkoord-120.jsonl"


@pytest.fixture(scope="module")
def reports(assistant: Assistant) -> list[Report]:
    """A run with a wrong answer, that a former run had right, and a bar that it is under."""
    cases = QuestionSet.read(SET).cases
    chosen = [case for case in cases if case.style == "plain"][:7]
    chosen += [case for case in cases if case.style == "smalltalk"][:1]
    wrong = replace(chosen[0], id="X<1>", question="Wie & waarom? <b>", must=(("niet te vinden",),))
    result = Result("set", tuple(run(assistant, [*chosen, wrong], rank=True)))
    former = Baseline.of(result)
    right = former.columns["right"].copy()
    right[-1] = 1
    pair = Pair.of(replace(former, columns={**former.columns, "right": right}), result)
    report = Report(
        result,
        hold(result, {"answerable": 1.0, "verbatim": 1.0}),
        differences(pair, Sampling(0.95, 50, 1)),
        ("right",),
        tuple(pair.turned(0)),
        tuple(pair.turned(1)),
    )
    assert report.new_wrong == ("X<1>",)
    return [report]


def test_the_table_shows_value_bar_and_what_turned(reports: list[Report]) -> None:
    text = as_text(reports, chosen=True)
    assert "ONDER DE GRENS: juist, van wat de brief beantwoordt" in text
    assert "Nieuw fout (1): X<1>" in text
    assert "nDCG@10" not in text
    whole = as_text(reports, chosen=False, wrong=True)
    assert all(name in whole for name in reports[0].result.measures)
    assert "mist ‘niet te vinden’" in whole


def test_reasons_name_set_measure_value_and_bar(reports: list[Report]) -> None:
    (reason,) = reports[0].reasons
    value = reports[0].result.measures["answerable"]
    assert reason == f"set: answerable is {value:.3f}, de grens is 1.000"


def test_markdown_has_a_row_a_measure(reports: list[Report]) -> None:
    lines = as_markdown(reports).splitlines()
    assert lines[2].startswith("- ❌ set: answerable is")
    rows = [line for line in lines if line.startswith("| ")]
    assert {row.split(" | ")[0].strip("| ") for row in rows} >= set(reports[0].result.measures)


def test_junit_fails_where_the_gate_does(reports: list[Report]) -> None:
    root = ET.fromstring(as_junit(reports).split("\n", 1)[1])
    verdicts = reports[0].result.verdicts
    wrong = sum(not v.right for v in verdicts)
    assert (root.get("failures"), root.get("skipped")) == ("1", str(wrong))
    assert root.get("tests") == str(len(verdicts) + 2 + 1)
    assert [t.get("name") for t in root.iter("testcase") if t.find("failure") is not None] == ["answerable"]
    assert "X<1> Wie & waarom? <b>" in {t.get("name") for t in root.iter("testcase")}


def test_json_holds_every_answer_and_measure(reports: list[Report]) -> None:
    (found,) = json.loads(as_json(reports))["sets"]
    assert [case["id"] for case in found["cases"]] == [v.case.id for v in reports[0].result.verdicts]
    assert set(found["measures"]) <= set(MEASURES)
    assert found["new_wrong"] == ["X<1>"]
    assert found["cases"][-1]["answer"]["citations"][0]["label"]


def test_confusion_counts_every_question_once(reports: list[Report]) -> None:
    verdicts = reports[0].result.verdicts
    table = confusion(verdicts)
    assert sum(counts.total() for counts in table.values()) == len(verdicts)
    assert table["niet: geen vraag over de brief"] == Counter(out_of_scope=1)


def test_the_interval_of_a_share_holds_for_few_questions() -> None:
    low, high = Share("x", 2, 2).interval
    assert (round(low, 2), high) == (0.34, 1.0)
    assert Share("x", 0, 5).interval[0] == 0


def test_plots_are_svg_that_parses() -> None:
    drawn = [
        bars([Share("a < b", 1, 2)], "Staven & zo"),
        curves(
            [Line([(0, 0), (1, 1)], "line", "lijn")], Axis("x"), Axis("y", high=50, percent=False), "Lijn"
        ),
    ]
    for svg in drawn:
        root = ET.fromstring(svg)
        assert root.get("role") == "img"
        assert root.get("aria-label")


@pytest.fixture
def page(browser: Browser, reports: list[Report], tmp_path: Path) -> Page:
    path = tmp_path / "verslag.html"
    path.write_text(as_page(reports), encoding="utf-8")
    opened = browser.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    opened.goto(path.as_uri())
    assert asked == [path.as_uri()]  # no font, script or image from elsewhere
    return opened


@pytest.mark.browser
def test_the_page_shows_each_wrong_answer_beside_its_gold(page: Page, reports: list[Report]) -> None:
    wrong = [v for v in reports[0].result.verdicts if not v.right]
    assert page.locator(".case").count() == len(wrong)
    case = page.locator(".case", has_text="Wie & waarom? <b>")
    case.locator("summary").first.press("Enter")
    columns = case.locator(".beside > section")
    assert columns.count() == 3
    assert "niet te vinden" in columns.nth(0).inner_text()
    assert wrong[-1].case.evidence[0][0].snippet in columns.nth(0).inner_text()
    assert "Gegeven: beantwoord" in columns.nth(1).inner_text()
    assert columns.nth(2).locator("li").count() == 5
    assert page.locator("svg").count() == 5


@pytest.mark.browser
def test_the_wrong_answers_are_searched_by_keyboard(page: Page, reports: list[Report]) -> None:
    count = page.locator(".case").count()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de foute antwoorden"
    page.get_by_label("Zoek in vraag, antwoord en alinea’s").press_sequentially("WAAROM? wie")
    assert page.locator(".case:visible").count() == 1
    assert page.get_by_role("status").inner_text() == f"1 van {count} foute antwoorden"
    page.get_by_label("Zoek in vraag, antwoord en alinea’s").fill("komt nergens voor")
    assert page.locator(".case:visible").count() == 0
    assert "Zoek op andere woorden" in page.get_by_role("status").inner_text()
    page.get_by_label("Zoek in vraag, antwoord en alinea’s").fill("")
    page.get_by_label("alleen nieuw fout").press("Space")
    assert page.locator(".case:visible").count() == 1


@pytest.mark.browser
def test_the_page_is_dutch_labelled_and_fits_a_phone(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "nl"
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    unlabelled = "[...document.querySelectorAll('input,select')].filter(f => !f.labels.length).length"
    assert page.evaluate(unlabelled) == 0
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_run_of_two_sets_writes_every_report_and_holds_the_bars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (DEFAULT.parent / "sets" / "waterzorgplan-40.jsonl").read_text(encoding="utf-8").splitlines()
    sets = [tmp_path / "een.jsonl", tmp_path / "twee.jsonl"]
    for path, line in zip(sets, lines, strict=False):
        path.write_text(line, encoding="utf-8")
    wanted = {name: tmp_path / f"verslag.{name}" for name in ("json", "junit", "markdown", "html")}
    letter = DEFAULT.parent / "letters" / "brief-waterzorgplan.txt"
    options = [f"--{name}={path}" for name, path in wanted.items()]
    monkeypatch.setenv("VRAAGBAAK_HOME", str(tmp_path / "home"))
    bars = ["--min-answerable", "1.01", "--min-unanswerable", "1.01"]
    argv = ["eval", "run", *map(str, sets), f"--letter={letter}", *bars, *options]
    monkeypatch.setattr(sys, "argv", argv)
    assert main() == 1
    said = capsys.readouterr()
    assert "een: " in said.out
    assert "twee: " in said.out
    assert said.err.count("Niet goed genoeg") == 2  # neither set has a question to refuse
    assert all(path.stat().st_size > 500 for path in wanted.values())
