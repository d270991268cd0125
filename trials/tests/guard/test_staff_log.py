"""What staff change is kept with before and after, by whom, without secrets; and nobody rewrites it."""

import pytest
from auditlog.models import LogEntry as ChangeLog
from auditlog.registry import auditlog
from django.contrib.admin.models import CHANGE
from django.contrib.admin.models import LogEntry as ActionLog
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django_celery_beat.models import PeriodicTask
from django_otp.plugins.otp_totp.models import TOTPDevice

from trials.tests.admin.signing_in import signed_in, with_device

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


@pytest.fixture
def boss() -> Client:
    return signed_in(User.objects.create_superuser("boss"))


def newest(model: str) -> ChangeLog:
    return ChangeLog.objects.filter(content_type__model=model).order_by("-pk")[0]


def test_rights_given_are_kept_with_before_and_after(boss: Client) -> None:
    bea = User.objects.create_user("bea", password=PASSWORD)
    form = {"username": "bea", "is_staff": "on", "is_active": "on", "groups": [Group.objects.get(name="curator").pk]}
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    assert boss.post(reverse("admin:auth_user_change", args=[bea.pk]), {**form, **joined}).status_code == 302
    made, given = ChangeLog.objects.filter(object_pk=str(bea.pk), content_type__model="user").order_by("-pk")[:2]
    changes = {**made.changes, **given.changes}
    assert changes["is_staff"] == ["False", "True"]
    assert changes["groups"] == {"type": "m2m", "operation": "add", "objects": ["curator"]}
    assert {made.actor, given.actor} == {User.objects.get(username="boss")}


def test_passwords_and_secrets_are_not_in_it(boss: Client) -> None:
    bea = User.objects.create_user("bea", password=PASSWORD)
    url = reverse("admin:auth_user_password_change", args=[bea.pk])
    boss.post(url, {"password1": PASSWORD[::-1], "password2": PASSWORD[::-1], "usable_password": "true"})
    bea.refresh_from_db()
    assert bea.check_password(PASSWORD[::-1])
    device = with_device(bea)
    device.delete()
    assert newest("user").changes["password"] == ["(hidden)", "(hidden)"]
    everything = str(list(ChangeLog.objects.values()))
    assert device.key not in everything
    assert bea.password[-20:] not in everything
    assert newest("totpdevice").action == ChangeLog.Action.DELETE


def test_a_schedule_that_staff_change_is_kept_and_beats_own_notes_are_not(boss: Client) -> None:
    task = PeriodicTask.objects.filter(name__contains="daily").get()
    before = ChangeLog.objects.count()
    task.total_run_count += 1
    task.save()
    assert ChangeLog.objects.count() == before
    tasks = reverse("admin:django_celery_beat_periodictask_changelist")
    boss.post(tasks, {"action": "disable_tasks", "_selected_action": [str(task.pk)], "index": "0"})
    kept = newest("periodictask")
    assert (kept.changes, kept.actor) == ({"enabled": ["True", "False"]}, User.objects.get(username="boss"))


def test_logging_in_writes_no_list_of_who_came_from_where(boss: Client) -> None:
    assert not ChangeLog.objects.filter(content_type__model="user", action=ChangeLog.Action.UPDATE).exists()
    assert not ChangeLog.objects.exclude(remote_addr=None).exists()


@pytest.mark.parametrize("log", [ChangeLog, ActionLog], ids=["changes", "actions"])
def test_nobody_rewrites_a_log(log: type[ChangeLog] | type[ActionLog], boss: Client) -> None:
    person = User.objects.get(username="boss")
    ActionLog.objects.log_actions(person.pk, [person], CHANGE, "Looked at.")
    assert log.objects.exists()
    for damage in (lambda: log.objects.all().delete(), lambda: log.objects.update(object_repr="x")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            damage()
    name = f"admin:{log._meta.app_label}_logentry"
    row = log.objects.order_by("pk")[0]
    assert boss.get(reverse(f"{name}_changelist")).status_code == 200
    assert boss.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    assert boss.post(reverse(f"{name}_change", args=[row.pk]), {"_save": "Save"}).status_code == 403
    assert boss.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403


def test_what_is_logged_is_shown_as_text(boss: Client) -> None:
    attack = "<img src=x onerror=alert(1)>"
    Group.objects.create(name=attack)
    page = boss.get(reverse("admin:auditlog_logentry_change", args=[newest("group").pk])).content.decode()
    assert attack not in page
    assert "&lt;img src=x" in page


def test_a_devices_page_does_not_show_its_secret(boss: Client) -> None:
    device = TOTPDevice.objects.get()
    page = boss.get(reverse("admin:otp_totp_totpdevice_change", args=[device.pk])).content.decode()
    assert "boss" in page
    assert device.key not in page
    assert "otpauth" not in page


def test_people_are_made_inactive_and_never_deleted(boss: Client) -> None:
    person = User.objects.get(username="boss")
    assert boss.post(reverse("admin:auth_user_delete", args=[person.pk]), {"post": "yes"}).status_code == 403


def test_who_follows_a_search_is_not_kept_by_the_log() -> None:
    tracked = {model._meta.label for model in auditlog.get_models()}
    assert not {name for name in tracked if name.startswith("trials.")}
    assert {"auth.User", "auth.Group", "otp_totp.TOTPDevice", "django_celery_beat.PeriodicTask"} <= tracked
