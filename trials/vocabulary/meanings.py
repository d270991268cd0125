"""What typed words mean: the longest name known at a place, and the phrases that are searched for it.

Names come from the synonym file, the drug list and the countries. Pure; made once. A member never widens to its class.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from babel import Locale

from trials.vocabulary.countries import all_codes, country_name
from trials.vocabulary.lexicon import drugs
from trials.vocabulary.synonyms import Concept, DrugNames, concepts, drug_names, unsearched
from trials.vocabulary.writings import Piece, pieces, says_enough, words, writings

MOST_PHRASES = 600  # the widest class, immunotherapy, has some 530; a query of all takes the store about 20 ms
_LONGEST_SHORT = 4  # a name so short is recognised only in the pieces that it is written in ("ta ce" is no TACE)
_FEWEST_LETTERS = 4  # of a country's name in another language: shorter ones are words of English ("Ý" is Italy)
_COUNTRY_LANGUAGES = "fr es de it pt nl pl sv tr ru uk el ar zh zh_Hant ja ko".split()
# Names of countries elsewhere that are other words, towns or people in English
_NOT_COUNTRIES = frozenset({"island", "maurice", "reunion", "grenade", "salvador", "dominique", "man", "guernsey"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """names are searched for, then those of members, then drugs; is_unsearched: words that say nothing."""

    name: str
    names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    drugs_first: int = 0  # so many of the drugs' names are the first one of each
    is_unsearched: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Pieces [start:end) mean this; languages are those in which the name is one, none for English."""

    start: int
    end: int
    meaning: Meaning
    languages: frozenset[str]


@dataclass(slots=True)
class _Known:
    meaning: Meaning
    languages: set[str] = field(default_factory=set)
    is_english: bool = False
    cuts: set[tuple[str, ...]] = field(default_factory=set)  # how it may be cut, for a short name


@cache
def phrases_of(meaning: Meaning) -> tuple[str, ...]:
    """What is searched: the names, then the members' names, then other writings; none that another one covers."""
    in_order = [one for name in (*meaning.names, *meaning.members) for one in writings(name)]
    in_order += [writings(name)[0] for name in meaning.drugs[: meaning.drugs_first]]
    in_order += [one for name in meaning.drugs for one in writings(name)]
    return tuple(_uncovered([one for one in in_order if says_enough(one)]))[:MOST_PHRASES]


def _uncovered(phrases: Sequence[str]) -> Iterator[str]:
    """Without repetitions, and without phrases that hold another one: whatever has those has that one."""
    by_phrase = {tuple(_parts(phrase)): phrase for phrase in reversed(phrases)}
    order = dict.fromkeys(tuple(_parts(phrase)) for phrase in phrases)
    for parts in order:
        inner = (
            parts[start:end]
            for start in range(len(parts))
            for end in range(start + 1, len(parts) + 1)
            if end - start < len(parts)
        )
        if not any(part in by_phrase for part in inner):
            yield by_phrase[parts]


def _parts(phrase: str) -> Iterator[str]:
    """A phrase as the store cuts it, roughly: blanks and hyphens between words part, a hyphen before digits stays."""
    for place, word in enumerate(phrase.casefold().replace("/", " / ").split()):
        if any(character.isdigit() for character in word) or (place and "-" in word):
            yield word
        else:
            yield from words(word)


def _members(concept: Concept) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in _narrower(concept) for name in concepts()[one].names))


def _narrower(concept: Concept) -> tuple[str, ...]:
    """All concepts below one, nearest first; the file has no circles (a test)."""
    found = dict.fromkeys(concept.narrower)
    for name in concept.narrower:
        found |= dict.fromkeys(_narrower(concepts()[name]))
    return tuple(found)


def _drugs(concept: Concept) -> tuple[tuple[str, ...], int]:
    """Names of the drugs of a class and of the classes below it: the first name of each before any other.

    The others begin with drugs that some record names: what is cut off at the bound is the least needed.
    """
    found: dict[str, tuple[str, ...]] = {}
    for one in (concept, *(concepts()[name] for name in _narrower(concept))):
        for name, (drug_class, names, narrower) in _all_drugs().items():
            if name in one.drugs or drug_class in one.drug_classes:
                found[name] = (*names, *narrower)
    first = [names[0] for names in found.values() if names]
    unseen = {drug.name for drug in drugs() if drug.is_unseen}
    others = [(drug in unseen, not any(map(str.isdigit, name)), name) for drug in found for name in found[drug]]
    others.sort(key=lambda one: one[:2])  # codes first: an early trial names the drug by nothing else
    return tuple(dict.fromkeys([*first, *(name for _, _, name in others)])), len(first)


@cache
def _all_drugs() -> Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Class, names and narrower names of each drug, as far as they mean the drug."""
    found = {}
    for drug in drugs():
        more = drug_names().get(drug.name)
        spellings = [one for one in drug.spellings() if not more or one not in more.apart]
        narrower = [one for one in spellings if more and one in more.narrower]
        names = [one for one in spellings if one not in narrower]
        found[drug.name] = (drug.drug_class, tuple(names), tuple(narrower))
    return found


class _Names:
    """All names by their letters alone, and every beginning of one, by which a search knows when to stop."""

    def __init__(self) -> None:
        self.by_letters: dict[str, _Known] = {}
        self.openings: set[str] = set()

    def add(self, names: Iterable[str], meaning: Meaning, language: str = "") -> None:
        for name in dict.fromkeys(one for given in names for one in (given, *writings(given))):
            parts = tuple(piece.text for piece in pieces(name))
            letters = "".join(parts)
            if not letters:
                continue
            known = self.by_letters.setdefault(letters, _Known(meaning))
            if known.meaning is not meaning and not (known.meaning.is_unsearched and meaning.is_unsearched):
                continue
            if language:
                known.languages.add(language)
            else:
                known.is_english = True
            if len(letters) <= _LONGEST_SHORT:
                known.cuts.add(parts)
            self.openings.update(letters[:length] for length in range(1, len(letters)))


@cache
def _names() -> _Names:
    names = _Names()
    for concept in concepts().values():
        meaning = Meaning(concept.name, concept.names, _members(concept), *_drugs(concept))
        names.add((*concept.names, concept.name, *concept.asked), meaning)
        for language, foreign in concept.foreign.items():
            names.add(foreign, meaning, language)
    for drug, (_, spellings, narrower) in _all_drugs().items():
        _add_drug(names, drug, spellings, narrower, drug_names().get(drug))
    for row in unsearched():
        for word in row.words:
            names.add([word], Meaning(word, is_unsearched=True), "" if row.language == "en" else row.language)
    for code in sorted(all_codes()):
        _add_country(names, code)
    return names


def _add_drug(
    names: _Names, drug: str, spellings: tuple[str, ...], narrower: tuple[str, ...], more: DrugNames | None
) -> None:
    if spellings:
        meaning = Meaning(drug, spellings, narrower)
        names.add(spellings, meaning)
        for language, foreign in more.foreign.items() if more else ():
            names.add(foreign, meaning, language)
    for name in narrower:
        names.add([name], Meaning(name, (name,)))


@cache
def _locales() -> tuple[tuple[str, Mapping[str, str]], ...]:
    return tuple((name[:2], Locale.parse(name).territories) for name in _COUNTRY_LANGUAGES)


def _add_country(names: _Names, code: str) -> None:
    """A country's names elsewhere find its English one, which stands at every site."""
    english = country_name(code)
    meaning = Meaning(english, (english,))
    for language, territories in _locales():
        name = territories.get(code, "")
        letters = "".join(piece.text for piece in pieces(name))
        is_long = len(letters) >= _FEWEST_LETTERS or not letters.isascii()
        if is_long and letters not in _NOT_COUNTRIES and letters != "".join(words(english)):
            names.add([name], meaning, language)


def longest_match(text: Sequence[Piece], place: int) -> Match | None:
    """The longest name that begins at this piece. It may not end or begin in the middle of a word of letters."""
    names, letters, found = _names(), "", None
    if place and _is_joined(text[place - 1], text[place]):
        return None
    for last in range(place, len(text)):
        letters += text[last].text
        known = names.by_letters.get(letters)
        is_whole = last + 1 == len(text) or not _is_joined(text[last], text[last + 1])
        if known and is_whole and (not known.cuts or tuple(p.text for p in text[place : last + 1]) in known.cuts):
            languages = frozenset() if known.is_english else frozenset(known.languages)
            found = Match(place, last + 1, known.meaning, languages)
        if letters not in names.openings:
            break
    return found


def _is_joined(left: Piece, right: Piece) -> bool:
    return left.end == right.start and not (left.is_cjk or right.is_cjk)


@cache
def first_words() -> frozenset[str]:
    """Single words of the names that are searched for first: how a word is spelled rightly."""
    texts = [name for concept in concepts().values() for name in (concept.name, *concept.names)]
    texts += [names[0] for _, names, _ in _all_drugs().values() if names]
    texts += [country_name(code) for code in all_codes()]
    return frozenset(word for text in texts for word in words(text))


@cache
def known_words() -> frozenset[str]:
    """The suggested words, and names of one word that are understood: lay words, other languages."""
    texts = [name for concept in concepts().values() for names in concept.foreign.values() for name in names]
    return suggested_words() | _single([*texts, *(name for concept in concepts().values() for name in concept.asked)])


@cache
def suggested_words() -> frozenset[str]:
    """The first words, and the other names of drugs that are one word: brands, and slips that records have."""
    return first_words() | _single(name for _, names, narrower in _all_drugs().values() for name in (*names, *narrower))


def _single(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(found[0] for text in texts if len(found := words(text)) == 1)
