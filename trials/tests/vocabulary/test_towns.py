"""The towns that the table is filled with: read once, looked at from several sides."""

from collections import Counter
from functools import cache

from trials.vocabulary.countries import all_codes
from trials.vocabulary.place_names import fold_place, region_names
from trials.vocabulary.towns import TownRow, folded_names, read_towns


@cache
def _towns() -> list[TownRow]:
    return read_towns()


def _called(name: str, country: str) -> list[TownRow]:
    return [town for town in _towns() if town.name == name and town.country_code == country]


def test_every_town_has_a_place_and_a_country() -> None:
    assert len(_towns()) > 60_000
    assert all(abs(town.latitude) <= 90 and abs(town.longitude) <= 180 for town in _towns())
    assert {town.country_code for town in _towns()} <= all_codes()
    assert [town.population for town in _towns()] == sorted((town.population for town in _towns()), reverse=True)


def test_names_are_folded_once_each_and_can_be_copied() -> None:
    for town in _towns()[:3000]:
        names = list(folded_names(town))
        assert [name for name, is_own in names if is_own] == [fold_place(town.name)]
        assert len({name for name, _ in names}) == len(names)
        assert all(name.isprintable() and "\\" not in name for name, _ in names)


def test_airports_and_machine_made_spellings_are_left_out() -> None:
    [lyon] = _called("Lyon", "FR")
    names = {name for name, _ in folded_names(lyon)}
    assert {"lyon", "lyons", "里昂", "lione"} <= names
    assert not {"lys", "li ang", "lywn"} & names
    [york] = _called("New York City", "US")
    assert {"nyc", "new york"} <= {name for name, _ in folded_names(york)}


def test_namesakes_in_a_country_are_told_apart() -> None:
    said = Counter((fold_place(town.name), fold_place(town.qualifier), town.country_code) for town in _towns())
    alike = [what for what, count in said.items() if count > 1]
    assert len(alike) < 40  # a town and its own district, which lie side by side
    springfields = {town.qualifier for town in _called("Springfield", "US")}
    assert {"Illinois", "Missouri", "Massachusetts"} <= springfields
    assert "" not in springfields
    assert [town.qualifier for town in _called("Lyon", "FR")] == [""]


def test_every_region_of_the_data_has_a_town() -> None:
    """A wrong code in regions.toml would name nothing."""
    there = {(town.country_code, town.region) for town in _towns()}
    wanted = {(country, name) for country, names in region_names().items() for name in names.values()}
    assert wanted <= there


def test_capitals_of_regions_lie_in_them() -> None:
    capitals = {
        ("Toronto", "CA"): "Ontario",
        ("Vancouver", "CA"): "British Columbia",
        ("Sydney", "AU"): "New South Wales",
        ("Perth", "AU"): "Western Australia",
        ("München", "DE"): "Bavaria",
        ("Munich", "DE"): "Bavaria",
        ("Dresden", "DE"): "Saxony",
        ("Guangzhou", "CN"): "Guangdong",
        ("Wuhan", "CN"): "Hubei",
        ("Milan", "IT"): "Lombardy",
        ("Palermo", "IT"): "Sicily",
        ("Barcelona", "ES"): "Catalonia",
        ("Bordeaux", "FR"): "Nouvelle-Aquitaine",
        ("Mumbai", "IN"): "Maharashtra",
        ("Chennai", "IN"): "Tamil Nadu",
        ("Osaka", "JP"): "Osaka",
        ("Sapporo", "JP"): "Hokkaido",
        ("Monterrey", "MX"): "Nuevo León",
        ("Porto Alegre", "BR"): "Rio Grande do Sul",
        ("Rosario", "AR"): "Santa Fe",
        ("Glasgow", "GB"): "Scotland",
    }
    found = {(town.name, town.country_code): town.region for town in reversed(_towns())}
    assert {place: found[place] for place in capitals if place in found} == {
        place: region for place, region in capitals.items() if place in found
    }
    assert len(capitals.keys() & found.keys()) >= 20
