"""Finds the treatments that the weaker fields of a record name as given: names, titles, descriptions.

Tells what is given from what came before, what is studied in its patients, and what only describes them. Never decides
the fact.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trials.eligibility.statements import Statement
from trials.vocabulary.lexicon import Hit, hits

LOCAL = frozenset({"tace", "radioembolization", "haic", "ablation", "radiotherapy"})
SURGERY = frozenset({"resection", "transplant"})
_BEFORE = re.compile(
    r"\b(?:previous(?:ly)?|prior|pre-?treated|treated (?:with|by)|progress\w+|fail(?:ed|ure|ing|s)?|refractory"
    r"|resistan\w+|ineligible|intoleran\w+|unsuitable|not (?:amenable|eligible|candidates|suitable)|after"
    r"|following|post|relapsed?|recurr\w+|listed for|awaiting|waiting|candidates? for|eligible for"
    r"|suitable for|amenable to|indicated for|scheduled for|referred for|planned for|undergoing|receiving"
    r"|(?:patients|subjects|those|people) (?:on|beginning|starting|initiating|taking)|(?:rendered"
    r"|made) [\w -]{0,20}?free (?:by|after|with)"
    r"|received|who (?:have|had)|exposed to|exposure to|naive to|naïve to|underwent|unresponsive to"
    r"|non-?respond\w+ to"
    r"|(?:predict\w*|monitor\w*|assess\w*|evaluat\w*|imaging|markers?|of) (?:[\w-]+ ){0,2}"
    r"(?:(?:response|resistance|outcomes?|toxicity) (?:to|of|after|of patients)|efficacy (?:to|after|of patients))"
    r"|(?:guid\w*|follow-?up|complications?|symptoms?|adverse (?:events?|reactions?)|side effects|pain|nausea"
    r"|vomiting|reactivation|bleeding|injury"
    r"|syndrome|fever|failure|hepatotoxicity) (?:of|after|from|caused by|due to|induced by|during)"
    r"|(?:induced|caused) by|overcom\w+ resistance to)\b"
    r"(?P<gap>[^.;,:]{0,80})$"
)
_TURNS_TO_GIVEN = re.compile(
    r"\bfollowed by|\bplus\b|\bcombin\w+|\bwith or without\b|\bversus\b|\bvs\b|\busing\b|\band\b [^,]{0,30}\bin\b|\+"
)
_AFTER = re.compile(
    r"[\s-]*(?:(?:therapy|treatment|based|\w+-?based|and \w+)[\s-]+)?(?:refractory|resistan\w+|ineligible|failure|naive"
    r"|naïve|treated|experienced|exposed|pretreated|unsuitable|listed|candidates?|eligible|recipients?|related"
    r"|associated"
    r"|induced (?:\w+ ){0,2}(?:\w*toxic\w*|\w*tension|injur\w+|liver|skin|hand|pain|nausea|diarr\w+|mucos\w+"
    r"|syndrome|disease|adverse)|preventable|positive|negative|express\w+|high\b|mutant|mutated|positivity|imaging"
    r"|pet\b|status"
    r"|(?:response|outcome|efficacy|toxicity) (?:prediction|assessment|evaluation|monitoring))"
)
_OUTCOME_STUDIED = re.compile(
    r"\b(?:assess\w*|predict\w*|evaluat\w*|monitor\w*|quantif\w*|characteri[sz]\w*)\b[^.;:]{0,40}$"
)
_OUTCOME = re.compile(r"[\s-]*(?:therapy|treatment)?[\s-]*(?:response|outcomes?|toxicity|effects?|resistance)\b")
_DONE_BEFORE = re.compile(
    r"\b(?:performed|given|done|received|administered) (?:before|prior to)\b|\bbefore (?:entry|enrol)"
)
_NEGATED = re.compile(r"(?<!with or )(?<!and/or )\b(?:without|no|not|non|un)[\s-]?$|\bnon-?$|\bun$")
_JOINS = re.compile(r"[\s()®™/,-]*(?:\+|/|plus|and|or|and/or|combined with|in combination with)[\s(]*")
_LABELLED = re.compile(
    r"(?:89\W?zr|zr\W?89|68\W?ga|ga\W?68|18\W?f|99m?\W?tc|tc\W?99m|111\W?in|12[34]\W?i|64\W?cu|177\W?lu|225\W?ac"
    r"|zirconium"
    r"|gallium)[\W_]{1,2}(?:\w{2,4}-)?$"
)  # a tracer or a radiopharmaceutical, whatever it binds to
_FINISHED = re.compile(
    r"viable|residual|remnant|salvage|incomplete|remaining|recurr|relaps|progress|fail|resect|surg|hepatectom"
    r"|curative|radical|complete|transplant"
)
_WITH_SURGERY = re.compile(
    r"\b(?:followed by|plus|combined with|versus|vs\.?|compared (?:with|to)|and then|sequential|or|with|conversion"
    r"|\+)\s+(?:[\w-]+\s+){0,3}$|^\W*$|\b(?:repeat|guided|laparoscopic|robotic|anatomic(?:al)?|salvage|liver)\W+$"
)
_SETTING = re.compile(r"\bin (?:living |deceased |donor |elective )*$")  # "A versus B in liver transplantation"
_THEN_RESECTION = re.compile(r"\b(?:before|prior to)\s+(?:[\w-]+\s+){0,3}$")
_RENDERED = re.compile(r"\b(?:rendered|made|became) [\w -]{0,20}?free (?:by|after|with)\b[^.;:]{0,50}$")
_UNDERGOING = re.compile(r"\b(?:undergo\w*|receiving|during)\b[^.;:,]{0,60}$")
_IMAGES = re.compile(r"imaging|ultrasound|\bmri\b|\bpet\b|tomograph")
_SURGERY_OF_PATIENTS = re.compile(
    r"\b(?:undergo\w*|candidates?|scheduled|await\w*|receiv\w*|listed|eligible)\b[^.;:]{0,60}$"
)


@dataclass(slots=True)
class Given:
    """A treatment named in a weaker field."""

    hit: Hit
    statement: Statement

    @property
    def is_in_title(self) -> bool:
        return self.statement.view.field.endswith("_title")


def given(statements: list[Statement], *, is_sentence: bool) -> list[Given]:
    """What the statements give; in a sentence (not a mere name) what came before is left out."""
    found = []
    for statement in statements:
        background_end = -1
        for hit in hits(statement.low):
            if is_sentence:
                joined = background_end >= 0 and _JOINS.fullmatch(statement.low, background_end, hit.start)
                if joined or _is_background(statement.low, hit):
                    background_end = hit.end
                    continue
            if not is_sentence and _DONE_BEFORE.search(statement.low):
                continue
            if _NEGATED.search(statement.low, max(0, hit.start - 18), hit.start):
                continue
            if _LABELLED.search(statement.low, max(0, hit.start - 14), hit.start):
                found.append(Given(replace(hit, modality="other"), statement))
                continue
            found.append(Given(hit, statement))
    return found


def undergone(statement: Statement) -> Iterator[Hit]:
    """The local treatments that patients undergo while something else is tested: "drug in patients undergoing TACE"."""
    low = statement.low
    for hit in hits(low):
        if hit.modality in LOCAL and _UNDERGOING.search(low, max(0, hit.start - 90), hit.start):
            yield hit


def is_before(low: str, start: int) -> bool:
    """Whether what stands at start was given before the trial, or is what its patients receive anyway."""
    match = _BEFORE.search(low, max(0, start - 130), start)
    return bool(match and not _TURNS_TO_GIVEN.search(match["gap"]))


def _is_background(low: str, hit: Hit) -> bool:
    match = _BEFORE.search(low, max(0, hit.start - 130), hit.start)
    if match and hit.modality in LOCAL and _is_first_step(low, match):
        match = None
    if match and hit.modality == "resection" and match.group().startswith("prior to "):
        match = None  # "embolization prior to hepatectomy"
    if match and not _TURNS_TO_GIVEN.search(match["gap"]):
        return True
    if _AFTER.match(low, hit.end) or _RENDERED.search(low, max(0, hit.start - 90), hit.start):
        return True
    if _OUTCOME.match(low, hit.end) and _OUTCOME_STUDIED.search(low, max(0, hit.start - 60), hit.start):
        return True
    if hit.modality not in SURGERY:
        return False
    before = low[max(0, hit.start - 70) : hit.start]
    if hit.modality == "resection" and _THEN_RESECTION.search(before):
        return bool(_SURGERY_OF_PATIENTS.search(before))
    if _SETTING.search(before):
        return True
    return not _WITH_SURGERY.search(before) or bool(_SURGERY_OF_PATIENTS.search(before))


def _is_first_step(low: str, match: re.Match[str]) -> bool:
    """ "Drug following TACE": both are given, unless the local treatment has cured or failed."""
    is_adjuvant = "adjuvant" in low and "neoadjuvant" not in low and "neo-adjuvant" not in low
    is_first = match.group().startswith(("after", "following"))
    is_first = is_first and not _FINISHED.search(low, max(0, match.start() - 40), match.end())
    return bool(is_first) and not is_adjuvant and not _IMAGES.search(low)
