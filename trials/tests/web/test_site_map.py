"""The map of a trial's sites: what part of the world it shows, what it draws, and that the table says the same."""

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from trials.models import Site
from trials.tests.builders import load_trial, raw_record, site
from trials.web.site_map import SiteMap, present_map

LAND = Path(settings.BASE_DIR) / "static" / "map" / "world.svg"


def _site(
    city: str, latitude: float | None, longitude: float | None, status: str = "RECRUITING", country: str = "FR"
) -> Site:
    return Site(
        city=city, country_code=country, status=status, computed_latitude=latitude, computed_longitude=longitude
    )


def _map(*sites: Site, doubtful: bool = False) -> SiteMap:
    drawn = present_map(sites, doubtful=doubtful)
    assert drawn
    return drawn


def _points(drawn: SiteMap) -> list[tuple[float, float]]:
    strokes = [re.findall(r"M(\S+) (\S+?)h0", dots.path) for dots in drawn.drawing.dots]
    return [(float(x), float(y)) for found in strokes for x, y in found]


def _box(drawn: SiteMap) -> tuple[float, float, float, float]:
    left, top, width, height = map(float, drawn.drawing.view_box.split())
    return left, top, width, height


def test_no_place_no_map() -> None:
    assert present_map([], doubtful=False) is None
    assert present_map([_site("Nowhere", None, None)], doubtful=False) is None


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=12))
def test_every_town_lies_on_the_map_and_on_land_that_is_drawn(places: list[tuple[float, float]]) -> None:
    drawn = _map(*(_site(f"Town {number}", *place) for number, place in enumerate(places)))
    left, top, width, height = _box(drawn)
    assert 1.3 <= width / height <= 2.45
    for x, y in _points(drawn):
        assert left - 0.02 <= x <= left + width + 0.02
        assert top - 0.02 <= y <= top + height + 0.02
    edges = sorted((float(land.x), float(land.x) + float(land.width)) for land in drawn.drawing.lands)
    assert edges[0][0] <= left + 0.02
    assert edges[-1][1] >= left + width - 0.02
    assert all(one[1] == pytest.approx(other[0], abs=0.02) for one, other in pairwise(edges))


@given(st.floats(-60, 60), st.floats(-180, 180))
def test_a_dot_lies_where_the_drawing_has_its_place(latitude: float, longitude: float) -> None:
    drawn = _map(_site("Town", latitude, longitude))
    [(x, y)] = _points(drawn)
    assert y == pytest.approx(-latitude, abs=0.01)
    on_land = [(x - float(land.x)) / float(land.width) * 360 - 180 for land in drawn.drawing.lands]
    assert any(abs((found - longitude + 180) % 360 - 180) < 0.05 for found in on_land)


def test_towns_on_both_sides_of_the_date_line_lie_side_by_side() -> None:
    drawn = _map(_site("Suva", -18.1, 178.4, country="FJ"), _site("Apia", -13.8, -171.8, country="WS"))
    assert len(drawn.drawing.lands) == 2
    xs = [x for x, _ in _points(drawn)]
    assert abs(xs[0] - xs[1]) == pytest.approx(9.8 * math.cos(math.radians(15.95)), abs=0.05)


def test_one_town_is_shown_with_its_surroundings() -> None:
    _, _, width, height = _box(_map(_site("Lyon", 45.7, 4.8)))
    assert width >= 20
    assert height >= 15


def test_recruiting_towns_differ_in_shape_and_lie_on_top() -> None:
    sites = [
        _site("Lyon", 45.75, 4.85, "COMPLETED"),
        _site("Lyon", 45.75, 4.85),
        _site("Paris", 48.85, 2.35, "COMPLETED"),
        *(_site("Nice", 43.7, 7.25, "") for _ in range(10)),
        _site("Somewhere", None, None),
    ]
    drawn = _map(*sites)
    assert [(dots.kind, dots.size) for dots in drawn.drawing.dots] == [
        ("other", "large"),
        ("other", "small"),
        ("open", "small"),
    ]
    assert [(town.name, town.country, town.sites, town.recruiting) for town in drawn.towns] == [
        ("Lyon", "France", 2, 1),
        ("Nice", "France", 10, 0),
        ("Paris", "France", 1, 0),
    ]
    assert drawn.description == "Map: sites in 3 towns in 1 country. In 1 of them a site recruits."
    assert drawn.unplaced == "1 site names no place that we can put on a map."


def test_no_town_of_a_doubtful_record_is_drawn_as_open() -> None:
    drawn = _map(_site("Lyon", 45.75, 4.85), doubtful=True)
    assert drawn.drawing.kinds == {"other"}
    assert "listed as recruiting" in drawn.description


def test_namesakes_far_apart_are_two_towns() -> None:
    drawn = _map(_site("Springfield", 39.8, -89.6, country="US"), _site("Springfield", 42.1, -72.6, country="US"))
    assert len(drawn.towns) == len(_points(drawn)) == 2


@pytest.mark.django_db
def test_the_page_holds_map_and_table(client: Client) -> None:
    sites = [
        site("Lyon", "France", status="RECRUITING", facility="A"),
        site("<b>Lyon", "France", status="COMPLETED", point=(45.7, 4.8)),
        site("Nowhere at all", "France"),
    ]
    load_trial(raw_record(status="RECRUITING", updated="2026-11", sites=sites))
    text = client.get("/trials/NCT01234567/").content.decode()
    figure = text[text.index('<figure class="map">') : text.index("</figure>")]
    assert 'role="img" aria-label="Map: sites in 2 towns in 1 country.' in figure
    assert 'href="/static/map/world.svg"' in figure
    assert "The same as a table" in figure
    assert figure.count("<tr>") == 3
    assert "&lt;b&gt;Lyon" in figure
    assert "1 site names no place" in figure
    assert " style=" not in figure
    assert "css/map.css" in text


@pytest.mark.django_db
def test_a_page_without_places_has_no_map(client: Client) -> None:
    load_trial(raw_record(sites=[site("Nowhere at all", "France")]))
    text = client.get("/trials/NCT01234567/").content.decode()
    assert "<figure" not in text
    assert "map.css" not in text


def test_the_land_is_small_and_asks_for_nothing() -> None:
    drawing = LAND.read_text("utf-8")
    assert len(drawing) < 120_000
    assert "prefers-color-scheme:dark" in drawing
    assert not re.search(r"<script|https?://(?!www\.w3\.org/2000/svg)|@import|url\(", drawing)
