"""The page of one trial: everything that the record holds, however little or much, and never as mark-up."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials import models
from trials.admin.read_only import MOST_ROWS
from trials.admin.trial_fieldsets import FIELDSETS, NOT_SHOWN
from trials.models import Contact, EligibilityFact, FactInForce, RecordVersion, Site, Trial
from trials.tests.admin.facts import doubt, fact, judge, load_facts
from trials.tests.admin.pages import list_url, listed, page_url, scripts, text
from trials.tests.admin.records import NASTY, bare, load, nasty, nct, record, sites

pytestmark = pytest.mark.django_db
MODULES = sorted(record(1)["protocolSection"].keys() - {"identificationModule"})
PARTS = [models.Site, models.Arm, models.Intervention, models.Contact, models.FactInForce]


def test_every_column_stands_in_a_module() -> None:
    shown: set[str] = set()
    for _title, options in FIELDSETS:
        for field in options["fields"]:
            shown.update([field] if isinstance(field, str) else field)
    columns = {field.name for field in Trial._meta.get_fields() if field.concrete}
    assert columns - shown == set(NOT_SHOWN)


def test_a_usual_record(admin_client: Client) -> None:
    load(record(1))
    page = text(admin_client, page_url(Trial, nct(1)))
    for words in ("Lenvatinib in Hepatocellular", "Clinic 2", "Nurse 0 b", "Trial office", "An Official", "A paper"):
        assert words in page
    assert f'href="/trials/{nct(1)}/"' in page
    assert f'href="https://clinicaltrials.gov/study/{nct(1)}"' in page
    assert page_url(RecordVersion, Trial.objects.get().record_version_id) in page
    assert "Child-Pugh class A" in page


@pytest.mark.parametrize("missing", MODULES)
def test_a_record_without_a_module(missing: str, admin_client: Client) -> None:
    data = record(1)
    del data["protocolSection"][missing]
    load(data)
    text(admin_client, page_url(Trial, nct(1)))
    assert listed(admin_client, Trial) == [nct(1)]


def test_a_record_without_any_module(admin_client: Client) -> None:
    load(bare(1))
    page = text(admin_client, page_url(Trial, nct(1)))
    assert "None in the record." in page
    assert "Overall status" not in page
    assert "Acronym" not in page
    assert listed(admin_client, Trial) == [nct(1)]


def test_a_large_record_is_cut_and_leads_to_the_whole(admin_client: Client) -> None:
    load(record(1, contactsLocationsModule={"locations": sites(300)}))
    load(record(2))
    page = text(admin_client, page_url(Trial, nct(1)))
    assert page.count('<td class="field-facility">') == MOST_ROWS
    assert f"The first {MOST_ROWS} of 300." in page
    assert f"The first {MOST_ROWS} of 600." in page
    for model, number in ((Site, 300), (Contact, 600)):
        assert f'href="{list_url(model)}?trial={nct(1)}"' in page
        response = admin_client.get(list_url(model), {"trial": nct(1)})
        assert response.context["cl"].result_count == number


def test_queries_do_not_grow_with_the_record(admin_client: Client) -> None:
    load(record(1))
    load(record(2, contactsLocationsModule={"locations": sites(300)}))
    counts = []
    for number in (1, 2):
        with CaptureQueriesContext(connection) as captured:
            text(admin_client, page_url(Trial, nct(number)))
        counts.append(len(captured))
    assert counts[0] <= 20
    assert counts[1] == counts[0] + 2  # the two parts that were cut are counted


def test_registry_text_is_never_markup(admin_client: Client) -> None:
    load(nasty(1))
    read = EligibilityFact.objects.get(name="child_pugh")
    read.evidence = [{"field": "eligibility_criteria", "start": 0, "end": 9, "quote": NASTY}]
    read.doubts = [NASTY]
    read.status = "stated"
    read.save()
    pages = [list_url(model) for model in (Trial, RecordVersion, *PARTS)]
    pages += [page_url(Trial, nct(1)), page_url(FactInForce, read.pk)]
    pages += [page_url(RecordVersion, RecordVersion.objects.get().pk)]
    for url in pages:
        page = text(admin_client, url)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
        assert scripts(page) == []


def test_facts_show_who_decided_and_what_the_machine_reads(admin_client: Client) -> None:
    load_facts(1)
    doubt("ecog", "weak_field")
    judge(who="curator")
    page = text(admin_client, page_url(Trial, nct(1)))
    assert f'<a href="{page_url(FactInForce, fact().pk)}">Child-Pugh score</a>' in page
    row = page[page.index("Child-Pugh score</a>") :].partition("</tr>")[0]
    assert re.search(r"5, 6, 7\s*<.*>5, 6<.*curator, ", row, re.DOTALL)
    assert "Not from the criteria" in page


def test_pages_hold_no_inline_script_or_style(admin_client: Client) -> None:
    load(record(1))
    assert scripts(text(admin_client, list_url(Trial))) == []
    assert scripts(text(admin_client, page_url(Trial, nct(1)))) == []


def test_an_unknown_trial_leads_back(admin_client: Client) -> None:
    assert admin_client.get(page_url(Trial, nct(404))).status_code == 302
