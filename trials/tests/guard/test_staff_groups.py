"""What each group of staff may do: every page and every action of the admin, written out. A new one fails here."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from trials.models import FactInForce, FactReview, QuarantinedRecord
from trials.tests.admin.deciding import decide
from trials.tests.admin.facts import load_facts
from trials.tests.admin.records import load
from trials.tests.admin.signing_in import signed_in

pytestmark = pytest.mark.django_db
GROUPS = ("curator", "operator", "auditor")
RECORDS = (
    "arm collaborator contact factinforce factreview identifier intervention lablimit link meshterm "
    "official outcome recordversion reference refreshrun site trial trialchange"
).split()
SCHEDULE = {"django_celery_beat." + name for name in ("crontabschedule", "intervalschedule", "periodictask")}
LOGS = {"admin.logentry", "auditlog.logentry"}
PEOPLE = {"auth.user", "auth.group", "otp_totp.totpdevice", "otp_static.staticdevice"}
QUARANTINE = {"trials.quarantinedrecord"}
SEEN = {f"trials.{name}" for name in RECORDS}
VIEW = {
    "curator": SEEN,
    "operator": SEEN | SCHEDULE | QUARANTINE,
    "auditor": SEEN | SCHEDULE | QUARANTINE | LOGS | PEOPLE,
}
ADD = {"operator": {"django_celery_beat.crontabschedule", "django_celery_beat.intervalschedule"}}
CHANGE = {"operator": {"django_celery_beat.periodictask"}}
# Who follows a search is between that reader and the site: no group sees it.
NOBODYS = {"trials.savedsearch", "trials.alertmail", "trials.alertevent", "trials.alertquota"}
ACTIONS = {
    "curator": {"trials.factinforce": {"confirm"}},
    "operator": {
        "trials.trial": {"refresh_chosen"},
        "trials.quarantinedrecord": {"try_again", "set_aside"},
        "django_celery_beat.periodictask": {"enable_tasks", "disable_tasks"},
    },
}


def member(group: str) -> User:
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture(params=GROUPS)
def group(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def pages(kind: str) -> Iterator[tuple[str, str]]:
    for model in admin.site._registry:
        yield model._meta.label_lower, f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}"


def test_every_list_and_every_form(group: str) -> None:
    client = signed_in(member(group))
    seen, added = set(), set()
    for label, name in pages("changelist"):
        if client.get(reverse(name)).status_code == 200:
            seen.add(label)
    for label, name in pages("add"):
        if client.get(reverse(name)).status_code == 200:
            added.add(label)
    assert seen == VIEW[group]
    assert added == ADD.get(group, set())
    assert not seen & NOBODYS


def test_rights_are_no_more_than_pages(group: str) -> None:
    """A right without a page would be one that nobody sees used."""
    user = member(group)
    request = RequestFactory().get("/")
    request.user = user
    for model, page in admin.site._registry.items():
        label = model._meta.label_lower
        assert page.has_change_permission(request) == (label in CHANGE.get(group, set())), label
        assert not page.has_delete_permission(request), label
    named = {f"{one.content_type.app_label}.{one.codename}" for one in Permission.objects.filter(group__name=group)}
    for kind, table in (("change", CHANGE), ("add", ADD)):
        rights = {right for right in named if f".{kind}_" in right}
        expected = {label.replace(".", f".{kind}_") for label in table.get(group, set())}
        doing = {"trials.add_factreview", "trials.add_refreshrun", "trials.change_quarantinedrecord"}
        assert rights - doing == expected
    assert not {right for right in named if ".delete_" in right}


def test_actions(group: str) -> None:
    user = member(group)
    request = RequestFactory().get("/")
    request.user = user
    found = {}
    for model, page in admin.site._registry.items():
        actions = set(page.get_actions(request)) if page.has_view_permission(request) else set()
        if actions:
            found[model._meta.label_lower] = actions
    assert found == ACTIONS.get(group, {})


def test_no_address_of_the_admin_is_open_to_who_is_not_in(client: Client) -> None:
    """Every address below /admin/, found in the router itself: it leads to the log-in or nowhere."""
    open_to_all = {"login", "code", "enrol", "leave", "logout", "jsi18n"}
    for name, pattern in _staff_addresses():
        arguments = dict.fromkeys(pattern.pattern.converters or {}, "1")
        try:
            url = reverse(f"admin:{name}", kwargs=arguments) if arguments else reverse(f"admin:{name}")
        except NoReverseMatch:
            continue
        if name in open_to_all:
            continue
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in {301, 302, 401, 403, 404, 405}, (name, answer.status_code)


def _staff_addresses() -> Iterator[tuple[str, URLPattern]]:
    def walk(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif pattern.name:
                yield pattern.name, pattern

    found = list(walk([one for one in get_resolver().url_patterns if "admin" in str(one.pattern)]))
    assert len(found) > 100
    yield from found


def test_only_curators_decide() -> None:
    load_facts(1)
    answers = {group: decide(signed_in(member(group)), "machine_is_right").status_code for group in GROUPS}
    assert answers == {"curator": 302, "operator": 403, "auditor": 403}
    assert FactReview.objects.get().reviewer_name == "curator"
    assert FactInForce.objects.exclude(review=None).count() == 1


def test_only_operators_order_and_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    load({"protocolSection": {}})
    broken = QuarantinedRecord.objects.get()
    order, quarantine = reverse("admin:trials_refreshrun_order"), reverse("admin:trials_quarantinedrecord_changelist")
    aside = {"action": "set_aside", "_selected_action": [str(broken.pk)], "index": "0"}
    for group in ("curator", "auditor"):
        client = signed_in(member(group))
        assert client.post(order).status_code == 403
        client.post(quarantine, aside)
        broken.refresh_from_db()
        assert broken.resolved_at is None
    client = signed_in(member("operator"))
    assert client.get(order).status_code == 302
    client.post(quarantine, aside)
    broken.refresh_from_db()
    assert broken.resolved_at is not None


def _label(model: type[Model]) -> str:
    return model._meta.label_lower


def test_nothing_of_the_admin_is_left_out_of_the_table() -> None:
    assert {_label(model) for model in admin.site._registry} <= VIEW["auditor"] | NOBODYS
