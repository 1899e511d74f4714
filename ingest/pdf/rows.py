"""Puts the words that stand at one height together into rows, with the spaces that were drawn or left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.lines import bullet
from ingest.pdf.page import Row, Rule, Style, Tag, Word

CELL_GAP = 1.2  # of the letter size: wider sets columns or the cells of a table apart
SAME_LINE = 0.25  # of the letter size, between baselines of one line
_SPACE = 0.15  # of the letter size: two words are apart from here
_STRETCHED = 2.5  # times the usual space in its row: what a gap between cells is at least
_ALIKE = 0.1  # of the widest space in a row that was stretched to its edge
_SMALL = 0.85  # of the letters beside it: how large a small capital is at most,
_RAISED = 0.92  # and a number that is raised
_TWICE = 0.12  # of the letter size: as near are two copies of a word that make it look bold
_MARK = re.compile(r"[(\[]?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])[)\]]?")
_INITIAL = 2  # letters, with a quotation mark
_HANGING = 1.8  # times the size of the text, is a hanging initial at least
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?$")
_METRES = re.compile(r"(?<![^\W\d_])[kcdm]?m$")
_LONE_LETTER = re.compile(r"[^\W\d_]")
_DOT = re.compile(r"[^\w\s(\"'‘’“”€$%&#@+=<\[|…,.;:!?]|o")  # what may stand for a bullet before a wide gap
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def lines_of(words: Sequence[Word], rules: Sequence[Rule]) -> list[list[Word]]:
    """Return the words of a page by the line that they stand on, top to bottom and left to right."""
    once = _underlined(_undropped(_once(words)), rules)
    lines: list[list[Word]] = []
    raised = _raised(once)
    for word in sorted(once, key=lambda w: (-w.y, w.x)):
        if id(word) in raised:
            continue
        size = word.style.size
        if lines and abs(lines[-1][0].y - word.y) <= SAME_LINE * max(size, lines[-1][0].style.size):
            lines[-1].append(word)
        else:
            lines.append([word])
    line_of = {id(word): line for line in lines for word in line}
    for word in once:
        host = raised.get(id(word))
        if host is not None:
            word.raised = word.y > host.y
            line_of[id(host)].append(word)
    return [sorted(line, key=lambda w: w.x) for line in lines]


def row_of(words: Sequence[Word], page: int, edges: tuple[float, float, float]) -> Row:
    """Return the row that ``words`` make in a column with the left and right edges and limit ``edges``."""
    words = _joined_capitals(words)
    gaps = [max(0.0, b.x - a.end) for a, b in pairwise(words)]
    usual = median([gap for gap in gaps if gap > _SPACE * words[0].style.size] or [0.0])
    letters = _letter_space(words, gaps)
    text, marks = words[0].text, list[str]()
    for (before, word), gap in zip(pairwise(words), gaps, strict=True):
        size = max(word.style.size, before.style.size)
        drawn = word.text
        if word.raised and drawn in ("2", "3") and _METRES.search(text):
            drawn = drawn.translate(_RAISED_DIGITS)
        elif word.raised and gap < _SPACE * size and _MARK.fullmatch(drawn):
            marks.append(drawn)
            text += f"\0{drawn}\0"
            continue
        wide = gap > CELL_GAP * size and (gap > _STRETCHED * usual or len(gaps) < 3)
        if letters:
            text += " " if gap > letters else ""
        elif wide and (_NUMBER.fullmatch(text) or bullet(f"{text} x") == f"{text} "):
            text += " "
        elif wide and _DOT.fullmatch(text):
            text = "• "
        elif wide:
            text += "\t"
        elif gap > _SPACE * size or (word.spaced and gap > 0.02 * size):
            text += " "
        text += drawn
    weights, tags = Counter[Style](), Counter[Tag]()
    for word in words:
        weights[word.style] += len(word.text)
        tags[word.tag] += len(word.text)
    style = weights.most_common(1)[0][0]
    spread = median([g for g in gaps if g > _SPACE * style.size] or [0.0]) / style.size
    first = next((i for i, gap in enumerate(gaps) if gap > _SPACE * style.size), len(words) - 1)
    return Row(
        text=text,
        page=page,
        x=words[0].x,
        y=max(words, key=lambda w: len(w.text) if w.style == style else 0).y,
        end=words[-1].end,
        style=style,
        styles=frozenset(w.style for w in words if not w.raised and any(map(str.isalnum, w.text)))
        or frozenset({style}),
        lead=words[0].style,
        left=edges[0],
        right=edges[1],
        limit=edges[2],
        first=words[first].end - words[0].x,
        spread=spread,
        even=max(gaps, default=0.0) - min(gaps, default=0.0) < _ALIKE * max(gaps, default=0.0),
        marks=tuple(marks),
        tag=tags.most_common(1)[0][0],
    )


def plain(row: Row, notes: Collection[str] = ()) -> str:
    """Return the text of ``row`` without the raised marks of ``notes``; other raised ones stay: "m²"."""
    text = row.text
    for mark in row.marks:
        text = text.replace(f"\0{mark}\0", "" if mark in notes else mark.translate(_RAISED_DIGITS), 1)
    return text


def cell_text(words: Sequence[Word]) -> str:
    """Return the words of a line in a table's cell with the spaces between them."""
    return plain(row_of(words, 0, (0.0, 0.0, 0.0))).replace("\t", " ")


def is_under(above: Row, row: Row) -> bool:
    """Tell whether ``row`` stands below ``above`` in one column."""
    return above.page == row.page and above.y > row.y and above.x < row.right and row.x < above.right


def _once(words: Sequence[Word]) -> list[Word]:
    """Leave out the second copy of a word that is drawn twice to look bold."""
    twice: set[int] = set()
    ordered = sorted(range(len(words)), key=lambda i: (words[i].text, words[i].y, words[i].x))
    for i, j in pairwise(ordered):
        one, other = words[i], words[j]
        near = _TWICE * one.style.size
        if one.text == other.text and abs(one.x - other.x) < near and abs(one.y - other.y) < near:
            twice.add(j)
            one.style = one.style._replace(bold=True)
    return [word for i, word in enumerate(words) if i not in twice and word.text.strip()]


def _undropped(words: list[Word]) -> list[Word]:
    """Put a large initial that hangs over several lines back before the rest of its word."""
    sizes = sorted(word.style.size for word in words)
    kept = []
    for word in words:
        size = word.style.size
        if len(word.text) <= _INITIAL and word.text.isupper() and size > _HANGING * sizes[len(sizes) // 2]:
            beside = [w for w in words if 0 < w.x - word.end < w.style.size and 0 <= w.y - word.y < size]
            rest = max(beside, key=lambda w: w.y, default=None)
            if rest and rest.style.size * _HANGING < size and rest.y > word.y + rest.style.size / 2:
                rest.text = word.text + rest.text
                continue
        kept.append(word)
    return kept


def _underlined(words: list[Word], rules: Sequence[Rule]) -> list[Word]:
    """Mark the words that have a rule close under them."""
    heights: dict[int, list[Rule]] = {}
    for rule in rules:
        if rule.level:
            heights.setdefault(round(rule.top), []).append(rule)
    for word in words:
        size = word.style.size
        low, high = word.y - 0.3 * size, word.y + 0.02 * size
        near = (r for y in range(round(low), round(high) + 1) for r in heights.get(y, ()))
        if any(low <= r.top <= high and r.left <= word.x + 1 and r.right >= word.end - 1 for r in near):
            word.style = word.style._replace(underlined=True)
    return words


def _raised(words: Sequence[Word]) -> dict[int, Word]:
    """Return for the id of each raised or lowered word the larger one that it hangs on."""
    found: dict[int, Word] = {}
    ordered = sorted(words, key=lambda w: w.order)
    for i, word in enumerate(ordered):
        for host in (*ordered[max(0, i - 2) : i][::-1], *ordered[i + 1 : i + 2]):
            size = host.style.size
            beside = abs(word.x - host.end) < 0.35 * size or abs(host.x - word.end) < 0.35 * size
            rise = (word.y - host.y) / size
            off = 0.1 < rise < 0.75 or -0.45 < rise < -0.05
            if word.style.size <= _RAISED * size and beside and off:
                found[id(word)] = found.get(id(host), host)
                break
    return found


def _joined_capitals(words: Sequence[Word]) -> list[Word]:
    """Put small capitals, drawn as capitals of a smaller size, back into lower case and into their words.

    A row has them when its larger letters stand alone, each with smaller ones close after it.
    """
    largest = max(word.style.size for word in words)
    small = [0.5 < word.style.size / largest <= _SMALL and not word.raised for word in words]
    large = [i for i, word in enumerate(words) if word.style.size == largest and word.text.isalpha()]
    if not large or any(len(words[i].text) > 1 or small[i + 1 : i + 2] != [True] for i in large):
        return list(words)
    joined: list[Word] = []
    for word, is_small in zip(words, small, strict=True):
        if not is_small:
            joined.append(word)
            continue
        text = word.text.lower() if word.text.isupper() else word.text
        host = joined[-1] if joined else None
        if host and abs(word.x - host.end) < _SPACE * largest and host.text[-1:].isalpha():
            joined[-1] = replace(host, text=host.text + text, end=word.end)
        else:
            joined.append(replace(word, text=text, style=word.style._replace(size=largest)))
    return joined


def _letter_space(words: Sequence[Word], gaps: Sequence[float]) -> float:
    """Return the gap from which letters that are set apart make words, 0 in an ordinary row."""
    single = sum(bool(_LONE_LETTER.fullmatch(word.text)) for word in words)
    if len(words) < 5 or single < 0.8 * len(words):
        return 0.0
    return 1.5 * median(gaps)
