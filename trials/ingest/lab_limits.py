"""Stores the laboratory limits that the eligibility room read. Runs inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trials.eligibility import READER_VERSION
from trials.eligibility import LabLimit as ReadLimit
from trials.models import LabLimit

Key = tuple[str, str, str, bool]  # NCT number, test, bound, whether it is a multiple of the upper limit of normal
Columns = dict[str, object]
_LIMIT = ("is_strict", "value", "unit", "times_uln")
_ABOUT_IT = ("depends_on_cohort", "doubts", "evidence")


def _columns(limit: ReadLimit) -> Columns:
    return {
        "is_strict": limit.is_strict,
        "value": limit.value,
        "unit": limit.unit,
        "times_uln": limit.times_uln,
        "depends_on_cohort": limit.depends_on_cohort,
        "doubts": list(limit.doubts),
        "evidence": [evidence.as_json() for evidence in limit.evidence],
    }


@dataclass(frozen=True, slots=True)
class LimitDifference:
    """A limit that is read otherwise than it stands: before is None where it is new, after where it is gone.

    Where both are the same limit, only its sentences, cohorts or doubts differ.
    """

    nct_id: str
    analyte: str
    bound: str
    before: Columns | None
    after: Columns | None

    @property
    def is_other_limit(self) -> bool:
        before, after = self.before, self.after
        return before is None or after is None or any(before[column] != after[column] for column in _LIMIT)


@dataclass(slots=True)
class LimitChanges:
    """What was read against the rows that stand. Rows that stay the same are in none of the lists.

    older are the keys of rows that another version of the reader wrote and that stay the same otherwise.
    """

    differences: list[LimitDifference] = field(default_factory=list)
    new: list[LabLimit] = field(default_factory=list)
    changed: list[LabLimit] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    older: list[int] = field(default_factory=list)

    def write(self) -> None:
        if self.gone:
            LabLimit.objects.filter(pk__in=self.gone).delete()
        if self.older:
            LabLimit.objects.filter(pk__in=self.older).update(reader_version=READER_VERSION)
        if self.changed:
            LabLimit.objects.bulk_update(self.changed, [*_LIMIT, *_ABOUT_IT, "reader_version"])
        if self.new:
            LabLimit.objects.bulk_create(self.new)


def compare_lab_limits(limits_by_trial: Mapping[str, Sequence[ReadLimit]]) -> LimitChanges:
    """The trials' limits as read against their rows; writes nothing."""
    standing: dict[Key, LabLimit] = {
        (row.trial_id, row.analyte, row.bound, row.times_uln is not None): row
        for row in LabLimit.objects.filter(trial_id__in=list(limits_by_trial))
    }
    changes = LimitChanges()
    for nct_id, limits in limits_by_trial.items():
        for limit in limits:
            row = standing.pop((nct_id, limit.analyte, limit.bound, limit.times_uln is not None), None)
            _compare(changes, nct_id, limit, row)
    for (nct_id, analyte, bound, _), row in standing.items():
        changes.gone.append(row.pk)
        changes.differences.append(LimitDifference(nct_id, analyte, bound, _stored(row), None))
    return changes


def _compare(changes: LimitChanges, nct_id: str, limit: ReadLimit, row: LabLimit | None) -> None:
    before, after = _stored(row) if row else None, _columns(limit)
    if before != after:
        changes.differences.append(LimitDifference(nct_id, limit.analyte, limit.bound, before, after))
    if row is None:
        identity = {"trial_id": nct_id, "analyte": limit.analyte, "bound": limit.bound}
        changes.new.append(LabLimit(**identity, **after, reader_version=READER_VERSION))
    elif before != after:
        for column, value in after.items():
            setattr(row, column, value)
        row.reader_version = READER_VERSION
        changes.changed.append(row)
    elif row.reader_version != READER_VERSION:
        changes.older.append(row.pk)


def _stored(row: LabLimit) -> Columns:
    return {column: getattr(row, column) for column in (*_LIMIT, *_ABOUT_IT)}


def write_lab_limits(limits_by_trial: Mapping[str, Sequence[ReadLimit]]) -> None:
    """Brings the rows of the trials to what was read; rows that stay the same are not written."""
    compare_lab_limits(limits_by_trial).write()
