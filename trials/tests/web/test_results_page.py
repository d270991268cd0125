"""The results page as a visitor meets it."""

import random
import re
from datetime import date

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trials.models import Trial
from trials.search.declarations import FACETS
from trials.tests.search.stores import PlainTrial, random_trial, store

pytestmark = pytest.mark.django_db


def _store(size: int, **fields: object) -> list[PlainTrial]:
    trials = [random_trial(number, random.Random(number)) for number in range(1, size + 1)]
    for trial in trials:
        trial.find_under("hcc_scope", {"hcc"})
        for name, value in fields.items():
            setattr(trial, name, value)
    store(trials)
    return trials


def _page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_it_shows_the_count_and_the_cards(client: Client) -> None:
    _store(3)
    page = _page(client, "/trials/")
    assert "3 trials" in page
    assert page.count('<li class="trial">') == 3


def test_a_store_without_trials_answers_calmly(client: Client) -> None:
    answer = client.get("/trials/")
    assert answer.status_code == 200
    assert b"0 trials" in answer.content


def test_every_facet_and_value_has_a_box_with_a_name(client: Client) -> None:
    _store(5)
    page = _page(client, "/trials/")
    for facet in FACETS.values():
        assert f'name="{facet.name}"' in page, facet.name
    for value in ("A", "B", "C", "5", "15", "not_stated"):
        assert re.search(rf'name="child_pugh" value="{value}"', page)


def test_choices_are_chips_that_can_be_taken_off(client: Client) -> None:
    _store(5, phases=["PHASE2", "PHASE3"])
    page = _page(client, "/trials/?phase=PHASE3&phase=PHASE2&page_size=50&sort=start")
    assert 'href="/trials/?phase=PHASE2&amp;page_size=50&amp;sort=start"' in page
    assert 'href="/trials/?phase=PHASE3&amp;page_size=50&amp;sort=start"' in page


def test_the_default_scope_is_a_chip_that_can_be_taken_off(client: Client) -> None:
    trials = _store(2)
    Trial.objects.get(pk=trials[0].nct_id).machine_facts.filter(name="hcc_scope").update(computed_values=["off_topic"])
    page = _page(client, "/trials/")
    assert "1 trial<" in page
    link = re.search(r'class="chip" href="([^"]*hcc_scope[^"]*)"', page)
    assert link is not None
    assert "2 trials" in _page(client, link[1].replace("&amp;", "&"))


def test_unknown_values_are_answered_with_400_and_named(client: Client) -> None:
    answer = client.get("/trials/?phase=PHASE33&foo=1")
    assert answer.status_code == 400
    assert b"phase" in answer.content
    assert b"foo" in answer.content


def test_script_in_a_query_is_escaped(client: Client) -> None:
    for url in ("/trials/?q=<script>alert(1)</script>", "/trials/?<script>=1", "/trials/?phase=<script>"):
        assert "<script>alert" not in _page(client, url)
        assert "<script>=" not in _page(client, url)


def test_pages_that_do_not_exist_are_404_with_a_way_back(client: Client) -> None:
    _store(2)
    answer = client.get("/trials/?page=7&phase=PHASE3")
    assert answer.status_code == 404
    assert 'href="/trials/?phase=PHASE3"' in answer.content.decode()


def test_next_and_previous_keep_the_query(client: Client) -> None:
    _store(5, phases=["PHASE3"])
    page = _page(client, "/trials/?phase=PHASE3&page_size=2&page=2")
    assert 'rel="prev" href="/trials/?phase=PHASE3&amp;page_size=2"' in page
    assert 'rel="next" href="/trials/?phase=PHASE3&amp;page_size=2&amp;page=3"' in page


def test_no_cookie_for_reading(client: Client) -> None:
    _store(1)
    for url in ("/", "/trials/", "/trials/?q=x", "/about/", "/status"):
        assert not client.get(url).cookies, url


def test_only_get_and_head(client: Client) -> None:
    assert client.post("/trials/").status_code == 405
    assert client.head("/trials/").status_code == 200


def test_a_constant_number_of_queries(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/trials/?page_size=100")
        return len(captured)

    _store(3)
    few = queries()
    more = [random_trial(number, random.Random(number)) for number in range(100, 190)]
    store(more)
    assert queries() == few
    assert few <= 12


def test_a_stale_trial_is_not_drawn_as_open(client: Client) -> None:
    _store(1, columns={"overall_status": "RECRUITING", "study_type": "", "sex": "", "lead_sponsor_class": ""})
    Trial.objects.update(computed_verified_day=date(2020, 1, 31))
    page = _page(client, "/trials/")
    assert 'class="pill shut"' in page
    assert 'class="pill open"' not in page


def test_sites_and_countries_are_counted_on_the_card(client: Client) -> None:
    _store(1, sites=[("FR", "RECRUITING", None), ("FR", "", None), ("CN", "COMPLETED", None)])
    page = _page(client, "/trials/")
    assert "3 sites, 1 recruiting" in page
    assert "China, France" in page


def test_a_database_that_is_away_gives_a_calm_page(client: Client) -> None:
    with connection.execute_wrapper(_refuse):
        answer = client.get("/trials/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert b"clinicaltrials.gov" in answer.content


def _refuse(*_: object) -> None:
    raise OperationalError("the server closed the connection")


def test_a_choice_without_results_stays_in_the_form(client: Client) -> None:
    """A status that the registry has begun to publish is no listed one; the next submit must not lose it."""
    _store(1)
    Trial.objects.update(overall_status="BRAND_NEW_STATUS", phases=["PHASE1"])
    page = _page(client, "/trials/?status=BRAND_NEW_STATUS&phase=PHASE4")
    assert re.search(r'name="status" value="BRAND_NEW_STATUS" checked', page)
    assert "0 trials" in page


def test_the_client_who_has_the_page_is_told_so(client: Client) -> None:
    _store(2)
    tag = client.get("/trials/").headers["ETag"]
    again = client.get("/trials/", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    Trial.objects.filter(pk="NCT00000001").update(brief_title="Another")
    assert client.get("/trials/", headers={"if-none-match": tag}).status_code == 200
