"""A record as the readers see it: the statements of its criteria, and its weaker fields in their order.

Never decides a fact.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from trials.eligibility.cohorts import named_cohorts
from trials.eligibility.reading import Fact, RecordText
from trials.eligibility.statements import Statement, statements, whole_statement
from trials.eligibility.text import view
from trials.eligibility.words import BOOK

CRITERIA = "eligibility_criteria"
MOST_OF_A_TOPIC = 1000  # statements: far beyond what a record says of anything; it bounds the work on any text
_EXCLUSION_ONLY = re.compile(
    r"^\W{0,12}(?:(?:female )?(?:patients|subjects|participants|women)?\W{0,3}(?:who are )?(?:currently )?pregnan"
    r"|receipt of (?:a )?live"
    r"|(?:known |history of )?(?:allerg|hypersens)|known (?:allerg|hypersens)|active or (?:prior|history"
    r"|previous)|history of (?:inter|lepto|auto|another|allogen|severe)"
    r"|uncontrolled inter|any concurrent chemo|current or prior use of immuno|major surg|live attenuated|prior malign)"
)
_BAN_SHAPED = re.compile(
    r"^\W{0,12}(?:history of|known|active|prior|previous|any|uncontrolled|receipt|current|major|female (?:patients"
    r"|subjects) who are preg|pregnan|live|mean qt|concurrent"
    r"|participation|patients (?:deprived|unable)|evidence of|unable|inability)\b"
)


@lru_cache(maxsize=512)
def _parted(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The words that stand within one token; the phrases, each with its longest word, without which it cannot stand.

    And all single words of both. A word sought alone may come from a record: it counts as a phrase.
    """
    if len(words) == 1:
        return (), ((words[0], ""),), ()
    single = tuple(word for word in words if " " not in word)
    phrases = tuple((word, max(word.split(), key=len)) for word in words if " " in word)
    return single, phrases, (*single, *(part for _, part in phrases))


@dataclass(slots=True)
class Document:
    """criteria are the statements of the eligibility criteria; weak the other texts, strongest first."""

    record: RecordText
    criteria: list[Statement]
    criteria_low: str
    starts: list[int]  # of the statements, ascending
    _known: frozenset[str] = frozenset()  # the words that `_places` was made for
    _places: dict[str, list[int]] = field(default_factory=dict)  # of the statements that hold a word
    _having: dict[tuple[str, ...], list[Statement]] = field(default_factory=dict)
    _weak: dict[str, list[Statement]] = field(default_factory=dict)
    _lists: dict[str, list[Statement]] = field(default_factory=dict)
    _facts: dict[str, Fact] = field(default_factory=dict)

    def fact(self, name: str, read: "Callable[[Document], Fact]") -> Fact:
        """The fact, read once for every reader that builds on it."""
        if name not in self._facts:
            self._facts[name] = read(self)
        return self._facts[name]

    def having(self, *words: str) -> list[Statement]:
        """The criteria's statements that hold one of the words (in lower case)."""
        known = self._having.get(words)
        if known is None:
            single, phrases, parts = _parted(words)
            if self._known is not BOOK.known or not self._known.issuperset(parts):
                self._find(parts)
            held = [self._places[word] for word in single if word in self._places]
            held += [self._sought(phrase) for phrase, part in phrases if not part or part in self._places]
            found = held[0] if len(held) == 1 else sorted(set().union(*held))
            known = self._having[words] = [self.criteria[index] for index in found[:MOST_OF_A_TOPIC]]
        return list(known)

    def _find(self, words: tuple[str, ...]) -> None:
        """Finds the places of all words that are ever sought, in one pass."""
        BOOK.learn(words)
        if self._known is BOOK.known:
            return
        self._known = BOOK.known
        places: defaultdict[str, list[int]] = defaultdict(list)
        for index, statement in enumerate(self.criteria):
            statement.held = held = BOOK.of(statement.low)
            for word in held:
                places[word].append(index)
        self._places = dict(places)

    def _sought(self, word: str) -> list[int]:
        found = []
        place = self.criteria_low.find(word)
        while place >= 0:
            index = bisect_right(self.starts, place) - 1
            end = self.criteria[index].end if index >= 0 else 0
            if place + len(word) <= end:
                found.append(index)
                place = end - 1
            place = self.criteria_low.find(word, place + 1)
        return found

    def titles(self) -> list[Statement]:
        return self._once("titles", self._titles)

    def _titles(self) -> list[Statement]:
        return self._field("official_title", self.record.official_title) + self._field(
            "brief_title", self.record.brief_title
        )

    def conditions(self) -> list[Statement]:
        return self._once("conditions", self._conditions)

    def _conditions(self) -> list[Statement]:
        found: list[Statement] = []
        for name, texts in (("conditions", self.record.conditions), ("keywords", self.record.keywords)):
            for index, text in enumerate(texts):
                found += self._field(f"{name}[{index}]", text)
        return found

    def arms(self) -> list[Statement]:
        """Names and descriptions of interventions and arms."""
        return self._once("arms", self._arms)

    def _arms(self) -> list[Statement]:
        found: list[Statement] = []
        for index, intervention in enumerate(self.record.interventions):
            found += self._field(f"interventions[{index}].name", intervention.name)
            for place, other in enumerate(intervention.other_names):
                found += self._field(f"interventions[{index}].other_names[{place}]", other)
        for index, arm in enumerate(self.record.arms):
            found += self._field(f"arms[{index}].label", arm.label)
            for place, name in enumerate(arm.intervention_names):
                found += self._field(f"arms[{index}].intervention_names[{place}]", name)
        return found

    def descriptions(self) -> list[Statement]:
        return self._once("descriptions", self._descriptions)

    def _descriptions(self) -> list[Statement]:
        found: list[Statement] = []
        for index, intervention in enumerate(self.record.interventions):
            found += self._field(f"interventions[{index}].description", intervention.description)
        for index, arm in enumerate(self.record.arms):
            found += self._field(f"arms[{index}].description", arm.description)
        return found

    def summary(self) -> list[Statement]:
        return self._field("brief_summary", self.record.brief_summary)

    def _once(self, name: str, gathered: "Callable[[], list[Statement]]") -> list[Statement]:
        if name not in self._lists:
            self._lists[name] = gathered()
        return list(self._lists[name])

    def _field(self, name: str, text: str) -> list[Statement]:
        if not text:
            return []
        if name not in self._weak:
            self._weak[name] = whole_statement(view(name, text))
        return self._weak[name]


def _mark_misfiled(found: list[Statement]) -> None:
    """Marks what stands under inclusion but is shaped as exclusion, where a whole run of it has slipped there."""
    inclusion = [s for s in found if s.sign > 0]
    marks = [index for index, s in enumerate(inclusion) if _EXCLUSION_ONLY.match(s.low)]
    if len(marks) < 3 or marks[2] - marks[0] > 25:
        return
    for statement in inclusion[marks[0] :]:
        if statement.lead is None and _BAN_SHAPED.match(statement.low):
            statement.misfiled = True


def document(record: RecordText) -> Document:
    """The record's texts, cut into statements."""
    seen = view(CRITERIA, record.eligibility_criteria)
    found = statements(seen)
    _mark_misfiled(found)
    cohorts = named_cohorts(seen.low)
    for statement in found if len(cohorts) > 1 else ():
        statement.cohorts = cohorts
    low = seen.low.replace("\n", " ")
    return Document(record, found, low, [statement.start for statement in found])
