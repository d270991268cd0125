"""Keeps the words that occur in trials, for the correction of spelling. Runs inside the caller's transaction.

Words are only added. Sorted, so that two loaders with the same new words wait for each other and never cross.
"""

import re
from collections.abc import Iterable, Iterator

from django.db import connection

from trials.registry.record import TrialRecord
from trials.vocabulary.writings import folded

_WORD = re.compile(r"[a-z]{4,40}")  # whole runs of letters; the migration that fills the table splits the same way
_RUN = re.compile(r"[a-z]+")
# What stands there already is not tried again: a conflict would cost more than looking
_INSERT = """
INSERT INTO trials_searchword (word)
SELECT new.word FROM unnest(%s::text[]) AS new (word)
WHERE NOT EXISTS (SELECT FROM trials_searchword standing WHERE standing.word = new.word)
ON CONFLICT DO NOTHING
"""


def note_search_words(record: TrialRecord, search_terms: str) -> None:
    """Adds the words of a record. search_terms is the trial's column of that name: conditions, drugs, sponsors."""
    words = search_words(_texts(record, search_terms))
    if words:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, [words])


def search_words(texts: Iterable[str]) -> list[str]:
    """The words of texts, once each and sorted."""
    found = {word for text in texts for word in _RUN.findall(folded(text))}
    return sorted(word for word in found if _WORD.fullmatch(word))


def _texts(record: TrialRecord, search_terms: str) -> Iterator[str]:
    yield from (record.brief_title, record.official_title, search_terms)
    yield from {site.city for site in record.sites}
