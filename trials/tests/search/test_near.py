"""Where a reader is and how far it is from there, with another formula as the oracle of distances."""

import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trials.models import Town
from trials.search.gazetteer import gazetteer
from trials.search.near import about, distances, find_origin, kilometres, parse_radius
from trials.search.town_lookup import town_at

EARTH = 6371.0088
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def _by_vectors(latitude1: float, longitude1: float, latitude2: float, longitude2: float) -> float:
    """The angle between two arrows from the middle of the earth."""
    arrows = []
    for latitude, longitude in ((latitude1, longitude1), (latitude2, longitude2)):
        north, east = math.radians(latitude), math.radians(longitude)
        arrows.append((math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)))
    (a, b, c), (d, e, f) = arrows
    across = math.hypot(b * f - c * e, c * d - a * f, a * e - b * d)
    return EARTH * math.atan2(across, a * d + b * e + c * f)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
@example(90, 0, -90, 180)
@example(0, 0, 0, 180)
@example(-36.85, 174.76, -13.83, -171.76)
def test_distances_agree_with_another_formula(north: float, east: float, to_north: float, to_east: float) -> None:
    assert kilometres(north, east, to_north, to_east) == pytest.approx(
        _by_vectors(north, east, to_north, to_east), abs=0.3
    )


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_the_way_back_is_as_far_and_no_way_is_longer_than_half_round(a: float, b: float, c: float, d: float) -> None:
    there = kilometres(a, b, c, d)
    assert there == pytest.approx(kilometres(c, d, a, b), abs=1e-6)
    assert 0 <= there <= math.pi * EARTH + 1e-6
    assert distances(a, b, [(c, d), (a, b)]) == [there, 0]


@given(LONGITUDES, LONGITUDES, LATITUDES)
def test_all_longitudes_meet_at_the_poles(one: float, other: float, latitude: float) -> None:
    assert kilometres(90, one, 90, other) == pytest.approx(0, abs=1e-3)
    assert kilometres(-90, one, latitude, 0) == pytest.approx(kilometres(-90, other, latitude, 0), abs=1e-3)


def test_known_ways() -> None:
    assert kilometres(45.764, 4.8357, 48.8566, 2.3522) == pytest.approx(391.5, abs=1)  # Lyon to Paris
    assert kilometres(-36.85, 174.76, -13.83, -171.76) == pytest.approx(2891, abs=5)  # Auckland to Apia
    assert kilometres(0, 179.9, 0, -179.9) == pytest.approx(22.24, abs=0.01)


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (0, "less than 10 km"),
        (9.99, "less than 10 km"),
        (10, "about 10 km"),
        (44.9, "about 40 km"),
        (45, "about 50 km"),
        (312, "about 300 km"),
        (1234, "about 1,200 km"),
        (19_999, "about 20,000 km"),
    ],
)
def test_a_distance_is_never_more_exact_than_its_towns(km: float, words: str) -> None:
    assert about(km) == words


@pytest.mark.parametrize(("text", "km"), [("1", 1), ("50", 50), (" 50 km", 50), ("2,5", 2.5), ("20000", 20_000)])
def test_a_radius(text: str, km: float) -> None:
    assert parse_radius(text) == km


@pytest.mark.parametrize(
    "text", ["0", "-5", "1e12", "1000000000000", "20001", "NaN", "inf", "", "x", "٥٠", "1_0", "0.9"]
)
def test_a_radius_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="1 to 20,000"):
        parse_radius(text)


@pytest.mark.django_db
class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "label", "value"),
        [
            ("Lyon", "Lyon, France", "Lyon, FR"),
            (" lyon ", "Lyon, France", "Lyon, FR"),
            ("Köln", "Köln, Germany", "Köln, DE"),
            ("Koln", "Köln, Germany", "Köln, DE"),
            ("東京", "Tokyo, Japan", "Tokyo, JP"),
            ("Lyon, Francia", "Lyon, France", "Lyon, FR"),
            ("69008 Lyon", "Lyon, France", "Lyon, FR"),
            ("Paris, Texas", "Paris, Texas, United States", "Paris, Texas, US"),
            ("paris tx", "Paris, Texas, United States", "Paris, Texas, US"),
            ("London, CA", "London, Ontario, Canada", "London, Ontario, CA"),
            ("Wilmington, DE", "Wilmington, Delaware, United States", "Wilmington, Delaware, US"),
            ("Berlin, DE", "Berlin, Germany", "Berlin, DE"),
            ("Frankfurt (Oder)", "Frankfurt (Oder), Germany", "Frankfurt (Oder), DE"),
        ],
    )
    def test_a_town(self, text: str, label: str, value: str) -> None:
        answer = find_origin(text)
        assert answer.origin
        assert (answer.origin.label, answer.origin.value) == (label, value)
        assert (answer.message, answer.is_ambiguous) == ("", False)

    def test_the_label_speaks_the_readers_language(self) -> None:
        answer = find_origin("Lyon", "de")
        assert answer.origin
        assert answer.origin.label == "Lyon, Frankreich"
        assert answer.origin.value == "Lyon, FR"

    @pytest.mark.parametrize("text", ["Lyons", "Paris", "London"])
    def test_a_name_that_clearly_means_one_still_shows_the_others(self, text: str) -> None:
        answer = find_origin(text)
        assert answer.origin
        assert answer.others
        assert answer.origin not in answer.others

    @pytest.mark.parametrize("text", ["San José", "Springfield", "Birmingham", "Valencia"])
    def test_a_name_of_several_asks(self, text: str) -> None:
        answer = find_origin(text)
        assert answer.origin is None
        assert answer.is_ambiguous
        assert 2 <= len(answer.others) <= 12
        assert text in answer.message
        assert len({one.value for one in answer.others}) == len(answer.others)

    def test_san_jose_is_offered_in_its_countries(self) -> None:
        labels = [one.label for one in find_origin("san jose").others]
        assert labels[:2] == ["San Jose, California, United States", "San José, Costa Rica"]
        assert any("Philippines" in label for label in labels)

    @pytest.mark.parametrize("text", ["69008", "SW1A 1AA", "1e400", "<script>alert(1)</script>"])
    def test_a_postcode_is_told_that_a_town_is_needed(self, text: str) -> None:
        answer = find_origin(text)
        assert answer.origin is None
        assert "postcode" in answer.message

    @pytest.mark.parametrize("text", ["", " ", ",", "\x00", "%", "x" * 201, "zzzzzzzz", "France", "Lyon, Atlantis"])
    def test_whatever_is_no_town_gets_a_message(self, text: str) -> None:
        answer = find_origin(text)
        assert answer.origin is None
        assert answer.message
        assert not answer.is_ambiguous

    def test_a_misspelt_town_is_offered(self) -> None:
        answer = find_origin("Villeurbane")
        assert answer.origin is None
        assert answer.others[0].label == "Villeurbanne, France"
        assert find_origin("Lyon, Atlantis").others[0].label == "Lyon, France"

    @pytest.mark.parametrize("text", ["NaN,4", "inf,0", "91,0", "0,-181", "1e400,0", "-90.1,0", "0 181", "0,nan"])
    def test_coordinates_that_are_none_are_refused(self, text: str) -> None:
        answer = find_origin(text)
        assert answer.origin is None
        assert "latitude" in answer.message

    def test_coordinates_are_rounded_and_named(self) -> None:
        answer = find_origin("45.7603, 4.8357")
        assert answer.origin
        assert (answer.origin.latitude, answer.origin.longitude, answer.origin.value) == (45.8, 4.8, "45.8,4.8")
        assert answer.origin.label.startswith("about here: ")
        assert answer.origin.label.endswith(", France")
        assert find_origin(answer.origin.value).origin == answer.origin

    @pytest.mark.parametrize("text", ["90,0", "-90,180", "0,-30", "-0.01,-0.01"])
    def test_places_without_a_town_are_places(self, text: str) -> None:
        origin = find_origin(text).origin
        assert origin
        assert not origin.value.startswith("-0.0")

    def test_the_nearest_town_across_the_date_line(self) -> None:
        """Taveuni's neighbour is nearer over the line than any town on the other side of Fiji."""
        found = town_at(-16.8, -179.9)
        towns = Town.objects.filter(latitude__range=(-22, -11)).order_by("pk")
        nearest = min(towns, key=lambda town: kilometres(-16.8, -179.9, town.latitude, town.longitude))
        assert found
        assert found.id == nearest.pk

    def test_every_value_leads_back_to_its_place(self) -> None:
        """A sample of all towns: those that the label of another would answer for are the same place."""
        for town in Town.objects.order_by("pk")[::400]:
            said = ", ".join(part for part in (town.name, town.qualifier, town.country_code) if part)
            origin = find_origin(said).origin
            assert origin, said
            assert kilometres(town.latitude, town.longitude, origin.latitude, origin.longitude) < 25, said

    @pytest.mark.parametrize("text", ["San José", "Villeurbane", "45.8,4.8", "0,-30", "69008"])
    def test_no_query_holds_what_was_typed(self, text: str) -> None:
        gazetteer()
        with CaptureQueriesContext(connection) as queries:
            find_origin(text)
        assert len(queries) == 0

    @given(st.text(max_size=30))
    @settings(max_examples=60)
    def test_no_text_is_too_odd(self, text: str) -> None:
        answer = find_origin(text)
        assert answer.origin or answer.message
