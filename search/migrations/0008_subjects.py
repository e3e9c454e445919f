"""Pages name the projects that they tell of; `manage.py update_index` fills it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0007_words_that_residents_say'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.PositiveBigIntegerField(db_index=True, verbose_name='project')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page')),
            ],
            options={
                'verbose_name': 'subject of a page',
                'verbose_name_plural': 'subjects of pages',
                'constraints': [models.UniqueConstraint(fields=('page', 'project'), name='search_subject_once')],
            },
        ),
    ]
