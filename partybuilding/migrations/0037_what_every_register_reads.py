"""Every register opens, and finds a word, by an index."""

from importlib import import_module

import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

#: As `paired` of the models names them; of the tables that grow with the projects and are searched by words.
PAIRED = {
    "commitment": ("goal",),
    "commitmentchange": ("new_text", "reason"),
    "commitmentstep": ("title",),
    "feedbacknotice": ("number",),
    "rectification": ("finding",),
    "stepquestion": ("words",),
    "stepreport": ("evidence",),
}
pairs = import_module("partybuilding.migrations.0029_scale")


class Migration(migrations.Migration):

    dependencies = [
        ('partybuilding', '0036_other_sheets_of_the_year'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(django.db.models.functions.comparison.Coalesce('planned_on', 'due_on'), name='activity_day'),
        ),
        migrations.AddIndex(
            model_name='commitmentchange',
            index=models.Index(django.db.models.lookups.IsNull(models.F('due_on'), True), models.F('due_on'), name='change_due_first'),
        ),
        migrations.AddIndex(
            model_name='feedbacknotice',
            index=models.Index(django.db.models.lookups.IsNull(models.F('due_on'), True), models.F('due_on'), name='feedback_due_first'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['-approved_at', '-id'], name='project_approved_last'),
        ),
        migrations.AddIndex(
            model_name='rectification',
            index=models.Index(django.db.models.lookups.IsNull(models.F('due_on'), True), models.F('due_on'), name='rectification_due_first'),
        ),
        migrations.AddIndex(
            model_name='stepquestion',
            index=models.Index(django.db.models.lookups.IsNull(models.F('due_on'), True), models.F('due_on'), name='question_due_first'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(condition=models.Q(('state__in', ('answered', 'refused')), _negated=True), fields=['answer_by'], name='opinion_unanswered'),
        ),
        migrations.RunPython(
            pairs.on_postgresql(*(pairs.index_of_pairs(*one) for one in PAIRED.items())),
            pairs.on_postgresql(*(f"DROP INDEX IF EXISTS {table}_pairs" for table in PAIRED)),
        ),
    ]
