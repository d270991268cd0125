"""The schedule: staff see our tasks by understandable names, change times and switch them off, and beat obeys."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import current_app
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django_celery_beat import schedulers
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask, PeriodicTasks

from trials.tests.admin.pages import scripts, text
from trials.tests.admin.signing_in import signed_in

pytestmark = pytest.mark.django_db
StartBeat = Callable[[], dict[str, Any]]
TASKS = "/admin/django_celery_beat/periodictask/"
DAILY = "Refresh from the registry, daily"
CARRY_ON = "Carry on a refresh that was interrupted"
NAMES = {
    DAILY: "trials.refresh",
    "Refresh from the registry, everything, weekly": "trials.refresh",
    "Read texts again that an older reader has read, nightly": "trials.reread_stale",
    CARRY_ON: "trials.carry_on_refresh",
    "Tell readers who want one mail a week about the searches they follow": "trials.tell_weekly_readers",
    "Tell readers about the searches they follow, and hand over what waits": "trials.tell_readers",
}


def task(name: str = DAILY) -> PeriodicTask:
    return PeriodicTask.objects.get(name=name)


def page_of(name: str) -> str:
    return reverse("admin:django_celery_beat_periodictask_change", args=[task(name).pk])


@pytest.fixture
def planner_client(db: None) -> Client:
    """Staff who may see and change the schedule, and nothing else."""
    user = User.objects.create_user("planner", is_staff=True)
    of_beat = Permission.objects.filter(content_type__app_label="django_celery_beat")
    user.user_permissions.set(of_beat.filter(codename__regex="^(view|change|add)_"))
    return signed_in(user)


@pytest.fixture
def start_beat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], dict[str, Any]]]:
    """Starts a scheduler as `celery beat` does; gives what it would run: the schedules by name."""
    monkeypatch.setattr(schedulers, "close_old_connections", lambda: None)  # the test's transaction lives in one
    made: list[schedulers.DatabaseScheduler] = []

    def start() -> dict[str, Any]:
        scheduler = schedulers.DatabaseScheduler(app=current_app._get_current_object())
        made.append(scheduler)
        return {name: entry.schedule for name, entry in scheduler.schedule.items() if name in NAMES}

    yield start
    for scheduler in made:
        scheduler._finalize.cancel()  # else it writes when the session ends


def fill_in(of: str, **values: object) -> dict[str, Any]:
    """What the form of a task sends."""
    row = task(of)
    form: dict[str, Any] = {"name": row.name, "task": row.task, "regtask": row.task}
    form |= {"crontab": row.crontab_id or "", "interval": row.interval_id or ""}
    form |= {"enabled": "on"} if row.enabled else {}
    return {**form, **values}


def test_the_migrations_make_known_tasks() -> None:
    current_app.loader.import_default_modules()
    assert dict(PeriodicTask.objects.values_list("name", "task")) == NAMES
    assert set(NAMES.values()) <= set(current_app.tasks)
    for row in PeriodicTask.objects.all():
        assert isinstance(json.loads(row.kwargs), dict)


def test_the_list_says_what_runs_when(planner_client: Client, start_beat: StartBeat) -> None:
    start_beat()
    page = text(planner_client, TASKS)
    for words in (*NAMES, "At 05:17", "only on Sunday", "every 5 minutes</td>"):
        assert words in page, words
    assert "celery." not in page
    assert scripts(page) == []
    index = text(planner_client, reverse("admin:index"))
    assert TASKS in index
    assert "solar" not in index.lower()
    assert "clocked" not in index.lower()


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_task_is_readable_and_keeps_the_policy(name: str, planner_client: Client) -> None:
    page = text(planner_client, page_of(name))
    assert scripts(page) == []
    assert "At 05:17" in page
    for hidden in ("Solar", "Clocked", "Routing Key", "Keyword Arguments"):
        assert hidden not in page, hidden


def test_staff_change_a_time_and_a_restart_keeps_it(planner_client: Client, start_beat: StartBeat) -> None:
    kwargs = task().kwargs
    start_beat()
    four_times_a_day = CrontabSchedule.objects.create(hour="*/6", minute="5", timezone="UTC")
    response = planner_client.post(page_of(DAILY), fill_in(DAILY, crontab=four_times_a_day.pk))
    assert response.status_code == 302, response.context["errors"]
    for _ in range(2):
        assert (start_beat()[DAILY].minute, start_beat()[DAILY].hour) == ({5}, {0, 6, 12, 18})
        assert (task().crontab, task().kwargs) == (four_times_a_day, kwargs)
    assert LogEntry.objects.get().object_repr.startswith(DAILY)


def test_staff_change_an_interval(planner_client: Client, start_beat: StartBeat) -> None:
    hourly = IntervalSchedule.objects.create(every=1, period="hours")
    assert planner_client.post(page_of(CARRY_ON), fill_in(CARRY_ON, interval=hourly.pk)).status_code == 302
    assert start_beat()[CARRY_ON].run_every.total_seconds() == 3600


@pytest.mark.parametrize("by_action", [True, False])
def test_what_is_switched_off_stays_off(by_action: bool, planner_client: Client, start_beat: StartBeat) -> None:
    assert CARRY_ON in start_beat()
    if by_action:
        chosen = {"action": "disable_tasks", "_selected_action": [str(task(CARRY_ON).pk)], "index": "0"}
        planner_client.post(TASKS, chosen)
    else:
        form = fill_in(CARRY_ON)
        del form["enabled"]
        planner_client.post(page_of(CARRY_ON), form)
    assert not task(CARRY_ON).enabled
    assert CARRY_ON not in start_beat()
    assert not task(CARRY_ON).enabled


def test_a_running_beat_notices_a_change(planner_client: Client) -> None:
    before = PeriodicTasks.last_change()
    planner_client.post(page_of(DAILY), fill_in(DAILY, name="Refresh at dawn"))
    after = PeriodicTasks.last_change()
    assert after is not None
    assert before is None or before < after


def test_a_task_needs_exactly_one_time(planner_client: Client) -> None:
    response = planner_client.post(page_of(DAILY), fill_in(DAILY, crontab=""))
    assert response.status_code == 200
    assert response.context["errors"]
    assert task().crontab is not None


def test_the_schedule_needs_its_permission(reader_client: Client) -> None:
    assert reader_client.get(TASKS).status_code == 403
