"""On PostgreSQL an exclusion constraint keeps an animal's periods apart; SQLite has a trigger, see core/guards.py."""

from django.db import migrations

TABLES = ("animals_holding", "animals_ownership")


def add_exclusions(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        # A range of one id stands for equality, so that no extension has to be installed.
        schema_editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_never_overlap EXCLUDE USING gist ("
            "int8range(animal_id, animal_id, '[]') WITH &&, daterange(start, \"end\") WITH &&)"
        )


def drop_exclusions(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_never_overlap")


class Migration(migrations.Migration):
    dependencies = [("animals", "0001_initial")]
    operations = [migrations.RunPython(add_exclusions, drop_exclusions)]
