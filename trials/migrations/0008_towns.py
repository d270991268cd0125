"""Towns of the world with their names, and where each site is: what "near me" needs, without anybody else's service.

The towns are reference data of a few seconds to fill (69,000 towns, 400,000 names). Not managed by Django: emptying the
store leaves them. Sites that stand already get their place here, because a load skips records that have not changed.
"""

from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models

from trials.vocabulary.town_choice import NamedTown, city_names, city_position
from trials.vocabulary.towns import folded_names, read_towns

_TABLES = """
CREATE TABLE trials_town (
    id integer PRIMARY KEY,
    name text NOT NULL,
    country_code varchar(2) NOT NULL,
    region text NOT NULL,
    qualifier text NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    population integer NOT NULL
);
CREATE TABLE trials_townname (
    folded text NOT NULL,
    town_id integer NOT NULL,  -- no constraint: both tables are filled here and never written again
    is_own boolean NOT NULL
);
"""
_INDEXES = """
CREATE INDEX trials_town_latitude ON trials_town (latitude);
CREATE UNIQUE INDEX trials_townname_key ON trials_townname (folded text_pattern_ops, town_id);
ANALYZE trials_town;
ANALYZE trials_townname;
"""
_DROP = "DROP TABLE trials_townname; DROP TABLE trials_town;"
_PUBLISHED = """
UPDATE trials_site SET computed_latitude = latitude, computed_longitude = longitude
    WHERE latitude IS NOT NULL AND NOT (latitude = 0 AND longitude = 0);
"""
_WITHOUT = """
SELECT DISTINCT city, state, country_code FROM trials_site
    WHERE computed_latitude IS NULL AND city <> '' AND country_code <> ''
"""
_CALLED = """
SELECT name.folded, town.country_code, town.region, town.latitude, town.longitude, town.population
    FROM trials_townname name JOIN trials_town town ON town.id = name.town_id WHERE name.folded = ANY (%s)
"""
_PLACE = """
UPDATE trials_site SET computed_latitude = place.latitude, computed_longitude = place.longitude
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::double precision[], %s::double precision[])
        AS place (city, state, country_code, latitude, longitude)
    WHERE computed_latitude IS NULL AND trials_site.city = place.city AND trials_site.state = place.state
        AND trials_site.country_code = place.country_code
"""


def _line(*values):
    """A line of COPY's text format."""
    escaped = (str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ") for value in values)
    return "\t".join(escaped)


def _fill_towns(apps, schema_editor):
    towns, names = [], []
    for town in read_towns():
        place = (town.latitude, town.longitude, town.population)
        towns.append(_line(town.id, town.name, town.country_code, town.region, town.qualifier, *place))
        # A folded name holds nothing that COPY would read otherwise.
        names += [f"{name}\t{town.id}\t{'t' if is_own else 'f'}" for name, is_own in folded_names(town)]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # a busy machine may need more than a page has
        for table, lines in (("trials_town", towns), ("trials_townname", names)):
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write("\n".join(lines) + "\n")


def _place_sites(apps, schema_editor):
    """Gives the sites without coordinates those of their city, as `trials.ingest.positions` does at a load."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_PUBLISHED)
        cursor.execute(_WITHOUT)
        places = cursor.fetchall()
        wanted = sorted({name for city, _, _ in places for name in city_names(city)})
        cursor.execute(_CALLED, [wanted])
        called = defaultdict(list)
        for row in cursor.fetchall():
            called[row[0]].append(NamedTown(*row))
        found = []
        for city, state, country_code in places:
            towns = [town for name in city_names(city) for town in called[name]]
            if position := city_position(city, state, country_code, towns):
                found.append((city, state, country_code, *position))
        if found:
            cursor.execute(_PLACE, [list(column) for column in zip(*found, strict=True)])


class Migration(migrations.Migration):
    dependencies = [("trials", "0007_search_marks")]

    operations = [
        migrations.RunSQL(_TABLES, _DROP),
        migrations.RunPython(_fill_towns, migrations.RunPython.noop),
        migrations.RunSQL(_INDEXES, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Town",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("country_code", models.CharField(max_length=2)),
                ("region", models.TextField(blank=True)),
                ("qualifier", models.TextField(blank=True)),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("population", models.IntegerField()),
            ],
            options={"db_table": "trials_town", "managed": False},
        ),
        migrations.CreateModel(
            name="TownName",
            fields=[
                ("pk", models.CompositePrimaryKey("folded", "town", blank=True, editable=False, primary_key=True, serialize=False)),
                ("folded", models.TextField()),
                ("is_own", models.BooleanField()),
                (
                    "town",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="names",
                        to="trials.town",
                    ),
                ),
            ],
            options={"db_table": "trials_townname", "ordering": ["folded", "town"], "managed": False},
        ),
        migrations.AddField("site", "computed_latitude", models.FloatField(null=True)),
        migrations.AddField("site", "computed_longitude", models.FloatField(null=True)),
        migrations.RunPython(_place_sites, migrations.RunPython.noop),
    ]
