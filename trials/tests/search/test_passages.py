"""Why a trial was found: the title marked, else the passage where the words stand, named by its part of the record."""

import random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from trials.models import Intervention, Trial
from trials.search.passages import APART, Passage, Reasons, reasons
from trials.tests.search.searching import search
from trials.tests.search.stores import random_trial, store

pytestmark = pytest.mark.django_db
NUMBER = "NCT00000001"


def _store(**fields: object) -> None:
    trial = random_trial(1, random.Random(1))
    trial.find_under("hcc_scope", {"hcc"})
    trial.words = []
    store([trial])
    Trial.objects.update(**{"brief_title": "A study", **fields})


def _why(words: str) -> Reasons:
    query = QueryDict(mutable=True)
    query["q"] = words
    results = search(query)
    assert [trial.nct_id for trial in results.rows] == [NUMBER]
    return reasons(results.found, results.rows)[NUMBER]


def _text(passage: Passage) -> str:
    return "".join(piece.text for piece in passage.pieces)


def _marks(passage: Passage) -> list[str]:
    return [piece.text for piece in passage.pieces if piece.is_marked]


def test_a_search_without_words_needs_no_reason() -> None:
    _store()
    results = search(QueryDict())
    assert reasons(results.found, results.rows) == {}


def test_words_in_the_title_are_marked_and_nothing_more_is_said() -> None:
    _store(brief_title="Sorafenib after Résection")
    why = _why("resection sorafenib")
    assert [piece.text for piece in why.title if piece.is_marked] == ["Sorafenib", "Résection"]
    assert "".join(piece.text for piece in why.title) == "Sorafenib after Résection"
    assert why.passages == ()


@pytest.mark.parametrize(
    ("field", "value", "words", "mark"),
    [
        ("official_title", "Trial of lenvatinib in adults", "lenvatinib", "lenvatinib"),
        ("conditions", ["Portal Hypertension"], "portal hypertension", "Portal Hypertension"),
        ("keywords", ["Apatinib"], "apatinib", "Apatinib"),
        ("lead_sponsor_name", "Hôpital Beaujon", "beaujon", "Beaujon"),
        ("brief_summary", "Patients get cabozantinib daily.", "cabozantinib", "cabozantinib"),
        ("eligibility_criteria", r"\* Platelets \>= 60", "platelets", "Platelets"),
        ("detailed_description", "Long text on ramucirumab", "ramucirumab", "ramucirumab"),
        ("search_places", "Hospital One\nRennes\nFrance", "rennes", "Rennes"),
    ],
)
def test_the_part_of_the_record_is_named(field: str, value: object, words: str, mark: str) -> None:
    fields = {field: value}
    if field in ("conditions", "keywords", "lead_sponsor_name"):
        fields["search_terms"] = value if isinstance(value, str) else "\n".join(map(str, value))  # type: ignore[call-overload]
    _store(**fields)
    (passage,) = _why(words).passages
    part = {"conditions": "condition", "keywords": "keyword", "lead_sponsor_name": "sponsor"}.get(field, field)
    assert passage.part == part
    assert _marks(passage) == [mark]
    assert "\\" not in _text(passage)
    assert "\n" not in _text(passage)


def test_an_intervention_is_named_before_a_long_text() -> None:
    _store(eligibility_criteria="no lenvatinib before", search_terms="Lenvatinib")
    Intervention.objects.create(trial_id=NUMBER, type="DRUG", name="Lenvatinib 12 mg", position=9)
    (passage,) = _why("lenvatinib").passages
    assert (passage.part, _text(passage)) == ("intervention", "Lenvatinib 12 mg")


def test_a_long_text_is_cut_between_words_around_the_find() -> None:
    _store(eligibility_criteria="before " * 500 + "Child-Pugh B7 only " + "after " * 500)
    (passage,) = _why('"child-pugh b7"').passages
    text = _text(passage)
    assert text.startswith("… before")
    assert text.endswith("after …")
    assert len(text) < 260
    assert _marks(passage) == ["Child-Pugh B7"]


def test_at_most_two_passages_and_every_word_marked_in_them() -> None:
    _store(eligibility_criteria="one apatinib, two lenvatinib, three ramucirumab")
    why = _why("ramucirumab lenvatinib apatinib")
    assert len(why.passages) == 1  # both groups stand in the same passage
    assert _marks(why.passages[0]) == ["apatinib", "lenvatinib", "ramucirumab"]


def test_words_that_stand_further_down_than_we_read_are_named_by_their_place() -> None:
    _store(eligibility_criteria="filler " * 5000 + "lenvatinib")
    assert _why("lenvatinib").passages == (Passage("text"),)


def test_words_of_a_name_that_stand_apart_are_said_to() -> None:
    _store(brief_summary="Cancer in adults", eligibility_criteria="liver function")
    assert _why("liver cancer").passages == (Passage(APART),)


def test_the_number_of_the_trial_is_no_passage() -> None:
    _store(search_terms=NUMBER)
    assert _why(NUMBER.lower()).passages == ()


def test_markup_of_the_registry_stays_text() -> None:
    _store(brief_summary="<b>apatinib</b> <script>alert(1)</script> &lt;i&gt;")
    (passage,) = _why("apatinib").passages
    assert _text(passage) == "<b>apatinib</b> <script>alert(1)</script> <i>"


def test_one_query_for_all_long_texts() -> None:
    made = [random_trial(number, random.Random(number)) for number in range(1, 21)]
    for trial in made:
        trial.find_under("hcc_scope", {"hcc"})
        trial.words = []
    store(made)
    Trial.objects.update(detailed_description="Livers of léss and hard lines here. " * 2000 + "apatinib ramucirumab")
    results = search(QueryDict("q=apatinib+ramucirumab"))
    assert len(results.rows) == 20
    reasons(results.found, results.rows)
    with CaptureQueriesContext(connection) as captured:
        reasons(results.found, results.rows)
    assert len([query for query in captured if "detailed_description" in query["sql"]]) == 1
