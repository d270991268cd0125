"""Reads the accepted performance status, ECOG 0 to 4.

WHO, Zubrod and plain "PS" count as ECOG. Karnofsky 90-100 is 0, 70-80 is 1, 50-60 is 2, 30-40 is 3, 10-20 is 4; where
both stand, their union. Never uses a score of anything else (Child-Pugh, ASA).
"""

import re

from trials.eligibility.claims import SetClaim, contradictory, gather, gather_any, not_stated, stated
from trials.eligibility.cohorts import cohort_of, is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.reading import Fact
from trials.eligibility.scales import Atom, Reading, Scale, read_scale
from trials.eligibility.sections import INCLUSION
from trials.eligibility.statements import Statement
from trials.eligibility.words import BOOK

NAME = "ecog"
UNIVERSE = frozenset(range(5))
_ECOG = re.compile(
    r"\becog|\beastern (?:cooperative|co-operative|collaborat\w+|corporat\w+)\b|\bzubrod\b"
    r"|\bperformance[\s-]+(?:status|scores?|scale|level|state|index|grade)|\bwho[\s-]+(?:ps|performance|score|grade"
    r"|scale)"
    r"|\b(?:ps|pst)(?=[\s(:=]*(?:score|status|of|is|[≤<>≥=]|\d|(?:up to|over|above|below|less|under|at most|greater"
    r"|better|worse"
    r"|between|from|maximum|not|no|strictly) ))|\bswog\b|\bwho(?=[\s(:]*(?:[≤<]|[0-4]\s?(?:-|to|or|/|,)\s?[0-4]))"
    r"|\bgeneral condition(?: of)?(?=[ (]*(?:who|ecog"
    r"|[≤<=]))|体力状况|体能状态"
)
_SURE_WORDS = BOOK.learn(tuple("ecog eastern zubrod performance karn kps lansky swog 体力状况 体能状态".split()))
_SHORT_NAME = re.compile(r"\b(?:pst?|who)\b|general condition")
_KARNOFSKY = re.compile(r"\b(?:karn\w+|kps|lansky)\b")
_SCORE = re.compile(
    r"(?P<number>[0-5])(?![\d%]|\.\d|[.)]\s+[a-z]{3}|\s?(?:days?|weeks?|months?|years?|mg|cm|hours?)\b)"
)
_NUMBER_WORD = re.compile(r"(?P<word>zero|one|two|three|four)\b(?! of\b)")
_NUMBERS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4}
_PERCENT = re.compile(r"(?P<number>100|[1-9]\d|[1-9](?=0?\s?%))(?!\d|\.\d|\s?(?:days?|weeks?|years?|months?)\b)")
_WORDS = (
    r"performance|status|state|scores?|scored|scoring|scales?|scale's|grades?|graded|levels?|points?|index"
    r"|criteria|criterion|who|ecog-?\s?ps|ecog|pst?|kps|zubrod|swog|nci|lansky|karnofsky|karnovsky"
    r"|eastern|cooperative|co-operative|collaborati(?:on|ve)|corporative|oncology|oncologic|group's|group"
    r"|groups|world|health|organi[sz]ation|physical|physic|fitness|strength|condition|general|classification"
    r"|class"
    r"|of|is|are|was|be|must|should|shall|has|have|having|to|the|with|an|a|in|at|on|for|as|by|from|per"
    r"|according|between|ranging|rated|range|assessed|measured|defined|either|only|than|total"
    r"|baseline|screening|enrollment|entry|study|patients?|subjects?|adults?|participants?|value|values|equal"
    r"|standard|evaluation|assessment|score's|clinical|activity|good|rating|behaviou?r|required|play|jansky"
    r"|jansk[yi]|lanks?y|activities|ability|applicable|and(?=\s+(?:grade|score))|i\.e\."
    r"|ie|using|scaled|strictly|s"
)
_FILLER = re.compile(rf"(?:{_WORDS})(?![a-z])|体力状况|评分|分|为|[:()\[\]\"'*,.%](?=.)|-(?!\s?\d)")
_ASIDE = re.compile(r"\((?:i\.?e|e\.?g|that is)\b[^)]*$")  # explains what was said: "(ie, PS 2 with X is excluded)"
_BEFORE = re.compile(
    r"(?:^|[\s(])(?P<expr>[≤<>≥=]*\s?[0-4](?:\s?(?:-|to|or|,|~|/)\s?[0-4])*)[\s)]*(?:on|by|per|in|according to"
    r"|of|for|points? (?:on|in|of))?\s*(?:the\s*)?$"
)


def _ecog_atom(low: str, _plain: str, place: int) -> Atom | None:
    match = _SCORE.match(low, place)
    if match:
        number = int(match["number"])
        return Atom(number, number, match.end(), is_number=True)
    word = _NUMBER_WORD.match(low, place)
    if word is None:
        return None
    number = _NUMBERS[word["word"]]
    return Atom(number, number, word.end(), is_number=True)


def _percent_atom(low: str, _plain: str, place: int) -> Atom | None:
    match = _PERCENT.match(low, place)
    if match is None:
        return None
    number = int(match["number"])
    tens = number // 10 if number >= 10 else number
    return Atom(tens, tens, match.end(), is_number=True)


ECOG = Scale(0, 5, _ecog_atom, _FILLER)
PERCENT = Scale(1, 10, _percent_atom, _FILLER)
_FROM_TENS = {10: 0, 9: 0, 8: 1, 7: 1, 6: 2, 5: 2, 4: 3, 3: 3, 2: 4, 1: 4}


def _anchors(statement: Statement) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _ECOG.finditer(statement.low):
        spans.append(match.span())
    return spans


def _readings(statement: Statement) -> list[tuple[Reading, frozenset[int]]]:
    found: list[tuple[Reading, frozenset[int]]] = []
    low, covered = statement.low, -1
    karnofsky = _KARNOFSKY.search(low)
    for start, end in _anchors(statement):
        if start < covered:
            continue
        limit = min(end + 260, karnofsky.start() if karnofsky and karnofsky.start() > end else end + 260)
        reading = read_scale(ECOG, low, statement.plain, end, limit)
        if reading is None:
            before = _BEFORE.search(low, max(0, start - 40), start)
            reading = read_scale(ECOG, low, statement.plain, before.start("expr"), start) if before else None
        if reading and not (found and _ASIDE.search(low, 0, start)):
            reading.start = min(reading.start, start)
            covered = max(reading.end, end)
            found.append((reading, frozenset(value for value in reading.values if value < 5)))
    for match in _KARNOFSKY.finditer(low):
        reading = read_scale(PERCENT, low, statement.plain, match.end(), match.end() + 160)
        if reading and match.start() >= covered:
            reading.start = match.start()
            covered = reading.end
            found.append((reading, _from_karnofsky(reading)))
    return found


def _from_karnofsky(reading: Reading) -> frozenset[int]:
    """A single bare "70 %" is a lower limit; a lost "=" too."""
    tens = set(reading.values)
    if reading.lost_sign or (len(tens) == 1 and not reading.comparator):
        tens = set(range(min(tens), 11))
    return frozenset(_FROM_TENS[ten] for ten in tens)


def _claims(statement: Statement) -> tuple[list[SetClaim], list[SetClaim]]:
    ecog: list[SetClaim] = []
    karnofsky: list[SetClaim] = []
    cohort = cohort_of(statement)
    for reading, values in _readings(statement):
        said = stance(statement, reading.start, reading.end)
        accepts = said is not Stance.BANNED
        if not accepts and statement.sign == INCLUSION and min(values, default=0) == 0:
            accepts = True  # "not exceeding 2" was taken in by the comparison
        if not values or (not accepts and max(values) == 0):
            continue
        taken = values if accepts or statement.sign == INCLUSION else _and_worse(values)
        doubts = ("lost_sign",) if reading.lost_sign else ()
        claim = SetClaim(
            frozenset(taken), accepts, statement.evidence(reading.start, reading.end), cohort, doubts=doubts
        )
        kept = karnofsky if _KARNOFSKY.match(statement.low, reading.start) else ecog
        kept.append(claim)
    return ecog, karnofsky


def _and_worse(values: frozenset[int]) -> frozenset[int]:
    return frozenset(range(min(values), 5)) if values else values


def read_ecog(document: Document) -> Fact:
    """The accepted performance status."""
    ecog: list[SetClaim] = []
    karnofsky: list[SetClaim] = []
    for statement in document.having(
        "ecog", "eastern", "zubrod", "performance", "karn", "kps", "lansky", "ps", "who ", "swog", "体"
    ):
        if statement.words.isdisjoint(_SURE_WORDS) and not _SHORT_NAME.search(statement.low):
            continue
        if is_for_other_tumor(statement):
            continue
        found = _claims(statement)
        ecog += found[0]
        karnofsky += found[1]
    if not ecog and not karnofsky:
        return _from_titles(document)
    gathered = gather_any(ecog, UNIVERSE)
    evidence = [claim.evidence for claim in ecog]
    values = gathered.values
    beside = gather(karnofsky, UNIVERSE)
    if gathered.collides:
        claims = [tuple(sorted(c.values if c.accepts else UNIVERSE - c.values)) for c in ecog]
        return contradictory(NAME, evidence, list(claims))
    if beside.values:
        values = beside.values | (values or frozenset())
        evidence += [claim.evidence for claim in karnofsky]
    if not values:
        return not_stated(NAME)
    doubts = tuple(dict.fromkeys(doubt for claim in ecog + karnofsky for doubt in claim.doubts))
    by_cohort = gathered.by_cohort or beside.by_cohort
    return stated(NAME, tuple(sorted(values)), evidence, by_cohort=by_cohort, doubts=doubts)


def _from_titles(document: Document) -> Fact:
    for field in (document.titles(), document.summary()):
        for statement in field:
            if "ecog" in statement.low or "performance" in statement.low:
                claims = _claims(statement)[0]
                if claims and claims[0].values:
                    return stated(NAME, tuple(sorted(claims[0].values)), [claims[0].evidence])
    return not_stated(NAME)
