"""The laboratory limits of trials. Stored trials get them when the reader reads them again."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


_MARKED = """
CREATE TRIGGER trials_lablimit_{event}_marked AFTER {event} ON trials_lablimit REFERENCING {which} TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trials_mark_changed('trial_id');
"""
_UNMARKED = "DROP TRIGGER trials_lablimit_{event}_marked ON trials_lablimit;"


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0010_words_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="LabLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("analyte", models.TextField()),
                ("bound", models.TextField(choices=[("min", "min"), ("max", "max")])),
                ("is_strict", models.BooleanField()),
                ("value", models.FloatField(null=True)),
                ("unit", models.TextField(blank=True)),
                ("times_uln", models.FloatField(null=True)),
                ("depends_on_cohort", models.BooleanField(default=False)),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("evidence", models.JSONField(default=list)),
                ("reader_version", models.PositiveIntegerField()),
                (
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lab_limits", to="trials.trial"
                    ),
                ),
            ],
            options={
                "ordering": ["trial", "analyte", "bound", "times_uln"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("times_uln__isnull", True), ("value__isnull", False)),
                            models.Q(("times_uln__isnull", False), ("value__isnull", True)),
                            _connector="OR",
                        ),
                        name="lab_limit_is_amount_or_multiple",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("times_uln__isnull", True), ("value__isnull", False)),
                        fields=("trial", "analyte", "bound"),
                        name="one_lab_amount_for_each_bound",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("times_uln__isnull", False), ("value__isnull", True)),
                        fields=("trial", "analyte", "bound"),
                        name="one_lab_multiple_for_each_bound",
                    ),
                ],
            },
        ),
        *(
            migrations.RunSQL(_MARKED.format(event=event, which=which), _UNMARKED.format(event=event))
            for event, which in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
        ),
    ]
