"""What a province needs: long lists as files, indexes that answer by themselves, words found by their pairs."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import partybuilding.core.files.storage
import partybuilding.core.models.listfile

#: Every pair of neighbouring characters of a text, in capitals as the search compares them.
PAIRS = """
CREATE OR REPLACE FUNCTION party_pairs(given text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
    SELECT coalesce(array_agg(DISTINCT one || next), '{}')
    FROM (
        SELECT one, lead(one) OVER (ORDER BY place) AS next
        FROM unnest(string_to_array(upper(given), NULL)) WITH ORDINALITY AS signs (one, place)
    ) AS pairs
    WHERE next IS NOT NULL
$$
"""
PAIRED = {
    "project": ("title", "code"),
    "opinion": ("number", "text"),
    "transitionrecord": ("record_label", "by_name", "by_organization", "reason"),
}


def on_postgresql(*statements):
    """Return a step that runs on PostgreSQL and does nothing elsewhere."""

    def run(apps, editor):
        if editor.connection.vendor == "postgresql":
            for statement in statements:
                editor.execute(statement)

    return run


def index_of_pairs(table, columns):
    """Return the statement that makes the index of pairs of a table."""
    text = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    name = f"{table}_pairs"
    return f"CREATE INDEX {name} ON partybuilding_{table} USING gin (party_pairs({text}))"


CREATE = [
    PAIRS,
    *(index_of_pairs(table, columns) for table, columns in PAIRED.items()),
    # What lists count by: read here, and not in wide rows.
    "CREATE INDEX project_counted ON partybuilding_project "
    "(state) INCLUDE (id, cycle_id, sector, organization_id, grade_class_id)",
    "CREATE INDEX project_page_counted ON partybuilding_projectpage (project_id) INCLUDE (page_ptr_id)",
    # What is newest comes first in every list for residents.
    "CREATE INDEX party_page_newest ON wagtailcore_page (first_published_at DESC, id DESC) WHERE live",
]
DROP = [
    *(
        f"DROP INDEX IF EXISTS {name}"
        for name in ("party_page_newest", "project_page_counted", "project_counted")
    ),
    *(f"DROP INDEX IF EXISTS {table}_pairs" for table in PAIRED),
    "DROP FUNCTION IF EXISTS party_pairs(text)",
]


class Migration(migrations.Migration):

    dependencies = [
        ("partybuilding", "0028_sheet_corrections"),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ListFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('address', models.TextField(verbose_name='address')),
                ('status', models.CharField(choices=[('running', 'being made'), ('made', 'ready'), ('failed', 'could not be made')], default='running', max_length=10, verbose_name='status')),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('begun_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('heard_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('file', models.FileField(blank=True, storage=partybuilding.core.files.storage.private_storage, upload_to=partybuilding.core.models.listfile.file_name, verbose_name='file')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'list as a file',
                'verbose_name_plural': 'lists as files',
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.RunPython(on_postgresql(*CREATE), on_postgresql(*DROP)),
    ]
