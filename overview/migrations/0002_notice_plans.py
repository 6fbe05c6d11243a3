"""Triggers that note which plans are to be counted again, whoever changes them, in the same transaction."""

from django.db import migrations

TABLES = {  # table -> which column says what plan it is about
    "initiatives_initiative": "id",
    "initiatives_goallink": "initiative_id",
    "initiatives_clock": "initiative_id",
}
MOST = 5000  # plans in one statement; with more the whole town is counted again, which is quicker
EVENTS = {  # name of the trigger -> when, and which rows it looks at
    "inserted": ("INSERT", "NEW"),
    "deleted": ("DELETE", "OLD"),
    "updated_from": ("UPDATE", "OLD"),
    "updated_to": ("UPDATE", "NEW"),
}
ALL = """
CREATE FUNCTION overview_note_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO overview_planchange (plan, transaction) VALUES (0, pg_current_xact_id()::text::bigint);
    RETURN NULL;
END $$;
"""


def note(column):
    """A function that notes the plans of `touched`; each plan is a row of its own, so nobody waits for another."""
    return f"""
    CREATE FUNCTION overview_note_{column}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT count(*) FROM (SELECT 1 FROM touched LIMIT {MOST + 1}) AS a_few) > {MOST} THEN
            INSERT INTO overview_planchange (plan, transaction) VALUES (0, pg_current_xact_id()::text::bigint);
        ELSE
            INSERT INTO overview_planchange (plan, transaction)
            SELECT DISTINCT {column}, pg_current_xact_id()::text::bigint FROM touched;
        END IF;
        RETURN NULL;
    END $$;
    """


def triggers():
    for table, column in TABLES.items():
        for name, (event, rows) in EVENTS.items():
            yield migrations.RunSQL(
                f"CREATE TRIGGER overview_{name} AFTER {event} ON {table} REFERENCING {rows} TABLE AS touched"
                f" FOR EACH STATEMENT EXECUTE FUNCTION overview_note_{column}()",
                f"DROP TRIGGER overview_{name} ON {table}",
            )
        yield migrations.RunSQL(
            f"CREATE TRIGGER overview_emptied AFTER TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION overview_note_all()",
            f"DROP TRIGGER overview_emptied ON {table}",
        )


class Migration(migrations.Migration):
    dependencies = [("overview", "0001_first"), ("initiatives", "0004_indexes_for_long_lists")]

    operations = [
        migrations.RunSQL(ALL, "DROP FUNCTION overview_note_all"),
        *(
            migrations.RunSQL(note(column), f"DROP FUNCTION overview_note_{column}")
            for column in sorted(set(TABLES.values()))
        ),
        *triggers(),
    ]
