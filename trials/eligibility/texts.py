"""The texts of a record under the names that evidence calls them by. Never reads a fact."""

from collections.abc import Iterator, Sequence

from trials.eligibility.reading import RecordText


def record_texts(record: RecordText) -> dict[str, str]:
    """Every text that is read for facts, as published, by field ("eligibility_criteria", "arms[1].label")."""
    return dict(_texts(record))


def _texts(record: RecordText) -> Iterator[tuple[str, str]]:
    yield "eligibility_criteria", record.eligibility_criteria
    yield "official_title", record.official_title
    yield "brief_title", record.brief_title
    yield "brief_summary", record.brief_summary
    yield from _numbered("conditions", record.conditions)
    yield from _numbered("keywords", record.keywords)
    for place, intervention in enumerate(record.interventions):
        yield f"interventions[{place}].name", intervention.name
        yield f"interventions[{place}].description", intervention.description
        yield from _numbered(f"interventions[{place}].other_names", intervention.other_names)
    for place, arm in enumerate(record.arms):
        yield f"arms[{place}].label", arm.label
        yield f"arms[{place}].description", arm.description
        yield from _numbered(f"arms[{place}].intervention_names", arm.intervention_names)


def _numbered(field: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((f"{field}[{place}]", text) for place, text in enumerate(texts))
