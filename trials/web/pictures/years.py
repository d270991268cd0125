"""The results of a search by year of start, and how open those of each year are. Pure but for the year, handed in."""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from trials.search.pictured import SHUT, Years
from trials.vocabulary.messages import gettext_noop
from trials.web.pictures.bars import Bar, Chart, pieces_of

_BACK, _AHEAD = 20, 2  # years around the present one that have a bar of their own
_STAGES = {
    "open": gettext_noop("Recruiting"),
    "soon": gettext_noop("Not yet recruiting, by invitation, or expanded access"),
    SHUT: gettext_noop("Not recruiting, or not known"),
}


def chart_of_years(years: Years, this_year: int) -> Chart:
    """Every result is in exactly one bar. Years without a trial have an empty one, so that time runs evenly."""
    spans = _spans(years, this_year)
    numbers = {label: [sum(of.get(stage, 0) for of in found) for stage in _STAGES] for label, found in spans.items()}
    most = max(map(sum, numbers.values()), default=0)
    bars = [
        Bar(label, sum(counts), pieces_of(counts, tuple(_STAGES), most), tuple(counts))
        for label, counts in numbers.items()
    ]
    stages = [(stage, gettext(words)) for stage, words in _STAGES.items()]
    return Chart("year", _("By year of start"), _said(years), bars, bars, stages)


def _spans(years: Years, this_year: int) -> dict[str, list[Mapping[str, int]]]:
    """What is counted in each bar, by its label: years one by one, far ones together, those that state none."""
    stated = sorted(year for year in years if year is not None)
    first, last = this_year - _BACK, this_year + _AHEAD
    spans: dict[str, list[Mapping[str, int]]] = {}
    if stated and stated[0] < first:
        spans[_("Before %(year)s") % {"year": first}] = [years[year] for year in stated if year < first]
    if stated:
        for year in range(max(first, min(stated[0], last + 1)), min(last, max(stated[-1], first - 1)) + 1):
            spans[str(year)] = [years[year]] if year in years else []
    if stated and stated[-1] > last:
        spans[_("After %(year)s") % {"year": last}] = [years[year] for year in stated if year > last]
    if None in years:
        spans[_("No start date")] = [years[None]]
    return spans


def _said(years: Years) -> list[str]:
    sums = {year: sum(stages.values()) for year, stages in years.items()}
    total = sum(sums.values())
    said = []
    if stated := {year: count for year, count in sums.items() if year is not None}:
        most = max(stated, key=lambda year: (stated[year], year))
        said.append(
            ngettext(
                "Most start in %(year)s: %(count)d of %(total)d trial.",
                "Most start in %(year)s: %(count)d of %(total)d trials.",
                total,
            )
            % {"year": most, "count": stated[most], "total": total}
        )
    if missing := sums.get(None, 0):
        said.append(
            ngettext("%(count)d trial states no start.", "%(count)d trials state no start.", missing)
            % {"count": missing}
        )
    return [*said, _("Starts of this year and later may be plans.")] if stated else said
