"""Country names as the registries write them, folded to one code each."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pycountry
import pytest

from trials.tests.registry.corpus import raw_records
from trials.vocabulary.countries import all_codes, country_code, country_name

TWINS = {
    "KR": ["Korea, Republic of", "South Korea", "Republic of Korea", "KOREA, REPUBLIC OF"],
    "KP": ["Korea, Democratic People's Republic of", "North Korea", "Korea, Democratic People’s Republic of"],
    "TR": ["Turkey", "Türkiye", "Turkey (Türkiye)", "Turkiye", "Tu\u0308rkiye"],
    "IR": ["Iran, Islamic Republic of", "Iran"],
    "RU": ["Russian Federation", "Russia"],
    "CZ": ["Czech Republic", "Czechia"],
    "VN": ["Viet Nam", "Vietnam"],
    "TW": ["Taiwan", "Taiwan, Province of China"],
    "MK": ["Macedonia, The Former Yugoslav Republic of", "North Macedonia", "Macedonia"],
    "HK": ["Hong Kong", "Hong Kong SAR"],
    "CN": ["China", " china ", "CHINA"],
    "GB": ["United Kingdom", "Great Britain"],
    "US": ["United States", "USA", "United States of America"],
    "MD": ["Moldova, Republic of", "Moldova", "Republic of Moldova"],
    "SY": ["Syrian Arab Republic", "Syria"],
    "LA": ["Lao People's Democratic Republic", "Laos"],
    "TZ": ["Tanzania", "Tanzania, United Republic of"],
    "VE": ["Venezuela", "Venezuela, Bolivarian Republic of"],
    "BO": ["Bolivia", "Bolivia, Plurinational State of"],
    "CD": ["Congo, The Democratic Republic of the", "Democratic Republic of the Congo"],
    "CG": ["Congo"],
    "CI": ["Côte D'Ivoire", "Cote d’Ivoire", "Ivory Coast", "Côte d\N{COMBINING ACUTE ACCENT}'Ivoire"],
    "PS": ["Palestinian Territory, occupied", "Palestinian Territories, Occupied", "Palestine, State of"],
    "SZ": ["Swaziland", "Eswatini"],
    "MM": ["Burma", "Myanmar"],
    "LY": ["Libyan Arab Jamahiriya", "Libya"],
    "BN": ["Brunei Darussalam", "Brunei"],
    "PR": ["Puerto Rico"],
    "RE": ["Réunion", "Reunion"],
    "XK": ["Kosovo"],
    "GE": ["Georgia"],
    "MO": ["Macau", "Macao"],
    "NL": ["Netherlands", "The Netherlands"],
}


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, names in TWINS.items() for name in names])
def test_twins_have_one_code(code: str, name: str) -> None:
    """F-23."""
    assert country_code(name) == code


@pytest.mark.parametrize("name", ["", " ", "Atlantis", "Former Yugoslavia", "FR", "Lyon", "Korea (which one?)", "\x00"])
def test_other_names_are_not_guessed(name: str) -> None:
    assert country_code(name) == ""


def test_iso_names_are_their_own_oracle() -> None:
    for country in pycountry.countries:
        assert country_code(country.name) == country.alpha_2
        assert country_code(country_name(country.alpha_2)) == country.alpha_2, country.name


def test_names_of_ours_have_codes_that_exist() -> None:
    data = tomllib.loads(files("trials.vocabulary").joinpath("data/country_names.toml").read_text("utf-8"))
    assert {code for code in data["names"].values() if code} <= all_codes()
    assert {"FR", "TW", "XK"} <= all_codes()


def test_codes_have_names_in_the_readers_language() -> None:
    assert country_name("DE") == "Germany"
    assert country_name("DE", "fr") == "Allemagne"
    assert country_name("DE", "zh-hans") == "德国"
    assert country_name("DE", "xx-nonsense") == "Germany"
    assert country_name("QQ") == "QQ"


def test_every_country_of_the_corpus_has_a_code(shared: Path) -> None:
    names = {
        location.get("country", "")
        for raw in raw_records(shared)
        for location in raw["protocolSection"].get("contactsLocationsModule", {}).get("locations", [])
    }
    assert len(names) > 50
    gone = {"", "Former Serbia and Montenegro", "Former Yugoslavia", "Netherlands Antilles"}
    assert {name for name in names if not country_code(name)} <= gone
