"""Lists of parts, facts and raw records."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trials.admin.raw_record import MOST_CHARACTERS, pretty
from trials.models import Arm, Contact, FactInForce, FactReview, Intervention, RecordVersion, Site
from trials.tests.admin.pages import list_url, listed, page_url, text
from trials.tests.admin.records import load, nct, record, sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_trials() -> None:
    load(record(1))
    load(record(2, contactsLocationsModule={"locations": sites(2, "China")}))


@pytest.mark.parametrize(
    ("model", "query", "number"),
    [
        (Site, {}, 5),
        (Site, {"trial": nct(2)}, 2),
        (Site, {"country_code": "CN"}, 2),
        (Site, {"status": "RECRUITING"}, 5),
        (Site, {"q": '"clinic 2"'}, 1),
        (Site, {"q": nct(1)}, 3),
        (Contact, {"q": '"nurse 1 a"'}, 2),
        (Contact, {"role": "CONTACT"}, 1),
        (Contact, {"trial": nct(1)}, 7),
        (Arm, {"q": "treated"}, 2),
        (Intervention, {"type": "DRUG"}, 2),
        (Intervention, {"q": "lenvatinib"}, 2),
        (RecordVersion, {"trial": nct(2)}, 1),
        (RecordVersion, {"q": nct(1)}, 1),
    ],
    ids=str,
)
def test_rows(model: type[Site], query: dict[str, str], number: int, two_trials: None, admin_client: Client) -> None:
    assert len(listed(admin_client, model, **query)) == number


@pytest.mark.parametrize("model", [Site, Contact, Arm, Intervention, FactInForce, FactReview, RecordVersion])
def test_a_trial_that_is_none_is_refused(model: type[Site], two_trials: None, admin_client: Client) -> None:
    response = admin_client.get(list_url(model), {"trial": "nonsense"})
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?e=1")


@pytest.mark.parametrize("model", [Site, Contact, Arm, Intervention, FactInForce, FactReview, RecordVersion])
def test_queries_do_not_grow(model: type[Site], admin_client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(list_url(model)).status_code == 200
        return len(captured)

    load(record(1))
    few = queries()
    for number in range(2, 12):
        load(record(number))
    assert queries() == few <= 8


@pytest.mark.parametrize("key", ["x", "999999", "9" * 30])
def test_a_fact_that_is_none_leads_back(key: str, admin_client: Client) -> None:
    assert admin_client.get(page_url(FactInForce, key)).status_code == 302


def test_a_raw_record_is_shown_and_given_unchanged(two_trials: None, admin_client: Client) -> None:
    version = RecordVersion.objects.get(nct_id=nct(1))
    page = text(admin_client, page_url(RecordVersion, version.pk))
    assert "&quot;briefTitle&quot;: &quot;Lenvatinib" in page
    response = admin_client.get(reverse("admin:trials_recordversion_raw", args=[version.pk]))
    assert response.content.decode() == version.raw
    assert json.loads(response.content) == record(1)


def test_a_long_raw_record_is_cut_on_the_page_only(admin_client: Client) -> None:
    load(record(1, descriptionModule={"briefSummary": "long " * MOST_CHARACTERS}))
    version = RecordVersion.objects.get()
    page = text(admin_client, page_url(RecordVersion, version.pk))
    assert f"The first {MOST_CHARACTERS} of" in page
    assert len(page) < 2 * MOST_CHARACTERS
    response = admin_client.get(reverse("admin:trials_recordversion_raw", args=[version.pk]))
    assert len(response.content) > 5 * MOST_CHARACTERS


def test_what_is_not_json_is_shown_as_it_is() -> None:
    assert pretty("{broken") == "{broken"
    assert pretty("[" * 100_000) == "[" * 100_000
