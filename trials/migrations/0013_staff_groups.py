"""The three groups of staff, and the logs of what staff do made append-only.

curator decides about facts, operator orders refreshes, plans them and clears the quarantine, auditor sees all that and
the logs, and changes nothing. Nobody of them sees who follows a search. Staff may change the groups afterwards in the
admin: no start overwrites that.
"""

from django.db import migrations

RECORDS = (
    "arm collaborator contact eligibilityfact factinforce factreview identifier intervention lablimit link meshterm "
    "official outcome recordversion reference refreshrun site trial trialchange"
).split()
SCHEDULE = "crontabschedule intervalschedule periodictask".split()
SEEING = [("trials", f"view_{model}") for model in RECORDS]
PLANS = [("django_celery_beat", f"view_{model}") for model in SCHEDULE]
GROUPS = {
    "curator": [*SEEING, ("trials", "add_factreview")],
    "operator": [
        *SEEING,
        *PLANS,
        ("trials", "add_refreshrun"),
        ("trials", "view_quarantinedrecord"),
        ("trials", "change_quarantinedrecord"),
        ("django_celery_beat", "change_periodictask"),
        ("django_celery_beat", "add_crontabschedule"),
        ("django_celery_beat", "add_intervalschedule"),
    ],
    "auditor": [
        *SEEING,
        *PLANS,
        ("trials", "view_quarantinedrecord"),
        ("auth", "view_user"),
        ("auth", "view_group"),
        ("admin", "view_logentry"),
        ("auditlog", "view_logentry"),
        ("otp_totp", "view_totpdevice"),
        ("otp_static", "view_staticdevice"),
    ],
}
_LOGS = ("auditlog_logentry", "django_admin_log")


def create(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name, rights in GROUPS.items():
        made, is_new = group.objects.get_or_create(name=name)
        if is_new:
            made.permissions.set([_permission(apps, *right) for right in rights])


def _permission(apps, app_label, codename):
    """Django makes permissions after all migrations; made here, it finds them there, under its own words."""
    action, _, model = codename.partition("_")
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    words = apps.get_model(app_label, model)._meta.verbose_name_raw
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {action} {words}"}
    )
    return permission


def remove(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0012_alerts"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auditlog", "0017_add_actor_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
        ("otp_static", "0003_add_timestamps"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.RunPython(create, remove),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER trials_{table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION trials_refuse_change()",
                f"DROP TRIGGER trials_{table}_append_only ON {table}",
            )
            for table in _LOGS
        ),
    ]
