"""The table of results as a clinician meets it: every column says something, facts lead to their sentences."""

import random
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.models import EligibilityFact, FactReview, Trial
from trials.tests.builders import load_trial, raw_record, site
from trials.tests.fixtures.records import TRIALS
from trials.tests.fixtures.records import raw_record as fixture
from trials.tests.search.stores import random_trial, store
from trials.tests.web.trial_page.pages import elements, words_of
from trials.vocabulary.facts import FACTS
from trials.web.table.columns import COLUMNS

pytestmark = pytest.mark.django_db
ALL = "&".join(f"column={name}" for name in COLUMNS)
URL = "/trials/?view=table&hcc_scope=hcc&hcc_scope=mixed&hcc_scope=off_topic&hcc_scope=not_stated"


def _table(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200
    return answer.content.decode().partition("<table>")[2].partition("</table>")[0]


def _cells(table: str) -> dict[str, str]:
    """The cells of the first row in words, by the heading of their column."""
    headings = [words_of(one) for one in re.findall(r"<th scope=\"col\".*?</th>", table, re.DOTALL)][1:]
    row = table.partition("<tbody>")[2].partition("</tr>")[0]
    cells = [words_of(one) for one in re.findall(r"<td.*?</td>", row, re.DOTALL)]
    return dict(zip(headings, cells, strict=True))


def test_every_fact_but_the_scope_has_a_column() -> None:
    assert {column.fact for column in COLUMNS.values() if column.fact} == set(FACTS) - {"hcc_scope"}


def test_an_almost_empty_record_says_not_stated_everywhere() -> None:
    load_trial(raw_record(title=None))
    cells = _cells(_table(f"{URL}&{ALL}"))
    assert len(cells) == len(COLUMNS)
    assert cells.pop("Status") == "Status not stated"
    assert set(cells.values()) == {"Not stated"}


def test_a_row_says_what_the_record_says() -> None:
    trial = load_trial(
        raw_record(
            title="A \\> B",
            status="RECRUITING",
            phases=["PHASE2", "PHASE3"],
            enrollment=1200,
            start="2026-03",
            updated="2026-10-01",
            sponsor="Hospital",
            minimum_age="18 Years",
            sex="ALL",
            sites=[site("Lyon", "France", status="RECRUITING"), site("Nice", "France")],
            interventions=[{"type": "DRUG", "name": f"Drug {number}"} for number in range(6)],
        )
    )
    quote = [{"field": "eligibility_criteria", "start": 0, "end": 1, "quote": "Vp3-4 excluded"}]
    facts = EligibilityFact.objects.filter(trial=trial)
    facts.filter(name="child_pugh").update(status="stated", value=[5, 6, 7], depends_on_cohort=True)
    facts.filter(name="portal_vein_invasion").update(status="stated", value="allowed", evidence=quote)
    facts.filter(name="bclc").update(status="contradictory", claims=[["B"], ["C"]])
    facts.filter(name="modalities").update(status="stated", value=["tace", "targeted"])
    table = _table(f"{URL}&{ALL}&near=Lyon")
    cells = _cells(table)
    expected = {
        "Title": "A > B",
        "Phase": "Phase 2, Phase 3",
        "Interventions": "Drug 0, Drug 1, Drug 2, Drug 3 and 2 more",
        "Child-Pugh score": "A5–A6, B7 by cohort",
        "Macrovascular invasion": "Allowed its sentences name Vp3, Vp4",
        "BCLC stage": "Contradictory",
        "ECOG performance status": "Not stated",
        "Treatment given": "Targeted drugs, TACE or TAE",
        "Age": "18 years and over",
        "Sex": "All",
        "Enrolment (Largest)": "1,200",
        "Start date (Newest start)": "March 2026",
        "Last update posted (Newest update)": "1 October 2026",
        "Sponsor": "Hospital",
        "Countries": "France",
        "Sites": "2 sites, 1 recruiting nearest less than 10 km (Lyon)",
    }
    assert {name: cells[name] for name in expected} == expected
    assert '<td class="doubt">' in table
    assert '<th scope="col" aria-sort="ascending">Sites</th>' in table


@pytest.mark.parametrize("nct_id", TRIALS)
def test_facts_lead_to_their_place_on_the_trials_page(nct_id: str) -> None:
    load_trial(fixture(nct_id))
    links = [link for link in elements(_table(f"{URL}&{ALL}"), "a", "href") if "#" in link]
    page = Client().get(f"/trials/{nct_id}/").content.decode()
    assert links
    assert set(links) <= {f"/trials/{nct_id}/#{anchor}" for anchor in elements(page, "div", "id")}


def test_a_persons_decision_is_marked() -> None:
    trial = load_trial(raw_record(criteria="* x"))
    FactReview.objects.create(
        trial=trial,
        name="bclc",
        decision="corrected",
        status="stated",
        value=["B"],
        reason="Read again",
        machine_reader_version=1,
        machine_status="not_stated",
        record_version=trial.record_version,
        reviewer_name="curator",
    )
    assert _cells(_table(f"{URL}&column=bclc"))["BCLC stage"] == "B checked by a person"


def test_published_texts_are_text() -> None:
    attack = '"><script>alert(1)</script>'
    drugs = {"interventions": [{"type": "DRUG", "name": attack}]}
    load_trial(raw_record(title=attack, sponsor=attack, armsInterventionsModule=drugs))
    assert "<script>" not in _table(f"{URL}&{ALL}")


def test_headings_offer_the_orders_that_there_are() -> None:
    load_trial(raw_record())
    table = _table(f"{URL}&column=start&column=updated&column=sites&column=enrollment")
    assert "sort=start" in table
    assert "sort=enrollment" in table
    assert '<th scope="col" aria-sort="descending">Last update posted</th>' in table
    assert "sort=distance" not in table
    assert "sort=distance" in _table(f"{URL}&column=sites&near=Lyon&sort=start")


def test_a_search_without_results_has_no_table_but_the_ways_out() -> None:
    answer = Client().get("/trials/?view=table&q=sorafenib").content.decode()
    assert "<table>" not in answer
    assert "No trial fits all of this." in answer


def test_a_constant_number_of_queries() -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(url).status_code == 200
        return len(captured)

    made = [random_trial(number, random.Random(number)) for number in range(1, 61)]
    store(made[:2])
    few = queries(f"/trials/?view=table&page_size=100&{ALL}&near=45.8,4.8")
    store(made[2:])
    assert queries(f"/trials/?view=table&page_size=100&{ALL}&near=45.8,4.8") == few
    assert queries("/trials/?view=table&column=bclc") < few


def test_rows_follow_the_data() -> None:
    trial = load_trial(raw_record(title="Before"))
    assert "Before" in _table(URL)
    Trial.objects.filter(pk=trial.pk).update(brief_title="After")
    assert "After" in _table(URL)


def test_rows_are_of_the_language_of_the_page() -> None:
    load_trial(raw_record())
    assert 'href="/trials/NCT01234567/"' in _table(URL)
    french = _table(f"/fr{URL}")
    assert 'href="/fr/trials/NCT01234567/"' in french
    assert "Not stated" not in french
