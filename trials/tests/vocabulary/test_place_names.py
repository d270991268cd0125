"""Names of places as people write them: one spelling for what they mean alike."""

import pytest

from trials.vocabulary.place_names import country_of, fold_place, region_names, regions_of
from trials.vocabulary.place_reading import read_place
from trials.vocabulary.town_choice import NamedTown, city_names, city_position, real_position


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Köln", "koln"),
        ("Saint-Étienne", "St Etienne"),
        ("Sainte-Foy", "ste. foy"),
        ("Xi’an", "Xian"),
        ("Gießen", "GIESSEN"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Mount  Vernon", "mt vernon"),
        ("Fort Worth", "Ft. Worth"),
        ("東京", "東京"),
        ("ｔｏｋｙｏ", "Tokyo"),
    ],
)
def test_one_town_written_in_two_ways(one: str, other: str) -> None:
    assert fold_place(one) == fold_place(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("कोलकाता", "कलकत्ता"), ("ガ", "カ"), ("Bath", "Bâle"), ("San José", "San Juan"), ("Saint", "St")]
)
def test_other_names_stay_others(one: str, other: str) -> None:
    assert fold_place(one) != fold_place(other)


@pytest.mark.parametrize("text", ["", " ", "<>", "\x00", "\ud800", "%", "---", "()"])
def test_what_is_no_name_folds_to_nothing(text: str) -> None:
    assert fold_place(text) == ""
    assert read_place(text) == []


def test_countries_in_many_languages_and_codes() -> None:
    names = ("France", "Francia", "Frankreich", "フランス", "法国", "فرنسا", "fr", "FRANCE ")
    assert {country_of(name) for name in names} == {"FR"}
    assert [country_of(name) for name in ("UK", "USA", "Côte d'Ivoire", "Lyon", "")] == ["GB", "US", "CI", "", ""]


def test_a_region_may_be_of_several_countries() -> None:
    assert regions_of("WA") == {("US", "Washington"), ("AU", "Western Australia")}
    assert regions_of("bayern") == {("DE", "Bavaria")} == regions_of("Bavaria")
    assert regions_of("Atlantis") == frozenset()


def test_other_names_lead_to_regions_that_are_there() -> None:
    """A slip of the pen in the data would send a reader nowhere."""
    known = {(country, name) for country, names in region_names().items() for name in names.values()}
    asked = ("AB", "NSW", "NRW", "Bretagne", "Toscana", "Cataluña", "PEI")
    assert all(regions_of(text) and regions_of(text) <= known for text in asked)


def test_readings_take_the_longest_name_first() -> None:
    assert [(one.name, one.places) for one in read_place("Frankfurt (Oder), DE")][:3] == [
        ("frankfurt oder de", ()),
        ("frankfurt oder", ("DE",)),
        ("frankfurt", ("Oder", "DE")),
    ]
    assert ("paris", ("Texas",)) in [(one.name, one.places) for one in read_place("Paris Texas")]
    assert ("lyon", ()) in [(one.name, one.places) for one in read_place("69008 Lyon")]


def _town(folded: str, region: str, population: int, latitude: float) -> NamedTown:
    return NamedTown(folded, "US", region, latitude, 0.0, population)


TOWNS = [_town("springfield", "Missouri", 170_000, 37.2), _town("springfield", "Illinois", 114_000, 39.8)]


@pytest.mark.parametrize(
    ("city", "state", "country", "expected"),
    [
        ("Springfield", "", "US", (37.2, 0.0)),
        ("Springfield", "Illinois", "US", (39.8, 0.0)),
        ("SPRINGFIELD (downtown)", "IL", "US", (39.8, 0.0)),
        ("Springfield", "Texas", "US", None),  # never a town of another state
        ("Springfield", "some county", "US", (37.2, 0.0)),
        ("Springfield", "", "GB", None),
        ("", "Illinois", "US", None),
    ],
)
def test_the_town_of_a_published_city(
    city: str, state: str, country: str, expected: tuple[float, float] | None
) -> None:
    assert city_position(city, state, country, TOWNS) == expected
    assert city_position(city, state, country, TOWNS[::-1]) == expected


def test_a_city_is_looked_up_without_what_is_not_its_name() -> None:
    assert city_names("Suita-shi, Osaka") == ["suita shi osaka", "suita shi", "suita"]
    assert "lyon" in city_names("Lyon Cedex 08")
    assert city_names("?") == []


def test_nought_and_nought_is_no_place() -> None:
    assert [real_position(0, 0), real_position(None, 4.0), real_position(0, 4.0)] == [None, None, (0, 4.0)]
