"""The words that occur in trials, for "did you mean"; those of stored trials are filled in, as loading does it."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# Runs of letters after folding, four to forty long: the same as trials.ingest.search_words makes of a record
_FILL = """
INSERT INTO trials_searchword (word)
SELECT DISTINCT word FROM (
    SELECT brief_title || E'\\n' || official_title || E'\\n' || search_terms AS words FROM trials_trial
    UNION ALL SELECT DISTINCT city FROM trials_site
) texts, regexp_split_to_table(lower(unaccent(words)), '[^a-z]+') AS word
WHERE length(word) BETWEEN 4 AND 40
ORDER BY word
"""
# A store of 200,000 trials takes longer than a page may; until the end of this migration's transaction
_PATIENT = "SET LOCAL statement_timeout = 0"


class Migration(migrations.Migration):
    dependencies = [("trials", "0008_towns")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="SearchWord",
            fields=[("word", models.CharField(max_length=40, primary_key=True, serialize=False))],
        ),
        migrations.RunSQL(_PATIENT, migrations.RunSQL.noop),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="searchword",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
