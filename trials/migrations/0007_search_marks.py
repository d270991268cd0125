"""Marks of what changed, by which the index in the memory of each web process is brought up to date.

The database sets them itself, so that no way of writing can forget to. A mark carries the transaction that wrote it: an
index made from an earlier snapshot lacks exactly the marks whose transaction that snapshot did not see. A counter or a
time would miss a transaction that began early and ended late. The number is the trial's place in bitmaps; it is given
once and never used again.
"""

from django.db import migrations

_TABLE = """
CREATE TABLE trials_searchmark (
    nct_id varchar(11) PRIMARY KEY,  -- '*' where the trials were emptied in one go
    number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX trials_searchmark_changed ON trials_searchmark (changed_xid);
INSERT INTO trials_searchmark (nct_id) SELECT nct_id FROM trials_trial ORDER BY nct_id;

CREATE FUNCTION trials_mark_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids text[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT %I ORDER BY %I) FROM changed', TG_ARGV[0], TG_ARGV[0]) INTO ids;
    UPDATE trials_searchmark SET changed_xid = pg_current_xact_id(), changed_at = clock_timestamp()
        WHERE nct_id = ANY (ids);
    INSERT INTO trials_searchmark (nct_id)  -- a conflict alone would use up a number each time
        SELECT id FROM unnest(ids) AS id
        WHERE NOT EXISTS (SELECT FROM trials_searchmark WHERE nct_id = id)
        ON CONFLICT (nct_id) DO UPDATE SET changed_xid = pg_current_xact_id(), changed_at = clock_timestamp();
    RETURN NULL;
END $$;

CREATE FUNCTION trials_mark_everything() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM trials_searchmark;
    INSERT INTO trials_searchmark (nct_id) VALUES ('*');
    RETURN NULL;
END $$;
CREATE TRIGGER trials_trial_emptied AFTER TRUNCATE ON trials_trial
    FOR EACH STATEMENT EXECUTE FUNCTION trials_mark_everything();
"""
_TRIGGER = """
CREATE TRIGGER {table}_{event}_marked AFTER {event} ON {table} REFERENCING {which} TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION trials_mark_changed('{column}');
"""
_DROP_TRIGGER = "DROP TRIGGER {table}_{event}_marked ON {table};"
_DROP = """
DROP TRIGGER trials_trial_emptied ON trials_trial;
DROP FUNCTION trials_mark_everything();
DROP FUNCTION trials_mark_changed();
DROP TABLE trials_searchmark;
"""
_COLUMNS = {
    "trials_trial": "nct_id",
    "trials_site": "trial_id",
    "trials_intervention": "trial_id",
    "trials_eligibilityfact": "trial_id",
    "trials_factreview": "trial_id",
    "trials_trialchange": "trial_id",
}
_EVENTS = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
_TRIGGERS = [
    {"table": table, "column": column, "event": event, "which": which}
    for table, column in _COLUMNS.items()
    for event, which in _EVENTS.items()
]


class Migration(migrations.Migration):
    dependencies = [("trials", "0006_schedule")]

    operations = [
        migrations.RunSQL(_TABLE, _DROP),
        *(
            migrations.RunSQL(_TRIGGER.format(**trigger), _DROP_TRIGGER.format(**trigger)) for trigger in _TRIGGERS
        ),
    ]
