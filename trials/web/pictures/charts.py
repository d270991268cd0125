"""The results of a search as charts: by phase, status, year of start and country. Never queries.

A number beside a bar is what the search behind the bar finds, and the same that the page of results shows beside it.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.search.declarations import FACETS
from trials.search.pictured import Pictured
from trials.vocabulary.registry_terms import NOT_STATED
from trials.web.pictures.bars import WHOLE, Bar, Chart, pieces_of
from trials.web.pictures.years import chart_of_years
from trials.web.query_links import QueryLinks
from trials.web.results_facets import value_label

MOST_COUNTRIES = 12


def present_charts(pictured: Pictured, links: QueryLinks, this_year: int) -> list[Chart]:
    """links lead to the results. A chart without any bar is left out."""
    phases, statuses = _listed_bars(pictured, links, "phase"), _listed_bars(pictured, links, "status")
    two_phases = _("A trial of two phases counts in both.") if len(phases) > 1 else ""
    as_published = _("As published. Some records may be out of date.")
    charts = [
        Chart("phase", _("By phase"), _said(pictured, "phase", phases, two_phases), phases, phases),
        Chart("status", _("By status"), _said(pictured, "status", statuses, as_published), statuses, statuses),
        chart_of_years(pictured.years, this_year),
        _by_country(pictured, links),
    ]
    return [chart for chart in charts if chart.bars]


def _listed_bars(pictured: Pictured, links: QueryLinks, name: str) -> list[Bar]:
    """The values that occur or are chosen, in their own order."""
    counts, chosen = pictured.facets[name], pictured.found.filterset.selection[name]
    values = [value for value in FACETS[name].shown_values(counts, chosen) if value in counts or value in chosen]
    return [*_bars(pictured, links, name, values, max(counts.values(), default=0))]


def _bars(pictured: Pictured, links: QueryLinks, name: str, values: Sequence[str], most: int) -> Iterator[Bar]:
    """A bar leads to the search with its value in place of those chosen, so that it finds as many as the bar says."""
    counts, chosen = pictured.facets[name], pictured.found.filterset.selection[name]
    for value in values:
        count = counts.get(value, 0)
        yield Bar(
            label=value_label(FACETS[name], value),
            count=count,
            pieces=pieces_of((count,), WHOLE, most),
            url=links.setting(name, value) if count else "",
            is_chosen=value in chosen,
            is_aside=bool(chosen) and value not in chosen,
        )


def _said(pictured: Pictured, name: str, bars: Sequence[Bar], note: str = "") -> list[str]:
    """What a reader would see first: the longest bar of a stated value, or what is chosen."""
    if not bars:
        return []
    if pictured.found.filterset.selection[name]:
        said = [_("Filled bars are your choice. Hollow ones: as many trials as you would find with that instead.")]
    else:
        said = [*_longest(pictured, name), *_unstated(pictured.facets[name].get(NOT_STATED, 0))]
    return [*said, note] if note else said


def _longest(pictured: Pictured, name: str) -> Iterator[str]:
    stated = {value: count for value, count in pictured.facets[name].items() if value != NOT_STATED}
    if not stated:
        return
    total, value = pictured.found.count, max(stated, key=lambda value: (stated[value], value))
    words = ngettext(
        "Most: %(value)s, %(count)d of %(total)d trial.", "Most: %(value)s, %(count)d of %(total)d trials.", total
    )
    yield words % {"value": value_label(FACETS[name], value), "count": stated[value], "total": total}


def _unstated(count: int) -> Iterator[str]:
    if count:
        words = ngettext("%(count)d trial does not state it.", "%(count)d trials do not state it.", count)
        yield words % {"count": count}


def _by_country(pictured: Pictured, links: QueryLinks) -> Chart:
    """Bars for those with most trials and one for the rest, of which the table has each."""
    counts, first = pictured.facets["country"], pictured.countries
    rest = sorted(set(counts) - set(first), key=lambda code: (-counts[code], value_label(FACETS["country"], code)))
    most = max([*(counts.get(code, 0) for code in first), pictured.other_countries, pictured.no_country])
    bars = [*_bars(pictured, links, "country", first, most)]
    rows = [*bars, *_bars(pictured, links, "country", rest, most)]
    others = ngettext("%(count)d other country", "%(count)d other countries", len(rest)) % {"count": len(rest)}
    summed = _summed(
        others, pictured.other_countries, most, is_aside=bool(pictured.found.filterset.selection["country"])
    )
    none = _summed(_("No country stated"), pictured.no_country, most)
    several = _("A trial with sites in several countries counts in each.") if len(rows) > 1 else ""
    said = [*_said(pictured, "country", bars, several), *_unstated(pictured.no_country)]
    return Chart("country", _("By country of its sites"), said, [*bars, *summed, *none], [*rows, *none])


def _summed(label: str, count: int, most: int, *, is_aside: bool = False) -> list[Bar]:
    """A bar that no search stands behind; none where nothing is to be summed up."""
    return [Bar(label, count, pieces_of((count,), WHOLE, most), is_aside=is_aside)] if count else []
