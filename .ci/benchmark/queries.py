"""What is asked: ten queries of ours for the counts, and a random walk over facets, words, sorts and pages.

Every walk is the same for the same store. It never asks the same query twice, so that no cache of answers flatters.
"""

import random
from collections.abc import Iterator, Mapping

from django.http import QueryDict

from benchmark.engine import whole
from trials.models import Trial
from trials.search.declarations import FACETS

TEN = {
    "nothing chosen": "",
    "one registry facet": "phase=PHASE3",
    "one fact": "child_pugh=B",
    "four facets": "status=RECRUITING&phase=PHASE2&phase=PHASE3&child_pugh=A&age_group=OLDER_ADULT",
    "country and its sites' status": "country=FR&site_status=RECRUITING",
    "six facets": "country=US&bclc=C&ecog=1&modality=immunotherapy&intervention_type=DRUG&sex=ALL",
    "one word": "q=sorafenib",
    "two words": "q=tumor+recurrence",
    "a phrase": "q=%22portal+vein%22",
    "a widened word and a facet": "q=keytruda&status=RECRUITING",
}

_PAGES = 5
_MOST_CHOICES = 3
_SORTS = ("relevance", "updated", "start", "enrollment")
_TITLES = 400


def walk(number: int, seed: int) -> Iterator[str]:
    """That many different addresses of pages that have results, as a reader would come by them."""
    chance = random.Random(seed)  # noqa: S311  # a walk that can be repeated, not a secret
    words = _words()
    query, counts = QueryDict(mutable=True), whole("")[1]
    seen: set[str] = set()
    for _ in range(number * 20):
        following = _step(query, counts, words, chance)
        count, found = whole(following.urlencode())
        if not count:
            query, counts = QueryDict(mutable=True), whole("")[1]
            continue
        query, counts = following, found
        address = _address(query, count, chance)
        if address not in seen:
            seen.add(address)
            yield address
        if len(seen) == number:
            return


def _step(
    query: QueryDict, counts: Mapping[str, Mapping[str, int]], words: list[str], chance: random.Random
) -> QueryDict:
    """One choice more, or another one; sometimes other words."""
    following = query.copy()
    chosen = [name for name in following if name in FACETS]
    if len(chosen) >= _MOST_CHOICES or (chosen and chance.random() < 0.3):
        following.pop(chance.choice(chosen))
    if chance.random() < 0.4:
        following["q"] = chance.choice(words)
    elif chance.random() < 0.4:
        following.pop("q", None)
    name = chance.choice([name for name in FACETS if name not in following])
    if values := [value for value, count in counts[name].items() if count and FACETS[name].allows(value)]:
        following.setlist(name, chance.sample(values, k=min(len(values), chance.randint(1, 2))))
    return following


def _address(query: QueryDict, count: int, chance: random.Random) -> str:
    shown = query.copy()
    last = min(_PAGES, -(-count // 20))
    if (page := chance.randint(1, last)) > 1:
        shown["page"] = str(page)
    if chance.random() < 0.3:
        shown["sort"] = chance.choice(_SORTS)
    return f"/trials/?{shown.urlencode()}"


def _words() -> list[str]:
    """Words and pairs of words from titles of the store."""
    titles = Trial.objects.order_by("nct_id").values_list("brief_title", flat=True)[:_TITLES]
    found: dict[str, None] = {}
    for title in titles:
        words = [word for word in title.split() if word.isalpha() and len(word) > 3]
        for place, word in enumerate(words):
            found[word.lower()] = None
            found[" ".join(words[place : place + 2]).lower()] = None
    return list(found) or ["cancer"]
