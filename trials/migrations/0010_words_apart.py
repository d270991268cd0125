"""The search vector with its words apart, and places with the weight of the summary: a site says more than criteria do."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Left

from trials.models.search_text import WordsApart

_PLACES = (
    ("brief_title", "A"),
    ("official_title", "A"),
    ("search_terms", "B"),
    ("brief_summary", "C"),
    ("search_places", "C"),
    ("eligibility_criteria", "D"),
    ("detailed_description", "D"),
)


def _vector():
    first, *others = (
        SearchVector(WordsApart(Left(field, 200_000)), weight=weight, config="trials_english")
        for field, weight in _PLACES
    )
    for other in others:
        first = first + other
    return first


class Migration(migrations.Migration):
    dependencies = [("trials", "0009_search_words")]

    operations = [
        migrations.RemoveIndex("trial", name="trial_search"),
        migrations.RemoveField("trial", "search_vector"),
        migrations.AddField(
            "trial",
            "search_vector",
            models.GeneratedField(expression=_vector(), output_field=SearchVectorField(), db_persist=True),
        ),
        migrations.AddIndex("trial", GinIndex(fields=["search_vector"], name="trial_search")),
    ]
