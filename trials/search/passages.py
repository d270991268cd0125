"""Why a trial was found: where the words of the search stand in its record, with a little of the text around them.

Looks into what the page has read already, then into the long texts of those trials that need it, in two queries.
Texts of the registry stay text: pieces, marked or not, never markup. Never writes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models.functions import Left

from trials.models import Trial
from trials.registry.values import unescape
from trials.search.finding import Found
from trials.search.index.evaluation import Words
from trials.search.index.postings import PLACES, Matches
from trials.search.lexemes import Finder, finder, folded
from trials.search.understanding import index_numbers

_MOST_PASSAGES = 2
_AROUND = 80  # characters on each side
_SHORT = 200  # characters that are shown whole
_LONGEST_READ = 20_000  # characters of each of the long texts
_LONG_TEXTS = ("search_terms", "eligibility_criteria", "detailed_description", "search_places")
_LISTS = ("search_terms", "search_places")  # lines that have nothing to do with each other
APART = "apart"
_WHITE = str.maketrans("\n\r\t", "   ")

Span = tuple[int, int]
PartText = tuple[str, str]  # the part's name and its text


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """part is a field of the record, or without pieces one of PLACES; APART for words that do not stand together."""

    part: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasons:
    """The title with the words marked, and passages for words that it does not hold."""

    title: tuple[Piece, ...]
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    finder: Finder
    matches: Matches


def reasons(found: Found, trials: Sequence[Trial]) -> dict[str, Reasons]:
    """By NCT number, for trials of the results; empty for a search without words."""
    groups = _groups(found)
    if not groups:
        return {}
    finders = [group.finder for group in groups]
    waiting: dict[str, list[_Group]] = {}
    passages: dict[str, list[Passage]] = {}
    for trial in trials:
        passages[trial.nct_id] = []
        for group in [group for group in groups if not _is_in_title(group, trial)][:_MOST_PASSAGES]:
            if passage := _first(group.finder, _texts_at_hand(trial), finders):
                passages[trial.nct_id].append(passage)
            else:
                waiting.setdefault(trial.nct_id, []).append(group)
    numbers = index_numbers(list(waiting))
    for nct_id, texts in _long_texts(list(waiting)).items():
        for group in waiting[nct_id]:
            passage = _first(group.finder, texts, finders) or _place_alone(group, numbers[nct_id])
            passages[nct_id] += [passage] if passage else []
    return {
        trial.nct_id: Reasons(
            marked(unescape(trial.brief_title) or trial.nct_id, finders), tuple(dict.fromkeys(passages[trial.nct_id]))
        )
        for trial in trials
    }


def marked(text: str, finders: Sequence[Finder]) -> tuple[Piece, ...]:
    """The whole text in pieces."""
    plain = folded(text)
    pieces: list[Piece] = []
    end = 0
    for start, stop in sorted(span for each in finders for span in each.spans(plain)):
        if start > end:
            pieces.append(Piece(text[end:start], is_marked=False))
        if stop > end:
            pieces.append(Piece(text[max(start, end) : stop], is_marked=True))
            end = stop
    if end < len(text):
        pieces.append(Piece(text[end:], is_marked=False))
    return tuple(pieces)


def _groups(found: Found) -> list[_Group]:
    """The words that were asked for. A group of nothing but small words has no matches."""
    left: list[Words] = list(found.understood.words)
    groups = []
    for group in found.understood.question.groups:
        if left and left[0].typed == group.typed and left[0].is_excluded == group.is_excluded:
            words = left.pop(0)
            if not group.is_excluded:
                groups.append(_Group(finder(group), words.matches))
    return groups


def _is_in_title(group: _Group, trial: Trial) -> bool:
    """In the title, or the number that stands beside it."""
    return bool(group.finder.search(folded(f"{trial.brief_title} {trial.nct_id}")))


def _texts_at_hand(trial: Trial) -> Iterator[PartText]:
    """The best place first."""
    yield "official_title", trial.official_title
    yield from (("condition", text) for text in trial.conditions)
    yield from (("intervention", intervention.name) for intervention in trial.interventions.all())
    yield from (("keyword", text) for text in trial.keywords)
    yield "acronym", trial.acronym
    yield "sponsor", trial.lead_sponsor_name
    yield "brief_summary", trial.brief_summary


def _long_texts(nct_ids: Sequence[str]) -> dict[str, list[PartText]]:
    """The trials' long texts, the best place first, each no longer than we read."""
    if not nct_ids:
        return {}
    columns = [Left(name, _LONGEST_READ) for name in _LONG_TEXTS]
    found: dict[str, list[PartText]] = {}
    for nct_id, *texts in Trial.objects.order_by().filter(pk__in=nct_ids).values_list("pk", *columns):
        found[nct_id] = []
        for name, text in zip(_LONG_TEXTS, texts, strict=True):
            found[nct_id] += [(name, line) for line in text.split("\n")] if name in _LISTS else [(name, text)]
    return found


def _first(wanted: Finder, texts: Iterable[PartText], finders: Sequence[Finder]) -> Passage | None:
    for part, published in texts:
        if published:
            text = unescape(published) if "\\" in published or "&" in published else published
            if span := wanted.search(folded(text)):
                return Passage(part, _cut(text, span, finders))
    return None


def _cut(text: str, span: Span, finders: Sequence[Finder]) -> tuple[Piece, ...]:
    """The text around a find, cut between words, with every word of the search marked."""
    start, stop = span
    before, after = 0, len(text)
    if len(text) > _SHORT:
        if start > _AROUND:
            before = max(text.find(" ", start - _AROUND, start) + 1, 0) or start
        if stop + _AROUND < len(text):
            after = max(text.rfind(" ", stop, stop + _AROUND), stop)
    pieces = marked(" ".join(text[before:after].translate(_WHITE).split()), finders)
    opening = (Piece("… ", is_marked=False),) if before else ()
    ending = (Piece(" …", is_marked=False),) if after < len(text) else ()
    return (*opening, *pieces, *ending)


def _place_alone(group: _Group, number: int) -> Passage | None:
    """Where the index knows the words to be, though our reading did not come across them."""
    if group.finder.words:
        return Passage(APART)  # a trial is found by the words of a name too, wherever they stand
    places = (place for place, held in zip(PLACES, group.matches.by_place, strict=True) if number in held)
    place = next(places, None)
    return Passage(place) if place else None
