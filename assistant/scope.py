"""What is not a question about a letter: unreadable input, small talk, opinions, commands."""

from __future__ import annotations

import re
from typing import Literal

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LETTERS = re.compile(r"[^\W\d_]")

_SMALL_TALK = re.compile(
    r"^(?:hoi|hallo|hey|hé|dag|goede(?:morgen|middag|navond|nacht)|goeie\w+|bedankt|dank(?: je| u)?|"
    r"dankjewel|dankuwel|thanks|hello|hi|doei|tot ziens|fijne dag)\b[\s\w!,.]{0,25}$|"
    r"^(?:oké|ok|prima|top|mooi)[\s!.]*$|"
    r"\b(?:wie|wat) ben (?:je|jij|u)(?: \w+)?\W*$|\bhoe (?:heet je|oud ben)\b|"
    r"\bhoe (?:gaat|is) het(?: vandaag)?(?: met (?:je|jou|jullie|u))?(?: vandaag)?\W*$|"
    r"\balles goed(?: met (?:je|jou|jullie|u))?(?: vandaag)?\W*$|\bhoe maak(?:t u| je) het\b|"
    r"\bleuke? (?:je|u|jou) te (?:spreken|zien|ontmoeten)\b|"
    r"\bheb(?:t u| je) (?:\w+ ){0,3}(?:leuke|fijne|goede|drukke) (?:dag|week|weekend|vakantie)\b|"
    r"\bwie heeft (?:je|jou) gemaakt\b|"
    r"\bbe?n je (?:een )?(?:mens|robot|chatbot|ai|chatgpt)\b|\b(?:vertel|ken je) .*\b(?:mop|grap)\b",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:wat (?:vind|denk) (?:jij|je|u)\b|jouw mening|je mening|uw mening|volgens jou\b|vind (?:jij|je)\b|"
    r"(?:moet|moeten|zou|zouden|kan|kunnen) (?:ik|wij|we|onze fractie|mijn fractie|de fractie) "
    r"(?:voor|tegen|hier|dit|dat|nu|het)?\s?.*\b(?:stemmen|steunen|afwijzen)\b|wat raad je|wat raadt u|"
    r"wat zou (?:jij|je|u)\b|geef (?:me |mij )?(?:een )?advies|op welke partij|"
    r"welke partij is (?:de )?best\w*)",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"\b(?:negeer|vergeet) (?:al |alle |alles |je |de |wat )|"
    r"\b(?:ignore|disregard|forget) (?:all|any|the|your|previous)|"
    r"\b(?:doe|gedraag je) (?:als)?of\b|\bact as\b|\bpretend\b|\bjailbreak\b|\bsyste(?:m|em) ?prompt\b|"
    r"\b(?:jouw|je|your) (?:instructies|instructions|prompt|opdracht)\b|"
    r"^(?:schrijf|vertaal|bedenk|programmeer|teken|zing|bereken|herhaal|verwijder|stuur|mail|download|"
    r"write|translate|print|repeat|run|delete|execute)\b|"
    r"^(?:maak|lees|open|zeg|voer|start) (?:me |mij )?(?:een |het |de |dit |dat |alle |alleen )?"
    r"(?:bestand|map|programma|gedicht|motie|speech|toespraak|amendement|code|script|grap|woord|lied|rap)\b|"
    r"\bje bent (?:nu|vanaf nu|voortaan)\b|\byou are now\b|"
    r"(?:/etc/|\.\./|<script|drop table|select \* from|\$\{|\{\{|<%|rm -rf|os\.system)",
    re.IGNORECASE,
)

Verdict = Literal["empty", "control", "unreadable", "long", "small_talk", "opinion", "command"]


def judge(question: str, max_characters: int) -> Verdict | None:
    """Return why ``question`` is not one about a letter, None when it may be."""
    text = question.strip()
    if len(question) > max_characters:
        return "long"
    if not text:
        return "empty"
    if _CONTROL.search(question):
        return "control"
    if _COMMAND.search(text):
        return "command"
    visible = re.sub(r"\s", "", text)
    letters = len(_LETTERS.findall(visible))
    if letters < 2 or letters < 0.5 * len(visible):
        return "unreadable"
    if _OPINION.search(text):
        return "opinion"
    if _SMALL_TALK.search(text):
        return "small_talk"
    return None
