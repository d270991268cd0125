"""The lexicons: each entry once, with its source and a known modality, and seen in the corpora unless marked."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from trials.registry.record import TrialRecord
from trials.tests.eligibility import shared
from trials.vocabulary.facts import FACTS
from trials.vocabulary.lexicon import drugs, folded, hits, procedures, stems

CORPORA = ("hcc", "other", "child_pugh")
ENTRIES = (*drugs(), *procedures())


def test_entries_have_a_source_and_a_known_modality() -> None:
    sources = [entry.source for entry in ENTRIES] + [stem.source for stem in stems()]
    modalities = {entry.modality for entry in ENTRIES} | {stem.modality for stem in stems()}
    assert all(source.strip() for source in sources)
    assert modalities <= set(FACTS["modalities"].values)
    assert [drug.name for drug in drugs() if not drug.drug_class] == []


def test_no_spelling_stands_twice() -> None:
    """Neither under two entries nor twice under one; case, hyphens and blanks make no difference."""
    counted = Counter(folded(spelling) for entry in ENTRIES for spelling in entry.spellings())
    assert {spelling for spelling, count in counted.items() if count > 1 or not spelling} == set()
    endings = Counter(stem.ending for stem in stems())
    assert [ending for ending, count in endings.items() if count > 1] == []


def test_every_spelling_finds_its_own_entry() -> None:
    """No other entry covers it, and no ending takes it."""
    told = {spelling: entry.name for entry in ENTRIES for spelling in entry.spellings()}
    found = {spelling: [hit.name for hit in hits(spelling.lower())] for spelling in told}
    assert {spelling: names for spelling, names in found.items() if names != [told[spelling]]} == {}


def _texts(record: TrialRecord) -> Iterator[str]:
    yield from (record.brief_title, record.official_title, record.brief_summary, record.eligibility_criteria)
    yield from (*record.conditions, *record.keywords)
    for intervention in record.interventions:
        yield from (intervention.name, intervention.description, *intervention.other_names)
    for arm in record.arms:
        yield from (arm.label, arm.description, *arm.intervention_names)


@cache
def _seen() -> tuple[frozenset[str], frozenset[str]]:
    """The entries and the endings that some record of the corpora names."""
    names, endings = set[str](), set[str]()
    for corpus in CORPORA:
        for record in shared.corpus(corpus).values():
            for text in _texts(record):
                for hit in hits(text.lower()):
                    (endings if hit.is_stem else names).add(hit.ending or hit.name)
    return frozenset(names), frozenset(endings)


def test_entries_that_never_match_in_the_corpora_are_those_marked_unseen() -> None:
    """Both ways: an unmarked entry that nothing names, and a mark on an entry that some record names."""
    names, endings = _seen()
    marked = {entry.name for entry in ENTRIES if entry.is_unseen}
    assert {entry.name for entry in ENTRIES} - names == marked
    marked_endings = {stem.ending for stem in stems() if stem.is_unseen}
    assert {stem.ending for stem in stems()} - endings == marked_endings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shr-1210 and apatinib", [("camrelizumab", "immunotherapy"), ("apatinib", "targeted")]),
        ("shr1210, shr 1210", [("camrelizumab", "immunotherapy"), ("camrelizumab", "immunotherapy")]),
        ("atirizumab", [("atezolizumab", "immunotherapy")]),
        ("iodine-131 lipiodol", [("radioembolization", "radioembolization")]),
        ("chemo-embolization", [("transarterial chemoembolization", "tace")]),
        ("novotinib", [("novotinib", "targeted")]),
        ("newolumab vedotin", [("newolumab", "targeted")]),
        ("newolumab, vedotin", [("newolumab", "immunotherapy")]),
        ("pt 90-day tae", [("transarterial chemoembolization", "tace")]),
        ("ta e", []),
        ("nothing of note", []),
    ],
)
def test_finds_names_by_spelling_and_ending(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(hit.name, hit.modality) for hit in hits(text)] == expected


def test_a_hit_tells_where_it_stands() -> None:
    text = "tace with lenvatinib (e7080)"
    assert [text[hit.start : hit.end] for hit in hits(text)] == ["tace", "lenvatinib", "e7080"]
