"""Raw records are kept as they came: the database itself refuses to change or delete one."""

from django.db import migrations

_CREATE = """
CREATE FUNCTION trials_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER trials_recordversion_append_only
    BEFORE UPDATE OR DELETE ON trials_recordversion
    FOR EACH ROW EXECUTE FUNCTION trials_refuse_change();
"""
_DROP = """
DROP TRIGGER trials_recordversion_append_only ON trials_recordversion;
DROP FUNCTION trials_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("trials", "0002_store")]

    operations = [migrations.RunSQL(_CREATE, _DROP)]
