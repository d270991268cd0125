"""Numbers of a match in words: laboratory limits, ages and the values that were given, in the unit of the reader.

Pure; never keeps a value.
"""

import math
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from trials.matching.profile import PatientProfile
from trials.matching.wording import amount_words, as_recorded, number_words, shortened
from trials.vocabulary.laboratory import ANALYTES, MIN, rounded
from trials.vocabulary.measured import Measured

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
    """ "at most 51 µmol/L (2.98 mg/dL)": in the record's own unit where it is known, then in the patient's."""
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
    value = amount_words(measured.number, measured.unit)
    upper = profile.upper_limit(analyte)
    if upper is None:
        return value
    return _("%(value)s (upper limit of normal %(upper)s)") % {"value": value, "upper": _number(upper.number)}


def _amount(analyte: str, value: float, profile: PatientProfile) -> str:
    number, unit = as_recorded(analyte, value)
    recorded = amount_words(number, unit)
    measured, factors = profile.value(analyte), ANALYTES[analyte].factors
    if measured is None or measured.unit == unit or measured.unit not in factors:
        return recorded
    yours = amount_words(_on_its_side(value, measured), measured.unit)
    return _("%(amount)s (%(yours)s)") % {"amount": recorded, "yours": yours}


def _on_its_side(limit: float, given: Measured) -> float:
    """The limit in the unit of what was given, in so few digits that what was given stays on its side of it."""
    exact = limit / ANALYTES[given.analyte].factors[given.unit]
    side = _side(given.folded or 0.0, limit)
    return next((few for few in (shortened(exact), rounded(exact)) if _side(given.number, few) == side), exact)


def _side(value: float, limit: float) -> int:
    return (value > limit) - (value < limit)


def _number(value: object) -> str:
    return number_words(float(str(value)))
