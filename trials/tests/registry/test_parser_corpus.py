"""The parser over every real record: all parse, and no text that a record holds is lost on the way."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from trials.registry.parser import nct_id_of, parse_record
from trials.registry.values import tidy_name
from trials.tests.registry.corpus import raw_records

# What a TrialRecord leaves out on purpose: results, the registry's own bookkeeping, and what can be worked out again.
LEFT_OUT = (
    "resultsSection",
    "annotationSection",
    "timestamp",  # of those who collected the records
    "Timestamp",
    "derivedSection.conditionBrowseModule.browse",
    "derivedSection.interventionBrowseModule.browse",
    "derivedSection.miscInfoModule.modelPredictions",
    "derivedSection.miscInfoModule.submissionTracking",
    "documentSection.largeDocumentModule.largeDocs",  # kept as links
    "protocolSection.statusModule.studyFirstSubmitQcDate",
    "protocolSection.statusModule.resultsFirstSubmitQcDate",
    "protocolSection.statusModule.dispFirst",
    "protocolSection.statusModule.expandedAccessInfo.statusForNctId",
    "protocolSection.referencesModule.references.retractions.source",
    "protocolSection.designModule.patientRegistry",  # a yes or no that one record writes as text
)


def _leaves(node: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text and number of a raw record with its path, without list numbers."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, path)
    elif node is not None and not isinstance(node, bool):
        yield path, tidy_name(str(node))


def _values(value: object) -> Iterator[str]:
    """Every text and number of a parsed record."""
    if isinstance(value, tuple):
        for item in value:
            yield from _values(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _values(getattr(value, field.name))
    elif value is not None:
        yield tidy_name(str(value))


def test_every_record_parses_and_no_text_is_lost(shared: Path) -> None:
    lost: Counter[str] = Counter()
    parsed = 0
    for raw in raw_records(shared):
        parsed += 1
        record = parse_record(raw)
        assert record.nct_id == nct_id_of(raw)
        assert len(record.sites) == len(raw["protocolSection"].get("contactsLocationsModule", {}).get("locations", []))
        kept = set(_values(record))
        lost.update(path for path, text in _leaves(raw) if text and text not in kept and not path.startswith(LEFT_OUT))
    assert parsed == 2358
    assert lost == Counter()


def test_few_terms_of_the_corpus_are_unknown(shared: Path) -> None:
    """A parser that misread a field would show here. The named ones are test values in published collections."""
    found = Counter(term for raw in raw_records(shared) for term in parse_record(raw).unknown_terms)
    assert set(found) == {"study_type=EXPANDED_ACCESS_INTERVENTIONAL", "phase=PHASE5"}
