"""The pictures in a real browser: bars as long as their numbers, marks beside each other."""

import random

import pytest
from playwright.sync_api import Page, expect

from trials.tests.builders import load_trial, raw_record, site
from trials.tests.search.stores import random_trial, store

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def trials(transactional_db: None) -> None:
    found = [random_trial(number, random.Random(number)) for number in range(1, 31)]
    for trial in found:
        trial.find_under("hcc_scope", {"hcc"})
    store(found)
    dates = {
        "startDateStruct": {"date": "2025-02-03", "type": "ACTUAL"},
        "primaryCompletionDateStruct": {"date": "2025-03", "type": "ESTIMATED"},
        "completionDateStruct": {"date": "2026", "type": "ESTIMATED"},
        "studyFirstPostDateStruct": {"date": "2025-01-01"},
        "lastUpdatePostDateStruct": {"date": "2025-01-20"},
    }
    load_trial(raw_record(title="Hepatocellular carcinoma", sites=[site("Lyon", "France")], statusModule=dates))


def test_bars_begin_at_one_line_and_are_as_long_as_their_numbers(page: Page) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/trials/charts/")
        bars = page.evaluate(
            """[...document.querySelectorAll('figure:has(#chart-status) li')].map((one) => {
                const box = one.querySelector('rect').getBoundingClientRect();
                return [box.left, box.width, Number(one.querySelector('.n').textContent)];
            })"""
        )
        assert len(bars) > 3
        assert len({left for left, *_rest in bars}) == 1
        longest, most = max(bars, key=lambda bar: bar[2])[1:]
        assert longest > width / 8
        assert all(drawn == pytest.approx(longest * count / most, abs=0.6) for _left, drawn, count in bars)


def test_a_bar_is_reached_by_keyboard_and_leads_to_its_trials(page: Page) -> None:
    page.goto("/trials/?status=RECRUITING")
    page.get_by_role("link", name="Charts and map").press("Enter")
    expect(page).to_have_url("/trials/charts/?status=RECRUITING")
    bar = page.locator("figure:has(#chart-phase) a").first
    count = bar.locator(".n").inner_text()
    assert bar.bounding_box()["height"] >= 43.5  # type: ignore[index]
    bar.press("Enter")
    expect(page.locator("h1")).to_have_text(f"{count} trials" if count != "1" else "1 trial")


def test_the_numbers_of_a_timeline_do_not_cover_each_other(page: Page) -> None:
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/trials/NCT01234567/")
        boxes = page.evaluate(
            """[...document.querySelectorAll('.timeline .mark :is(circle, rect)')].map((one) => {
                const box = one.getBoundingClientRect();
                return [box.left, box.top, box.right, box.bottom];
            })"""
        )
        assert len(boxes) == 5
        for place, one in enumerate(boxes):
            for other in boxes[:place]:
                assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], width
