"""PostgreSQL finds what is being typed in names by an index of their pairs of characters."""

from django.db import migrations

CREATE = (
    "CREATE INDEX search_name_pairs ON search_name USING gin "
    "(party_pairs(coalesce(folded, '') || ' ' || coalesce(reading, '') || ' ' || coalesce(initials, '')))"
)
DROP = "DROP INDEX IF EXISTS search_name_pairs"


def on_postgresql(sql):
    """Return a step that runs on PostgreSQL and does nothing elsewhere."""

    def run(apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0003_bulletins"), ("partybuilding", "0029_scale")]

    operations = [migrations.RunPython(on_postgresql(CREATE), on_postgresql(DROP))]
