"""Which trials hold a group of words, and where in the record: asked of PostgreSQL once, then kept and kept up to date.

The full text search stays PostgreSQL's: its parser, stems and phrases decide. Never writes.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from threading import Lock

from django.db import connection
from pyroaring import BitMap

from trials.search.index.history import History
from trials.search.index.state import IndexState
from trials.search.words.question import WordGroup
from trials.search.words.tsquery import loose_sql, tsquery_sql, typed_sql

_MOST_GROUPS = 1024
PLACES = ("title", "terms", "summary", "text")  # the weights A to D of the search vector, the best place first

# A lexeme stands in quotes in a tsquery's text; the weights behind it ask for it in those places alone.
_WEIGHTED = r"regexp_replace(%({query})s, $re$('(?:[^'\\]|''|\\.)*')$re$, $to$\1:{weights}$to$, 'g')::tsquery"
_MATCHES = f"""
SELECT CASE WHEN trial.search_vector @@ {_WEIGHTED.format(query="phrases", weights="A")} THEN 0
            WHEN trial.search_vector @@ {_WEIGHTED.format(query="phrases", weights="AB")} THEN 1
            WHEN trial.search_vector @@ {_WEIGHTED.format(query="phrases", weights="ABC")} THEN 2
            ELSE 3 END AS place,
       trial.search_vector @@ {_WEIGHTED.format(query="typed", weights="ABC")} AS is_typed,
       array_agg(mark.number)
FROM trials_trial trial JOIN trials_searchmark mark USING (nct_id)
WHERE trial.search_vector @@ %(any)s::tsquery {{only}}
GROUP BY 1, 2
"""  # noqa: S608  # only constants of ours are put in
_ONLY = "AND mark.number = ANY (%(numbers)s)"


@dataclass(frozen=True)
class Matches:
    """The trials that hold a group of words, by the best place in which they stand (an index of PLACES).

    typed are those in which, of a group that was widened, the reader's own words stand in a better place than the last.
    """

    by_place: tuple[BitMap, ...] = (BitMap(), BitMap(), BitMap(), BitMap())
    typed: BitMap = field(default_factory=BitMap)

    @cached_property
    def anywhere(self) -> BitMap:
        return BitMap.union(*self.by_place)

    def without(self, gone: BitMap) -> "Matches":
        return Matches(tuple(numbers - gone for numbers in self.by_place), self.typed - gone)

    def with_others(self, others: "Matches") -> "Matches":
        by_place = tuple(a | b for a, b in zip(self.by_place, others.by_place, strict=True))
        return Matches(by_place, self.typed | others.typed)


class Postings:
    """One for each process. A group without any word that could be searched for has None in place of matches."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._lock = Lock()
        self._known: OrderedDict[WordGroup, tuple[int, Matches | None]] = OrderedDict()

    def of(self, group: WordGroup, state: IndexState) -> Matches | None:
        """Inside the transaction of the state."""
        key = replace(group, start=0, end=0)  # wherever it stands among other words
        with self._lock:
            known = self._known.get(key)
        serial, matches = known or (-1, None)
        changed = self._history.changed_between(serial, state.serial) if known else None
        if changed is None:
            matches = _ask(group)
        elif not changed:
            return matches
        elif matches is not None:
            fresh = _ask(group, changed) or Matches()
            matches = matches.without(changed).with_others(fresh)
        self._keep(key, state.serial, matches)
        return matches

    def _keep(self, key: WordGroup, serial: int, matches: Matches | None) -> None:
        if self._history.changed_between(serial, serial) is None:
            return  # a version that only this request has
        with self._lock:
            known = self._known.get(key)
            if known is None or known[0] < serial:
                self._known[key] = (serial, matches)
            self._known.move_to_end(key)
            while len(self._known) > _MOST_GROUPS:
                self._known.popitem(last=False)


def _ask(group: WordGroup, numbers: BitMap | None = None) -> Matches | None:
    asked = [tsquery_sql(group), typed_sql(group), loose_sql(group)]
    with connection.cursor() as cursor:
        texts = ", ".join(f"({query})::text" for query, _ in asked)
        cursor.execute(f"SELECT {texts}", [word for _, words in asked for word in words])
        phrases, typed, loose = cursor.fetchone()
        if not phrases:
            return None
        anything = f"({phrases}) | ({loose})" if loose else phrases
        parameters = {"phrases": phrases, "typed": typed, "any": anything, "numbers": list(numbers or ())}
        cursor.execute(_MATCHES.format(only="" if numbers is None else _ONLY), parameters)
        rows = cursor.fetchall()
    by_place = tuple(BitMap(chain.from_iterable(found for at, _, found in rows if at == place)) for place in range(4))
    return Matches(by_place, BitMap(chain.from_iterable(found for _, is_typed, found in rows if is_typed)))
