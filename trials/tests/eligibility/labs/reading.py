"""Limits of invented criteria in a short form: "bilirubin <= 3", "ast < 5x", "*" where it depends on a cohort."""

from trials.eligibility import LabLimit, read_lab_limits
from trials.tests.eligibility.builders import criteria, record
from trials.vocabulary.laboratory import MAX


def limits_of(inclusion: str | tuple[str, ...] = (), exclusion: str | tuple[str, ...] = ()) -> tuple[LabLimit, ...]:
    asked = (inclusion,) if isinstance(inclusion, str) else inclusion
    banned = (exclusion,) if isinstance(exclusion, str) else exclusion
    return read_lab_limits(record(criteria(inclusion=asked, exclusion=banned)))


def short(limit: LabLimit) -> str:
    sign = ("<" if limit.bound == MAX else ">") + ("" if limit.is_strict else "=")
    amount = f"{limit.times_uln:g}x" if limit.times_uln is not None else f"{limit.value:g}"
    marks = ("*" if limit.depends_on_cohort else "") + "".join(f" {doubt}" for doubt in limit.doubts)
    return f"{limit.analyte} {sign} {amount}{marks}"


def read_short(inclusion: str | tuple[str, ...] = (), exclusion: str | tuple[str, ...] = ()) -> list[str]:
    return [short(limit) for limit in limits_of(inclusion, exclusion)]
