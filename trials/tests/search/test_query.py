"""What a query may hold, how it is sorted and paged, and how words are found."""

import random
from datetime import date

import pytest
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from trials.models import Identifier, SearchWord, Trial, TrialChange
from trials.search.filterset import TrialFilterSet
from trials.search.results import NoSuchPage, RefusedQuery
from trials.search.understanding import understand
from trials.search.version import moment
from trials.tests.search.searching import search
from trials.tests.search.stores import PlainTrial, random_store, random_trial, store

pytestmark = pytest.mark.django_db


def _trials(size: int, **columns: object) -> list[PlainTrial]:
    trials = [random_trial(number, random.Random(number)) for number in range(1, size + 1)]
    for trial in trials:
        trial.find_under("hcc_scope", {"hcc"})
        for name, value in columns.items():
            setattr(trial, name, value)
    store(trials)
    return trials


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("foo=1", "foo"),
        ("phase=PHASE33", "phase"),
        ("phase=phase3", "phase"),
        ("country=France", "country"),
        ("country=fr", "country"),
        ("child_pugh=D", "child_pugh"),
        ("child_pugh=4", "child_pugh"),
        ("child_pugh=16", "child_pugh"),
        ("tumor_burden=huge", "tumor_burden"),
        ("ecog=5", "ecog"),
        ("sort=-password", "sort"),
        ("sort=__class__", "sort"),
        ("sort=distance", "sort"),
        ("near=Xyzzyville", "near"),
        ("near=91,0", "near"),
        (f"near={'x' * 101}", "near"),
        ("near=Lyon&near=Paris", "near"),
        ("near=Lyon&radius=-5", "radius"),
        ("near=Lyon&radius=0", "radius"),
        ("near=Lyon&radius=1e12", "radius"),
        ("radius=50", "radius"),
        ("lat=NaN&lon=1e400", "lat"),
        ("changed_since=yesterday", "changed_since"),
        ("changed_since=2026-02-30", "changed_since"),
        ("changed_since=2026-11", "changed_since"),
        ("changed_since=20261103", "changed_since"),
        ("changed_since=2026-W45-1", "changed_since"),
        ("changed_since=2026-11-03T10:00", "changed_since"),
        ("changed_since=%D9%A2%D9%A0%D9%A2%D9%A6-11-03", "changed_since"),
        ("changed_since=0000-00-00", "changed_since"),
        ("changed_since=2026-11-03&changed_since=2026-11-04", "changed_since"),
        ("_connector=OR", "_connector"),
        ("status__in=x", "status__in"),
        ("a%22b=1", 'a"b'),
        ("page_size=0", "page_size"),
        ("page_size=abc", "page_size"),
        ("page_size=%F0%9F%98%80", "page_size"),
        ("q=a&q=b", "q"),
        ("q=%00", "q"),
        (f"q={'x' * 10_000}", "q"),
        ("child_pugh=A&child_pugh=Z", "child_pugh"),
    ],
)
def test_unknown_parameters_and_values_are_refused_by_name(query: str, parameter: str) -> None:
    with pytest.raises(RefusedQuery) as refused:
        search(QueryDict(query))
    assert parameter in refused.value.errors
    assert all(refused.value.errors[parameter])


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1e9", "2", "999999999999999999999999", "1.5", "²"])
def test_a_page_that_does_not_exist(page: str) -> None:
    _trials(3)
    with pytest.raises(NoSuchPage):
        search(QueryDict(f"page={page}"))


@pytest.mark.parametrize(
    "words",
    [
        "x", "   ", "'", "%", "_", "\\", '"unclosed', "a & | !b", ":*", "-", "--", "the", "()", "نص عربي", "😀",
        "a\u0301", "%ff", "$$", "; DROP TABLE trials_trial", "OR", "or or", "<script>",
    ],
)  # fmt: skip
def test_any_words_are_answered(words: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = words
    search(query)


def test_a_page_size_over_the_most_gives_the_most() -> None:
    _trials(3)
    assert search(QueryDict("page_size=100000")).page_size == 100


def test_pages_together_hold_every_result_once() -> None:
    chance = random.Random(5)
    random_store(57, chance)
    for sort in ("updated", "changed", "start", "enrollment", "relevance"):
        found: list[str] = []
        page = 1
        while True:
            results = search(QueryDict(f"page_size=10&page={page}&sort={sort}&hcc_scope=hcc&hcc_scope=not_stated"))
            found += [trial.nct_id for trial in results.rows]
            if page == results.last_page:
                break
            page += 1
        assert len(found) == len(set(found)) == results.count


def test_sorts_put_the_newest_and_largest_first_and_gaps_last() -> None:
    random_store(40, random.Random(6))
    for sort, column in (
        ("updated", "computed_last_update_day"),
        ("start", "computed_start_day"),
        ("enrollment", "enrollment_count"),
    ):
        results = search(QueryDict(f"sort={sort}&page_size=100&hcc_scope=hcc&hcc_scope=mixed&hcc_scope=off_topic"))
        values = [getattr(trial, column) for trial in results.rows]
        stated = [value for value in values if value is not None]
        assert values == sorted(stated, reverse=True) + [None] * (len(values) - len(stated))


def test_the_newest_change_seen_here_comes_first() -> None:
    trials = {trial.nct_id: trial for trial in random_store(40, random.Random(7))}
    results = search(QueryDict("sort=changed&page_size=100&hcc_scope=hcc&hcc_scope=mixed&hcc_scope=off_topic"))
    days = [trials[trial.nct_id].changed_day for trial in results.rows]
    assert len(set(days)) > 5
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    ("day", "count"), [("2026-11-03", 1), ("2026-11-04", 0), ("0001-01-01", 2), ("9999-12-31", 0), ("", 2), (" ", 2)]
)
def test_changed_since_counts_the_day_itself(day: str, count: int) -> None:
    trials = _trials(2, first_loaded=date(2026, 1, 1), changes=[])
    TrialChange.objects.create(trial_id=trials[0].nct_id, field="sites", changed_on=date(2026, 11, 3))
    TrialChange.objects.update(seen_at=F("changed_on"))
    query = QueryDict(mutable=True)
    query["changed_since"] = day
    assert search(query).count == count


def test_what_came_to_us_late_has_changed_since_it_came() -> None:
    trials = _trials(2, first_loaded=date(2026, 1, 1), changes=[])
    TrialChange.objects.create(trial_id=trials[0].nct_id, field="sites", changed_on=date(2026, 11, 3))
    assert search(QueryDict(f"changed_since={timezone.now().date()}")).count == 1


def test_a_trial_that_is_new_here_has_changed() -> None:
    _trials(1, first_loaded=date(2026, 11, 3), changes=[])
    assert search(QueryDict("changed_since=2026-11-03")).count == 1
    assert search(QueryDict("changed_since=2026-11-04")).count == 0


def test_a_title_ranks_above_a_description() -> None:
    trials = _trials(2, words=[])
    Trial.objects.filter(nct_id=trials[0].nct_id).update(detailed_description="about lenvatinib and more")
    Trial.objects.filter(nct_id=trials[1].nct_id).update(brief_title="Lenvatinib for all")
    assert [trial.nct_id for trial in search(QueryDict("q=lenvatinib")).rows] == ["NCT00000002", "NCT00000001"]


def test_accents_make_no_difference() -> None:
    _trials(1, words=[])
    Trial.objects.update(search_places="Hôpital Eugène Marquis")
    for words in ("hopital", "HÔPITAL", "ho\u0302pital", "eugene marquis"):
        query = QueryDict(mutable=True)
        query["q"] = words
        assert search(query).count == 1, words


@pytest.mark.parametrize("words", ["2024-514912-28-00", "uc-gig-2406", " UC-GIG-2406 ", "nct00000001", "NCT09999999"])
def test_identifiers_find_their_trial_whatever_it_is_about(words: str) -> None:
    trials = _trials(3)
    Trial.objects.filter(nct_id=trials[0].nct_id).update(nct_id_aliases=["NCT09999999"])
    Identifier.objects.create(trial_id=trials[0].nct_id, identifier="2024-514912-28-00", type="CTIS", position=0)
    Identifier.objects.create(trial_id=trials[0].nct_id, identifier="UC-GIG-2406", position=1)
    Trial.objects.get(pk=trials[0].nct_id).machine_facts.filter(name="hcc_scope").update(computed_values=["off_topic"])
    query = QueryDict(mutable=True)
    query["q"] = words
    assert [trial.nct_id for trial in search(query).rows] == [trials[0].nct_id]
    assert search(QueryDict()).count == 2


def test_a_value_that_the_registry_added_can_be_chosen() -> None:
    _trials(2, columns={"overall_status": "BRAND_NEW_STATUS", "study_type": "", "sex": "", "lead_sponsor_class": ""})
    assert search(QueryDict("status=BRAND_NEW_STATUS")).count == 2
    with pytest.raises(RefusedQuery):
        search(QueryDict("status=NEVER_SEEN"))


def test_country_and_status_speak_of_the_same_site() -> None:
    _trials(1, sites=[("FR", "COMPLETED", None), ("CN", "RECRUITING", None)])
    assert search(QueryDict("country=FR")).count == 1
    assert search(QueryDict("country=FR&site_status=RECRUITING")).count == 0
    assert search(QueryDict("country=CN&site_status=RECRUITING")).count == 1


def test_only_the_misspelt_word_is_corrected() -> None:
    trial = _trials(1)[0]
    SearchWord.objects.bulk_create(
        [SearchWord(word=word) for word in ("sorafenib", "carcinoma")], ignore_conflicts=True
    )
    Trial.objects.filter(pk=trial.nct_id).update(brief_title="Sorafenib for carcinoma")
    with moment() as state:
        assert understand("sorafinb carcinoma", state).question.text == "sorafenib carcinoma"
        assert understand('carcinom carcinoma "carcinom study"', state).question.text.endswith('"carcinom study"')
        assert understand("carcinoma -carcinom", state).question.text == "carcinoma -carcinom"


@pytest.mark.parametrize("words", ["---", "the of"])
def test_words_that_cannot_be_searched_for_narrow_nothing(words: str) -> None:
    _trials(3)
    query = QueryDict(f"q={words}&page_size=100")
    assert search(query).count == TrialFilterSet(query).qs.count() == 3
