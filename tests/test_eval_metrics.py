"""A right answer is told from a wrong one, by what stands in the letter and not by what the answer says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Note, Statement
from eval.attribution import attribution, verbatim
from eval.cases import Case, Evidence
from eval.gold import Gold, Library
from eval.metrics import Verdict, judge
from eval.observation import Observation
from ingest.letter import Letter
from ingest.letter_store import read_letter

SNIPPET = "leggen daar 12 procent bovenop voor de verhuizing"
EVIDENCE = Evidence(1, "Versterking van de rivierdijken", SNIPPET)
CASE = Case("a", "Hoeveel?", (), "amount", "plain", True, ((EVIDENCE,),), (("12 procent", "12%"),), ())
REFUSED = Case(
    "b",
    "Hoeveel in Enschede?",
    (),
    "unanswerable",
    "near",
    False,
    (),
    (),
    ("12 procent",),
    expect="not_stated",
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library((read_letter(Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"),))


@pytest.fixture(scope="module")
def letter(library: Library) -> Letter:
    return library.letters[0]


def cite(letter: Letter, words: str, marker: int = 1) -> Citation:
    """Cite the sentence part ``words`` where it stands."""
    for part, passage in letter.places:
        if words in passage.text:
            start = passage.start + passage.text.index(words)
            return Citation.of(letter, part, passage, marker=marker, start=start, end=start + len(words))
    raise AssertionError(words)


def answer(*citations: Citation) -> Answer:
    said = tuple(Statement(c.quote, (c.marker,), c.voice) for c in citations)
    text = "\n".join(f"{c.quote} [{c.marker}]" for c in citations)
    return Answer("Hoeveel?", "Hoeveel?", "answered", text, said, citations, timing_ms={"total": 12.0})


def verdict(case: Case, given: Answer, library: Library) -> Verdict:
    return judge(Gold.of(case, library), Observation(given), library)


def test_a_right_answer_has_no_fault(letter: Letter, library: Library) -> None:
    found = verdict(CASE, answer(cite(letter, SNIPPET)), library)
    assert found.faults == ()
    wanted = "right answerable answered facts cited first in_section verbatim citation_recall voice".split()
    assert {name: found.values[name] for name in wanted} == dict.fromkeys(wanted, 1.0)
    assert found.values["words"] == len(SNIPPET.split())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"status": "not_stated"}, "niet beantwoord (not_stated)"),
        ({"answer": "Niets. [1]"}, "mist ‘12 procent’ of ‘12%’"),
        ({"citations": ()}, "noemt 0 van 1 plaatsen"),
        ({"answer": "12 procent " * 120}, "240 woorden"),
    ],
)
def test_each_fault_is_named(letter: Letter, library: Library, change: dict[str, object], fault: str) -> None:
    given = replace(answer(cite(letter, SNIPPET)), **change)  # type: ignore[arg-type]
    assert fault in verdict(CASE, given, library).faults


def test_a_place_in_another_section_does_not_count(letter: Letter, library: Library) -> None:
    elsewhere = replace(cite(letter, SNIPPET), section=("Peilbeheer",))
    assert "noemt 0 van 1 plaatsen" in verdict(CASE, answer(elsewhere), library).faults


def test_a_quote_is_checked_against_the_letter_not_against_itself(letter: Letter, library: Library) -> None:
    true = cite(letter, SNIPPET)
    forged = replace(
        true, quote=true.quote.replace("12", "21"), passage=true.passage.replace("12 procent", "21 procent")
    )
    shifted = replace(true, start=true.start + 1, end=true.end + 1)
    assert [verbatim(c, library.texts) for c in (true, forged, shifted)] == [True, False, False]
    assert "een citaat staat niet zo in de brief" in verdict(CASE, answer(forged), library).faults


def test_refusing_is_right_where_the_letter_does_not_say(letter: Letter, library: Library) -> None:
    refusal = Answer("", "", "not_stated", "Dat staat niet in de brief.")
    right, wrong = (verdict(REFUSED, a, library) for a in (refusal, answer(cite(letter, SNIPPET))))
    assert right.faults == ()
    assert right.values["not_stated_recall"] == right.values["refusal_precision"] == 1
    assert wrong.faults == ("antwoordt op wat de brief niet zegt", "bevat ‘12 procent’")
    assert wrong.values["refusal_recall"] == 0
    of_answerable = verdict(CASE, refusal, library)
    assert of_answerable.values["refusal_precision"] == of_answerable.values["not_stated_precision"] == 0


def test_the_voice_is_that_of_the_place(letter: Letter, library: Library) -> None:
    right = answer(cite(letter, SNIPPET))
    other = "akkoord" if right.statements[0].voice == "vng" else "vng"
    wrong = replace(right, statements=(replace(right.statements[0], voice=other),))
    assert [verdict(CASE, a, library).values["voice"] for a in (right, wrong)] == [1, 0]


def test_citation_recall_and_precision(letter: Letter, library: Library) -> None:
    one = cite(letter, SNIPPET)
    other = cite(letter, next(p.text for _, p in letter.places if SNIPPET not in p.text), 2)
    both = replace(answer(one, other), statements=(Statement(SNIPPET, (1, 2), "vng"),))
    assert attribution(both, library.texts) == (1.0, 0.5)  # the second passage is not needed
    invented = replace(both, statements=(Statement("Dat is 15 procent.", (1, 2), "vng"),))
    assert attribution(invented, library.texts) == (0.0, 0.0)
    assert attribution(replace(both, statements=()), library.texts) is None


def test_a_caveat_beside_the_answer_needs_its_citation_too(letter: Letter, library: Library) -> None:
    given = replace(answer(cite(letter, SNIPPET)), notes=(Note("caveat", "Dat is onzeker.", (1,)),))
    assert attribution(given, library.texts) == (0.5, 0.5)


def test_a_caveat_in_the_evidence_must_be_shown(library: Library, letter: Letter) -> None:
    part, sentence = next(
        (part, line)
        for part, passage in letter.places
        for line in passage.text.split(". ")
        if "nog niet" in line and part.section
    )
    evidence = ((Evidence(part.chapter, part.section[-1], sentence),),)
    case = replace(CASE, evidence=evidence, must=())
    kept = verdict(case, answer(cite(letter, sentence)), library)
    lost = verdict(case, replace(answer(cite(letter, sentence)), answer="Ja. [1]"), library)
    assert (kept.values["caveat"], lost.values["caveat"]) == (1, 0)


def test_an_observation_comes_back_as_it_was_written(letter: Letter) -> None:
    given = replace(
        answer(cite(letter, SNIPPET)),
        notes=(Note("caveat", "Let op", (1,)),),
        nearest=(cite(letter, SNIPPET),),
    )
    seen = Observation(given, (cite(letter, SNIPPET),))
    assert Observation.loads(seen.dumps()) == seen
