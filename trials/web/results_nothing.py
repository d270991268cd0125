"""Nothing found, in words: which choices, taken off, find how many trials. Never queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trials.search.filterset import TrialFilterSet
from trials.search.funnel import Choice, Way
from trials.web.query_links import QueryLinks
from trials.web.results_chips import changed_since_label, facet_label, radius_label, words_label


@dataclass(frozen=True, slots=True)
class WayOut:
    label: str
    count: str
    url: str


def present_ways(ways: Sequence[Way], filterset: TrialFilterSet, links: QueryLinks) -> list[WayOut]:
    return [
        WayOut(
            _without([_label(choice, filterset) for choice in way.choices]),
            ngettext("%(count)d trial", "%(count)d trials", way.count) % {"count": way.count},
            links.changing(way.parameters),
        )
        for way in ways
    ]


def _without(labels: Sequence[str]) -> str:
    first, *others = labels
    if not others:
        return _("Without “%(choice)s”") % {"choice": first}
    return _("Without “%(choice)s” and “%(other)s”") % {"choice": first, "other": others[0]}


def _label(choice: Choice, filterset: TrialFilterSet) -> str:
    if choice.word:
        return choice.word.typed
    named = {"q": words_label, "radius": radius_label, "changed_since": changed_since_label}
    return named[choice.name](filterset) if choice.name in named else facet_label(filterset, choice.name)
