"""The first schedule. Afterwards it belongs to staff, who change it in the admin: no start overwrites it."""

import json

from django.db import migrations

CRONTABS = {
    "Refresh from the registry, daily": ("trials.refresh", {"asked_by": "schedule"}, {"hour": "5", "minute": "17"}),
    "Refresh from the registry, everything, weekly": (
        "trials.refresh",
        {"full": True, "asked_by": "schedule"},
        {"hour": "7", "minute": "17", "day_of_week": "sunday"},
    ),
    "Read texts again that an older reader has read, nightly": (
        "trials.reread_stale",
        {},
        {"hour": "3", "minute": "17"},
    ),
}
CARRY_ON = "Carry on a refresh that was interrupted"


def create(apps, schema_editor):
    task = apps.get_model("django_celery_beat", "PeriodicTask")
    crontab = apps.get_model("django_celery_beat", "CrontabSchedule")
    interval = apps.get_model("django_celery_beat", "IntervalSchedule")
    for name, (function, arguments, when) in CRONTABS.items():
        schedule, _ = crontab.objects.get_or_create(timezone="UTC", **when)
        defaults = {"task": function, "kwargs": json.dumps(arguments), "crontab": schedule}
        task.objects.get_or_create(name=name, defaults=defaults)
    every, _ = interval.objects.get_or_create(every=5, period="minutes")
    task.objects.get_or_create(name=CARRY_ON, defaults={"task": "trials.carry_on_refresh", "interval": every})


def remove(apps, schema_editor):
    names = [*CRONTABS, CARRY_ON]
    apps.get_model("django_celery_beat", "PeriodicTask").objects.filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0005_refresh"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]

    operations = [migrations.RunPython(create, remove)]
