"""The list of trials: search and filters give the right rows, at a number of queries that does not grow."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.admin.trial import TrialAdmin
from trials.models import EligibilityFact, Site, Trial
from trials.tests.admin.pages import list_url, listed, text
from trials.tests.admin.records import bare, load, nct, record, sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_trials() -> None:
    load(record(1))
    load(
        record(
            2,
            statusModule={"overallStatus": "COMPLETED", "lastUpdatePostDateStruct": {"date": "2024-01-01"}},
            designModule={"studyType": "OBSERVATIONAL", "phases": ["PHASE9"]},
            contactsLocationsModule={"locations": sites(2, "China") + sites(1, "France")},
        )
    )
    load(bare(3))
    EligibilityFact.objects.filter(trial=nct(2), name="child_pugh").update(
        status="contradictory", value=None, claims=[[5, 6], [7]], computed_values=["5", "6", "7", "A", "B"]
    )
    for number, scope in ((1, "hcc"), (2, "off_topic"), (3, "mixed")):
        EligibilityFact.objects.filter(trial=nct(number), name="hcc_scope").update(
            status="stated", value=scope, computed_values=[scope], evidence=[_EVIDENCE]
        )


_EVIDENCE = {"field": "brief_title", "start": 0, "end": 1, "quote": "L"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [1, 2, 3]),
        ({"status": "RECRUITING"}, [1]),
        ({"status": "NOT_STATED"}, [3]),
        ({"study_type": "OBSERVATIONAL"}, [2]),
        ({"phase": "PHASE3"}, [1]),
        ({"phase": "PHASE9"}, [2]),
        ({"phase": "NOT_STATED"}, [3]),
        ({"country": "FR"}, [1, 2]),
        ({"country": "CN"}, [2]),
        ({"hcc_scope": "hcc"}, [1]),
        ({"hcc_scope": "off_topic"}, [2]),
        ({"child_pugh_status": "stated"}, [1]),
        ({"child_pugh_status": "contradictory"}, [2]),
        ({"child_pugh_status": "not_stated"}, [3]),
        ({"child_pugh": "B"}, [2]),
        ({"unknown": "yes"}, [2]),
        ({"unknown": "no"}, [1, 3]),
        ({"country": "FR", "status": "COMPLETED"}, [2]),
        ({"computed_last_update_day__year": "2025"}, [1]),
        ({"q": nct(1)}, [1]),
        ({"q": nct(1).lower()}, [1]),
        ({"q": "SPONSOR-2"}, [2]),
        ({"q": "2024-000001"}, [1]),
        ({"q": 'randomised "number 2"'}, [2]),
        ({"q": "Hospital 1"}, [1]),
        ({"q": "lenvatinib"}, [1, 2]),
        ({"q": "nothing like it"}, []),
    ],
    ids=str,
)
def test_rows(query: dict[str, str], expected: list[int], three_trials: None, admin_client: Client) -> None:
    assert sorted(listed(admin_client, Trial, **query)) == [nct(number) for number in expected]


@pytest.mark.parametrize(
    "query",
    [
        {"status": "NO_SUCH"},
        {"country": "fr"},
        {"phase": "\x00"},
        {"unknown": "1"},
        {"child_pugh": "16"},
        {"nothing": "1"},
    ],
    ids=str,
)
def test_values_that_are_not_offered_are_refused(
    query: dict[str, str], three_trials: None, admin_client: Client
) -> None:
    """As Django does: back to the whole list, which says that the filter was not valid."""
    response = admin_client.get(list_url(Trial), query)
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?e=1")


def test_columns(three_trials: None, admin_client: Client) -> None:
    page = text(admin_client, list_url(Trial), {"q": nct(1)})
    for words in ("Recruiting", "Phase 2, Phase 3", "Hospital 1", "2025-03-01", "Lenvatinib in Hepatocellular"):
        assert words in page
    assert f'<a href="{list_url(Site)}?trial={nct(1)}">3</a>' in page


def test_sorting_by_the_number_of_sites(three_trials: None, admin_client: Client) -> None:
    load(record(4, contactsLocationsModule={"locations": sites(9)}))
    column = 1 + TrialAdmin.list_display.index("site_count")  # the first one holds the boxes to choose by
    assert sorted(listed(admin_client, Trial, o=f"-{column}")) == [nct(number) for number in (1, 2, 3, 4)]
    assert listed(admin_client, Trial, o=f"-{column}")[0] == nct(4)
    assert listed(admin_client, Trial, o=str(column))[0] == nct(3)


def test_newest_first_and_undated_last(three_trials: None, admin_client: Client) -> None:
    assert listed(admin_client, Trial) == [nct(1), nct(2), nct(3)]


def test_queries_do_not_grow_with_trials(admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(list_url(Trial)).status_code == 200
        return len(captured)

    for number in range(1, 6):
        load(record(number))
    few = queries()
    for number in range(6, 51):
        load(record(number))
    assert queries() == few <= 12


def test_the_list_leaves_long_texts_in_the_store(admin_client: Client) -> None:
    load(record(1))
    with CaptureQueriesContext(connection) as captured:
        admin_client.get(list_url(Trial))
    rows = [query["sql"] for query in captured if "LIMIT 50" in query["sql"] or '"brief_title"' in query["sql"]]
    assert rows
    assert not [sql for sql in rows if "eligibility_criteria" in sql or "search_vector" in sql]
