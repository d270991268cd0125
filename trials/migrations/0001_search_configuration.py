"""The text search configuration that the search vector of trials is made with: English stems, accents folded."""

from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

_CREATE = """
CREATE TEXT SEARCH CONFIGURATION trials_english (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION trials_english
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(_CREATE, "DROP TEXT SEARCH CONFIGURATION trials_english"),
    ]
