"""Reads which tumour burdens a trial accepts: early, intermediate, high.

Built on what is said of the stage, of candidates for treatment, of size and number, and on the two facts about
vessels and spread: where both are excluded nothing is high. Never guesses from a drug.
"""

import re
from dataclasses import dataclass
from itertools import islice

from trials.eligibility.claims import not_stated, stated
from trials.eligibility.cohorts import cohort_of, is_for_other_tumor
from trials.eligibility.document import Document
from trials.eligibility.polarity import Stance, stance
from trials.eligibility.readers.bclc import read_bclc
from trials.eligibility.readers.extrahepatic_spread import read_extrahepatic_spread
from trials.eligibility.readers.hcc_scope import read_hcc_scope
from trials.eligibility.readers.portal_vein_invasion import read_portal_vein_invasion
from trials.eligibility.reading import Evidence, Fact
from trials.eligibility.statements import Statement
from trials.vocabulary.facts import FactStatus

NAME = "tumor_burden"
EARLY, INTERMEDIATE, HIGH = "early", "intermediate", "high"
_ADVANCED = re.compile(
    r"\b(?:locally[\s-]+)?advanced(?:[\s-]+stage)?(?:[,/\s]+(?:and/or |or |and )?(?:metastatic|unresectable"
    r"|recurrent|inoperable|refractory|solid|malignant|primary|liver|gi|gastrointestinal|hepatobiliary"
    r"|incurable|fibrolamellar))*[\s)]*"
    r"(?:hcc|hepatocellular|hepatoma|hepatobiliary|liver cancer|cancers?|carcinomas?|tumou?rs?|malignan\w+"
    r"|neoplasms?|diseases?|solid|setting|stage)"
    r"|\b(?:unresectable|un-resectable|irresectable|non-?\s?resectable|inoperable|not resectable|nonresectable"
    r"|incurable)\b"
    r"|\bmetastatic (?:hcc|hepatocellular|solid|cancer|disease|malignan\w+|tumou?rs?|liver cancer|or)"
    r"|\bmetastatic\b(?= and/or| or unresectable)|stage iv\b"
    r"|(?:not|non|no longer|un|in)[\s-]?(?:be )?(?:a |an |good |suitable |appropriate |potential )*(?:amenable"
    r"|amendable|candidates?|eligible|suitable|appropriate|indicated|accessible)\b (?:\w+ ){0,3}?(?:to"
    r"|for) (?:\w+[ ,/]+){0,6}?(?:curative|surg\w+|resect\w+|transplant\w*|ablati\w+|loco-?\s?regional|local"
    r"|hepatectomy|standard curative|radical)"
    r"|cannot be (?:surgically )?(?:resected|removed)|(?:can ?not|unable to) (?:be treated with|undergo"
    r"|receive) (?:\w+ ){0,3}(?:surg|resect|curative)|(?:refractory|progress\w+"
    r"|relapsed?)(?: \w+){0,6} (?:loco-?\s?regional|sorafenib|systemic|standard (?:therap|treatment))"
    r"|(?:refractory|relapsed)(?:/| or | and |/ )?(?:refractory|relapsed)? (?:solid|malignan)"
    r"|recurrent or (?:refractory|metastatic)|relapsed (?:or|and/or) refractory|recurrent(?: and/or"
    r"|/) metastatic|advanced or refractory|refractory cancer"
)
_CANDIDATE_BAN = re.compile(
    r"candidates? for (?:\w+[ ,]+){0,4}(?:resect|surg|transplant|curative|loco)"
    r"|eligible for (?:\w+ ){0,2}(?:curative|surgical resection|resection)"
    r"|amenable to (?:\w+ ){0,2}(?:curative|surg|resect)"
)
_INTERMEDIATE = re.compile(
    r"\bintermediate[\s-]+(?:stage|hcc|hepatocellular|or advanced|or large)|multi-?nodular|(?:beyond|exceed\w*"
    r"|outside|out of|over|not (?:meet\w*|within|fulfill\w*)) (?:of )?(?:the )?(?:milan|up-?\s?to-?\s?(?:seven"
    r"|7)|ut7|ucsf|hangzhou)"
    r"|(?:suitable|eligible|candidates?|indicated|indication|amenable|scheduled|planned|referred|going"
    r"|accepted|fit|appropriate) (?:\w+ ){0,3}(?:for|to) (?:\w+ ){0,4}?(?:tace|transarterial|trans-arterial"
    r"|chemoemboli|radioemboli|y-?90|sirt|tare|emboli[sz]ation)|(?:tace|chemoemboli[sz]ation) is indicated"
    r"|undergo\w* (?:\w+ ){0,3}(?:tace|chemoemboli|radioemboli|transarterial|y-?90)"
    r"|large (?:hcc|hepatocellular|liver tumou?r)|tumou?rs? burden (?:up to|less|below|≤|<)"
)
_EARLY = re.compile(
    r"(?<!non)(?<!non-)(?<!un)(?<!un-)(?<!ir)(?<!not )(?<!in)\bresectable\b|\b(?:within|meet\w*|fulfil\w*"
    r"|satisf\w+|inside) (?:the |of )*milan|\bmilan criteria|\bearly[\s-]+(?:stage|hcc|hepatocellular|liver"
    r"|or intermediate|,)|\bvery early|\bsmall (?:hcc|hepatocellular|liver cancer)"
    r"|(?:candidates?|eligible|suitable|listed|list|awaiting|waiting(?: list)?|scheduled|planned|amenable"
    r"|plan\w*|evaluated|undergo\w*|underwent|indicated|indication\w*|accepted|fit|wait-?listed|bridg\w+|going"
    r"|have had|received|after|following|appropriate|considered) (?:\w+[ ,]+){0,5}?(?:for|to|of|a|an|the|in"
    r"|potentially|curative|orthotopic|liver|hepatic|surgical|radical|complete)?\s?(?:liver transplant"
    r"|hepatic transplant|transplantation|olt\b|hepatectomy|(?:liver |surgical |hepatic |curative |radical "
    r"|r0 |complete )+resection|resection of|curative resection|radiofrequency|thermal ablation|ablation|rfa\b"
    r"|microwave)"
    r"|\badjuvant\b|neo-?adjuvant|(?:curative|radical|r0|hepatic|liver) (?:liver |hepatic "
    r"|surgical )?(?:resection|hepatectomy|ablation|surgery)|hepatectomy"
    r"|(?:solitary|single|one)[ ,]+(?:\w+[ ,]+){0,4}?(?:≤|<|=<|<=|up to|less than|no (?:more|larger"
    r"|greater) than|not exceed\w*|smaller than|under|of)[ =]*(?P<size>\d+(?:\.\d+)?) ?cm"
    r"|(?:≤|<|=<|<=|up to|less than|no more than)[ =]*(?P<size2>[1-5](?:\.\d)?) ?cm\b"
)
_HIGH = re.compile(
    r"high[- ]tumou?r[- ]burden|(?:>|more than|over|≥|exceed\w*|at least"
    r"|greater than)\s?=?\s?50 ?% (?:of )?(?:the )?(?:liver|hepatic|volume)|liver involvement"
    r"|tumou?r (?:volume|burden) (?:>|≥|over|more than)"
)
_CAPPED = re.compile(
    r"\b(?:\d|one|two|three|four|five) or (?:fewer|less)[^.;]{0,40}(?:tumou?rs?|lesions?|nodules?)|(?:up to"
    r"|no more than|not more than|≤|at most|maximum of|less than) ?(?:\d|three|four|five"
    r"|ten)\b (?:\w+ ){0,2}(?:tumou?rs|lesions|nodules|hcc)|\b(?:1|one)\s?(?:-|to)\s?(?:3|5|three"
    r"|five) (?:\w+ )?(?:tumou?rs|lesions|nodules|hcc)"
)
_PEOPLE = re.compile(r"\b(?:patients?|subjects?|participants?|people|adults)\b")
_ADVANCED_LIVER = re.compile(r"advanced (?:liver disease|cirrhosis|hepatic|fibrosis)|advanced (?:liver|hepatic) dys")
_LIVER = re.compile(r"hcc|hepato|liver|hepatic")


# Cheap signs that one of the patterns above can match at all.
_ADVANCED_WORDS = (
    "advanced", "resect", "operab", "curable", "metastatic", "stage iv", "amenab", "amendab", "candidate", "eligible",
    "suitable", "appropriate", "refractory", "relaps", "recurrent", "cannot", "can not", "unable", "progress",
    "indicated", "accessible", "operable",
)  # fmt: skip
_INTERMEDIATE_WORDS = (
    "intermediate", "nodular", "milan", "seven", "up-to-7", "ut7", "ucsf", "hangzhou", "tace", "emboli", "y-90", "y90",
    "transarterial", "trans-arterial", "large", "burden", "sirt", "tare",
)  # fmt: skip
_EARLY_WORDS = (
    "resect", "milan", "early", "small", "transplant", "olt", "hepatectomy", "ablation", "rfa", "microwave", "adjuvant",
    "solitary", "single", "one", "cm", "surgery",
)  # fmt: skip
_WORDS = (
    *_ADVANCED_WORDS,
    *_INTERMEDIATE_WORDS,
    *_EARLY_WORDS,
    "%",
    "lesions",
    "nodules",
    "tumors",
    "tumours",
    "liver",
)


def _has(low: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110  a plain loop is much faster than any() here
        if word in low:
            return True
    return False


@dataclass(slots=True)
class _Signal:
    burdens: frozenset[str]
    evidence: Evidence
    cohort: str = ""
    strength: int = 1


def _one(statement: Statement, match: re.Match[str], *burdens: str, strength: int = 1) -> _Signal:
    evidence = statement.evidence(match.start(), match.end())
    return _Signal(frozenset(burdens), evidence, cohort_of(statement), strength)


def _signals(statement: Statement) -> list[_Signal]:
    low = statement.low
    found: list[_Signal] = []
    for match in islice(_ADVANCED.finditer(low), 8) if _has(low, _ADVANCED_WORDS) else ():
        if _ADVANCED_LIVER.match(low, match.start()):
            continue
        if statement.sign > 0 and not re.match(r"\W*(?:no|not)\b", low[max(0, match.start() - 4) : match.start()]):
            found.append(_one(statement, match, INTERMEDIATE, HIGH))
    if statement.sign < 0:
        match_ban = _CANDIDATE_BAN.search(low)
        if (
            match_ban
            and stance(statement, *match_ban.span()) is Stance.BANNED
            and not re.search(r"\bnot\b", low[: match_ban.start()])
        ):
            found.append(_one(statement, match_ban, INTERMEDIATE, HIGH))
        return found
    for match in islice(_INTERMEDIATE.finditer(low), 8) if _has(low, _INTERMEDIATE_WORDS) else ():
        if stance(statement, *match.span()) is not Stance.BANNED or match.group().startswith(
            ("not", "beyond", "exceed")
        ):
            found.append(_one(statement, match, INTERMEDIATE, strength=2))
    found += _early_signals(statement, found)
    capped = _CAPPED.search(low)
    if (
        capped
        and stance(statement, *capped.span()) is not Stance.BANNED
        and not re.search(r"metasta|measur|lung|brain|lymph", low)
    ):
        found.append(_one(statement, capped, EARLY, strength=1))
        found.append(_one(statement, capped, INTERMEDIATE, strength=2))
    for match in islice(_HIGH.finditer(low), 8):
        if stance(statement, *match.span()) is not Stance.BANNED:
            found.append(_one(statement, match, HIGH, strength=3))
    return found


def _early_signals(statement: Statement, found: list[_Signal]) -> list[_Signal]:
    low = statement.low
    early: list[_Signal] = []
    for match in islice(_EARLY.finditer(low), 8) if _has(low, _EARLY_WORDS) else ():
        if stance(statement, *match.span()) is Stance.BANNED:
            continue
        before = low[max(0, match.start() - 60) : match.start()]
        size = match["size"] or match["size2"]
        if not size and re.search(
            r"\b(?:not|non|no|un\w+|in)[\s-]*(?:\w+[\s,/-]+){0,6}$|refractory to|progress\w+ (?:after|on|following)"
            r"|exceed|beyond|outside|metasta|node|lesion\w* (?:of|with|that)|within",
            before,
        ):
            continue
        if found and not size:
            continue
        if size and not re.search(r"hcc|tumou?r|nodul|lesion|hepatocell|solitary|single", low):
            continue
        if size and re.search(r"measur|recist|target lesion|lymph|short axis|at least|≥|longest diameter", low):
            continue
        early.append(_one(statement, match, EARLY, strength=3 if size else 2))
    return early


def read_tumor_burden(document: Document) -> Fact:
    """The accepted burdens, sorted."""
    if document.fact("hcc_scope", read_hcc_scope).value == "off_topic":
        return not_stated(NAME)
    vessels = document.fact("portal_vein_invasion", read_portal_vein_invasion)
    spread = document.fact("extrahepatic_spread", read_extrahepatic_spread)
    stage = document.fact("bclc", read_bclc)
    is_confined = vessels.value == "excluded" and spread.value == "excluded"
    if vessels.value == "required" or spread.value == "required":
        return stated(NAME, (HIGH,), [*vessels.evidence[:1], *spread.evidence[:1]])
    signals = _all_signals(document)
    burdens, evidence = _from_stage(stage)
    strong = [signal for signal in signals if signal.strength == 3 and signal.burdens == {HIGH}]
    if strong:
        burdens, evidence = {HIGH}, [signal.evidence for signal in strong]
    elif not burdens:
        burdens, evidence = _from_signals(signals, is_confined=is_confined)
    if is_confined and burdens - {HIGH}:
        burdens -= {HIGH}
        evidence += [*vessels.evidence[:1], *spread.evidence[:1]]
    if not burdens:
        return not_stated(NAME)
    cohort = len({signal.burdens for signal in signals if signal.cohort}) > 1
    return stated(NAME, tuple(sorted(burdens)), evidence, by_cohort=cohort or stage.depends_on_cohort)


def _from_stage(stage: Fact) -> tuple[set[str], list[Evidence]]:
    if stage.status is not FactStatus.STATED or not isinstance(stage.value, tuple):
        return set(), []
    burdens = {
        {"0": EARLY, "A": EARLY, "B": INTERMEDIATE, "C": HIGH}.get(str(letter), "") for letter in stage.value
    } - {""}
    return burdens, list(stage.evidence)


def _all_signals(document: Document) -> list[_Signal]:
    conditions = [s for s in document.conditions() if s.view.field.startswith("conditions") and _LIVER.search(s.low)]
    described = [s for s in (*document.descriptions(), *document.summary()) if _PEOPLE.search(s.low)]
    for field in (document.having(*_WORDS), document.titles(), conditions, described):
        found = [signal for s in field if not is_for_other_tumor(s) for signal in _signals(s)]
        if found:
            return found
    return []


def _from_signals(signals: list[_Signal], *, is_confined: bool) -> tuple[set[str], list[Evidence]]:
    """Sizes decide first; "unresectable" or "advanced" outweighs an operation that stands somewhere else."""
    chosen = [signal for signal in signals if signal.strength == 3] or signals
    advanced = [signal for signal in chosen if HIGH in signal.burdens]
    if advanced and not is_confined:
        chosen = [signal for signal in chosen if signal.burdens != {EARLY}]
    strong = [signal for signal in chosen if signal.strength >= 2]
    if strong and is_confined:
        chosen = strong
    burdens = set[str]().union(*(signal.burdens for signal in chosen)) if chosen else set()
    return burdens, [signal.evidence for signal in chosen]
