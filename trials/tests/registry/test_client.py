"""The client over a real socket: pages, tokens, changes of the data, single studies."""

from typing import Any

import pytest

from trials.registry.client import RegistryVersion
from trials.registry.errors import RegistryChanged, RegistryGarbage, RegistryLoop, RegistryRefused
from trials.tests import registry_faults as faults
from trials.tests.registry.asking import CONDITION, client, numbers, record
from trials.tests.registry_server import RegistryServer

STUDIES = "/studies"


def test_the_version(registry: RegistryServer) -> None:
    with client(registry.url) as asking:
        assert asking.version() == RegistryVersion("2.0.5", "2026-11-20T09:00:00")


def test_a_version_without_a_timestamp(registry: RegistryServer) -> None:
    registry.fail(faults.body(b'{"apiVersion": "2.0.5"}'))
    with client(registry.url) as asking:
        assert asking.version().data_timestamp == ""


def test_all_pages_of_a_search(registry: RegistryServer) -> None:
    with client(registry.url) as asking:
        pages = list(asking.pages(CONDITION, page_size=2))
        assert numbers(pages) == [1, 2, 3, 4, 5]
        assert [(page.number, page.total, page.attempt) for page in pages] == [(1, 5, 1), (2, None, 1), (3, None, 1)]
        assert pages[0].studies[0] == record(1)
        assert asking.data_timestamp == "2026-11-20T09:00:00"
        assert asking.requests_made == len(registry.requests) == 5  # the version before and after


def test_f_06_an_empty_last_page_ends_cleanly(registry: RegistryServer) -> None:
    with client(registry.url) as asking:
        pages = list(asking.pages(CONDITION, page_size=5))
    assert [len(page.studies) for page in pages] == [5, 0]


def test_f_06_no_studies_at_all() -> None:
    with RegistryServer() as empty, client(empty.url) as asking:
        [page] = asking.pages(CONDITION)
    assert (page.studies, page.total) == ((), 0)


def test_an_empty_page_in_the_middle_is_allowed(registry: RegistryServer) -> None:
    registry.fail(faults.changed_page(lambda page: page.update(studies=[])), path=STUDIES, after=1)
    with client(registry.url) as asking:
        pages = list(asking.pages(CONDITION, page_size=2))
    assert [len(page.studies) for page in pages] == [2, 0, 1]


def test_f_07_the_same_token_twice_is_a_loop(registry: RegistryServer) -> None:
    tokens: list[str] = []

    def keep(page: dict[str, Any]) -> None:
        tokens.append(page["nextPageToken"])
        page["nextPageToken"] = tokens[0]

    registry.fail(faults.changed_page(keep), times=None, path=STUDIES)
    with client(registry.url) as asking, pytest.raises(RegistryLoop, match="same page token twice"):
        list(asking.pages(CONDITION, page_size=2))
    assert len(registry.asked(STUDIES)) == 2


def test_f_07_new_tokens_without_an_end_are_a_loop_too(registry: RegistryServer) -> None:
    """The page is repeated with a fresh token each time, as a server does that ignores the token."""

    def endless(exchange: faults.Exchange) -> None:
        exchange.reply = registry.reply(STUDIES, {"pageSize": "2", "countTotal": "true"})

    registry.fail(endless, times=None, path=STUDIES)
    with client(registry.url) as asking, pytest.raises(RegistryLoop, match="still offers pages"):
        list(asking.pages(CONDITION, page_size=2))
    assert len(registry.asked(STUDIES)) < 100


def test_f_08_a_token_that_dies_restarts_once(registry: RegistryServer) -> None:
    registry.fail(faults.dead_token(), path=STUDIES, after=1)
    with client(registry.url) as asking:
        pages = list(asking.pages(CONDITION, page_size=2))
        assert asking.data_timestamp
    assert [(page.attempt, page.number) for page in pages] == [(1, 1), (2, 1), (2, 2), (2, 3)]
    assert numbers([page for page in pages if page.attempt == 2]) == [1, 2, 3, 4, 5]
    assert pages[1].total == 5


def test_f_08_a_token_that_dies_twice(registry: RegistryServer) -> None:
    registry.fail(faults.afterwards(registry.kill_tokens), times=None, path=STUDIES)
    with client(registry.url) as asking, pytest.raises(RegistryChanged, match="could no longer be asked for"):
        list(asking.pages(CONDITION, page_size=2))
    assert len(registry.asked(STUDIES)) == 4


def test_f_08_data_that_change_restart_once(registry: RegistryServer) -> None:
    new = "2026-11-21T09:00:00"
    registry.fail(faults.afterwards(lambda: registry.new_data(new, keep_tokens=True)), path=STUDIES, after=1)
    with client(registry.url) as asking:
        pages = list(asking.pages(CONDITION, page_size=2))
        assert asking.data_timestamp == new
    assert [page.attempt for page in pages] == [1, 1, 1, 2, 2, 2]


def test_f_08_data_that_change_twice(registry: RegistryServer) -> None:
    days = iter(range(21, 30))
    change = faults.afterwards(lambda: registry.new_data(f"2026-11-{next(days)}", keep_tokens=True))
    registry.fail(change, times=None, path=STUDIES)
    with client(registry.url) as asking:
        with pytest.raises(RegistryChanged, match="data of 2026-11-21 became data of 2026-11-22"):
            list(asking.pages(CONDITION, page_size=200))
        assert asking.data_timestamp == ""


def test_f_09_duplicates_are_given_as_they_come(registry: RegistryServer) -> None:
    registry.fail(faults.duplicate(record(1)), path=STUDIES, after=1)
    with client(registry.url) as asking:
        assert numbers(list(asking.pages(CONDITION, page_size=3))) == [1, 2, 3, 4, 5, 1]


def test_f_09_a_record_that_moves_between_pages(registry: RegistryServer) -> None:
    registry.fail(faults.afterwards(lambda: registry.move("NCT00000001", 4)), path=STUDIES)
    with client(registry.url) as asking:
        assert numbers(list(asking.pages(CONDITION, page_size=3))) == [1, 2, 3, 5, 1]


def test_f_10_a_wrong_total_is_handed_on(registry: RegistryServer) -> None:
    registry.fail(faults.wrong_total(7), path=STUDIES)
    with client(registry.url) as asking:
        pages = list(asking.pages(CONDITION, page_size=2))
    assert (pages[0].total, len(numbers(pages))) == (7, 5)


def test_f_11_an_empty_answer_is_no_error_of_the_client(registry: RegistryServer) -> None:
    registry.fail(faults.body(b'{"studies": []}'), path=STUDIES)
    with client(registry.url) as asking:
        [page] = asking.pages(CONDITION)
    assert (page.studies, page.total) == ((), None)


def test_f_12_a_trial_that_the_search_lost_is_alive_by_its_number(registry: RegistryServer) -> None:
    registry.hide("NCT00000003")
    with client(registry.url) as asking:
        assert numbers(list(asking.pages(CONDITION))) == [1, 2, 4, 5]
        assert asking.study("NCT00000003") == record(3)


def test_f_12_a_trial_that_is_gone_by_its_number(registry: RegistryServer) -> None:
    registry.remove("NCT00000003")
    with client(registry.url) as asking:
        assert asking.study("NCT00000003") is None
        assert asking.requests_made == 1


def test_f_12_a_web_page_does_not_say_that_a_trial_is_gone(registry: RegistryServer) -> None:
    registry.fail(faults.web_page(404))
    with client(registry.url) as asking, pytest.raises(RegistryRefused, match=r"404.*a web page"):
        asking.study("NCT00000003")


def test_f_13_a_trial_that_comes_back(registry: RegistryServer) -> None:
    registry.remove("NCT00000003")
    with client(registry.url) as asking:
        assert asking.study("NCT00000003") is None
        registry.update(record(3))
        assert asking.study("NCT00000003") == record(3)
        assert numbers(list(asking.pages(CONDITION))) == [1, 2, 4, 5, 3]


def test_f_14_an_alias_leads_to_the_record(registry: RegistryServer) -> None:
    registry.rename("NCT00000003", "NCT00000099")
    with client(registry.url) as asking:
        study: Any = asking.study("NCT00000003")
        assert asking.requests_made == 2
    identification = study["protocolSection"]["identificationModule"]
    assert (identification["nctId"], identification["nctIdAliases"]) == ("NCT00000099", ["NCT00000003"])


def test_f_14_an_alias_of_a_record_that_is_gone(registry: RegistryServer) -> None:
    registry.rename("NCT00000003", "NCT00000099")
    registry.remove("NCT00000099")
    with client(registry.url) as asking:
        assert asking.study("NCT00000003") is None


@pytest.mark.parametrize("text", ["", "NCT1", "../version", "NCT00000001/../..", "NCT00000001?x", "ＮCT00000001"])
def test_what_is_no_number_is_not_asked_for(registry: RegistryServer, text: str) -> None:
    with client(registry.url) as asking, pytest.raises(RegistryRefused, match="not an NCT number"):
        asking.study(text)
    assert registry.requests == []


WRONG_SHAPES = [
    b"[]",
    b"null",
    b'"studies"',
    b"{}",
    b'{"studies": null}',
    b'{"studies": {"a": 1}}',
    b'{"studies": [null]}',
    b'{"studies": [[]]}',
    b'{"studies": [], "totalCount": "5"}',
    b'{"studies": [], "totalCount": -1}',
    b'{"studies": [], "totalCount": true}',
    b'{"studies": [], "nextPageToken": 5}',
    b'{"studies": [], "nextPageToken": "\\ud800"}',
    b'{"studies": [], "nextPageToken": "a\\nb"}',
]


@pytest.mark.parametrize("body", WRONG_SHAPES)
def test_another_shape_is_refused_and_not_asked_for_again(registry: RegistryServer, body: bytes) -> None:
    registry.fail(faults.body(body), times=None, path=STUDIES)
    with client(registry.url) as asking, pytest.raises(RegistryGarbage):
        list(asking.pages(CONDITION))
    assert len(registry.asked(STUDIES)) == 1


def test_a_study_of_another_shape(registry: RegistryServer) -> None:
    registry.fail(faults.body(b"[1]"))
    with client(registry.url) as asking, pytest.raises(RegistryGarbage, match="expected an object, found list"):
        asking.study("NCT00000001")
