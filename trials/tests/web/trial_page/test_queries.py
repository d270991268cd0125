"""The page costs the same number of queries for a small record and for a giant, and a giant is shown in time."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.tests.builders import arm, contact, intervention, load_trial, raw_record, site
from trials.tests.web.trial_page.pages import Page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24  # those of the parts, and of the index, the related trials and the age of the data


def record_of(size: int) -> dict[str, Any]:
    people = [contact("Nurse", phone="+1 555 0100", email="nurse@example.org")]
    return raw_record(
        status="RECRUITING",
        arms=[arm(f"Arm {number}", f"Drug: Drug {number}", description="What is done") for number in range(size)],
        interventions=[intervention(f"Drug {number}", f"Arm {number}") for number in range(size)],
        sites=[
            site(f"Town {number}", "France", facility=f"Hospital {number}", status="RECRUITING", contacts=people)
            for number in range(size)
        ],
        contacts=people,
        criteria="\n".join(f"* Criterion {number} \\> 1" for number in range(size)),
        outcomesModule={"primaryOutcomes": [{"measure": f"Measure {number}"} for number in range(size)]},
        referencesModule={"references": [{"citation": f"Citation {number}", "pmid": "1"} for number in range(size)]},
    )


def queries_of(client: Client, size: int) -> int:
    load_trial(record_of(size))
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/trials/NCT01234567/").status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    few, many = queries_of(client, 1), queries_of(client, 171)
    assert few == many
    assert many <= MOST_QUERIES


def test_a_giant_is_shown(client: Client) -> None:
    """1,148 sites (the registry's largest), 500 interventions, 200 KB of criteria."""
    record = record_of(500)
    protocol = record["protocolSection"]
    sites = [
        site(f"Town {number}", ("France", "Japan", "Chile")[number % 3], facility="Hospital", status="RECRUITING")
        for number in range(1148)
    ]
    protocol["contactsLocationsModule"]["locations"] = sites
    protocol["eligibilityModule"]["eligibilityCriteria"] = "* words of a criterion \\>\n  1. and more\n" * 5200
    load_trial(record)
    page = Page(client.get("/trials/NCT01234567/").content.decode())
    assert "1148 sites in 3 countries" in page.words
    assert "France: 383 sites, 383 recruiting" in page.words
    assert page.part("sites").count('<details class="country">') == 3, "many sites are folded"
