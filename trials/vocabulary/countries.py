"""Country names folded to ISO 3166-1 alpha-2 codes, and codes named in a reader's language.

Sources: ISO 3166 through pycountry, CLDR through Babel, and the registry's own spellings in data/country_names.toml.
Never guesses: a name that none of them has gives "".
"""

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

import pycountry
from babel import Locale, UnknownLocaleError


def _fold(name: str) -> str:
    """Case, accents, apostrophes and spaces made one."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@cache
def _codes_by_name() -> dict[str, str]:
    codes: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("common_name", "name", "official_name"):
            if name := getattr(country, attribute, None):
                codes[_fold(name)] = country.alpha_2
    known = all_codes()
    for code, name in Locale("en").territories.items():
        if code in known:
            codes.setdefault(_fold(name), code)
    data = tomllib.loads(files("trials.vocabulary").joinpath("data/country_names.toml").read_text("utf-8"))
    codes.update({_fold(name): code for name, code in data["names"].items()})
    return codes


@cache
def all_codes() -> frozenset[str]:
    """Every ISO 3166-1 alpha-2 code, and XK, which the registries use for Kosovo."""
    return frozenset({country.alpha_2 for country in pycountry.countries} | {"XK"})


def country_code(name: str) -> str:
    """The ISO alpha-2 code of a country as a registry names it, "" if the name is not known."""
    return _codes_by_name().get(_fold(name), "")


@cache
def country_name(code: str, language: str = "en") -> str:
    """A code's name in a language such as "en", "fr" or "zh-hans"; the code itself where none is known."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    name: str = locale.territories.get(code, code)
    return name
