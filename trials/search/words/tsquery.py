"""Asks the store for the trials that have a group's phrases: as SQL with parameters, and as a condition of Django's.

Words are parameters, never a part of the SQL. A group of which the store keeps no word narrows nothing.
"""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Func, Q

from trials.models import SEARCH_CONFIG
from trials.models.search_text import words_apart
from trials.search.words.question import Question, WordGroup
from trials.search.words.undoing import is_widened
from trials.vocabulary.writings import says_enough

_PHRASE = f"phraseto_tsquery('{SEARCH_CONFIG}', %s)"


def tsquery_sql(group: WordGroup) -> tuple[str, list[str]]:
    """An SQL expression of type tsquery, and its parameters: any one of the phrases."""
    return _any_of(len(group.phrases)) if group.phrases else "''::tsquery", list(group.phrases)


def _any_of(phrases: int) -> str:
    """Joined by halves: PostgreSQL copies what it joins, and a chain of hundreds took it four times as long."""
    if phrases == 1:
        return _PHRASE
    return f"({_any_of(phrases // 2)} || {_any_of(phrases - phrases // 2)})"


def typed_sql(group: WordGroup) -> tuple[str, list[str]]:
    """The same for the reader's own words alone, as a phrase; of a group that was not widened nothing."""
    is_asked = is_widened(group) and says_enough(group.typed)
    return (_PHRASE, [words_apart(group.typed)]) if is_asked else ("''::tsquery", [])


def loose_sql(group: WordGroup) -> tuple[str, list[str]]:
    """The same for the reader's own words wherever they stand; of a group that is a single word or exact nothing.

    A group of several words is searched for as a phrase: without this it would find less than its words alone.
    """
    if not _is_loose(group):
        return "''::tsquery", []
    return f"plainto_tsquery('{SEARCH_CONFIG}', %s)", [words_apart(group.typed)]


def _is_loose(group: WordGroup) -> bool:
    # "after surgery" is kept as "surgery", which would find every operation
    is_one = " " not in group.typed or " OR " in group.typed
    return is_widened(group) and not group.is_excluded and not is_one and says_enough(group.typed)


def search_query(group: WordGroup) -> Any:  # a SearchQuery, or several joined: Django's stubs have no name for both
    """Django's expression of the same query, as for SearchRank."""
    queries: list[Any] = [
        SearchQuery(words_apart(phrase), search_type="phrase", config=SEARCH_CONFIG)
        for phrase in group.phrases or ("",)
    ]
    if _is_loose(group):
        queries.append(SearchQuery(words_apart(group.typed), search_type="plain", config=SEARCH_CONFIG))
    while len(queries) > 1:  # by pairs: Django walks a chain of hundreds deeper than Python allows
        queries = [reduce(or_, queries[place : place + 2]) for place in range(0, len(queries), 2)]
    return queries[0]


class _NothingKept(Func):
    """Whether the store keeps no word of a query."""

    function = "numnode"
    template = "(%(function)s(%(expressions)s) = 0)"
    output_field = BooleanField()


def group_matches(group: WordGroup) -> Q:
    query = search_query(group)
    if group.is_excluded:
        return ~Q(search_vector=query)
    return Q(_NothingKept(query)) | Q(search_vector=query)


def matches(question: Question) -> Q:
    """The trials that have every group that is asked for and none that is shut out."""
    return reduce(and_, (group_matches(group) for group in question.groups), Q())
