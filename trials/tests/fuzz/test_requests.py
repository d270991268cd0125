"""No request brings the site down, whatever is in it: many from a seeded grammar, and some that hypothesis thinks of.

`make fuzz REQUESTS=100000 SEED=7` asks more; what it finds is printed in its smallest form.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trials.search import filterset
from trials.search.near import NearAnswer, find_origin
from trials.tests.fuzz import grammar
from trials.tests.fuzz.asking import FORM, JSON, Asked, ask, no_closing, pair, smallest
from trials.tests.whole_site.invented import load_invented_trials
from trials.web.urls import urlpatterns

REQUESTS = int(os.environ.get("FUZZED_REQUESTS", "450"))
SEED = int(os.environ.get("FUZZ_SEED", "20261121"))
EXAMPLES = max(150, REQUESTS // 20)
_MOST_TOLD = 10
_TOLD_EVERY = 5000

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_site_with_trials() -> Iterator[None]:
    load_invented_trials()
    with no_closing():
        yield


class Run:
    """Asks, counts, and keeps one request for each kind of fault, in its smallest form."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.faults: Counter[str] = Counter()
        self.told: dict[str, str] = {}
        self.slowest = (0.0, "")
        self.cpu = time.process_time()

    def ask(self, asked: Asked) -> None:
        started = time.perf_counter()
        seen = ask(asked)
        self.slowest = max(self.slowest, (time.perf_counter() - started, str(asked)[:200]))
        self.statuses[seen.status] += 1
        if seen.trouble:
            self.faults[seen.trouble] += 1
            if seen.trouble not in self.told and len(self.told) < _MOST_TOLD:
                self.told[seen.trouble] = str(smallest(asked, lambda less: ask(less).trouble == seen.trouble))[:600]

    def report(self) -> str:
        counts = ", ".join(f"{status}: {number}" for status, number in sorted(self.statuses.items()))
        lines = [f"{self.faults[trouble]} times {trouble}\n    {asked}" for trouble, asked in self.told.items()]
        slow = f"CPU {time.process_time() - self.cpu:.1f} s, slowest {self.slowest[0]:.2f} s: {self.slowest[1]}"
        asked = f"{self.statuses.total()} requests, {self.faults.total()} faults, answers {counts}"
        return "\n".join([f"{asked}; {slow}", *lines])


def test_no_request_of_the_grammar_is_answered_with_a_fault() -> None:
    chance, run = random.Random(SEED), Run()
    for number in range(1, REQUESTS + 1):
        run.ask(grammar.request(chance))
        if number % _TOLD_EVERY == 0:
            print(f"{number} of {REQUESTS}, {run.faults.total()} faults", flush=True)
    print(f"seed {SEED}, {run.report()}")
    assert not run.faults, run.report()
    assert {200, 302, 400, 403, 404, 405} <= set(run.statuses)  # it reaches what answers, and what refuses
    assert run.statuses[200] > REQUESTS / 10


def test_every_address_of_the_site_is_drawn() -> None:
    chance = random.Random(1)
    drawn = {grammar.request(chance).path.removeprefix(b"/fr") for _ in range(6000)}
    shown = {b"/" + str(pattern.pattern).encode().replace(b"<str:nct_id>", b"NCT00000001") for pattern in urlpatterns}
    missing = {path for path in shown - drawn if b"<slug" not in path}  # parts of the sitemap have names of their own
    assert not missing


@pytest.mark.parametrize(
    ("path", "known"),
    [
        (b"/trials/", grammar.SEARCH),
        (b"/api/v1/trials/", grammar.SEARCH),
        (b"/compare/", {"id": ()}),
        (b"/fr/match/", grammar.MATCH),
        (b"/api/v1/match/", grammar.MATCH),
    ],
)
def test_no_text_of_hypothesis_is_answered_with_a_fault(path: bytes, known: grammar.Values) -> None:
    is_json, run = path == b"/api/v1/match/", Run()
    name = st.sampled_from([one.encode() for one in sorted(known)]) | st.binary(max_size=8)
    value = st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=40)
    parts = st.lists(st.builds(pair, name, value), max_size=4).map(tuple)
    sent = st.text(st.characters(codec="latin-1", min_codepoint=32))
    header = st.tuples(st.sampled_from(sorted(grammar.HEADERS)), sent)
    bodies = st.binary(max_size=80).map(lambda body: (body,)) if is_json else parts

    @settings(max_examples=EXAMPLES // 5, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(parts, bodies, st.lists(header, max_size=2).map(tuple))
    def each(query: tuple[bytes, ...], body: tuple[bytes, ...], headers: tuple[tuple[str, str], ...]) -> None:
        if b"match" in path:
            token = () if is_json else (pair(b"csrfmiddlewaretoken", grammar.TOKEN.encode()),)
            cookie = ("Cookie", f"csrftoken={grammar.TOKEN}")
            asked = Asked(path, query, "POST", token + body, JSON if is_json else FORM, (cookie, *headers))
        else:
            asked = Asked(path, query, headers=headers)
        run.ask(asked)
        assert not run.faults, run.report()

    each()
    print(run.report())


def test_a_fault_is_found_and_told_in_its_smallest_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, language: str) -> NearAnswer:
        if "ö" in text:
            raise ZeroDivisionError("planted")
        return find_origin(text, language)

    monkeypatch.setattr(filterset, "find_origin", broken)
    run = Run()
    query = (pair(b"status", b"RECRUITING"), pair(b"near", "Köln am Rhein".encode()), pair(b"sort", b"updated"))
    run.ask(Asked(b"/trials/", query, headers=(("Accept", "text/html"), ("HX-Request", "true"))))
    [(trouble, told)] = run.told.items()
    assert trouble.startswith("status 500; ZeroDivisionError: planted")
    assert told == "GET /trials/?near=%C3%B6"
