"""A followed search in words, as the chips above its results say it. Never searches."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from trials.search.filterset import TrialFilterSet
from trials.web.query_links import QueryLinks
from trials.web.results_chips import present_chips


def search_labels(query: str) -> list[str]:
    """In the present language; what was chosen, as it stands, where the search is not valid any more."""
    parameters = QueryDict(query)
    filterset = TrialFilterSet(parameters)
    if filterset.refusals:
        return [f"{name}: {value}" for name, values in parameters.lists() for value in values]
    links = QueryLinks(reverse("trial-list"), parameters)
    return [chip.label for chip in present_chips(filterset, links)] or [_("All trials")]
