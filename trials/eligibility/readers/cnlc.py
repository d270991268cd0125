"""Reads China liver cancer stages (CNLC Ia to IV) and the burdens that they stand for.

Never takes a BCLC, TNM or Child-Pugh class for one.
"""

import re
from itertools import islice

from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Evidence
from trials.eligibility.scales import Atom, Scale, read_scale

_ANCHOR = re.compile(r"\bcnlc\b|china liver cancer|chinese liver cancer")
_ATOM = re.compile(
    r"(?P<roman>i{1,3}|iv)[- ]?(?P<half>[ab])?(?![a-z0-9])|(?P<digit>[1-4])(?P<other>[ab])?(?![a-z0-9.%])"
)
_FILLER = re.compile(
    r"(?:cnlc|china|chinese|liver|cancer|clinical|staging|stag(?:e|es|ed)|system|of|is|are|the|at|in|as|by|class"
    r"|classification|patients?|hcc|with|for|standard|criteria|guidelines?|to be)(?![a-z])|期|[:)\]\"'](?=.)"
)
_RANKS = {"i": 0, "ii": 2, "iii": 4, "iv": 6, "1": 0, "2": 2, "3": 4, "4": 6}
# Ia-Ib = BCLC 0/A, IIa-IIb = B, IIIa-IIIb = C (the project's FACTS.md, from the 2019 edition of the CNLC).
_BURDENS = ("early", "early", "intermediate", "intermediate", "high", "high", "")


def _atom(low: str, _plain: str, place: int) -> Atom | None:
    match = _ATOM.match(low, place)
    if match is None:
        return None
    rank, half = _RANKS[match["roman"] or match["digit"]], match["half"] or match["other"]
    first = rank + (half == "b")
    last = rank if rank == 6 or half == "a" else rank + 1
    return Atom(first, last, match.end(), is_number=False)


_SCALE = Scale(0, 6, _atom, _FILLER)


def accepted_cnlc(document: Document) -> tuple[set[str], list[Evidence]]:
    """The burdens of the stages that the criteria ask for, with their evidence."""
    burdens: set[str] = set()
    evidence: list[Evidence] = []
    for statement in document.having("cnlc", "china liver", "chinese liver"):
        for anchor in islice(_ANCHOR.finditer(statement.low), 4):
            read = read_scale(_SCALE, statement.low, statement.plain, anchor.end(), anchor.end() + 120)
            start = anchor.start()
            if read is None:  # "stage IIb (CNLC)"
                before = re.search(r"\bstages? ", statement.low[max(0, start - 70) : start])
                place = max(0, start - 70) + before.end() if before else -1
                read = read_scale(_SCALE, statement.low, statement.plain, place, start) if before else None
            if read and stance(statement, start, anchor.end()) is not Stance.BANNED:
                burdens |= {_BURDENS[value] for value in read.values} - {""}
                evidence.append(statement.evidence(start, anchor.end()))
    return burdens, evidence
