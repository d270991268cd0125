"""The store asked with groups of phrases: odd input, stop words, SQL and Django's form against a naive reading."""

import re

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trials.models import Trial
from trials.search.words.question import Question, WordGroup, ask
from trials.search.words.tsquery import matches, search_query, tsquery_sql
from trials.tests.builders import load, raw_record
from trials.vocabulary.meanings import MOST_PHRASES, longest_match, phrases_of
from trials.vocabulary.synonyms import concepts
from trials.vocabulary.writings import pieces, says_enough, stop_words

pytestmark = pytest.mark.django_db

TITLES = {
    "NCT00000001": "Transarterial chemoembolisation of hepatocellular carcinoma",
    "NCT00000002": "Anti-PD-1 antibody MK-3475 in liver cancer",
    "NCT00000003": "SHR1210 with apatinib after resection of the liver",
    "NCT00000004": "Yttrium-90 radioembolization of colon cancer",
    "NCT00000005": "Keytruda in Köln: tumour thrombus of the portal vein",
    "NCT00000006": "Surgery of the knee, stage S1 -1, at Sun Yat-Sen University",
}
ODD = [
    "x", "   ", "'", "''", "%", "%s", "%(x)s", "_", "\\", "\\'", '"unclosed', "a & | !b", ":*", "a:*", "-", "--", "the",
    "the of", "()", "<->", "a <-> b", "!!a", "نص عربي", "😀", "a\u0301", "$$", "$1", "; DROP TABLE trials_trial; --",
    "OR", "or or", "<script>", "\0", "肝", "s-1 i-125", "{}", "{0}", "*", "?", "a\u2028b", "ﬁ", "\ud800x",
]  # fmt: skip


@pytest.fixture
def trials() -> None:
    load(*(raw_record(nct_id, title=title) for nct_id, title in TITLES.items()))


def found(text: str) -> list[str]:
    trials = Trial.objects.filter(matches(ask(text))).order_by("nct_id")
    return [nct_id[-1] for nct_id in trials.values_list("nct_id", flat=True)]


FOUND = {
    "TACE": "1",
    "cancer of the liver": "12",
    "HCC -TACE": "1",  # what is shut out is not widened: the word TACE does not stand there
    "HCC -chemoembolization": "",
    "liver -PD-1": "3",
    "pembrolizumab": "25",
    '"pembrolizumab"': "",
    "PD-1": "235",
    "SHR-1210": "3",
    "camrelizumab OR Y90": "34",
    "portal vein thrombosis": "5",
    "Koln": "5",
    "Cologne": "5",
    "the": "123456",
    "the TACE": "1",
    "-the": "123456",
    '"the"': "123456",
    "-chemoembolization": "23456",
    "S-1": "6",
    "after surgery": "",
    "SIRT": "4",
    "Sun Yat-sen": "6",
    "肝癌": "12",
    "unheardof": "",
    "-unheardof": "123456",
    "": "123456",
}


def test_what_is_found(trials: None) -> None:
    assert {text: "".join(found(text)) for text in FOUND} == FOUND


def test_odd_words_are_answered(trials: None) -> None:
    for text in ODD:
        for query in (text, f'"{text}"', f"-{text}", f"liver OR {text}"):
            assert set(found(query)) <= set("123456")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_words_are_answered(text: str) -> None:
    question = ask(text)
    assert list(Trial.objects.filter(matches(question)).values_list("nct_id")) == []


def test_a_group_of_words_that_the_store_does_not_keep_narrows_nothing(trials: None) -> None:
    """Also where the words came past the list of stop words: a sign that the store alone drops."""
    for phrase in ("the", "😀", "☃ ☃", "of the"):
        for is_excluded in (False, True):
            group = WordGroup(phrase, (phrase,), is_exact=True, is_excluded=is_excluded)
            assert Trial.objects.filter(matches(Question(phrase, (group,)))).count() == len(TITLES)


def test_a_query_as_sql_finds_what_djangos_form_finds(trials: None) -> None:
    for text in ("TACE", "PD-1", "liver", "unheardof", "camrelizumab OR Y90"):
        [group] = ask(text).groups
        query, words = tsquery_sql(group)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT right(nct_id, 1) FROM trials_trial WHERE search_vector @@ ({query}) ORDER BY nct_id",  # noqa: S608
                words,
            )
            assert [number for (number,) in cursor.fetchall()] == found(text)


def test_words_are_parameters_and_never_sql() -> None:
    group = WordGroup("x", ("'; DROP TABLE trials_trial; --", "%s"))
    sql, words = tsquery_sql(group)
    assert words == list(group.phrases)
    assert not any(word in sql for word in words if word != "%s")
    assert sql.count("%s") == 2


def test_the_largest_group_is_answered(trials: None) -> None:
    assert len(ask("immunotherapy").groups[0].phrases) > 400
    assert found("immunotherapy") == ["2", "3", "5"]


def _kept(phrases: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT phrase, phraseto_tsquery('trials_english', phrase)::text FROM unnest(%s::text[]) AS phrase",
            [phrases],
        )
        return dict(cursor.fetchall())


def test_the_stop_words_are_the_stores() -> None:
    """A word of the vocabulary that is no stop word is kept: the list is neither too long nor too short for us."""
    assert {word for word, query in _kept(sorted(stop_words())).items() if query} == set()
    names = {name for concept in concepts().values() for name in (*concept.names, *concept.asked)}
    every = sorted({part for name in names for part in re.findall(r"[a-z]+", name.lower())} - stop_words())
    assert {word for word, query in _kept(every).items() if not query} == set()


def test_what_is_said_to_say_enough_is_kept_with_its_letters() -> None:
    """Every phrase of every concept: none is empty, none comes down to a number."""
    phrases = set[str]()
    for concept in concepts().values():
        match = longest_match(pieces(concept.name), 0)
        assert match
        phrases |= set(phrases_of(match.meaning))
    assert len(phrases) > 1500
    kept = _kept(sorted(phrases))
    assert {phrase: query for phrase, query in kept.items() if not re.search(r"[^\W\d_]", query)} == {}
    poor = ["S-1", "I-125", "7", "up to 7"]
    assert all(not re.search(r"[^\W\d_]", query) for query in _kept(poor).values())
    assert not any(map(says_enough, poor))


def test_a_search_query_is_one_expression_for_ranking() -> None:
    group = WordGroup("a", tuple(f"word{number}" for number in range(MOST_PHRASES)))
    assert not list(Trial.objects.filter(search_vector=search_query(group)))
