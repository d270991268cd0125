"""Small records for tests of the readers: the criteria as a few invented lines, and what is read from them."""

from trials.eligibility import Fact, read
from trials.registry.record import Arm, Intervention, TrialRecord

NCT_ID = "NCT00000000"


def record(
    criteria: str = "",
    *,
    title: str = "",
    official_title: str = "",
    conditions: tuple[str, ...] = (),
    keywords: tuple[str, ...] = (),
    interventions: tuple[str, ...] = (),
    arms: tuple[str, ...] = (),
    summary: str = "",
) -> TrialRecord:
    return TrialRecord(
        NCT_ID,
        brief_title=title,
        official_title=official_title,
        brief_summary=summary,
        conditions=conditions,
        keywords=keywords,
        interventions=tuple(Intervention(name) for name in interventions),
        arms=tuple(Arm(label) for label in arms),
        eligibility_criteria=criteria,
    )


def criteria(*, inclusion: tuple[str, ...] = (), exclusion: tuple[str, ...] = ()) -> str:
    """Criteria in the registry's usual layout."""
    lines = ["Inclusion Criteria:", "", *(f"* {line}" for line in ("Age over 18", *inclusion))]
    if exclusion:
        lines += ["", "Exclusion Criteria:", "", *(f"* {line}" for line in exclusion)]
    return "\n".join(lines)


def fact_of(
    name: str, inclusion: str | tuple[str, ...] = (), exclusion: str | tuple[str, ...] = (), **texts: str
) -> Fact:
    """The fact read from criteria lines, and titles given by name."""
    asked = (inclusion,) if isinstance(inclusion, str) else inclusion
    banned = (exclusion,) if isinstance(exclusion, str) else exclusion
    return read(record(criteria(inclusion=asked, exclusion=banned), **texts)).facts[name]  # type: ignore[arg-type]


def value_of(name: str, inclusion: str | tuple[str, ...] = (), exclusion: str | tuple[str, ...] = ()) -> object:
    """The fact's value; "contradictory" or "not_stated" where it has none."""
    fact = fact_of(name, inclusion, exclusion)
    return fact.value if fact.value is not None else str(fact.status)
