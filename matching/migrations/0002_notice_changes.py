"""Triggers that note every change of what the matcher is made of, whoever makes it."""

from django.db import migrations

TABLES = [
    "contacts_absence",
    "contacts_accountmanager",
    "contacts_accountmanager_districts",
    "contacts_accountmanager_portfolios",
    "contacts_department",
    "contacts_district",
    "contacts_organisation",
    "contacts_organisation_districts",
    "contacts_portfolio",
    "contacts_portfolioholder",
    "contacts_term",
    "funding_financingform",
    "goals_goal",
    "goals_goal_districts",
    "goals_goal_policy_fields",
    "goals_goalportfolio",
    "goals_policyfield",
    "goals_policynote",
    "initiatives_initiative",
    "townhall_municipality",
]
NOTE = """
CREATE FUNCTION matching_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO matching_corpuschange ("table") VALUES (TG_TABLE_NAME);
    RETURN NULL;
END $$;
"""


def trigger(table):
    return f"""
    CREATE TRIGGER matching_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION matching_note_change()
    """


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_first"),
        ("contacts", "0001_first"),
        ("funding", "0001_first"),
        ("goals", "0001_first"),
        ("initiatives", "0001_first"),
        ("townhall", "0001_first"),
    ]

    operations = [
        migrations.RunSQL(NOTE, "DROP FUNCTION matching_note_change"),
        *(
            migrations.RunSQL(trigger(table), f"DROP TRIGGER matching_note_change ON {table}")
            for table in TABLES
        ),
    ]
