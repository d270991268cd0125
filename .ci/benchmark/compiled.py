"""The same counts by tantivy, a compiled search engine: the same values and the same text in an index in memory.

Its side is built to be fast: one segment, one warmed searcher, fast fields, no scores, one pass for all facets without
a choice of their own, one field for all text. It never asks PostgreSQL for an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, Tokenizer

from trials.models import FactInForce, Intervention, Site, Trial
from trials.search.declarations import FACETS
from trials.search.facets import ArrayFacet, ColumnFacet, FactFacet, InterventionFacet, SiteFacet
from trials.vocabulary.registry_terms import NOT_STATED

_TEXT = "text"
_SITE_FACETS = ("country", "site_status")
_CUT = "|"
_SITE = "site"  # country and status of one site, so that choices of both hold for the same one
_MANY = 1000  # more than any facet has values
_HEAP = 2_000_000_000
_PARTS = (
    *("brief_title", "official_title", "search_terms", "brief_summary"),
    *("eligibility_criteria", "detailed_description", "search_places"),
)
Values = dict[str, dict[str, set[str]]]  # by field and trial


class CompiledIndex:
    """All trials of the store; made from the tables."""

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder()
        for name in (*FACETS, _SITE):
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field(_TEXT, tokenizer_name="words", index_option="position")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        words = tantivy.TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.ascii_fold())
        self._words = words.filter(Filter.stopword("english")).filter(Filter.stemmer("english")).build()
        self._index.register_tokenizer("words", self._words)
        writer = self._index.writer(_HEAP, num_threads=1)
        for document in _documents():
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    @property
    def segments(self) -> int:
        return int(self._searcher.num_segments)

    def counted(
        self, chosen: Mapping[str, Sequence[str]], groups: Sequence[Sequence[str]]
    ) -> tuple[int, dict[str, dict[str, int]]]:
        """groups: of each, one of the phrases must occur. Own choices of a facet are left out of its own counts."""
        words = [_any(self._phrase(phrase) for phrase in group) for group in groups]
        narrowing = {name: self._terms(name, chosen[name]) for name in chosen if not _is_of_sites(name)}
        if sites := self._sites(chosen):
            narrowing[_SITE] = sites
        untouched = [name for name in FACETS if name not in narrowing and not (_is_of_sites(name) and sites)]
        everything = self._passing([*words, *narrowing.values()])
        counts = self._buckets(everything, untouched)
        for name in narrowing:
            among = self._passing([*words, *(part for other, part in narrowing.items() if other != name)])
            if name == _SITE:
                counts |= self._counts_of_sites(among, chosen)
            else:
                counts |= self._buckets(among, [name])
        single = next(name for name in untouched if isinstance(FACETS[name], ColumnFacet))
        return sum(counts[single].values()), counts

    def _buckets(self, among: Query, names: Iterable[str]) -> dict[str, dict[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": _MANY}} for name in names}
        answer: dict[str, Any] = self._searcher.aggregate(among, wanted)
        return {name: {part["key"]: part["doc_count"] for part in answer[name]["buckets"]} for name in wanted}

    def _counts_of_sites(self, among: Query, chosen: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
        """The two facets look at one and the same site: what is chosen in one binds the counts of the other."""
        counts: dict[str, dict[str, int]] = {}
        pairs = self._buckets(among, [_SITE])[_SITE]
        for place, name in enumerate(_SITE_FACETS):
            partners = chosen.get(_SITE_FACETS[1 - place], ())
            if len(partners) > 1:
                raise ValueError("several values of a site facet's partner: pairs cannot be added up")
            if not partners:
                counts |= self._buckets(among, [name])
                continue
            sites = {tuple(pair.split(_CUT)): number for pair, number in pairs.items()}
            counts[name] = {
                site[place]: number for site, number in sites.items() if site[place] and site[1 - place] in partners
            }
        return counts

    def _passing(self, parts: Sequence[Query]) -> Query:
        if not parts:
            return Query.all_query()
        return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])

    def _terms(self, name: str, values: Iterable[str]) -> Query:
        return _any(Query.term_query(self._schema, name, value, index_option="basic") for value in values)

    def _sites(self, chosen: Mapping[str, Sequence[str]]) -> Query | None:
        countries, statuses = chosen.get("country"), chosen.get("site_status")
        if countries and statuses:
            return self._terms(_SITE, [f"{country}{_CUT}{status}" for country in countries for status in statuses])
        if countries:
            return self._terms("country", countries)
        return self._terms("site_status", statuses) if statuses else None

    def _phrase(self, phrase: str) -> Query:
        words: list[Any] = list(self._words.analyze(phrase))
        if len(words) == 1:
            return Query.term_query(self._schema, _TEXT, words[0])
        return Query.phrase_query(self._schema, _TEXT, words) if words else Query.empty_query()


def _any(parts: Iterable[Query]) -> Query:
    listed = list(parts)
    return listed[0] if len(listed) == 1 else Query.boolean_query([(Occur.Should, part) for part in listed])


def _is_of_sites(name: str) -> bool:
    return isinstance(FACETS[name], SiteFacet)


def _documents() -> Iterator[tantivy.Document]:
    values = _values()
    texts = Trial.objects.order_by("nct_id").values_list("nct_id", *_PARTS).iterator(chunk_size=2000)
    for nct_id, *parts in texts:
        document = tantivy.Document()
        for name, by_trial in values.items():
            for value in by_trial.pop(nct_id, ()):
                document.add_text(name, value)
        document.add_text(_TEXT, " ".join(parts))
        yield document


def _values() -> Values:
    """The values of every field, read row by row: not by the code that is measured."""
    found: Values = {name: defaultdict(set) for name in (*FACETS, _SITE)}
    facts = {facet.fact: name for name, facet in FACETS.items() if isinstance(facet, FactFacet)}
    for name, facet in FACETS.items():
        if isinstance(facet, ColumnFacet):
            for nct_id, value in Trial.objects.order_by().values_list("nct_id", facet.column).iterator():
                found[name][nct_id].add(value or NOT_STATED)
        elif isinstance(facet, ArrayFacet):
            for nct_id, listed in Trial.objects.order_by().values_list("nct_id", facet.column).iterator():
                found[name][nct_id].update(listed or [NOT_STATED])
        elif isinstance(facet, InterventionFacet):
            for nct_id, kind in Intervention.objects.exclude(type="").values_list("trial", "type").iterator():
                found[name][nct_id].add(kind)
    rows = FactInForce.objects.order_by().filter(name__in=facts).values_list("trial", "name", "computed_values")
    for nct_id, fact, listed in rows.iterator():
        found[facts[fact]][nct_id].update(listed)
    sites = Site.objects.order_by().values_list("trial", "country_code", "status").distinct()
    for nct_id, country, status in sites.iterator():
        if country:
            found["country"][nct_id].add(country)
        found["site_status"][nct_id].add(status or NOT_STATED)
        found[_SITE][nct_id].add(f"{country}{_CUT}{status or NOT_STATED}")
    return found
