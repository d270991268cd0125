"""A store of real records for a whole module: committed, as a web process finds it, and emptied afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from trials.ingest.load import LoadResult, load_document
from trials.ingest.sources import RawDocument, read_file
from trials.ingest.table_statistics import analyze_tables
from trials.registry.parser import nct_id_of
from trials.tests.emptying import empty_tables
from trials.tests.search.relevance.measure import Result, answer, neighbours, questions


@pytest.fixture(scope="module")
def corpus_records(shared: Path) -> dict[str, RawDocument]:
    """The trials of the corpus that the questions are about, and their neighbours, by number."""
    wanted = set(neighbours())
    corpus = shared / "corpus"
    records = {str(nct_id_of(document.data)): document for document in read_file(corpus / "hcc.jsonl.gz")}
    for document in read_file(corpus / "other.jsonl.gz"):
        nct_id = str(nct_id_of(document.data))
        if nct_id in wanted:
            records[nct_id] = document
    return records


@pytest.fixture(scope="module")
def corpus_store(
    corpus_records: dict[str, RawDocument], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The records, loaded by the real loader. No test's transaction surrounds them."""
    with django_db_blocker.unblock():
        try:
            for document in corpus_records.values():
                assert load_document(document) is LoadResult.CREATED, document.source
            analyze_tables()
            yield
        finally:
            empty_tables()


@pytest.fixture(scope="module")
def results(corpus_store: None) -> tuple[Result, ...]:
    """Every question asked once."""
    return tuple(answer(question) for question in questions())
