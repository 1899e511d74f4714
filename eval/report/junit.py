"""A report as JUnit XML, the form that CI systems read.

A test fails exactly where the gate stays shut: a test a bar and a test a measure that is compared. Every
question is a test too; a wrong answer is "skipped" with its faults, for the bars say how many may be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from eval.gate import Report, shown
from eval.metrics import Verdict

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_junit(reports: Sequence[Report]) -> str:
    """Return the reports as one XML document."""
    root = ET.Element("testsuites", name="vraagbaak eval")
    for report in reports:
        root.append(_suite(report))
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name=report.result.name)
    for bar in report.bars:
        said = f"{shown(bar.value, bar.measure)} (grens {shown(bar.bar, bar.measure)})"
        _test(suite, f"{report.result.name}.grens", bar.measure.name, said, failed=not bar.holds)
    for name in report.compared:
        if name not in report.differences:
            continue
        change = report.differences[name]
        said = f"{change.old:.3f} naar {change.new:.3f} ({change.low:+.3f} tot {change.high:+.3f})"
        _test(suite, f"{report.result.name}.vorige", name, said, failed=name in report.blamed)
    if not report.total:
        for verdict in report.result.verdicts:
            _question(suite, report.result.name, verdict)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    return suite


def _test(suite: ET.Element, group: str, name: str, said: str, *, failed: bool) -> None:
    test = ET.SubElement(suite, "testcase", classname=group, name=name)
    if failed:
        ET.SubElement(test, "failure", message=said).text = said
    else:
        ET.SubElement(test, "system-out").text = said


def _question(suite: ET.Element, name: str, verdict: Verdict) -> None:
    seconds = f"{verdict.values.get('ms', 0.0) / 1000:.3f}"
    title = _legal(f"{verdict.case.id} {verdict.case.question}")
    test = ET.SubElement(suite, "testcase", classname=f"{name}.vragen", name=title, time=seconds)
    if verdict.faults:
        ET.SubElement(test, "skipped", message=_legal("; ".join(verdict.faults)))


def _legal(text: str) -> str:
    """Return ``text`` without characters that XML cannot hold."""
    return _NOT_XML.sub("�", text)
