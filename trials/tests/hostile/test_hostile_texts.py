"""Every hostile text through every field of a record and every parameter, out of every door. Nothing becomes more
than text."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from trials.ingest.reviews import Judgement, Verdict, review_fact, what_was_seen
from trials.models import Contact, FactInForce, RecordVersion, Trial, TrialChange
from trials.tests.admin.signing_in import signed_in
from trials.tests.builders import load
from trials.tests.emptying import empty_tables
from trials.tests.hostile.reading import CORPUS, troubles, troubles_of_csv, troubles_of_feed, troubles_of_html
from trials.tests.web.trial_page.test_hostile import full_record, poisoned

pytestmark = pytest.mark.django_db


def nct(number: int) -> str:
    return f"NCT{number + 1:08}"


def record(number: int, attack: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(poisoned(full_record(), attack)))
    made["protocolSection"]["identificationModule"] |= {"nctId": nct(number), "nctIdAliases": []}
    made["protocolSection"]["statusModule"]["overallStatus"] = "RECRUITING"
    made["protocolSection"]["conditionsModule"] = {"conditions": ["Hepatocellular Carcinoma", attack]}
    criteria = f"Inclusion Criteria:\n\n* {attack} Child-Pugh A {attack}\n* Platelets >= 75,000/mm3 {attack}"
    made["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = criteria
    return made


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A trial for each text; every third has a history, in which another text has become this one."""
    with django_db_blocker.unblock():
        try:
            load(*(record(number, CORPUS[number - 1]) for number in range(0, len(CORPUS), 3)))
            load(*(record(number, attack) for number, attack in enumerate(CORPUS)))
            yield
        finally:
            empty_tables()


def of_a_trial(number: int) -> Iterator[str]:
    yield f"/trials/{nct(number)}/"
    yield f"/trials/{nct(number)}/history/"
    yield f"/api/v1/trials/{nct(number)}/"
    yield f"/compare/?id={nct(number)}&id={nct((number + 1) % len(CORPUS))}"


LISTS = (
    "/trials/?per_page=100",
    "/fr/trials/?per_page=100",
    "/trials/?view=table&per_page=100",
    "/trials/?q=zqx&per_page=100",
    "/trials/charts/",
    "/trials/feed.atom",
    "/api/v1/trials/?per_page=100",
    "/api/v1/trials.csv",
    "/status",
    "/",
)


def test_through_every_field_of_a_record(hostile: None, client: Client) -> None:
    assert Trial.objects.count() == len(CORPUS)
    assert TrialChange.objects.count() > len(CORPUS)
    found = []
    for url in (*LISTS, *(page for number in range(len(CORPUS)) for page in of_a_trial(number))):
        response = client.get(url)
        if response.status_code not in {200, 400}:
            found.append(f"{url}: answers {response.status_code}")
        found += [f"{url}: {trouble}" for trouble in troubles(response)]
        found += [f"{url}: NUL"] if not response.streaming and b"\x00" in response.content else []
    assert not found, "\n".join(found)


def test_through_a_match(hostile: None, client: Client) -> None:
    asked = client.post("/match/", {"age": "63", "child_pugh": "A"})
    assert asked.status_code == 200
    assert "zqx" in asked.content.decode()
    assert troubles(asked) == []
    answer = client.post("/api/v1/match/", data={"age": 63}, content_type="application/json")
    assert troubles(answer) == []


def test_through_the_admin(hostile: None) -> None:
    staff = signed_in(User.objects.create_superuser("ana"))
    fact = FactInForce.objects.filter(name="child_pugh").order_by("pk")[0]
    reason = CORPUS[2]
    review_fact(fact.pk, Judgement(Verdict.NOT_STATED, reason=reason), User.objects.get(), seen=what_was_seen(fact))
    pages = [reverse(f"admin:trials_{name}_changelist") for name in ("trial", "trialchange", "factinforce", "site")]
    pages += [reverse(f"admin:trials_{name}_changelist") for name in ("contact", "factreview", "lablimit", "arm")]
    pages += [f"{page}?q={quote(attack)}" for page in pages[:1] for attack in CORPUS[:8]]
    pages += [reverse("admin:trials_factinforce_change", args=[fact.pk])]
    pages += [reverse("admin:trials_trial_change", args=[nct(number)]) for number in range(0, len(CORPUS), 3)]
    for model in (RecordVersion, TrialChange, Contact):
        keys = model._default_manager.order_by("pk").values_list("pk", flat=True)[:40:9]
        pages += [reverse(f"admin:trials_{model._meta.model_name}_change", args=[key]) for key in keys]
    found = []
    for url in pages:
        response = staff.get(url)
        assert response.status_code == 200, url
        found += [f"{url}: {trouble}" for trouble in troubles(response) if trouble != "<script> of its own"]
    assert not found, "\n".join(found)


GET = {
    "/trials/": ("q", "near", "radius", "status", "phase", "country", "drug", "child_pugh", "sort", "page", "per_page"),
    "/trials/charts/": ("q", "status"),
    "/trials/feed.atom": ("q", "country"),
    "/api/v1/trials/": ("q", "near", "sort", "page"),
    "/api/v1/trials.csv": ("q", "country"),
    "/compare/": ("id",),
    "/glossary/": ("q",),
}
POST = ("age", "place", "bilirubin", "bilirubin_unit", "child_pugh", "ecog", "vessels", "anything")


@pytest.mark.parametrize("language", ["", "/fr"])
def test_through_every_parameter(language: str, client: Client) -> None:
    load(record(0, "words"))
    found = []
    for path, names in GET.items():
        for attack in CORPUS if not language else CORPUS[:3]:
            for query in ({names[0]: attack}, {**dict.fromkeys(names, attack), attack: "1"}):
                found += [f"{path} {query}: {one}" for one in troubles(client.get(language + path, query))]
    assert not found, "\n".join(found)


def test_through_forms_paths_and_headers(client: Client) -> None:
    found = []
    for attack in CORPUS:
        for page in ("/match/", "/child-pugh/"):
            answer = client.post(page, dict.fromkeys(POST, attack))
            found += [f"{page} {attack!r}: {one}" for one in troubles(answer)]
        body = client.post("/api/v1/match/", data=dict.fromkeys(POST, attack), content_type="application/json")
        found += [f"API match {attack!r}: {one}" for one in troubles(body)]
        for path in (f"/trials/{quote(attack, safe='')}/", f"/{quote(attack, safe='')}", f"/api/v1/{quote(attack)}"):
            found += [f"{path}: {one}" for one in troubles(client.get(path))]
        plain = attack.replace("\r", " ").replace("\n", " ").encode("ascii", "ignore").decode()
        said = client.get("/trials/", headers={"accept-language": plain, "referer": plain, "user-agent": plain})
        found += [f"headers {attack!r}: {one}" for one in troubles(said)]
        login = client.post("/admin/login/", {"username": attack, "password": attack, "next": attack})
        found += [f"login {attack!r}: {one}" for one in troubles(login)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("attack", CORPUS)
def test_the_reader_of_answers_sees_what_it_looks_for(attack: str) -> None:
    """Each text that is markup, put into a page raw, is found; a test that finds nothing would prove nothing."""
    is_markup = any(sign in attack for sign in ("<zqx", "onerror", "onload", "onbegin", "<iframe", "<base", "onclick"))
    if is_markup:
        assert troubles_of_html(f"<p>{attack}</p>")
    if attack.lstrip().startswith(("=", "+", "@", "-2")):
        assert troubles_of_csv(f'"{attack.replace(chr(34), chr(34) * 2)}"')


def test_it_sees_links_feeds_and_sums_too() -> None:
    marks = ('<a href="javascript:1">', '<a href="https://zqx.example/">', "<p>133771</p>", '<p title="x" onfocus="1">')
    assert all(map(troubles_of_html, marks))
    assert troubles_of_feed('<feed xmlns="http://www.w3.org/2005/Atom"><b xmlns="x"/></feed>')
    summary = '<summary type="html">&lt;p onclick=1></summary>'
    assert troubles_of_feed(f'<feed xmlns="http://www.w3.org/2005/Atom">{summary}</feed>')
