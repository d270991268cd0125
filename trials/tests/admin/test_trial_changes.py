"""What changed in records: the list of all, the page of one, the newest on a trial's page. Registry text is text."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from trials.admin.change_words import SHORT, short_value, whole_value
from trials.ingest.missing import mark
from trials.models import RefreshRun, Trial, TrialChange
from trials.tests.admin.pages import list_url, listed, page_url, scripts, text
from trials.tests.admin.records import NASTY, load, nct, record
from trials.tests.admin.runs import change, run
from trials.vocabulary.change_fields import LABELS
from trials.vocabulary.registry_states import STATE_WORDS, RegistryState

pytestmark = pytest.mark.django_db
LONG = "criterion " * 5_000


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("overall_status", "RECRUITING", "Recruiting"),
        ("overall_status", "BRAND_NEW", "BRAND_NEW"),
        ("phases", ["PHASE1", "PHASE2"], "Phase 1, Phase 2"),
        ("registry_state", "gone", "No longer in the registry"),
        ("registry_state", "on_the_moon", "on_the_moon"),
        ("brief_title", r"A \<b\> \& c", "A <b> & c"),
        ("brief_title", "", "-"),
        ("has_results", True, "Yes"),
        ("is_us_export", None, "-"),
        ("enrollment_count", 1200, "1200"),
        ("start_date", {"date": "2025-03", "type": "ESTIMATED"}, "2025-03 (planned)"),
        ("start_date", {"date": "", "type": ""}, "-"),
        ("sites", {"facility": "Clinic", "city": "Rennes", "country": "France", "status": "RECRUITING"}, None),
        ("sites", {"city": "Rennes"}, "Rennes"),
        ("sites", {}, "-"),
        ("arms", {"label": "Treated"}, "Treated"),
        ("arms", {"strange": 1}, '{"strange": 1}'),
        ("contacts", None, "Not repeated here"),
        ("of_tomorrow", [1, {"a": [2]}], '1, {"a": [2]}'),
        ("keywords", [], "-"),
    ],
    ids=str,
)
def test_values_in_words(field: str, value: Any, words: str | None) -> None:
    assert whole_value(field, value) == (words or "Clinic, Rennes, France: Recruiting")


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["date", "type", "label"]), inner),
    max_leaves=6,
)


@given(field=st.sampled_from([*LABELS, "of_tomorrow"]), value=ANY_JSON)
def test_values_of_any_form_have_words(field: str, value: Any) -> None:
    assert whole_value(field, value)


def test_long_values_are_cut_in_tables() -> None:
    assert len(short_value("brief_summary", LONG)) == SHORT


def test_the_list_and_its_filters(reader_client: Client) -> None:
    load(record(1))
    load(record(2))
    first, second = run("succeeded"), run("succeeded")
    old = change(first, changed_on=date(2024, 2, 29))
    site = change(second, "sites", None, {"city": "Rennes", "country": "France"})
    other = change(second, trial_id=nct(2))
    assert listed(reader_client, TrialChange) == [str(other.pk), str(site.pk), str(old.pk)]
    assert listed(reader_client, TrialChange, trial=nct(2)) == [str(other.pk)]
    assert listed(reader_client, TrialChange, field="sites") == [str(site.pk)]
    assert listed(reader_client, TrialChange, run=str(first.pk)) == [str(old.pk)]
    assert listed(reader_client, TrialChange, changed_on__year="2024", changed_on__month="2", changed_on__day="29") == [
        str(old.pk)
    ]
    assert listed(reader_client, TrialChange, q=nct(2)) == [str(other.pk)]
    for name in ("trial", "field", "run"):
        assert reader_client.get(list_url(TrialChange), {name: "nonsense"}).status_code == 302
    page = text(reader_client, list_url(TrialChange))
    assert "Rennes, France" in page
    assert page.index("field=overall_status") < page.index("field=sites")


def test_the_list_never_reads_long_texts(admin_client: Client) -> None:
    load(record(1))
    change(run("succeeded"), "eligibility_criteria", LONG, LONG + NASTY)
    page = text(admin_client, list_url(TrialChange))
    assert page.count("criterion") < 100
    kept = TrialChange.objects.get()
    whole = text(admin_client, page_url(TrialChange, kept.pk))
    assert LONG in whole
    assert "&lt;script&gt;alert" in whole
    assert "<script>alert" not in page + whole
    assert scripts(page) == scripts(whole) == []


def test_the_page_leads_to_run_and_record(admin_client: Client) -> None:
    load(record(1))
    load(record(1, descriptionModule={"briefSummary": "Asks again."}))
    made = TrialChange.objects.get()
    ended = run("succeeded", "full")
    TrialChange.objects.update(run=ended)
    page = text(admin_client, page_url(TrialChange, made.pk))
    assert "Asks whether it helps." in page
    assert "Asks again." in page
    assert page_url(RefreshRun, ended.pk) in page
    assert f"/recordversion/{made.record_version_id}/" in page
    assert page_url(Trial, nct(1)) in page


def test_queries_do_not_grow(admin_client: Client) -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(url).status_code == 200
        return len(captured)

    load(record(1))
    change(run("succeeded"))
    urls = (list_url(TrialChange), page_url(Trial, nct(1)))
    few = [queries(url) for url in urls * 2][2:]  # the first visit fills Django's own caches
    for number in range(15):
        change(run("succeeded"), "acronym", "", f"A{number}")
    assert [queries(url) for url in urls] == few
    assert few[0] <= 10


def test_the_trials_page_shows_the_newest(admin_client: Client) -> None:
    load(record(1))
    load(record(2))
    assert "None seen yet." in text(admin_client, page_url(Trial, nct(1)))
    today = timezone.now().date()
    for age in range(25):
        change(None, "acronym", "", f"NAME{age:02}", changed_on=today - timedelta(days=age))
        change(None, "acronym", "", "ELSEWHERE", trial_id=nct(2))
    page = text(admin_client, page_url(Trial, nct(1)))
    assert "Newest changes (25)" in page
    assert "The first 20 of 25." in page
    assert f'href="{list_url(TrialChange)}?trial={nct(1)}"' in page
    assert "NAME00" in page
    assert "NAME19" in page
    assert "NAME20" not in page
    assert "ELSEWHERE" not in page


def test_a_trials_place_in_the_registry(admin_client: Client) -> None:
    load(record(1))
    load(record(2))
    mark([nct(1)], RegistryState.GONE, run("succeeded"))
    assert listed(admin_client, Trial, registry_state="gone") == [nct(1)]
    assert listed(admin_client, Trial, registry_state="listed") == [nct(2)]
    assert admin_client.get(list_url(Trial), {"registry_state": "nonsense"}).status_code == 302
    assert text(admin_client, list_url(Trial)).count("<small>No longer in the registry</small>") == 1
    page = text(admin_client, page_url(Trial, nct(1)))
    assert "No longer in the registry" in page
    assert "Registry state since" in page
    assert "Returned by our search of the registry" in text(admin_client, page_url(Trial, nct(2)))


def test_every_state_has_words() -> None:
    assert set(STATE_WORDS) == set(RegistryState)
