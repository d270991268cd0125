"""Laboratory limits in short: "≤ 2 mg/dL", one row for each test, with the sentences. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.matching.wording import amount_words, as_recorded, number_words
from trials.models import LabLimit, Trial
from trials.registry.values import unescape
from trials.vocabulary.doubts import limit_doubts
from trials.vocabulary.laboratory import ANALYTES, MIN
from trials.vocabulary.messages import gettext_noop
from trials.web.word_lists import one_after_another

_NAMES: Mapping[str, str] = {
    "bilirubin": gettext_noop("Bilirubin"),
    "albumin": gettext_noop("Albumin"),
    "platelets": gettext_noop("Platelets"),
    "inr": gettext_noop("INR"),
    "prothrombin_time_prolongation": gettext_noop("Prothrombin time, prolongation"),
    "creatinine": gettext_noop("Creatinine"),
    "creatinine_clearance": gettext_noop("Creatinine clearance"),
    "afp": gettext_noop("AFP"),
    "haemoglobin": gettext_noop("Haemoglobin"),
    "ast": gettext_noop("AST"),
    "alt": gettext_noop("ALT"),
    "neutrophils": gettext_noop("Neutrophils"),
    "white_cells": gettext_noop("White cells"),
}
_SIGNS = {(True, False): "≥", (True, True): ">", (False, False): "≤", (False, True): "<"}


@dataclass(frozen=True, slots=True)
class LabRow:
    """quotes are the sentences without escapes; doubts say in sentences why a limit may not decide alone."""

    name: str
    limits: str
    depends_on_cohort: bool
    doubts: Sequence[str]
    quotes: Sequence[str]


def lab_rows(trial: Trial) -> list[LabRow]:
    """In the order of the laboratory tests."""
    limits = list(trial.lab_limits.all())
    return [
        _row(code, of_test) for code in ANALYTES if (of_test := [limit for limit in limits if limit.analyte == code])
    ]


def _row(code: str, limits: Sequence[LabLimit]) -> LabRow:
    quotes = (" ".join(unescape(str(one["quote"])).split()) for limit in limits for one in limit.evidence)
    return LabRow(
        gettext(_NAMES.get(code, code)),
        one_after_another(map(_limit, limits)),
        any(limit.depends_on_cohort for limit in limits),
        [gettext(doubt.note) for doubt in limit_doubts(code for limit in limits for code in limit.doubts)],
        list(dict.fromkeys(quotes)),
    )


def _limit(limit: LabLimit) -> str:
    sign = _SIGNS[limit.bound == MIN, limit.is_strict]
    if limit.times_uln is not None:
        return _("%(sign)s %(times)s\u00a0×\u00a0ULN") % {"sign": sign, "times": number_words(limit.times_uln)}
    return f"{sign} {amount_words(*as_recorded(limit.analyte, limit.value or 0.0))}"
