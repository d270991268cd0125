"""A walk through a whole selection while trials come, go, change and change their order."""

from collections.abc import Callable

import pytest

from trials.models import Trial
from trials.tests.api.asking import answer
from trials.tests.builders import load, raw_record

pytestmark = pytest.mark.django_db


def _record(number: int, **asked: object) -> dict[str, object]:
    return raw_record(f"NCT{number:08d}", title="Hepatocellular carcinoma", **asked)  # type: ignore[arg-type]


def _step(cursor: str, more: str = "&page_size=3") -> tuple[list[int], str | None]:
    found = answer(f"/api/v1/trials/?cursor={cursor}{more}")
    assert (found["page"], found["facets"]) == (None, None)
    return [int(result["nct_id"][3:]) for result in found["results"]], found["next_cursor"]


def test_it_gives_every_trial_once_in_the_order_of_numbers() -> None:
    load(*(_record(number, updated=f"2026-11-{30 - number:02d}") for number in (7, 3, 9, 1, 5)))
    first, cursor = _step("")
    second, end = _step(str(cursor))
    assert (first, cursor, second, end) == ([1, 3, 5], "NCT00000005", [7, 9], None)


def test_an_exact_multiple_ends_without_an_empty_answer() -> None:
    load(*(_record(number) for number in range(1, 7)))
    assert _step(str(_step("")[1])) == ([4, 5, 6], None)


def test_changes_between_the_answers_neither_skip_nor_repeat() -> None:
    load(*(_record(number, updated="2026-11-01") for number in range(10, 30, 2)))
    seen, cursor = _step("")
    changes: list[Callable[[], object]] = [
        lambda: load(_record(11), _record(25)),  # new before and behind the cursor
        lambda: load(_record(10, updated="2026-11-20"), _record(28, updated="2026-11-20")),  # to the top of the order
        lambda: Trial.objects.get(pk="NCT00000014").delete(),  # the very one that the cursor names
        lambda: load(_record(26, status="COMPLETED")),
    ]
    while cursor:
        if changes:
            changes.pop(0)()
        found, cursor = _step(cursor)
        seen += found
    assert sorted(set(range(10, 30, 2)) - set(seen)) == []  # nothing that was there all the time is missing
    assert len(seen) == len(set(seen))
    assert seen == sorted(seen)
    assert set(seen) - set(range(10, 30, 2)) == {25}


def test_numbered_pages_do_repeat_under_such_a_change() -> None:
    """What the walk is for: this is not a fault of the test above."""
    load(*(_record(number, updated=f"2026-10-{number}") for number in range(10, 20)))
    first = answer("/api/v1/trials/?page_size=3")["results"]
    load(_record(30, updated="2026-11-20"))
    second = answer("/api/v1/trials/?page_size=3&page=2")["results"]
    assert {one["nct_id"] for one in first} & {one["nct_id"] for one in second}


def test_the_selection_narrows_the_walk() -> None:
    load(*(_record(number, phases=["PHASE3"] if number > 3 else ["PHASE1"]) for number in range(1, 6)))
    assert _step("", "&phase=PHASE3") == ([4, 5], None)


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("cursor=&page=1", {"page"}),
        ("cursor=&sort=updated", {"sort"}),
        ("cursor=x", {"cursor"}),
        ("cursor=&cursor=", {"cursor"}),
        ("cursor=&page_size=0", {"page_size"}),
        ("cursor=&page_size=", {"page_size"}),
        ("cursor=&page_size=2&page_size=3", {"page_size"}),
        ("cursor=&page_size=٣", {"page_size"}),
        ("cursor=&foo=1", {"foo"}),
    ],
)
def test_what_does_not_belong_to_a_walk_is_refused(query: str, parameters: set[str]) -> None:
    assert set(answer(f"/api/v1/trials/?{query}", 400)["errors"]) == parameters


def test_only_the_list_walks() -> None:
    answer("/api/v1/trials.csv?cursor=", 400)
