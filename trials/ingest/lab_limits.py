"""Stores the laboratory limits that the eligibility room read. Runs inside the caller's transaction."""

from collections.abc import Mapping, Sequence

from trials.eligibility import READER_VERSION
from trials.eligibility import LabLimit as ReadLimit
from trials.models import LabLimit

Key = tuple[str, str, str, bool]  # NCT number, test, bound, whether it is a multiple of the upper limit of normal


def _columns(limit: ReadLimit) -> dict[str, object]:
    return {
        "is_strict": limit.is_strict,
        "value": limit.value,
        "unit": limit.unit,
        "times_uln": limit.times_uln,
        "depends_on_cohort": limit.depends_on_cohort,
        "doubts": list(limit.doubts),
        "evidence": [evidence.as_json() for evidence in limit.evidence],
    }


def write_lab_limits(limits_by_trial: Mapping[str, Sequence[ReadLimit]]) -> None:
    """Brings the rows of the trials to what was read; rows that stay the same are not written.

    A row that another version of the reader wrote and that stays the same only gets the present version.
    """
    standing: dict[Key, LabLimit] = {
        (row.trial_id, row.analyte, row.bound, row.times_uln is not None): row
        for row in LabLimit.objects.filter(trial_id__in=list(limits_by_trial))
    }
    new, changed, older = [], [], []
    columns = dict[str, object]()
    for nct_id, limits in limits_by_trial.items():
        for limit in limits:
            columns = _columns(limit)
            row = standing.pop((nct_id, limit.analyte, limit.bound, limit.times_uln is not None), None)
            if row is None:
                identity = {"trial_id": nct_id, "analyte": limit.analyte, "bound": limit.bound}
                new.append(LabLimit(**identity, **columns, reader_version=READER_VERSION))
            elif any(getattr(row, column) != value for column, value in columns.items()):
                for column, value in columns.items():
                    setattr(row, column, value)
                row.reader_version = READER_VERSION
                changed.append(row)
            elif row.reader_version != READER_VERSION:
                older.append(row.pk)
    if standing:
        LabLimit.objects.filter(pk__in=[row.pk for row in standing.values()]).delete()
    if older:
        LabLimit.objects.filter(pk__in=older).update(reader_version=READER_VERSION)
    if changed:
        LabLimit.objects.bulk_update(changed, [*columns, "reader_version"])
    if new:
        LabLimit.objects.bulk_create(new)
