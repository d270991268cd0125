"""The published tables as the page shows them, out of the numbers that the calculators use. Never a patient's value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from trials.matching.wording import number_words
from trials.vocabulary.calculators.child_pugh import (
    ALBUMIN_BANDS,
    ASCITES_WORDS,
    BILIRUBIN_BANDS,
    ENCEPHALOPATHY_WORDS,
    INR_BAND,
    PROLONGED_BAND,
    AlbuminTable,
)
from trials.vocabulary.measured import PATIENT_VALUES, PROLONGED


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with what has 1, 2 and 3 points."""

    label: str
    cells: Sequence[str]


def child_pugh_table(albumin_table: AlbuminTable) -> list[TableRow]:
    return list(_rows(albumin_table))


def _rows(albumin_table: AlbuminTable) -> Iterator[TableRow]:
    for unit, band in BILIRUBIN_BANDS.items():
        yield TableRow(_label("bilirubin", unit), _rising(band))
    for unit in ("g/dL", "g/L"):
        first, last = ALBUMIN_BANDS[albumin_table, unit]
        yield TableRow(_label("albumin", unit), [_over(first), _between(last, first), _under(last)])
    yield TableRow(_label("inr"), _rising(INR_BAND))
    yield TableRow(_label(PROLONGED), _rising(PROLONGED_BAND))
    yield TableRow(_("Ascites"), [gettext(words) for words in ASCITES_WORDS.values()])
    yield TableRow(_("Encephalopathy"), [gettext(words) for words in ENCEPHALOPATHY_WORDS.values()])


def _label(code: str, unit: str = "") -> str:
    words = gettext(PATIENT_VALUES[code].words)
    return _("%(value)s, %(unit)s") % {"value": words, "unit": unit} if unit else words


def _rising(band: tuple[float, float]) -> list[str]:
    return [_under(band[0]), _between(*band), _over(band[1])]


def _under(number: float) -> str:
    return _("under %(number)s") % {"number": number_words(number)}


def _over(number: float) -> str:
    return _("over %(number)s") % {"number": number_words(number)}


def _between(low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": number_words(low), "high": number_words(high)}
