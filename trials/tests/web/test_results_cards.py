"""Sites and countries of a card in words."""

import pytest

from trials.search.page_rows import SiteSummary
from trials.web.results_cards import countries_words, sites_words


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("", ""),
        ("FR", "France"),
        ("FR DE IT ES", "France, Germany, Italy, Spain"),
        ("FR DE IT ES US", "France, Germany, Italy, Spain and 1 more country"),
        ("FR DE IT ES US VN", "France, Germany, Italy, Spain and 2 more countries"),
    ],
)
def test_the_first_countries_are_named(codes: str, said: str) -> None:
    assert countries_words(SiteSummary(countries=tuple(codes.split()))) == said


@pytest.mark.parametrize(
    ("sites", "recruiting", "said"),
    [
        (0, 0, "The record names no site."),
        (1, 0, "1 site"),
        (1, 1, "1 site, 1 recruiting"),
        (3, 2, "3 sites, 2 recruiting"),
    ],
)
def test_sites(sites: int, recruiting: int, said: str) -> None:
    assert sites_words(SiteSummary(sites, recruiting)) == said
