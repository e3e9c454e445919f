"""PostgreSQL looks in title and body at once; Wagtail's own migrations give it no index for that."""

from django.db import migrations

CREATE = (
    "CREATE INDEX IF NOT EXISTS search_indexentry_title_body ON wagtailsearch_indexentry "
    "USING gin ((title || body))"
)
DROP = "DROP INDEX IF EXISTS search_indexentry_title_body"


def on_postgresql(sql):
    """Return a step that runs on PostgreSQL and does nothing elsewhere."""

    def run(apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("wagtailsearch", "0006_customise_indexentry")]

    operations = [migrations.RunPython(on_postgresql(CREATE), on_postgresql(DROP))]
