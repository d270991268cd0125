"""The synonym file: well formed, sourced, unambiguous, and never looser than what was asked."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest

from trials.vocabulary.lexicon import drugs, hits
from trials.vocabulary.meanings import MOST_PHRASES, Meaning, first_words, known_words, longest_match, phrases_of
from trials.vocabulary.synonyms import Concept, concepts, drug_names, unsearched
from trials.vocabulary.writings import folded, pieces, says_enough, writings

KINDS = {"condition", "staging", "procedure", "class", "treatment", "setting", "sponsor", "place"}
CONCEPTS = concepts()
LEXICON = {drug.name: drug for drug in drugs()}


def letters(name: str) -> str:
    return "".join(piece.text for piece in pieces(name))


def names_of(concept: Concept) -> Iterator[str]:
    yield from (concept.name, *concept.names, *concept.asked)
    yield from (name for names in concept.foreign.values() for name in names)


def below(concept: Concept) -> set[str]:
    """The concepts that one holds, at any depth: the naive way, with a bound that a circle would break."""
    found, waiting = set[str](), list(concept.narrower)
    for _ in range(len(CONCEPTS) ** 2):
        if not waiting:
            return found
        name = waiting.pop()
        found.add(name)
        waiting += CONCEPTS[name].narrower
    raise AssertionError(f"{concept.name} holds itself")


def meaning(text: str) -> Meaning:
    parts = pieces(text)
    match = longest_match(parts, 0)
    assert match, text
    assert match.end == len(parts), text
    return match.meaning


def test_there_are_many() -> None:
    assert len(CONCEPTS) > 150
    assert sum(len(list(names_of(concept))) for concept in CONCEPTS.values()) > 1500


def test_every_entry_names_a_source_and_a_day() -> None:
    entries = [(concept.source, concept.reviewed) for concept in CONCEPTS.values()]
    entries += [(drug.source, drug.reviewed) for drug in drug_names().values()]
    entries += [(row.source, row.reviewed) for row in unsearched()]
    assert [entry for entry in entries if len(entry[0]) < 8 or entry[1] < date(2026, 1, 1)] == []
    assert {concept.kind for concept in CONCEPTS.values()} <= KINDS
    assert [concept.name for concept in CONCEPTS.values() if not concept.names] == []


def test_no_name_stands_for_two_things() -> None:
    """Case, accents, hyphens and blanks make no difference; within one concept languages may share a name."""
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in CONCEPTS.values():
        for name in names_of(concept):
            owners[letters(name)].add(concept.name)
    for drug in LEXICON.values():
        more = drug_names().get(drug.name)
        for spelling in drug.spellings():
            if not more or spelling not in more.apart:
                owners[letters(spelling)].add(f"drug {drug.name}")
        for names in more.foreign.values() if more else ():
            for name in names:
                owners[letters(name)].add(f"drug {drug.name}")
    for row in unsearched():
        for word in row.words:
            owners[letters(word)].add("unsearched")
    assert {name: sorted(many) for name, many in owners.items() if len(many) > 1} == {}


def test_no_name_stands_twice_in_one_concept() -> None:
    for concept in CONCEPTS.values():
        for names in (concept.names, concept.asked, *concept.foreign.values()):
            lowered = [name.casefold() for name in names]
            assert sorted(set(lowered)) == sorted(lowered), concept.name
        assert not {one.casefold() for one in concept.names} & {one.casefold() for one in concept.asked}, concept.name


def test_members_are_there_and_no_concept_holds_itself() -> None:
    classes = {drug.drug_class for drug in LEXICON.values()}
    for concept in CONCEPTS.values():
        assert set(concept.narrower) <= CONCEPTS.keys(), concept.name
        assert set(concept.drugs) <= LEXICON.keys(), concept.name
        assert set(concept.drug_classes) <= classes, concept.name
        assert concept.name not in below(concept)


def test_what_a_drug_leaves_out_is_one_of_its_spellings() -> None:
    for name, more in drug_names().items():
        assert name in LEXICON, name
        assert more.narrower | more.apart <= set(LEXICON[name].spellings()), name
        assert not more.narrower & more.apart, name


def test_every_searched_name_is_kept_whole_by_the_store() -> None:
    """`says_enough` is held against the database in tests/search/words."""
    assert [
        name for concept in CONCEPTS.values() for name in concept.names if not any(map(says_enough, writings(name)))
    ] == []


def test_every_name_finds_its_own_concept() -> None:
    for concept in CONCEPTS.values():
        for name in names_of(concept):
            assert meaning(name).name == concept.name, name
            assert meaning(name.upper()).name == concept.name, name
    for name, more in drug_names().items():
        for names in more.foreign.values():
            assert {meaning(one).name for one in names} <= {name}


@pytest.mark.parametrize("concept", CONCEPTS.values(), ids=lambda concept: concept.name)
def test_phrases_are_the_names_and_those_of_members_and_nothing_else(concept: Concept) -> None:
    held = [concept, *(CONCEPTS[name] for name in below(concept))]
    allowed = {one for each in held for name in each.names for one in writings(name)}
    for each in held:
        for drug in LEXICON.values():
            if drug.name in each.drugs or drug.drug_class in each.drug_classes:
                more = drug_names().get(drug.name)
                allowed |= {
                    one for name in drug.spellings() if not more or name not in more.apart for one in writings(name)
                }
    phrases = phrases_of(meaning(concept.name))
    assert 0 < len(phrases) <= MOST_PHRASES
    assert {one.casefold() for one in phrases} <= {one.casefold() for one in allowed}
    assert all(says_enough(phrase) for phrase in phrases)


def test_a_class_holds_the_first_name_of_every_member() -> None:
    for concept in CONCEPTS.values():
        found = {folded(one) for one in phrases_of(meaning(concept.name))}
        for each in [concept, *(CONCEPTS[name] for name in below(concept))]:
            for drug in LEXICON.values():
                if drug.drug_class in each.drug_classes or drug.name in each.drugs:
                    texts = {folded(one) for one in writings(drug.name) if says_enough(one)}
                    covered = any(part in found for text in texts for part in (text, *text.split()))
                    assert covered or not texts, (concept.name, drug.name)


def test_neighbours_are_never_mixed() -> None:
    """Procedures of which neither holds the other share no phrase, and no phrase of one finds the other's."""
    procedures = [concept for concept in CONCEPTS.values() if concept.kind == "procedure"]
    for left, right in combinations(procedures, 2):
        if left.name in below(right) or right.name in below(left):
            continue
        mine = {one.casefold() for one in phrases_of(meaning(left.name))}
        theirs = {one.casefold() for one in phrases_of(meaning(right.name))}
        assert mine & theirs == set(), (left.name, right.name)


def test_the_drug_list_and_the_synonyms_agree_on_what_a_procedure_is() -> None:
    """Two files, written apart: where the reader of criteria knows a name, it knows it as the same modality."""
    for concept in CONCEPTS.values():
        for name in concept.names if concept.modality else ():
            told = {hit.modality for hit in hits(name.lower())}
            assert told <= {concept.modality}, name


@pytest.mark.parametrize(
    ("asked", "found", "never"),
    [
        ("TACE", "chemoembolisation", ("TARE", "radioembolization", "TAE", "embolization", "HAIC")),
        ("TARE", "SIRT", ("TACE", "embolization")),
        ("embolization", "TACE", ("TARE", "portal vein embolization")),
        ("liver cancer", "hepatocellular carcinoma", ("liver metastases", "cholangiocarcinoma", "hepatoblastoma")),
        ("hepatocellular carcinoma", "hepatoma", ("liver cancer", "liver metastases")),
        ("Keytruda", "pembrolizumab", ("nivolumab", "PD-1")),
        ("PD-1", "keytruda", ("atezolizumab", "PD-L1", "ipilimumab")),
        ("PD-L1", "atezolizumab", ("pembrolizumab", "PD-1")),
        ("checkpoint inhibitor", "tremelimumab", ("lenvatinib", "immunotherapy")),
        ("immunotherapy", "nivolumab", ("sorafenib", "CAR-T")),
        ("TKI", "lenvatinib", ("bevacizumab",)),
        ("anti-VEGF antibody", "bevacizumab", ("lenvatinib", "aflibercept")),
        ("IBI305", "ibi305", ("bevacizumab", "avastin")),
        ("bevacizumab", "ibi305", ("ramucirumab",)),
        ("liver transplant", "liver transplantation", ("transplant", "transplantation")),
        ("microvascular invasion", "microscopic vascular invasion", ("vascular invasion", "PVTT")),
        ("fluorouracil", "5-fu", ("floxuridine", "fluoropyrimidine")),
        ("liver tumour", "liver neoplasm", ("liver metastases",)),
        ("immunotherapy", "bgb a317", ()),
        ("phase III", "phase 3", ("phase 2", "phase II")),
        ("phase II", "phase 2", ("phase 3",)),
    ],
)
def test_some_of_what_matters(asked: str, found: str, never: tuple[str, ...]) -> None:
    phrases = {one.casefold() for one in phrases_of(meaning(asked))}
    assert found.casefold() in phrases
    assert phrases & {one.casefold() for one in never} == set()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Allemagne", "Germany"), ("Deutschland", "Germany"), ("Китай", "China"), ("الصين", "China"), ("中国", "China"),
        ("Estados Unidos", "United States"), ("Etats-Unis", "United States"), ("Espagne", "Spain"), ("台灣", "Taiwan"),
        ("Royaume-Uni", "United Kingdom"), ("대한민국", "South Korea"), ("法国", "France"), ("フランス", "France"),
    ],
)  # fmt: skip
def test_a_country_is_found_under_its_name_in_other_languages(typed: str, name: str) -> None:
    assert meaning(typed).names == (name,)


@pytest.mark.parametrize("word", ["island", "my", "ta ce", "h c c", "maurice", "grenade", "chad", "tacex", "5fu2"])
def test_what_only_looks_like_a_name_is_none(word: str) -> None:
    assert longest_match(pieces(word), 0) is None


@pytest.mark.parametrize("written", ["SHR-1210", "SHR1210", "shr 1210", "Shr–1210", "pd1", "PD 1", "PD–1"])
def test_codes_in_any_writing(written: str) -> None:
    assert meaning(written).name == ("camrelizumab" if "1210" in written else "PD-1 inhibitor")


def test_known_words_are_spelled_as_they_are_compared() -> None:
    assert first_words() < known_words()
    assert all(word == folded(word) and " " not in word for word in known_words())
    assert {"sorafenib", "keytruda", "hepatocellular", "embolisation", "germany"} <= known_words()
