"""Searches that are followed by e-mail, and when mails go out. The times then belong to staff."""

import json

import django.db.models.deletion
from django.db import migrations, models

WEEKLY = "Tell readers who want one mail a week about the searches they follow"
ROUND = "Tell readers about the searches they follow, and hand over what waits"


def create(apps, schema_editor):
    task = apps.get_model("django_celery_beat", "PeriodicTask")
    monday, _ = apps.get_model("django_celery_beat", "CrontabSchedule").objects.get_or_create(
        timezone="UTC", hour="6", minute="47", day_of_week="monday"
    )
    every, _ = apps.get_model("django_celery_beat", "IntervalSchedule").objects.get_or_create(
        every=10, period="minutes"
    )
    task.objects.get_or_create(
        name=WEEKLY, defaults={"task": "trials.tell_weekly_readers", "kwargs": json.dumps({}), "crontab": monday}
    )
    task.objects.get_or_create(
        name=ROUND, defaults={"task": "trials.tell_readers", "kwargs": json.dumps({}), "interval": every}
    )


def remove(apps, schema_editor):
    apps.get_model("django_celery_beat", "PeriodicTask").objects.filter(name__in=[WEEKLY, ROUND]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0011_lab_limits'),
        ('django_celery_beat', '0019_alter_periodictasks_options'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlertQuota',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=32)),
                ('day', models.DateField()),
                ('number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'number of confirmations',
                'verbose_name_plural': 'numbers of confirmations',
                'constraints': [models.UniqueConstraint(fields=('who', 'day'), name='one_quota_for_each_day')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.TextField()),
                ('query', models.TextField(blank=True)),
                ('language', models.CharField(max_length=16)),
                ('rhythm', models.TextField(choices=[('at_once', 'At Once'), ('weekly', 'Weekly')])),
                ('key', models.CharField(max_length=32, unique=True)),
                ('state', models.TextField(choices=[('asked', 'Asked'), ('confirmed', 'Confirmed'), ('paused', 'Paused'), ('bounced', 'Bounced'), ('complained', 'Complained')], default='asked')),
                ('state_since', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('looked_run', models.BigIntegerField(null=True)),
                ('seen', models.BinaryField(null=True)),
            ],
            options={
                'verbose_name': 'followed search',
                'verbose_name_plural': 'followed searches',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['state', 'state_since'], name='search_by_state')],
                'constraints': [models.UniqueConstraint(fields=('address', 'query'), name='one_row_for_each_address_and_search')],
            },
        ),
        migrations.CreateModel(
            name='AlertMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('confirm', 'Confirm'), ('known', 'Known'), ('trials', 'Trials'), ('paused', 'Paused')])),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('handed', 'Handed'), ('refused', 'Refused'), ('given_up', 'Given Up')], default='waiting')),
                ('made_at', models.DateTimeField()),
                ('not_before', models.DateTimeField()),
                ('tries', models.PositiveIntegerField(default=0)),
                ('handed_at', models.DateTimeField(null=True)),
                ('reported_at', models.DateTimeField(null=True)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='trials.savedsearch')),
            ],
            options={
                'verbose_name': 'mail',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='AlertEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.TextField()),
                ('kind', models.TextField(choices=[('found', 'Found'), ('left', 'Left'), ('change', 'Change'), ('facts', 'Facts')])),
                ('facts', models.JSONField(null=True)),
                ('change', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='trials.trialchange')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='trials.refreshrun')),
                ('trial', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='trials.trial')),
                ('mail', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='events', to='trials.alertmail')),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='trials.savedsearch')),
            ],
            options={
                'verbose_name': 'alert',
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='alertmail',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['not_before', 'id'], name='mail_waiting'),
        ),
        migrations.AddIndex(
            model_name='alertevent',
            index=models.Index(condition=models.Q(('mail', None)), fields=['search'], name='event_untold'),
        ),
        migrations.AddConstraint(
            model_name='alertevent',
            constraint=models.UniqueConstraint(fields=('search', 'trial', 'event'), name='one_row_for_each_event'),
        ),
        migrations.RunPython(create, remove),
    ]
