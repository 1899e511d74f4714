"""Every sentence the assistant says in its own words: plain Dutch, with what to do next."""

from __future__ import annotations

from assistant.answer import NoteKind, Status
from assistant.scope import Verdict
from ingest.letter import Voice

VOICE_NAMES: dict[Voice, str] = {"akkoord": "Akkoord", "vng": "VNG"}
REFUSALS: dict[Status, str] = {
    "not_stated": "Dit zegt de brief niet",
    "not_in_letter": "Dit onderwerp staat niet in de brief",
    "out_of_scope": "Hier kan Vraagbaak niet bij helpen",
    "invalid": "Deze vraag is niet te lezen",
}
NOTES: dict[NoteKind, str] = {
    "caveat": "Let op",
    "contradiction": "De brief is niet eenduidig",
    "premise": "Over uw vraag",
    "language": "Over de taal",
}

_INVALID: dict[Verdict, tuple[Status, str]] = {
    "empty": ("invalid", "U hebt nog geen vraag gesteld. Typ een vraag over de brief."),
    "control": (
        "invalid",
        "Uw vraag bevat tekens die ik niet kan lezen. Typ de vraag opnieuw in gewone letters.",
    ),
    "unreadable": (
        "invalid",
        "Ik kan in uw vraag geen woorden lezen. Typ een vraag over de brief in gewone zinnen.",
    ),
    "long": (
        "invalid",
        "Uw vraag is te lang. Stel een kortere vraag, van hoogstens {limit} tekens.",
    ),
    "small_talk": (
        "out_of_scope",
        "Ik beantwoord alleen vragen over de inhoud van de brief. Stel een vraag over een onderwerp "
        "uit de brief.",
    ),
    "opinion": (
        "out_of_scope",
        "Ik geef geen mening en geen advies. Vraag wat er in de brief staat over een onderwerp.",
    ),
    "command": (
        "out_of_scope",
        "Ik voer geen opdrachten uit. Ik beantwoord alleen vragen over de inhoud van de brief. Stel "
        "een vraag over een onderwerp uit de brief.",
    ),
}

NOT_STATED = (
    "Dat staat niet in de brief. De brief gaat wel over dit onderwerp: kijk hieronder wat er op de "
    "dichtstbijzijnde plaatsen staat."
)
NOT_IN_LETTER = (
    "Dit onderwerp staat niet in de brief. Hieronder staan de plaatsen die er het meest op lijken. "
    "Stel een vraag over een ander onderwerp."
)
PARTLY = "Op ‘{part}’ geeft de brief geen antwoord. Vraag dit los om de dichtstbijzijnde plaatsen te zien."
ELSEWHERE = "Op de plaats die u noemt, staat dit niet. Het staat wel ergens anders in de brief."
DENIED = "De brief zegt iets anders dan uw vraag."
STANCES = {"yes": "Ja.", "no": "Nee.", "unclear": "Dat is nog niet duidelijk."}
CONTRADICTION = "De brief noemt hier op twee plaatsen iets anders. Lees beide plaatsen."
CHANGES = {
    "new": "Dit is nieuw.",
    "altered": "Dit is gewijzigd: eerst staat de nieuwe tekst, daarna de oude.",
    "gone": "Dit staat niet meer in de nieuwe brief.",
}
ABOUT = "Wat staat er over {subject}?"
FROM_LETTER = "Dit staat in: {title}."
UNCHANGED = "De tekst van beide brieven is gelijk. Zo begint de brief:"
SAME = "Hierover is niets veranderd."
ONLY_ONE = "De andere brief zegt hier niets over."
LANGUAGE = "U vroeg dit niet in het Nederlands. De brief is Nederlands; het antwoord ook."


def changed(count: int, shown: int) -> str:
    """Say how many paragraphs changed, of which ``shown`` are shown."""
    lead = "Er is 1 alinea veranderd." if count == 1 else f"Er zijn {count} alinea's veranderd."
    return lead if shown == count else f"{lead} Hier staan de eerste {shown}:"


def refusal(verdict: Verdict, limit: int) -> tuple[Status, str]:
    """Return status and wording for a question that is not one about a letter."""
    status, text = _INVALID[verdict]
    return status, text.format(limit=limit)
