"""Decisions of staff beside the machine's facts, and the view of what holds. The view is never written."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# A decision holds until the next one. While its sentence has changed and nobody has looked again, the trial is found
# under the machine's new values too: a search must not miss it either way. A view keeps one truth: nothing to bring up
# to date, and nothing that can be forgotten. The two lists stand one behind the other, twins and all: with a subquery
# that made a set of them, counting the facets took three times as long (November 2026).
_CREATE = """
CREATE VIEW trials_factinforce AS
SELECT
    fact.id, fact.trial_id, fact.name, fact.doubts, fact.reader_version,
    fact.status AS machine_status, fact.value AS machine_value, fact.claims AS machine_claims,
    CASE WHEN review.id IS NULL THEN fact.status ELSE review.status END AS status,
    CASE WHEN review.id IS NULL THEN fact.value ELSE review.value END AS value,
    CASE WHEN review.id IS NULL THEN fact.claims ELSE review.claims END AS claims,
    CASE WHEN review.id IS NULL THEN fact.depends_on_cohort ELSE review.depends_on_cohort END AS depends_on_cohort,
    CASE WHEN review.id IS NULL THEN fact.evidence ELSE review.evidence END AS evidence,
    CASE
        WHEN review.id IS NULL THEN fact.computed_values
        WHEN review.text_changed_at IS NULL THEN review.computed_values
        ELSE review.computed_values || fact.computed_values
    END AS computed_values,
    review.id AS review_id, review.reviewed_at, review.text_changed_at
FROM trials_eligibilityfact AS fact
LEFT JOIN trials_factreview AS review
    ON review.trial_id = fact.trial_id AND review.name = fact.name AND review.superseded_at IS NULL
"""
_DROP = "DROP VIEW trials_factinforce"


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0003_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FactInForce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                (
                    "status",
                    models.TextField(
                        choices=[("stated", "stated"), ("not_stated", "not_stated"), ("contradictory", "contradictory")]
                    ),
                ),
                ("value", models.JSONField(null=True)),
                ("claims", models.JSONField(default=list)),
                ("depends_on_cohort", models.BooleanField(default=False)),
                ("evidence", models.JSONField(default=list)),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "computed_values",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("reader_version", models.PositiveIntegerField()),
                (
                    "machine_status",
                    models.TextField(
                        choices=[
                            ("stated", "stated"),
                            ("not_stated", "not_stated"),
                            ("contradictory", "contradictory"),
                        ]
                    ),
                ),
                ("machine_value", models.JSONField(null=True)),
                ("machine_claims", models.JSONField(default=list)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("text_changed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "trials_factinforce",
                "verbose_name": "fact",
                "verbose_name_plural": "facts",
                "ordering": ["trial", "name"],
                "managed": False,
            },
        ),
        migrations.AlterField(
            model_name="eligibilityfact",
            name="trial",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="machine_facts", to="trials.trial"
            ),
        ),
        migrations.CreateModel(
            name="FactReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                (
                    "decision",
                    models.TextField(
                        choices=[("confirmed", "Confirmed"), ("corrected", "Corrected"), ("not_stated", "Not Stated")]
                    ),
                ),
                (
                    "status",
                    models.TextField(
                        choices=[("stated", "stated"), ("not_stated", "not_stated"), ("contradictory", "contradictory")]
                    ),
                ),
                ("value", models.JSONField(null=True)),
                ("claims", models.JSONField(default=list)),
                ("depends_on_cohort", models.BooleanField(default=False)),
                ("evidence", models.JSONField(default=list)),
                ("judged_evidence", models.JSONField(default=list)),
                (
                    "computed_values",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "machine_status",
                    models.TextField(
                        choices=[("stated", "stated"), ("not_stated", "not_stated"), ("contradictory", "contradictory")]
                    ),
                ),
                ("machine_value", models.JSONField(null=True)),
                ("machine_reader_version", models.PositiveIntegerField()),
                ("reviewer_name", models.TextField()),
                ("reviewed_at", models.DateTimeField(auto_now_add=True)),
                ("text_changed_at", models.DateTimeField(blank=True, null=True)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "record_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trials.recordversion"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="fact_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fact_reviews", to="trials.trial"
                    ),
                ),
            ],
            options={
                "verbose_name": "decision about a fact",
                "verbose_name_plural": "decisions about facts",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["trial", "name", "-id"], name="review_history")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("trial", "name"),
                        name="one_review_in_force_of_a_fact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "corrected"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_correction_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_CREATE, _DROP),
    ]
