"""Requests as programs gone wrong would send them: our own addresses, parameters, answers and headers, then mutated.

Everything is drawn from one seeded chance. Names and listed values come from the declarations of the site, so that
what is new is fuzzed without a line here; a test sees that no address is missing. Never asks anything.
"""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trials.api.walk import CURSOR
from trials.matching.profile_fields import CONFIRMED, PARAMETERS, PROFILE_FIELDS, UNIT
from trials.search.declarations import FACETS
from trials.search.filterset import SORTS, TrialFilterSet
from trials.tests.fuzz.asking import FORM, JSON, Asked, Pairs, pair
from trials.tests.fuzz.texts import mutated, odd_text
from trials.tests.whole_site.invented import CLOSED, FIRST_LINE, SECOND_LINES, SMALL
from trials.vocabulary.measured import PATIENT_VALUES
from trials.web.calculators.answers import OF_A_MATCH, OF_OURS, UNITS

Chance = random.Random
Values = Mapping[str, Sequence[str]]
TOKEN = "a" * 32
NUMBERS = (FIRST_LINE, *SECOND_LINES, SMALL, CLOSED, "NCT99999999")
LANGUAGES = ("", "", "", "/fr", "/zh-hans", "/en")
NO_LANGUAGES = ("/xx", "/FR", "/fr/fr", "/zh-hans/", "//", "/%2e", "/fr-CH")
_TYPED: dict[str, Sequence[str]] = {
    "q": ("liver", "sorafenib -placebo", '"portal vein"', "HCC OR TACE", "keytruda", FIRST_LINE, "sorafenb"),
    "near": ("Lyon", "45.8,4.8", "Springfield", "Köln", "0,180"),
    "radius": ("50", "100.5", "20000"),
    "changed_since": ("2026-11-03", "2020-01-01"),
    "sort": SORTS,
    "page": ("1", "2", "9"),
    "page_size": ("1", "20", "100"),
    CURSOR: ("", FIRST_LINE),
    "view": ("table", "cards"),
    "column": ("phase", "status", "country"),
    "columns": ("phase", "status"),
}
SEARCH: Values = {
    **dict.fromkeys(TrialFilterSet.get_filters(), ()),
    **{name: tuple(facet.labels) for name, facet in FACETS.items()},
    **_TYPED,
}
_NUMBERS = ("0", "1", "2,5", "34", "0.001", "63", "17.9", "2.0")
MATCH: Values = {
    **dict.fromkeys(sorted(PARAMETERS), _NUMBERS),
    **{name: (*declared.choices, "unknown") for name, declared in PROFILE_FIELDS.items() if declared.choices},
    **{code + UNIT: tuple(unit.name for unit in kind.units) for code, kind in PATIENT_VALUES.items()},
    CONFIRMED: tuple(PATIENT_VALUES),
    "country": ("FR", "us", "XX"),
    "place": ("Lyon", "Springfield", "45.8,4.8"),
    "show": ("possible", "not_known:2", "ruled_out:99999"),
    "closed": ("1",),
    "place_meant": ("45.75,4.85", "Lyon, FR"),
}
CALCULATORS: Values = {name: MATCH.get(name, _NUMBERS) for name in (*OF_A_MATCH, *UNITS, CONFIRMED)} | {
    name: tuple(choices) for name, choices in OF_OURS.items()
}
HEADERS: Values = {
    "Accept": ("application/json", "text/html", "*/*", "text/csv", "text/html;q=abc", "a/b;c=d;q=2", "/", ";;,", "*"),
    "Accept-Language": (
        "fr",
        "zh-Hans,zh;q=0.9",
        "fr-CH, en;q=0.8",
        "x" * 500,
        "en;q=9",
        "*",
        "zh-hans-hant-x",
        "-,;q",
    ),
    "Accept-Encoding": ("gzip", "br, gzip;q=0", "gzip;q=abc", "identity;q=0", "*", "zstd", ",,,", "gzip;q=1e400"),
    "HX-Request": ("true", "false", "1"),
    "HX-Target": ("results", "#x"),
    "HX-Current-URL": ("http://testserver/trials/", "http://[", "%ff", "//["),
    "HX-Current-URL-URI-AutoEncoded": ("true",),
    "If-None-Match": ("*", 'W/"x"', '"', "W/", '"a", "b"', "x" * 900),
    "If-Modified-Since": ("Sat, 21 Nov 2026 10:00:00 GMT", "Sat, 99 Nov 99999 99:00:00 GMT", "0", "x"),
    "Range": ("bytes=0-1", "bytes=-", "x"),
    "Host": ("testserver", "testserver:99999", "evil.example", "[", "a b", "testserver:", "..", "[::1]"),
    "X-Forwarded-For": ("1.2.3.4", "x, y", "::1%eth0", ","),
    "X-Forwarded-Host": ("evil.example",),
    "X-Request-ID": ("x", "3f1c1f0e-0000-4000-8000-000000000000", "{"),
    "Cookie": ("sessionid=x", "a" * 4000, "=;=;", "csrftoken=", 'a="\\', "sessionid=" + "a" * 32),
    "Origin": ("null", "http://testserver", "x", "http://["),
    "Referer": ("http://testserver/", "http://[", "x"),
    "User-Agent": ("", "x" * 3000),
    "Content-Type": (
        FORM,
        JSON,
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/plain; charset=x",
        ";",
    ),
    "X-HTTP-Method-Override": ("DELETE",),
}
METHODS = ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "X")


def _value(values: Sequence[str], chance: Chance) -> bytes:
    """Two in five as listed."""
    listed = chance.choice(values).encode() if values else odd_text(chance)
    drawn = chance.random()
    return listed if drawn < 0.4 else odd_text(chance) if drawn < 0.7 else mutated(listed, chance)


def pairs(known: Values, chance: Chance, most: int = 5) -> Pairs:
    """Some parameters; now and then one under a name that nobody has, or not in the form of one."""
    names, found = list(known), list[bytes]()
    for _ in range(chance.randint(0, most)):
        name = chance.choice(names)
        key = name.encode() if chance.random() < 0.93 else mutated(name.encode(), chance)
        found.append(pair(key, _value(known[name], chance)))
        if chance.random() < 0.05:
            found += [found[-1]] * chance.choice((1, 2, 30, 600))
    if chance.random() < 0.1:
        found = [mutated(part, chance) for part in found]
    return tuple(found)


def _search(path: str) -> Callable[[Chance], Asked]:
    return lambda chance: Asked(path.encode(), pairs(SEARCH, chance))


def _posting(path: str, known: Values, most: int) -> Callable[[Chance], Asked]:
    def draw(chance: Chance) -> Asked:
        token = (pair(b"csrfmiddlewaretoken", TOKEN.encode()),) if chance.random() < 0.95 else ()
        cookie = (("Cookie", f"csrftoken={TOKEN}"),)
        return Asked(path.encode(), (), "POST", (*token, *pairs(known, chance, most)), FORM, cookie)

    return draw


def _follow(chance: Chance) -> Asked:
    known = {"address": ("reader@example.org",), "rhythm": ("weekly", "at_once")}
    posted = _posting("/follow/", known, 3)(chance)
    return Asked(posted.path, pairs(SEARCH, chance, 3), "POST", posted.body, FORM, posted.headers)


def _answered(name: str, chance: Chance) -> Any:
    drawn = chance.random()
    if drawn < 0.5:
        listed = chance.choice(MATCH[name] or ("unknown",))
        return listed if chance.random() < 0.6 else float(listed) if listed.replace(".", "").isdigit() else [listed]
    odd: Any = chance.choice((None, True, -1, 0, 1.5, 1e308, 10**30, [], {}, [[]], {"a": 1}, ["x"] * 50))
    return odd if drawn < 0.75 else odd_text(chance).decode("utf-8", "replace")


def _match_by_api(chance: Chance) -> Asked:
    controls = {"group": "possible", "page": chance.choice((1, 0, -1, 10**9)), "page_size": 20, "also_closed": True}
    answers = {name: _answered(name, chance) for name in chance.sample(sorted(MATCH), chance.randint(0, 8))}
    answers |= {name: value for name, value in controls.items() if chance.random() < 0.2}
    body = json.dumps(answers).encode()
    if chance.random() < 0.3:
        body = mutated(body, chance) if chance.random() < 0.8 else b"[" * chance.choice((1, 500, 9000))
    return Asked(b"/api/v1/match/", (), "POST", (body,), JSON)


def _of_one_trial(path: str) -> Callable[[Chance], Asked]:
    def draw(chance: Chance) -> Asked:
        number = _value(NUMBERS, chance) if chance.random() < 0.5 else chance.choice(NUMBERS).encode()
        query = pairs({"page": ("1", "2"), "show": ("clinical",), "q": ("liver",)}, chance, 2)
        return Asked(path.encode().replace(b"*", number), query)

    return draw


def _compare(chance: Chance) -> Asked:
    return Asked(b"/compare/", pairs({"id": NUMBERS}, chance, 6))


def _keyed(path: str) -> Callable[[Chance], Asked]:
    def draw(chance: Chance) -> Asked:
        key = pairs({"key": ("x", "1:abc", "YQ:1abcde:x")}, chance, 2)
        method = chance.choice(("GET", "POST"))
        body = pairs({"rhythm": ("weekly",), "List-Unsubscribe": ("One-Click",)}, chance, 2) if method == "POST" else ()
        return Asked(path.encode(), key, method, body)

    return draw


def _plain(path: str) -> Callable[[Chance], Asked]:
    return lambda chance: Asked(path.encode(), pairs({"q": (), "next": ("/", "//evil.example")}, chance, 1))


def _anywhere(chance: Chance) -> Asked:
    """No address of ours, or nearly one."""
    path = mutated(chance.choice(PLAIN).encode(), chance)
    return Asked(path if path.startswith(b"/") else b"/" + path, pairs(SEARCH, chance, 1))


PLAIN = (
    *("/", "/shortlist/", "/follow/sent/", "/glossary/", "/about/", "/privacy/", "/robots.txt", "/sitemap.xml"),
    *("/.well-known/security.txt", "/sitemap-pages.xml", "/sitemap-trials.xml"),
    *("/livez", "/readyz", "/status", "/metrics"),
    *("/match/", "/child-pugh/", "/api/v1/docs", "/api/v1/openapi.json", "/api/v1/nothing", "/admin/", "/admin/login/"),
    *("/admin/trials/trial/", "/admin/login/code/", "/static/css/base.css", "/static/../hcctrials/settings.py"),
)  # fmt: skip
SEARCHES = ("/trials/", "/trials/charts/", "/trials/feed.atom", "/follow/", "/api/v1/trials/", "/api/v1/trials.csv")
DOORS: tuple[tuple[int, Callable[[Chance], Asked]], ...] = (
    (8, _search("/trials/")),
    *((2, _search(path)) for path in SEARCHES[1:]),
    (6, _posting("/match/", MATCH, 8)),
    (3, _posting("/child-pugh/", CALCULATORS, 8)),
    (1, _posting("/admin/login/", {"username": ("admin",), "password": ("x",), "next": ("/admin/",)}, 4)),
    (1, _follow),
    (5, _match_by_api),
    (3, _of_one_trial("/trials/*/")),
    (2, _of_one_trial("/trials/*/history/")),
    (2, _of_one_trial("/api/v1/trials/*/")),
    (2, _compare),
    *((1, _keyed(f"/follow/{name}/")) for name in ("confirm", "manage", "stop")),
    (3, lambda chance: _plain(chance.choice(PLAIN))(chance)),
    (2, _anywhere),
)
_DRAWN = [door for weight, door in DOORS for _ in range(weight)]


def request(chance: Chance) -> Asked:
    asked = chance.choice(_DRAWN)(chance)
    path = chance.choice(LANGUAGES if chance.random() < 0.95 else NO_LANGUAGES).encode() + asked.path
    method = asked.method if chance.random() < 0.93 else chance.choice(METHODS)
    headers = list(asked.headers)
    for name in chance.sample(sorted(HEADERS), chance.choice((0, 0, 0, 1, 1, 2, 4))):
        value = _value(HEADERS[name], chance) if chance.random() < 0.5 else chance.choice(HEADERS[name]).encode()
        headers.append((name, _as_header(value)))
    return Asked(path, asked.query, method, asked.body, asked.kind, tuple(headers))


def _as_header(value: bytes) -> str:
    """As gunicorn would let it through: without control characters, and not of any length. It also answers for
    Content-Length, so that none is drawn here."""
    return "".join(sign for sign in value.decode("latin-1") if sign >= " " and sign != "\x7f")[:8000].strip()
