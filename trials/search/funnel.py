"""Nothing found: which choices of the search, taken off, would find how many trials.

Counts in the bitmaps of the search that found nothing; each number is what the changed search then finds. Never writes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from pyroaring import BitMap

from trials.search.declarations import FACETS
from trials.search.facets import FactFacet
from trials.search.finding import Found
from trials.search.identifiers import identified_trials
from trials.search.index.evaluation import SITES
from trials.search.understanding import index_numbers, understand
from trials.search.words.question import WordGroup, ask
from trials.search.words.undoing import without_group

_MOST_WAYS = 6
_MOST_WORDS = 8  # words that are left out one by one


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that narrows the search: a facet's values, all words or one of them, a circle, a day.

    name is the parameter; word the group that is left out, None for all words; parameters as they stand without the
    choice, an empty tuple for one that is left out.
    """

    name: str
    parameters: Mapping[str, tuple[str, ...]]
    word: WordGroup | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """count trials are found without these choices."""

    choices: tuple[Choice, ...]
    count: int

    @property
    def parameters(self) -> dict[str, tuple[str, ...]]:
        return {name: values for choice in self.choices for name, values in choice.parameters.items()}


def ways_out(found: Found) -> list[Way]:
    """Single choices whose absence finds trials, most first; pairs where no single one helps. Inside the moment."""
    funnel = _Funnel(found)
    choices_made = list(funnel.choices())
    for together in (1, 2):
        ways = [
            Way(choices, count)
            for choices in combinations(choices_made, together)
            if _are_apart(choices) and (count := funnel.count(choices))
        ]
        if ways:
            return sorted(ways, key=lambda way: -way.count)[:_MOST_WAYS]
    return []


def _are_apart(choices: Sequence[Choice]) -> bool:
    return len({choice.name for choice in choices}) == len(choices)


@dataclass(frozen=True, slots=True)
class _Wording:
    """What other words find: numbers None for no words at all. They may be the number of a trial."""

    numbers: BitMap | None
    is_identifier: bool


class _Funnel:
    def __init__(self, found: Found) -> None:
        self._found = found
        self._filterset = found.filterset
        self._evaluation = found.evaluation
        self._at_sites: dict[tuple[bool, ...], BitMap] = {}
        self._wordings: dict[str, _Wording] = {}

    def choices(self) -> Iterator[Choice]:
        filterset = self._filterset
        for name in FACETS:
            if filterset.selection[name]:
                yield Choice(name, {name: self._all_values(name)})
        if filterset.selection.circle:
            yield Choice("radius", {"radius": ()})
        if filterset.changed_since_day:
            yield Choice("changed_since", {"changed_since": ()})
        if filterset.words:
            yield Choice("q", {"q": ()})
            groups = ask(filterset.words).groups
            if 1 < len(groups) <= _MOST_WORDS:
                question = ask(filterset.words)
                for group in groups:
                    yield Choice("q", {"q": (without_group(question, group),)}, group)

    def count(self, choices: Sequence[Choice]) -> int:
        found = self._found.state.everyone
        for numbers in self._parts({choice.name: choice for choice in choices}):
            found = found & numbers
        return len(found)

    def _parts(self, gone: Mapping[str, Choice]) -> Iterator[BitMap]:
        """What narrows the search without these choices."""
        wording = self._wording("".join(gone["q"].parameters["q"])) if "q" in gone else self._as_typed
        if wording.numbers is not None:
            yield wording.numbers
        for name, numbers in self._evaluation.parts.items():
            if name == SITES:
                yield self._sites(gone)
            elif name not in gone and name != "q" and not self._filterset.is_default(name):
                yield numbers
        yield from self._scopes(gone, is_identifier=wording.is_identifier)

    def _scopes(self, gone: Mapping[str, Choice], *, is_identifier: bool) -> Iterator[BitMap]:
        """Facets that narrow by themselves where they are left alone: not beside the number of a trial."""
        for name, default in self._defaults.items():
            is_own = self._filterset.selection[name] and not self._filterset.is_default(name)
            if name in gone:
                yield self._any_of(name, self._all_values(name))
            elif not is_own and not is_identifier:
                yield self._any_of(name, default)

    def _sites(self, gone: Mapping[str, Choice]) -> BitMap:
        """One and the same site has to fulfil what is left of the choices about sites."""
        left = tuple(name not in gone for name in ("country", "site_status", "radius"))
        if left not in self._at_sites:
            country, site_status, circle = left
            self._at_sites[left] = self._evaluation.at_sites(country=country, site_status=site_status, circle=circle)
        return self._at_sites[left]

    @cached_property
    def _as_typed(self) -> _Wording:
        return _Wording(self._evaluation.parts.get("q"), bool(self._filterset.identified))

    def _wording(self, text: str) -> _Wording:
        if not text:
            return _Wording(None, is_identifier=False)
        if text not in self._wordings:
            words = understand(text, self._found.state).words
            identified = identified_trials(text)
            numbers = self._evaluation.holding(words) | BitMap(index_numbers(identified).values()) if words else None
            self._wordings[text] = _Wording(numbers, bool(identified))
        return self._wordings[text]

    def _any_of(self, name: str, values: Sequence[str]) -> BitMap:
        held = self._found.state.values[name]
        return BitMap().union(*(held[value] for value in values if value in held))

    def _all_values(self, name: str) -> tuple[str, ...]:
        """What stands for a facet that narrows nothing; one with a default has to name all its values."""
        return tuple(FACETS[name].labels) if name in self._defaults else ()

    @cached_property
    def _defaults(self) -> dict[str, tuple[str, ...]]:
        facets = {name: facet for name, facet in FACETS.items() if isinstance(facet, FactFacet)}
        return {name: facet.default for name, facet in facets.items() if facet.default}
