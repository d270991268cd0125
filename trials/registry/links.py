"""Which arm gets which intervention: the registry says it from both sides, and either may be missing.

Pure; never touches the database.
"""

from trials.registry.record import TrialRecord
from trials.registry.values import tidy_name


def _key(name: str) -> str:
    return tidy_name(name).casefold()


def arm_interventions(record: TrialRecord) -> set[tuple[int, int]]:
    """Pairs (index of the arm, index of the intervention), from armGroupLabels and from interventionNames."""
    arms_by_label: dict[str, list[int]] = {}
    for position, arm in enumerate(record.arms):
        arms_by_label.setdefault(_key(arm.label), []).append(position)
    pairs = set()
    interventions_by_name: dict[str, list[int]] = {}
    for position, item in enumerate(record.interventions):
        for name in (item.name, f"{item.type.replace('_', ' ')}: {item.name}"):
            interventions_by_name.setdefault(_key(name), []).append(position)
        for label in item.arm_labels:
            pairs |= {(arm, position) for arm in arms_by_label.get(_key(label), ())}
    for position, arm in enumerate(record.arms):
        for published in arm.intervention_names:
            # interventionNames carry the type in front ("Drug: sorafenib"), which tells two of one name apart
            bare = published.partition(": ")[2]
            found = interventions_by_name.get(_key(published)) or interventions_by_name.get(_key(bare), [])
            pairs |= {(position, item) for item in found}
    return pairs
