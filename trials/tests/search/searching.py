"""A search with the trials of its page, as most tests want it."""

from collections.abc import Sequence

from django.http import QueryDict

from trials.models import Trial
from trials.search import results
from trials.search.finding import Found, Hit
from trials.search.page_rows import trials_of_page
from trials.search.results import SearchResults


def search(parameters: QueryDict) -> SearchResults[list[Trial]]:
    return results.search(parameters, _trials)


def _trials(found: Found, hits: Sequence[Hit]) -> list[Trial]:
    del found
    return trials_of_page([hit.nct_id for hit in hits])
