"""The timeline can't be rewritten: an event may only lose its person, when that person is erased."""

from django.core.management import call_command
from django.db import migrations

PROTECT = """
CREATE FUNCTION townhall_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL
       AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'An event is never changed or removed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON townhall_event
    FOR EACH ROW EXECUTE FUNCTION townhall_event_stays();
"""
RELEASE = """
DROP TRIGGER event_stays ON townhall_event;
DROP FUNCTION townhall_event_stays();
"""


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("townhall", "0001_first")]

    operations = [
        migrations.RunSQL(PROTECT, RELEASE),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
