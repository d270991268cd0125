"""Numbers of a match in words: laboratory limits, ages and the values that were given, in the unit of the reader.

Pure; never keeps a value.
"""

import math
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from trials.matching.profile import PatientProfile
from trials.matching.wording import number_words
from trials.vocabulary.laboratory import ANALYTES, MIN, rounded
from trials.vocabulary.measured import PATIENT_VALUES

Said = Mapping[str, object]


def accepted_ages(said: Said) -> str:
    low, high = said.get("minimum"), said.get("maximum")
    if low is None and high is None:
        return _("any age")
    if high is None:
        return ngettext("%(low)s year or older", "%(low)s years or older", _whole(low)) % {"low": _number(low)}
    if low is None:
        return ngettext("up to %(high)s year", "up to %(high)s years", _whole(high)) % {"high": _number(high)}
    return _("%(low)s to %(high)s years") % {"low": _number(low), "high": _number(high)}


def _whole(years: object) -> int:
    """By which the form of "years" is chosen."""
    return math.ceil(float(str(years)))


@sensitive_variables()
def given_age(profile: PatientProfile) -> str:
    return _number(profile.age.start) if profile.age else _("not known")


@sensitive_variables()
def accepted_limit(analyte: str, said: Said, profile: PatientProfile) -> str:
    """ "at most 2 mg/dL (34.2 µmol/L)": in the record's unit as we keep it, then in that of the patient's value."""
    times, value = said.get("times_uln"), said.get("value")
    if isinstance(times, int | float):
        amount = _("%(times)s times the upper limit of normal") % {"times": _number(times)}
    elif isinstance(value, int | float):
        amount = _amount(analyte, float(value), profile)
    else:
        return _("a limit that we cannot read")
    strict = {True: (_("more than %(amount)s"), _("less than %(amount)s"))}
    least, most = strict.get(bool(said.get("is_strict")), (_("at least %(amount)s"), _("at most %(amount)s")))
    return (least if said.get("bound") == MIN else most) % {"amount": amount}


@sensitive_variables()
def given_value(analyte: str, profile: PatientProfile) -> str:
    measured = profile.value(analyte)
    if measured is None:
        return _("not known")
    value = _with_unit(measured.number, measured.unit)
    upper = profile.upper_limit(analyte)
    if upper is None:
        return value
    return _("%(value)s (upper limit of normal %(upper)s)") % {"value": value, "upper": _number(upper.number)}


def _amount(analyte: str, value: float, profile: PatientProfile) -> str:
    unit = ANALYTES[analyte].unit
    kept = _with_unit(value, unit)
    measured = profile.value(analyte) if analyte in PATIENT_VALUES else None
    if measured is None or measured.unit == unit or measured.unit not in ANALYTES[analyte].factors:
        return kept
    yours = _with_unit(rounded(value / ANALYTES[analyte].factors[measured.unit]), measured.unit)
    return _("%(amount)s (%(yours)s)") % {"amount": kept, "yours": yours}


def _with_unit(value: float, unit: str) -> str:
    return f"{_number(value)}\u00a0{unit}" if unit else _number(value)


def _number(value: object) -> str:
    return number_words(float(str(value)))
