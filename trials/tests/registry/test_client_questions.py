"""F-39: the exact requests that the client makes. A parameter that the registry ignores would give all trials."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.registry.errors import RegistryRefused
from trials.registry.question import condition_text, search_parameters
from trials.tests.registry.asking import CONDITION, client, numbers, record
from trials.tests.registry_server import RegistryServer

FORM = {"format": "json", "markupFormat": "markdown"}
SEARCH = {**FORM, "query.cond": "hepatocellular carcinoma", "pageSize": "2"}


def test_f_39_every_page_has_the_same_parameters(registry: RegistryServer) -> None:
    with client(registry.url) as asking:
        list(asking.pages(CONDITION, page_size=2))
    first, *others = (dict(request.parameters) for request in registry.asked("/studies"))
    assert first == {**SEARCH, "countTotal": "true"}
    tokens = [other.pop("pageToken") for other in others]
    assert others == [SEARCH, SEARCH]
    assert len(set(tokens)) == 2
    assert [request.parameters for request in registry.asked("/version")] == [{}, {}]


def test_f_39_an_incremental_search(registry: RegistryServer) -> None:
    registry.update(record(6, "2026-11-15"), record(7, "2026-11-16"), record(8, None))
    with client(registry.url) as asking:
        pages = list(asking.pages(CONDITION, updated_since=date(2026, 11, 15), page_size=1))
    assert numbers(pages) == [6, 7]
    filters = {request.parameters["filter.advanced"] for request in registry.asked("/studies")}
    assert filters == {"AREA[LastUpdatePostDate]RANGE[2026-11-15,MAX]"}


def test_f_39_a_single_study(registry: RegistryServer) -> None:
    with client(registry.url) as asking:
        asking.study(" nct00000001 ")
    [request] = registry.requests
    assert (request.path, request.parameters) == ("/studies/NCT00000001", FORM)


def test_the_page_size_is_200_unless_told(registry: RegistryServer) -> None:
    with client(registry.url) as asking:
        list(asking.pages(CONDITION))
    assert registry.asked("/studies")[0].parameters["pageSize"] == "200"


def test_tokens_are_opaque_and_of_any_length(registry: RegistryServer) -> None:
    registry.token_length = 8000
    with client(registry.url) as asking:
        assert numbers(list(asking.pages(CONDITION, page_size=2))) == [1, 2, 3, 4, 5]
    sent = registry.asked("/studies")[1]
    assert sent.parameters["pageToken"].startswith("+/=&%")
    assert "pageToken=%2B%2F%3D%26%25" in sent.raw_path
    assert len(sent.raw_path) > 8000


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("hepatocellular carcinoma", "hepatocellular carcinoma"),
        ("  liver\tcancer\r\n", "liver cancer"),
        ('"liver cancer" OR (HCC AND NOT child)', '"liver cancer" OR (HCC AND NOT child)'),
        ("HCC AREA[Phase]PHASE3", "HCC AREA Phase PHASE3"),
        ("HCC (", "HCC"),
        (")HCC(", "HCC"),
        ('"HCC', "HCC"),
        ("HCC&pageSize=1000#?", "HCC&pageSize=1000#?"),
        ("HCC\x00\ud800\u200b!", "HCC !"),
        ("肝細胞癌", "肝細胞癌"),
    ],
)
def test_any_text_is_a_safe_condition(registry: RegistryServer, text: str, sent: str) -> None:
    with client(registry.url) as asking:
        list(asking.pages(text))
    [request] = registry.asked("/studies")
    assert request.parameters["query.cond"] == sent
    assert set(request.parameters) == {*SEARCH, "countTotal"}


@pytest.mark.parametrize("text", ["", "  ", "[]", '"', "()", "\x00"])
def test_an_empty_condition_never_asks_for_all_trials(registry: RegistryServer, text: str) -> None:
    with client(registry.url) as asking, pytest.raises(RegistryRefused, match="every trial"):
        asking.pages(text)
    assert registry.requests == []


@given(st.text(st.characters(), max_size=60))
def test_conditions_are_readable_whatever_was_typed(text: str) -> None:
    try:
        sent = condition_text(text)
    except RegistryRefused:
        return
    assert sent.encode()
    assert sent.isprintable()
    assert not re.search(r"[\[\]]", sent)
    assert sent.count("(") == sent.count(")")
    assert sent.count('"') % 2 == 0
    assert condition_text(sent) == sent


@pytest.mark.parametrize("size", [0, -1, 1001])
def test_a_page_size_that_the_registry_would_change(size: int) -> None:
    with pytest.raises(ValueError, match="page_size"):
        search_parameters(CONDITION, updated_since=None, page_size=size)
