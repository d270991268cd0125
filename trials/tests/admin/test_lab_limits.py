"""Laboratory limits for staff: on the trial's page and in a list, with their sentence, and never as mark-up."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.models import LabLimit, Trial
from trials.tests.admin.facts import record_with
from trials.tests.admin.pages import list_url, listed, page_url, scripts, text
from trials.tests.admin.records import NASTY, load, nct

pytestmark = pytest.mark.django_db
CRITERIA = """Inclusion Criteria:

* Platelets >= 75,000/mm3
* Total bilirubin <= 1.5 x ULN
* Albumin > 28 g/L or INR < 1.7
"""


def test_a_trials_page_shows_each_limit_with_its_sentence(admin_client: Client) -> None:
    load(record_with(CRITERIA))
    page = text(admin_client, page_url(Trial, nct(1)))
    assert "Laboratory limits (4)" in page
    said = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page[page.index("Laboratory limits (4)") :]))
    for words in (
        "Platelets At least 75 10^9/L - - Platelets &gt;= 75,000/mm3",
        "Bilirubin (total) At most 1.5 times the upper limit of normal",
        "Albumin More than 2.8 g/dL - One of several",
    ):
        assert words in said
    limit = LabLimit.objects.get(analyte="platelets")
    assert f'<a href="{page_url(LabLimit, limit.pk)}">Platelets</a>' in page
    assert "75,000/mm3" in text(admin_client, page_url(LabLimit, limit.pk))


def test_a_trial_without_limits_says_so(admin_client: Client) -> None:
    load(record_with("* Adults"))
    assert "None read from the record." in text(admin_client, page_url(Trial, nct(1)))


def test_the_list_is_narrowed(admin_client: Client) -> None:
    load(record_with(CRITERIA))
    load(record_with("Inclusion Criteria:\n\n* Platelets >= 50,000/mm3", 2))
    assert len(listed(admin_client, LabLimit)) == 5
    for query, number in (
        ({"trial": nct(2)}, 1),
        ({"analyte": "platelets"}, 2),
        ({"doubt": "alternative"}, 2),
        ({"q": nct(1)}, 4),
    ):
        assert len(listed(admin_client, LabLimit, **query)) == number, query


def test_queries_do_not_grow(admin_client: Client) -> None:
    counts = []
    for number, criteria in ((1, "* Adults"), (2, CRITERIA)):
        load(record_with(criteria, number))
        with CaptureQueriesContext(connection) as captured:
            text(admin_client, page_url(Trial, nct(number)))
            text(admin_client, list_url(LabLimit))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_registry_text_is_never_markup(admin_client: Client) -> None:
    load(record_with(CRITERIA))
    LabLimit.objects.update(
        doubts=[NASTY], unit=NASTY, evidence=[{"field": NASTY, "start": 0, "end": 9, "quote": NASTY}]
    )
    key = LabLimit.objects.values_list("pk", flat=True)[0]
    for url in (list_url(LabLimit), page_url(LabLimit, key), page_url(Trial, nct(1))):
        page = text(admin_client, url)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert scripts(page) == []
